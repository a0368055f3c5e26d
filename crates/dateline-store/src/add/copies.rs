//! Copies: the group that an article belongs to, found by its bands.
//!
//! A group is named by its first article. When an article turns out to be a copy of two groups,
//! the younger group joins the older.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Batch, Known};
use crate::StoreError;
use crate::prepare::Prepared;
use crate::sketch::{Sketch, from_bytes, to_bytes};

/// Articles compared with a new one, at most, the likeliest first: in a group of hundreds of copies
/// any of them will do.
const MAX_COMPARED: usize = 24;
/// Articles of one band looked at.
const MAX_IN_BAND: usize = 64;

/// The row of the first article of the group that the article belongs to; its own where it is new.
pub(super) fn find(
    connection: &Connection,
    known: &Known,
    batch: &mut Batch,
    row: i64,
    sketch: &Sketch,
) -> Result<i64, StoreError> {
    let mut shared: BTreeMap<i64, u32> = BTreeMap::new();
    for band in &sketch.bands {
        for found in known.recent.in_band(connection, *band, row, MAX_IN_BAND)? {
            *shared.entry(found).or_default() += 1;
        }
    }
    let mut candidates: Vec<(i64, u32)> = shared.into_iter().collect();
    candidates.sort_by_key(|(article, bands)| (std::cmp::Reverse(*bands), *article));
    let mut groups: Vec<i64> = Vec::new();
    for (candidate, _) in candidates.into_iter().take(MAX_COMPARED) {
        let group = group_of(connection, candidate)?;
        if !groups.contains(&group) && load(connection, candidate)?.is_some_and(|it| sketch.is_copy_of(&it)) {
            groups.push(group);
        }
    }
    let Some(&oldest) = groups.iter().min() else { return Ok(row) };
    for &younger in groups.iter().filter(|group| **group != oldest) {
        join(connection, batch, younger, oldest)?;
    }
    Ok(oldest)
}

/// Keeps what later articles are compared with.
pub(super) fn keep(
    connection: &Connection,
    known: &mut Known,
    row: i64,
    article: &Prepared,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sketch (article, level, shingles, bands, features, day)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            row,
            article.trace.sketch.level,
            article.trace.sketch.bytes(),
            to_bytes(&article.trace.sketch.bands),
            to_bytes(&article.features),
            article.day,
        ])?;
    known.recent.keep_bands(connection, row, &article.trace.sketch.bands)
}

/// Takes an article whose text has changed out of its group. Where it was the first, the next one
/// gives the group its name.
pub(super) fn forget(
    connection: &Connection,
    known: &mut Known,
    batch: &mut Batch,
    row: i64,
) -> Result<(), StoreError> {
    let bands = connection
        .prepare_cached("SELECT bands FROM sketch WHERE article = ?1")?
        .query_row([row], |found| found.get::<_, Vec<u8>>(0))
        .optional()?;
    known.recent.forget_bands(connection, row, &from_bytes(&bands.unwrap_or_default()))?;
    let heir: Option<i64> = connection
        .prepare_cached("SELECT min(row) FROM article WHERE copy_of = ?1 AND row <> ?1")?
        .query_row([row], |found| found.get(0))
        .optional()?
        .flatten();
    if let Some(heir) = heir {
        connection
            .prepare_cached("UPDATE article SET copy_of = ?2 WHERE copy_of = ?1 AND row <> ?1")?
            .execute([row, heir])?;
        touch_events(connection, batch, heir)?;
    }
    Ok(())
}

fn join(connection: &Connection, batch: &mut Batch, younger: i64, older: i64) -> Result<(), StoreError> {
    touch_events(connection, batch, younger)?;
    connection
        .prepare_cached("UPDATE article SET copy_of = ?2 WHERE copy_of = ?1")?
        .execute([younger, older])?;
    Ok(())
}

/// The events and stories of a group whose number of originals changes.
fn touch_events(connection: &Connection, batch: &mut Batch, group: i64) -> Result<(), StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT DISTINCT telling.event, article.story FROM article
         JOIN telling ON telling.article = article.row WHERE article.copy_of = ?1",
    )?;
    let mut rows = find.query([group])?;
    while let Some(found) = rows.next()? {
        batch.events.insert(found.get(0)?);
        batch.stories.insert(found.get(1)?);
    }
    Ok(())
}

fn group_of(connection: &Connection, article: i64) -> Result<i64, StoreError> {
    let mut find = connection.prepare_cached("SELECT copy_of FROM article WHERE row = ?1")?;
    Ok(find.query_row([article], |row| row.get(0)).optional()?.unwrap_or(article))
}

fn load(connection: &Connection, article: i64) -> Result<Option<Sketch>, StoreError> {
    let mut find = connection.prepare_cached("SELECT level, shingles FROM sketch WHERE article = ?1")?;
    let sketch = find.query_row([article], |row| {
        Ok(Sketch::from_bytes(row.get(0)?, row.get_ref(1)?.as_blob().unwrap_or_default()))
    });
    Ok(sketch.optional()?)
}
