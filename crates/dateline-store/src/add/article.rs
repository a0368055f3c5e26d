//! One article: is it known, and if not, all that follows from it.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::{Added, Batch, Known, Outcome, copies, entities, facts, made_by, quotes, remember, stories};
use crate::StoreError;
use crate::prepare::Prepared;

/// What we have of an article that came before.
struct Before {
    row: i64,
    text_hash: String,
    version: u32,
    made_by: i64,
    title: Option<String>,
    published_at: Option<String>,
    copy_of: i64,
    story: i64,
}

/// Adds one article, or finds that it is there.
pub(super) fn add(
    connection: &Connection,
    known: &mut Known,
    batch: &mut Batch,
    article: &Prepared,
) -> Result<Added, StoreError> {
    let made_by = made_by(connection, known, &article.record.made_by)?;
    let before = before(connection, &article.key.id)?;
    let outcome = match &before {
        None => Outcome::Added,
        Some(before) if before.text_hash != article.key.text_hash => Outcome::Revised,
        Some(before) if before.made_by != made_by => Outcome::Recoded,
        Some(before) => {
            if batch.keep_text {
                batch.has_kept_text |= keep_text(connection, before.row, before.version, article)?;
            }
            return Ok(Added {
                id: article.key.id.clone(),
                outcome: Outcome::Unchanged,
                version: before.version,
                copy_of: original(connection, before.copy_of, before.row)?,
                events: article.tellings.len(),
                deleted: 0,
            });
        }
    };
    let version = match (&before, outcome) {
        (None, _) => 1,
        (Some(before), Outcome::Revised) => before.version + 1,
        (Some(before), _) => before.version,
    };
    let row = match &before {
        Some(before) => before.row,
        None => next_row(connection)?,
    };
    // Copies are found by the text alone; it is the same when only the coding is new.
    let (copy_of, story) = match &before {
        Some(before) if outcome == Outcome::Recoded => (before.copy_of, before.story),
        _ => {
            if before.is_some() {
                copies::forget(connection, known, batch, row)?;
                stories::forget(connection, known, row)?;
            }
            (copies::find(connection, known, batch, row, &article.trace.sketch)?, 0)
        }
    };
    let whole = Row { row, version, made_by, copy_of, story };
    write(connection, batch, &whole, article, before.is_some())?;
    if let Some(before) = &before {
        batch.stories.insert(before.story);
        let kind = if outcome == Outcome::Revised { "revised" } else { "recoded" };
        let was = json!({
            "version": before.version, "title": before.title, "published_at": before.published_at,
            "text_hash": before.text_hash,
        });
        remember(connection, batch, "article", kind, &article.key.id, &was)?;
    }
    if outcome != Outcome::Recoded {
        copies::keep(connection, known, row, article)?;
    }
    let entities = entities::appear(connection, known, row, &article.record)?;
    let deleted = facts::replace(connection, known, batch, &whole, article, &entities)?;
    let deleted = deleted + quotes::replace(connection, batch, &whole, article, &entities)?;
    if outcome != Outcome::Recoded {
        stories::join(connection, known, batch, &whole, article)?;
    }
    Ok(Added {
        id: article.key.id.clone(),
        outcome,
        version,
        copy_of: original(connection, copy_of, row)?,
        events: article.tellings.len(),
        deleted,
    })
}

/// An article's own row, as its facts see it.
pub(super) struct Row {
    pub row: i64,
    pub version: u32,
    pub made_by: i64,
    /// The row of the first article of its group of copies: its own where it is no copy.
    pub copy_of: i64,
    pub story: i64,
}

fn before(connection: &Connection, id: &str) -> Result<Option<Before>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT row, text_hash, version, made_by, title, published_at, copy_of, story
         FROM article WHERE id = ?1",
    )?;
    let before = find.query_row([id], |row| {
        Ok(Before {
            row: row.get(0)?,
            text_hash: row.get(1)?,
            version: row.get(2)?,
            made_by: row.get(3)?,
            title: row.get(4)?,
            published_at: row.get(5)?,
            copy_of: row.get(6)?,
            story: row.get(7)?,
        })
    });
    Ok(before.optional()?)
}

