//! Facts: what an article tells, in the place of what it told before.
//!
//! A telling's id rests on the article's address and on the words of its sentence, so that a fact
//! which the new version still has keeps its id and its event. What is gone is remembered.

use std::collections::HashMap;

use dateline_record::{Event, Place};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::article::Row;
use super::entities::Entities;
use super::same_event::{self, Told};
use super::{Batch, Known, places, remember};
use crate::occurrence::{Occurrence, Where, Who};
use crate::prepare::Prepared;
use crate::{StoreError, days};

/// A telling that was there before.
struct Old {
    row: i64,
    event: i64,
    summary: Value,
}

/// Stores the article's events; returns how many of the old ones are gone.
pub(super) fn replace(
    connection: &Connection,
    known: &mut Known,
    batch: &mut Batch,
    whole: &Row,
    article: &Prepared,
    entities: &Entities,
) -> Result<usize, StoreError> {
    let mut old = take_old(connection, batch, whole.row)?;
    let places: HashMap<&str, &Place> =
        article.record.places.iter().map(|place| (place.id.as_str(), place)).collect();
    let day = days::number(&article.day);
    let mut sentences: HashMap<(u32, u32), i64> = HashMap::new();
    // Later tellings in one article, by the id that the coder gave the first.
    let mut in_article: HashMap<&str, i64> = HashMap::new();
    for (event, key) in article.record.events.iter().zip(&article.tellings) {
        let place = event.place.as_ref().and_then(|place| places.get(place.place.as_str()).copied());
        let place = match place {
            Some(place) => places::resolve(connection, known, place)?,
            None => None,
        };
        let actors = parties(connection, known, entities, &event.actors)?;
        let recipients = parties(connection, known, entities, &event.recipients)?;
        let occurrence = occurrence(event, day, place.clone(), &actors, &recipients);
        let summary = summary(event);
        let before = old.remove(&key.id);
        let told = Told {
            occurrence: &occurrence,
            digest: key.digest,
            article: whole.row,
            copy_of: whole.copy_of,
            coded_id: &event.id,
        };
        let kept = before.as_ref().filter(|old| old.summary == summary).map(|old| old.event);
        let joined = match (in_article.get(event.id.as_str()), kept) {
            (Some(&row), _) | (None, Some(row)) => Some(row),
            (None, None) => same_event::find(connection, &told)?,
        };
        let event_row = match joined {
            Some(row) => {
                batch.events.insert(row);
                row
            }
            None => {
                let parties = [actors.as_slice(), recipients.as_slice()];
                let row = same_event::start(connection, &key.id, event, &occurrence, parties, &article.day)?;
                if batch.has_verdicts {
                    batch.events.insert(row);
                }
                row
            }
        };
        same_event::keep_keys(connection, event_row, &occurrence)?;
        in_article.insert(&event.id, event_row);
        if let Some(old) = before.as_ref().filter(|old| old.summary != summary) {
            remember(connection, batch, "telling", "revised", &key.id, &old.summary)?;
        }
        let sentence = match sentences.get(&(event.sentence.start, event.sentence.end)) {
            Some(row) => *row,
            None => {
                let row = sentence(connection, batch, whole.row, event)?;
                sentences.insert((event.sentence.start, event.sentence.end), row);
                row
            }
        };
        let row = before.map(|old| old.row);
        let row =
            telling(connection, batch, whole.row, row, &Telling { event, key, event_row, sentence, place })?;
        write_parties(connection, row, "actor", &event.actors, &actors)?;
        write_parties(connection, row, "recipient", &event.recipients, &recipients)?;
    }
    let mut gone: Vec<(String, Old)> = old.into_iter().collect();
    gone.sort_by(|(id, _), (other, _)| id.cmp(other));
    for (id, old) in &gone {
        remember(connection, batch, "telling", "deleted", id, &old.summary)?;
    }
    Ok(gone.len())
}

/// Takes the article's tellings out; their events must be summed up anew.
fn take_old(
    connection: &Connection,
    batch: &mut Batch,
    article: i64,
) -> Result<HashMap<String, Old>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT telling.row, telling.id, telling.event, telling.event_type, mode, status, trigger, text,
             date_from, date_to, place_text, killed, injured, arrested, size
         FROM telling JOIN sentence ON sentence.row = telling.sentence
         WHERE telling.article = ?1 ORDER BY telling.row",
    )?;
    let mut rows = find.query([article])?;
    let mut old: HashMap<String, Old> = HashMap::new();
    while let Some(row) = rows.next()? {
        let telling: i64 = row.get(0)?;
        let text = |at: usize| row.get::<_, Option<String>>(at);
        let count = |at: usize| row.get::<_, Option<i64>>(at);
        let (actors, recipients) =
            (words(connection, telling, "actor")?, words(connection, telling, "recipient")?);
        let summary = json!({
            "event_type": text(3)?, "mode": text(4)?, "status": text(5)?, "trigger": text(6)?,
            "sentence": text(7)?, "actors": actors, "recipients": recipients,
            "date_from": text(8)?, "date_to": text(9)?, "place": text(10)?,
            "killed": count(11)?, "injured": count(12)?, "arrested": count(13)?, "size": count(14)?,
        });
        let event = row.get(2)?;
        batch.events.insert(event);
        old.insert(row.get(1)?, Old { row: telling, event, summary });
    }
    drop(rows);
    if !old.is_empty() {
        connection
            .prepare_cached(
                "DELETE FROM party WHERE telling IN (SELECT row FROM telling WHERE article = ?1)",
            )?
            .execute([article])?;
        connection.prepare_cached("DELETE FROM telling WHERE article = ?1")?.execute([article])?;
        batch.unindexed.forget_sentences(connection, article)?;
        connection.prepare_cached("DELETE FROM sentence WHERE article = ?1")?.execute([article])?;
    }
    Ok(old)
}

