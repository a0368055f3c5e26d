//! Stories: articles on the same happening, within days of each other.
//!
//! An article joins the story of the article it is most like: by the people, organizations and towns
//! it names, the words of its headline, each the weightier the rarer it has been these days, and the
//! events it tells. Copies join the story of their original. A story spans two weeks at most, so
//! that a war does not become one story.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::article::Row;
use super::{Batch, Known};
use crate::prepare::Prepared;
use crate::sketch::from_bytes;
use crate::{StoreError, days, stable};

/// Days between an article and the one it is held against, at most.
const WINDOW: i32 = 3;
/// Days from a story's first article to its last, at most.
const SPAN: i32 = 14;
/// A feature of more articles than these, in the window, is no news.
const COMMON: usize = 200;
/// Articles compared with a new one, at most.
const MAX_COMPARED: usize = 24;
/// Articles are on the same happening from this likeness on.
const LIKE: f64 = 0.36;
/// What an event told by both adds to it, and what all such events may add.
const EVENT: f64 = 0.12;
const EVENTS: f64 = 0.36;

/// Finds the article's story or starts one, and keeps what later articles find it by.
pub(super) fn join(
    connection: &Connection,
    known: &mut Known,
    batch: &mut Batch,
    whole: &Row,
    article: &Prepared,
) -> Result<(), StoreError> {
    let story = match find(connection, known, whole, article)? {
        Some(story) => story,
        None => start(connection, &article.key.id)?,
    };
    connection.prepare_cached("UPDATE article SET story = ?2 WHERE row = ?1")?.execute([whole.row, story])?;
    known.recent.keep_features(connection, whole.row, &article.day, &article.features)?;
    batch.stories.insert(story);
    Ok(())
}

/// Takes an article whose text has changed out of what others are found by.
pub(super) fn forget(connection: &Connection, known: &mut Known, row: i64) -> Result<(), StoreError> {
    let kept = connection
        .prepare_cached("SELECT features, day FROM sketch WHERE article = ?1")?
        .query_row([row], |found| Ok((found.get::<_, Vec<u8>>(0)?, found.get::<_, String>(1)?)))
        .optional()?;
    let Some((features, day)) = kept else { return Ok(()) };
    known.recent.forget_features(connection, row, &day, &from_bytes(&features))
}

fn find(
    connection: &Connection,
    known: &Known,
    whole: &Row,
    article: &Prepared,
) -> Result<Option<i64>, StoreError> {
    if whole.copy_of != whole.row {
        let story: Option<i64> = connection
            .prepare_cached("SELECT story FROM article WHERE row = ?1")?
            .query_row([whole.copy_of], |row| row.get(0))
            .optional()?;
        return Ok(story.filter(|story| *story != 0));
    }
    let Some(day) = days::number(&article.day) else { return Ok(None) };
    let window = (day - WINDOW, day + WINDOW);
    let weights = weigh(connection, known, whole, article, window)?;
    let events = shared_events(connection, whole, window)?;
    let mut candidates: Vec<(i64, f64)> =
        weights.candidates.iter().map(|(row, weight)| (*row, *weight)).collect();
    for row in events.keys() {
        if !weights.candidates.contains_key(row) {
            candidates.push((*row, 0.0));
        }
    }
    candidates.sort_by(|(row, weight), (other_row, other)| other.total_cmp(weight).then(row.cmp(other_row)));
    let mut best: Option<(f64, i64)> = None;
    for (row, shared) in candidates.into_iter().take(MAX_COMPARED) {
        let Some((features, story)) = other(connection, row)? else { continue };
        let in_common = features.iter().filter(|feature| article.features.contains(feature)).count();
        let others = shared + weights.mean * features.len().saturating_sub(in_common) as f64;
        let likeness =
            if weights.total > 0.0 && others > 0.0 { shared / (weights.total * others).sqrt() } else { 0.0 };
        let told = events.get(&row).copied().unwrap_or_default() as f64;
        let likeness = likeness + (told * EVENT).min(EVENTS);
        if likeness >= LIKE && best.is_none_or(|(most, _)| likeness > most) && fits(connection, story, day)? {
            best = Some((likeness, story));
        }
    }
    Ok(best.map(|(_, story)| story))
}

struct Weights {
    /// Of all the article's features, and of one of them on average.
    total: f64,
    mean: f64,
    /// Articles that share a feature which is not common, with the weight of all that is shared.
    candidates: BTreeMap<i64, f64>,
}

fn weigh(
    connection: &Connection,
    known: &Known,
    whole: &Row,
    article: &Prepared,
    window: (i32, i32),
) -> Result<Weights, StoreError> {
    let mut weights = Weights { total: 0.0, mean: 0.0, candidates: BTreeMap::new() };
    for feature in &article.features {
        let having = known.recent.with_feature(connection, *feature, window, whole.row, COMMON)?;
        let weight = (2.0 * COMMON as f64 / (having.len() + 1) as f64).ln();
        weights.total += weight;
        if having.len() < COMMON {
            for row in having {
                *weights.candidates.entry(row).or_default() += weight;
            }
        }
    }
    weights.mean = weights.total / article.features.len().max(1) as f64;
    Ok(weights)
}

/// Articles in the window that tell an event of this one, and how many.
fn shared_events(
    connection: &Connection,
    whole: &Row,
    window: (i32, i32),
) -> Result<BTreeMap<i64, u32>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT other.article, count(DISTINCT other.event) FROM telling AS own
         JOIN telling AS other ON other.event = own.event AND other.article <> own.article
         JOIN article ON article.row = other.article
         WHERE own.article = ?1 AND article.day BETWEEN ?2 AND ?3
         GROUP BY other.article ORDER BY 2 DESC, 1 LIMIT 64",
    )?;
    let rows = find.query_map(params![whole.row, days::text(window.0), days::text(window.1)], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn other(connection: &Connection, row: i64) -> Result<Option<(Vec<u64>, i64)>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT features, story FROM sketch JOIN article ON article.row = sketch.article WHERE article = ?1",
    )?;
    let found = find.query_row([row], |row| {
        Ok((from_bytes(row.get_ref(0)?.as_blob().unwrap_or_default()), row.get::<_, i64>(1)?))
    });
    Ok(found.optional()?.filter(|(_, story)| *story != 0))
}

/// Whether a story with an article of this day is still short enough.
fn fits(connection: &Connection, story: i64, day: i32) -> Result<bool, StoreError> {
    let mut span =
        connection.prepare_cached("SELECT min(day), max(day) FROM article WHERE story = ?1 AND day <> ''")?;
    let (from, to) = span.query_row([story], |row| {
        let day = |at: usize| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.as_deref().and_then(days::number))
        };
        Ok((day(0)?, day(1)?))
    })?;
    Ok(from.unwrap_or(day).min(day) + SPAN >= to.unwrap_or(day).max(day))
}

fn start(connection: &Connection, article: &str) -> Result<i64, StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO story (id, day_from, day_to, articles, originals, publishers, events)
         VALUES (?1, '', '', 0, 0, 0, 0)",
    )?;
    // An article that left its story may have given that story its name.
    for attempt in 0.. {
        if insert.execute([stable::id(&["story", article, &attempt.to_string()])])? > 0 {
            break;
        }
    }
    Ok(connection.last_insert_rowid())
}