fn next_row(connection: &Connection) -> Result<i64, StoreError> {
    let mut last = connection.prepare_cached("SELECT coalesce(max(row), 0) + 1 FROM article")?;
    Ok(last.query_row([], |row| row.get(0))?)
}

/// The id of the article that `row` is a copy of.
fn original(connection: &Connection, copy_of: i64, row: i64) -> Result<Option<String>, StoreError> {
    if copy_of == row {
        return Ok(None);
    }
    let mut find = connection.prepare_cached("SELECT id FROM article WHERE row = ?1")?;
    Ok(find.query_row([copy_of], |row| row.get(0)).optional()?)
}

fn write(
    connection: &Connection,
    batch: &Batch,
    whole: &Row,
    article: &Prepared,
    is_there: bool,
) -> Result<(), StoreError> {
    let record = &article.record.article;
    let values = params![
        whole.row,
        article.key.id,
        record.url,
        record.source_id,
        record.path,
        record.title,
        json!(record.bylines).to_string(),
        record.publisher,
        record.agency,
        record.rights,
        record.language,
        record.form,
        record.published_at,
        record.published_at_basis,
        record.updated_at,
        article.day,
        record.dateline.as_ref().map(|dateline| &dateline.text),
        article.trace.words as i64,
        article.key.text_hash,
        whole.version,
        whole.made_by,
        batch.row,
        whole.copy_of,
        whole.story,
        json!(article.record.notes).to_string(),
        record.reservation.as_ref().map(|reservation| json!(reservation).to_string()),
    ];
    let statement = if is_there {
        "UPDATE article SET id = ?2, url = ?3, source_id = ?4, path = ?5, title = ?6, bylines = ?7,
             publisher = ?8, agency = ?9, rights = ?10, language = ?11, form = ?12, published_at = ?13,
             published_basis = ?14, updated_at = ?15, day = ?16, dateline = ?17, words = ?18,
             text_hash = ?19, version = ?20, made_by = ?21, batch = ?22, copy_of = ?23, story = ?24,
             notes = ?25, reservation = ?26 WHERE row = ?1"
    } else {
        "INSERT INTO article (row, id, url, source_id, path, title, bylines, publisher, agency, rights,
             language, form, published_at, published_basis, updated_at, day, dateline, words, text_hash,
             version, made_by, batch, copy_of, story, notes, reservation)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
             ?20, ?21, ?22, ?23, ?24, ?25, ?26)"
    };
    connection.prepare_cached(statement)?.execute(values)?;
    connection
        .prepare_cached(
            "INSERT INTO article_version
                 (article, version, text_hash, title, published_at, made_by, added, batch, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)
             ON CONFLICT (article, version) DO UPDATE
             SET made_by = excluded.made_by, batch = excluded.batch, text = coalesce(excluded.text, text)",
        )?
        .execute(params![
            whole.row,
            whole.version,
            article.key.text_hash,
            record.title,
            record.published_at,
            whole.made_by,
            batch.row,
            batch.keep_text.then(|| article.text()).flatten(),
        ])?;
    Ok(())
}

/// Gives a version that is there already the text that was not kept before. Says whether it has lacked one.
fn keep_text(
    connection: &Connection,
    row: i64,
    version: u32,
    article: &Prepared,
) -> Result<bool, StoreError> {
    let Some(text) = article.text() else { return Ok(false) };
    let rows = connection
        .prepare_cached(
            "UPDATE article_version SET text = ?3 WHERE article = ?1 AND version = ?2 AND text IS NULL",
        )?
        .execute(params![row, version, text])?;
    Ok(rows > 0)
}
