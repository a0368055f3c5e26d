//! The event that a telling tells: found by the keys of its parties, compared by the rule of
//! [`crate::occurrence`].
//!
//! A telling is held against the first telling of an event, not against all of them: events do not
//! creep from day to day and from party to party.

use dateline_record::Event;
use rusqlite::{Connection, OptionalExtension, params};

use crate::occurrence::{Occurrence, Where, Who};
use crate::{StoreError, days};

/// Events compared with a telling, at most.
const MAX_COMPARED: i64 = 64;

/// A telling on its way to its event.
pub(super) struct Told<'a> {
    pub occurrence: &'a Occurrence,
    pub digest: i64,
    pub article: i64,
    pub copy_of: i64,
    pub coded_id: &'a str,
}

/// The event that is told, if we have it.
pub(super) fn find(connection: &Connection, told: &Told<'_>) -> Result<Option<i64>, StoreError> {
    if let Some(event) = in_copy(connection, told)? {
        return Ok(Some(event));
    }
    let Some((from, to)) = told.occurrence.first_days() else { return Ok(None) };
    let mut by_key = connection.prepare_cached(
        "SELECT event FROM event_key WHERE hash = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY event LIMIT ?4",
    )?;
    let mut candidates: Vec<i64> = Vec::new();
    for key in told.occurrence.keys() {
        let found = by_key
            .query_map(params![key, days::text(from), days::text(to), MAX_COMPARED], |row| row.get(0))?;
        for event in found {
            candidates.push(event?);
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<(u32, i64)> = None;
    for event in candidates {
        let Some(first) = first_telling(connection, event)? else { continue };
        if told.occurrence.is_same(&first) && !tells_another(connection, event, told)? {
            let likeness = told.occurrence.likeness(&first);
            if best.is_none_or(|(most, _)| likeness > most) {
                best = Some((likeness, event));
            }
        }
    }
    Ok(best.map(|(_, event)| event))
}

/// A new event, named after its first telling, with that telling's values: they are summed up anew
/// only when there are more tellings than this.
pub(super) fn start(
    connection: &Connection,
    id: &str,
    first: &Event,
    occurrence: &Occurrence,
    parties: [&[(i64, Who)]; 2],
    day: &str,
) -> Result<i64, StoreError> {
    let date = first.date.as_ref();
    let day = date.map_or(day, |date| date.from.as_str());
    let place = occurrence.place.as_ref();
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO event (id, day, event_type, mode, cameo, quad, intensity, contexts, status,
             date_from, date_to, date_basis, place, country, killed, injured, arrested, size, confidence,
             tellings, articles, originals)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, 1, 1, 1)",
    )?;
    // A telling that left its event may have given that event its name.
    for attempt in 0.. {
        let id = if attempt == 0 { id.to_string() } else { crate::stable::id(&[id, &attempt.to_string()]) };
        let values = params![
            id,
            day,
            first.event_type,
            first.mode,
            first.cameo,
            first.quad,
            first.intensity,
            first.contexts.join(";"),
            first.status,
            date.map(|date| &date.from),
            date.map(|date| &date.to),
            date.map(|date| &date.basis),
            place.map(|place| place.row),
            place.and_then(|place| place.country.as_ref()),
            first.counts.killed,
            first.counts.injured,
            first.counts.arrested,
            first.counts.size,
            first.confidence,
        ];
        if insert.execute(values)? > 0 {
            break;
        }
    }
    let event = connection.last_insert_rowid();
    let mut party = connection.prepare_cached(
        "INSERT OR IGNORE INTO event_party (event, role, entity, country, sector, day, event_type)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (role, parties) in ["actor", "recipient"].into_iter().zip(parties) {
        for (entity, who) in parties {
            party.execute(params![event, role, entity, who.country, who.sector, day, first.event_type])?;
        }
    }
    let mut pair = connection.prepare_cached(
        "INSERT OR IGNORE INTO event_pair (actor, recipient, day, event) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let countries =
        |parties: &[(i64, Who)]| parties.iter().filter_map(|(_, who)| who.country.clone()).collect();
    let [actors, recipients]: [Vec<String>; 2] = parties.map(countries);
    for actor in &actors {
        for recipient in &recipients {
            pair.execute(params![actor, recipient, day, event])?;
        }
    }
    Ok(event)
}

/// Lets later tellings find the event by this one's parties.
pub(super) fn keep_keys(
    connection: &Connection,
    event: i64,
    occurrence: &Occurrence,
) -> Result<(), StoreError> {
    let Some((from, _)) = occurrence.days else { return Ok(()) };
    let day = days::text(from);
    let mut keep = connection
        .prepare_cached("INSERT OR IGNORE INTO event_key (hash, day, event) VALUES (?1, ?2, ?3)")?;
    for key in occurrence.keys() {
        keep.execute(params![key, day, event])?;
    }
    Ok(())
}

/// The same words in another copy of the article tell the same event, whatever they rest on.
fn in_copy(connection: &Connection, told: &Told<'_>) -> Result<Option<i64>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT telling.event FROM telling JOIN article ON article.row = telling.article
         WHERE telling.digest = ?1 AND article.copy_of = ?2 AND article.row <> ?3
         ORDER BY telling.row LIMIT 1",
    )?;
    let event = find
        .query_row(params![told.digest, told.copy_of, told.article], |row| row.get::<_, i64>(0))
        .optional()?;
    match event {
        Some(event) if tells_another(connection, event, told)? => Ok(None),
        event => Ok(event),
    }
}

