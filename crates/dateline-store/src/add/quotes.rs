//! Quotes: what an article has people say. The same words in a copy, or the same sentence of a
//! speech in another paper, are one quote.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use super::article::Row;
use super::entities::Entities;
use super::{Batch, remember};
use crate::StoreError;
use crate::prepare::{Prepared, content};

/// From so many words on, the same words are the same quote wherever they are printed.
const TELLING_WORDS: usize = 7;

/// Stores the article's quotes; returns how many of the old ones are gone.
pub(super) fn replace(
    connection: &Connection,
    batch: &mut Batch,
    whole: &Row,
    article: &Prepared,
    entities: &Entities,
) -> Result<usize, StoreError> {
    let mut old = take_old(connection, batch, whole.row)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO quote (row, id, article, local, form, content, content_start, content_end, cue, speaker,
             speaker_text, addressee, day, date_from, date_to, rule, digest, same_as, batch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    for (quote, key) in article.record.quotes.iter().zip(&article.quotes) {
        let content = content(quote);
        let speaker = quote.speaker.as_ref();
        let entity = entities.row(speaker.and_then(|speaker| speaker.entity.as_deref()));
        let same_as = first(connection, whole, key.digest, content.split_whitespace().count())?;
        let row = old.remove(&key.id).map(|(row, _)| row);
        let date = quote.date.as_ref();
        insert.execute(params![
            row,
            key.id,
            whole.row,
            quote.id,
            quote.form,
            content,
            quote.content.start,
            quote.content.end,
            quote.cue.as_ref().map(|cue| &cue.text),
            entity,
            speaker.map(|speaker| &speaker.text),
            quote.addressee.as_ref().map(|addressee| &addressee.text),
            date.map_or(article.day.as_str(), |date| date.from.as_str()),
            date.map(|date| &date.from),
            date.map(|date| &date.to),
            quote.rule,
            key.digest,
            same_as,
            batch.row,
        ])?;
        batch.unindexed.quotes.insert(connection.last_insert_rowid(), content);
    }
    let mut gone: Vec<_> = old.into_iter().collect();
    gone.sort_by(|(id, _), (other, _)| id.cmp(other));
    for (id, (_, was)) in &gone {
        remember(connection, batch, "quote", "deleted", id, was)?;
    }
    Ok(gone.len())
}

/// The first printing of these words that is not of this article.
fn first(connection: &Connection, whole: &Row, digest: i64, words: usize) -> Result<Option<i64>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT quote.row FROM quote JOIN article ON article.row = quote.article
         WHERE quote.digest = ?1 AND quote.same_as IS NULL AND article.row <> ?2
           AND (article.copy_of = ?3 OR ?4) ORDER BY quote.row LIMIT 1",
    )?;
    let found =
        find.query_row(params![digest, whole.row, whole.copy_of, words >= TELLING_WORDS], |row| row.get(0));
    Ok(found.optional()?)
}

fn take_old(
    connection: &Connection,
    batch: &mut Batch,
    article: i64,
) -> Result<HashMap<String, (i64, Value)>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT row, id, form, content, speaker_text FROM quote WHERE article = ?1 ORDER BY row",
    )?;
    let old: HashMap<String, (i64, Value)> = find
        .query_map([article], |row| {
            let text = |at: usize| row.get::<_, Option<String>>(at);
            let was = json!({"form": text(2)?, "content": text(3)?, "speaker": text(4)?});
            Ok((row.get(1)?, (row.get(0)?, was)))
        })?
        .collect::<Result<_, _>>()?;
    let mut rows: Vec<i64> = old.values().map(|(row, _)| *row).collect();
    rows.sort_unstable();
    for row in rows {
        give_way(connection, row)?;
    }
    if !old.is_empty() {
        batch.unindexed.forget_quotes(connection, article)?;
        connection.prepare_cached("DELETE FROM quote WHERE article = ?1")?.execute([article])?;
    }
    Ok(old)
}

/// The next printing of a quote takes the place of the first.
fn give_way(connection: &Connection, row: i64) -> Result<(), StoreError> {
    let heir: Option<i64> = connection
        .prepare_cached("SELECT min(row) FROM quote WHERE same_as = ?1")?
        .query_row([row], |found| found.get(0))?;
    if let Some(heir) = heir {
        connection.prepare_cached("UPDATE quote SET same_as = NULL WHERE row = ?1")?.execute([heir])?;
        connection
            .prepare_cached("UPDATE quote SET same_as = ?2 WHERE same_as = ?1")?
            .execute([row, heir])?;
    }
    Ok(())
}