fn words(connection: &Connection, telling: i64, role: &str) -> Result<Vec<String>, StoreError> {
    let mut find = connection
        .prepare_cached("SELECT text FROM party WHERE telling = ?1 AND role = ?2 ORDER BY position")?;
    let words = find.query_map(params![telling, role], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(words)
}

/// What a fact says, for the list of changes, and to see whether it has changed.
fn summary(event: &Event) -> Value {
    let texts = |parties: &[dateline_record::Party]| -> Vec<String> {
        parties.iter().map(|party| party.text.clone()).collect()
    };
    json!({
        "event_type": event.event_type, "mode": event.mode, "status": event.status,
        "trigger": event.trigger.text, "sentence": event.sentence.text,
        "actors": texts(&event.actors), "recipients": texts(&event.recipients),
        "date_from": event.date.as_ref().map(|date| &date.from),
        "date_to": event.date.as_ref().map(|date| &date.to),
        "place": event.place.as_ref().map(|place| &place.text),
        "killed": event.counts.killed, "injured": event.counts.injured,
        "arrested": event.counts.arrested, "size": event.counts.size,
    })
}

/// A party's row in the table of entities, and who it is.
type Parties = Vec<(i64, Who)>;

fn parties(
    connection: &Connection,
    known: &mut Known,
    entities: &Entities,
    parties: &[dateline_record::Party],
) -> Result<Parties, StoreError> {
    parties.iter().map(|party| entities.party(connection, known, party)).collect()
}

fn occurrence(
    event: &Event,
    day: Option<i32>,
    place: Option<Where>,
    actors: &Parties,
    recipients: &Parties,
) -> Occurrence {
    let date = event.date.as_ref();
    let told = date.and_then(|date| days::number(&date.from).zip(days::number(&date.to)));
    Occurrence {
        event_type: event.event_type.clone(),
        mode: event.mode.clone(),
        status: event.status.clone(),
        days: told.or(day.map(|day| (day, day))),
        place,
        actors: actors.iter().map(|(_, who)| who.clone()).collect(),
        recipients: recipients.iter().map(|(_, who)| who.clone()).collect(),
    }
}

fn sentence(
    connection: &Connection,
    batch: &mut Batch,
    article: i64,
    event: &Event,
) -> Result<i64, StoreError> {
    connection
        .prepare_cached("INSERT INTO sentence (article, start, \"end\", text) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![article, event.sentence.start, event.sentence.end, event.sentence.text])?;
    let row = connection.last_insert_rowid();
    batch.unindexed.sentences.insert(row, event.sentence.text.clone());
    Ok(row)
}

struct Telling<'a> {
    event: &'a Event,
    key: &'a crate::prepare::TellingKey,
    event_row: i64,
    sentence: i64,
    place: Option<Where>,
}

/// Writes a telling, under the row it had before if it had one.
fn telling(
    connection: &Connection,
    batch: &Batch,
    article: i64,
    row: Option<i64>,
    telling: &Telling<'_>,
) -> Result<i64, StoreError> {
    let event = telling.event;
    let date = event.date.as_ref();
    let place = event.place.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO telling (row, id, coded_id, article, event, sentence, event_type, mode, cameo, quad,
                 intensity, contexts, status, trigger_start, trigger_end, trigger, date_from, date_to,
                 date_text, date_basis, place, place_text, place_basis, killed, injured, arrested, size,
                 quote, because_of, same_as, confidence, rule, digest, batch)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                 ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)",
        )?
        .execute(params![
            row,
            telling.key.id,
            event.id,
            article,
            telling.event_row,
            telling.sentence,
            event.event_type,
            event.mode,
            event.cameo,
            event.quad,
            event.intensity,
            event.contexts.join(";"),
            event.status,
            event.trigger.start,
            event.trigger.end,
            event.trigger.text,
            date.map(|date| &date.from),
            date.map(|date| &date.to),
            date.and_then(|date| date.text.as_ref()),
            date.map(|date| &date.basis),
            telling.place.as_ref().map(|place| place.row),
            place.map(|place| &place.text),
            place.map(|place| &place.basis),
            event.counts.killed,
            event.counts.injured,
            event.counts.arrested,
            event.counts.size,
            event.quote,
            event.because_of,
            event.same_as,
            event.confidence,
            event.rule,
            telling.key.digest,
            batch.row,
        ])?;
    Ok(connection.last_insert_rowid())
}

fn write_parties(
    connection: &Connection,
    telling: i64,
    role: &str,
    parties: &[dateline_record::Party],
    who: &Parties,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO party (telling, role, position, entity, country, sector, start, \"end\", text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for ((position, party), (row, who)) in (0_i64..).zip(parties).zip(who) {
        insert.execute(params![
            telling,
            role,
            position,
            row,
            who.country,
            who.sector,
            party.start,
            party.end,
            party.text
        ])?;
    }
    Ok(())
}