/// Whether the same article tells the event already: the coder has held the two apart, and so do we.
fn tells_another(connection: &Connection, event: i64, told: &Told<'_>) -> Result<bool, StoreError> {
    let mut find = connection
        .prepare_cached("SELECT 1 FROM telling WHERE article = ?1 AND event = ?2 AND coded_id <> ?3")?;
    Ok(find.exists(params![told.article, event, told.coded_id])?)
}

fn first_telling(connection: &Connection, event: i64) -> Result<Option<Occurrence>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT telling.row, event_type, mode, status, date_from, date_to, article.day,
             place.row, place.country, admin1, lat, lon, precision
         FROM telling JOIN article ON article.row = telling.article
         LEFT JOIN place ON place.row = telling.place
         WHERE telling.event = ?1 ORDER BY telling.row LIMIT 1",
    )?;
    let first = find.query_row([event], |row| {
        let day = |at: usize| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.as_deref().and_then(days::number))
        };
        let told = day(4)?.zip(day(5)?);
        let place = match row.get::<_, Option<i64>>(7)? {
            Some(place) => Some(Where {
                row: place,
                country: row.get(8)?,
                admin1: row.get(9)?,
                point: row.get::<_, Option<f64>>(10)?.zip(row.get(11)?),
                precision: row.get(12)?,
            }),
            None => None,
        };
        let occurrence = Occurrence {
            event_type: row.get(1)?,
            mode: row.get(2)?,
            status: row.get(3)?,
            days: told.or(day(6)?.map(|day| (day, day))),
            place,
            actors: Vec::new(),
            recipients: Vec::new(),
        };
        Ok((row.get::<_, i64>(0)?, occurrence))
    });
    let Some((telling, mut occurrence)) = first.optional()? else { return Ok(None) };
    let mut parties = connection.prepare_cached(
        "SELECT role, key, named, party.country, party.sector FROM party JOIN entity ON entity.row = party.entity
         WHERE telling = ?1 ORDER BY role, position",
    )?;
    let mut rows = parties.query([telling])?;
    while let Some(row) = rows.next()? {
        let who = Who { name: row.get(1)?, is_named: row.get(2)?, country: row.get(3)?, sector: row.get(4)? };
        if row.get_ref(0)?.as_str().unwrap_or_default() == "actor" {
            occurrence.actors.push(who);
        } else {
            occurrence.recipients.push(who);
        }
    }
    Ok(Some(occurrence))
}
