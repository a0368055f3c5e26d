//! Settling a batch: events and stories that were touched are summed up anew from what tells them.
//!
//! A sum depends on the tellings alone, not on the order of batches.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::{Batch, remember};
use crate::StoreError;

pub(crate) fn settle(connection: &Connection, batch: &Batch) -> Result<(), StoreError> {
    for &event in &batch.events {
        settle_event(connection, batch, event)?;
    }
    for &story in &batch.stories {
        settle_story(connection, story)?;
    }
    batch.unindexed.write(connection)
}

fn settle_event(connection: &Connection, batch: &Batch, event: i64) -> Result<(), StoreError> {
    for parts in ["DELETE FROM event_party WHERE event = ?1", "DELETE FROM event_pair WHERE event = ?1"] {
        connection.prepare_cached(parts)?.execute([event])?;
    }
    let Some(best) = best_telling(connection, event)? else { return forget(connection, batch, event) };
    let place: Option<i64> = connection
        .prepare_cached(
            "SELECT telling.place FROM telling JOIN place ON place.row = telling.place WHERE event = ?1
             ORDER BY precision IN ('country', 'area', 'admin'), precision = 'country', telling.row <> ?2, telling.row
             LIMIT 1",
        )?
        .query_row([event, best], |row| row.get(0))
        .optional()?;
    // What the best telling leaves open, another may say.
    let other = |column: &str| {
        format!(
            "{column} = (SELECT {column} FROM telling WHERE event = ?1 AND {column} IS NOT NULL
             ORDER BY row <> ?2, row LIMIT 1)"
        )
    };
    let others: Vec<String> = ["mode", "killed", "injured", "arrested", "size"].map(other).to_vec();
    let sql = format!(
        "UPDATE event SET
             (event_type, cameo, quad, intensity, contexts, status, date_from, date_to, date_basis, day)
             = (SELECT event_type, cameo, quad, intensity, contexts, status, date_from, date_to, date_basis,
                    coalesce(date_from, article.day)
                FROM telling JOIN article ON article.row = telling.article WHERE telling.row = ?2),
             (confidence, tellings, articles, originals)
             = (SELECT max(confidence), count(*), count(DISTINCT article), count(DISTINCT copy_of)
                FROM telling JOIN article ON article.row = telling.article WHERE event = ?1),
             place = ?3, country = (SELECT country FROM place WHERE place.row = ?3), {}
         WHERE row = ?1",
        others.join(", ")
    );
    connection.prepare_cached(&sql)?.execute(params![event, best, place])?;
    if batch.has_verdicts {
        judge(connection, event)?;
    }
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO event_party (event, role, entity, country, sector, day, event_type)
             SELECT ?1, role, entity, party.country, party.sector, event.day, event.event_type
             FROM telling JOIN party ON party.telling = telling.row JOIN event ON event.row = ?1
             WHERE telling.event = ?1 ORDER BY telling.row <> ?2, telling.row, position",
        )?
        .execute([event, best])?;
    // With the plus signs there is nothing to find a party by but its event: SQLite would rather read
    // all actors that have a country.
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO event_pair (actor, recipient, day, event)
             SELECT actor.country, recipient.country, actor.day, ?1
             FROM event_party AS actor JOIN event_party AS recipient ON recipient.event = ?1
             WHERE actor.event = ?1 AND +actor.role = 'actor' AND +recipient.role = 'recipient'
               AND actor.country IS NOT NULL AND recipient.country IS NOT NULL",
        )?
        .execute([event])?;
    Ok(())
}

/// What people have said of the event, by its id or by that of one of its tellings.
fn judge(connection: &Connection, event: i64) -> Result<(), StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT verdict, fields FROM verdict
         WHERE id = (SELECT id FROM event WHERE row = ?1)
            OR id IN (SELECT id FROM telling WHERE event = ?1 UNION SELECT coded_id FROM telling WHERE event = ?1)
         ORDER BY id = (SELECT id FROM event WHERE row = ?1) DESC, id LIMIT 1",
    )?;
    let judged: Option<(String, String)> =
        find.query_row([event], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let verdict = judged.as_ref().map(|(verdict, _)| verdict);
    connection
        .prepare_cached("UPDATE event SET verdict = ?2 WHERE row = ?1")?
        .execute(params![event, verdict])?;
    if let Some((_, fields)) = judged.filter(|(verdict, _)| verdict == "fix") {
        connection
            .prepare_cached(
                "UPDATE event SET
                     event_type = coalesce(json_extract(?2, '$.event_type'), event_type),
                     mode = coalesce(json_extract(?2, '$.mode'), mode),
                     status = coalesce(json_extract(?2, '$.status'), status)
                 WHERE row = ?1",
            )?
            .execute(params![event, fields])?;
    }
    Ok(())
}

/// The telling that an event is known by: one whose date is told, the surest, the first.
fn best_telling(connection: &Connection, event: i64) -> Result<Option<i64>, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT row FROM telling WHERE event = ?1
         ORDER BY coalesce(date_basis, '') <> 'text', confidence DESC, row LIMIT 1",
    )?;
    Ok(find.query_row([event], |row| row.get(0)).optional()?)
}

/// An event that nobody tells any more.
fn forget(connection: &Connection, batch: &Batch, event: i64) -> Result<(), StoreError> {
    let was = connection
        .prepare_cached("SELECT id, event_type, status, day FROM event WHERE row = ?1")?
        .query_row([event], |row| {
            let text = |at: usize| row.get::<_, String>(at);
            Ok((text(0)?, json!({"event_type": text(1)?, "status": text(2)?, "day": text(3)?})))
        })
        .optional()?;
    let Some((id, was)) = was else { return Ok(()) };
    connection.prepare_cached("DELETE FROM event_key WHERE event = ?1")?.execute([event])?;
    connection.prepare_cached("DELETE FROM event WHERE row = ?1")?.execute([event])?;
    // Started and left in one batch: nobody has seen it.
    if was["event_type"] != "" {
        remember(connection, batch, "event", "deleted", &id, &was)?;
    }
    Ok(())
}

fn settle_story(connection: &Connection, story: i64) -> Result<(), StoreError> {
    let is_told =
        connection.prepare_cached("SELECT 1 FROM article WHERE story = ?1 LIMIT 1")?.exists([story])?;
    if !is_told {
        connection.prepare_cached("DELETE FROM story WHERE row = ?1")?.execute([story])?;
        return Ok(());
    }
    // The headline of the article that was copied most, else of the first.
    connection
        .prepare_cached(
            "UPDATE story SET
                 (day_from, day_to, articles, originals, publishers)
                 = (SELECT coalesce(min(nullif(day, '')), ''), max(day), count(*), count(DISTINCT copy_of),
                        count(DISTINCT publisher) FROM article WHERE story = ?1),
                 events = (SELECT count(DISTINCT event) FROM article
                     JOIN telling ON telling.article = article.row WHERE story = ?1),
                 headline = (SELECT title FROM article WHERE story = ?1 AND title IS NOT NULL
                     ORDER BY (SELECT count(*) FROM article AS copy
                               WHERE copy.copy_of = article.copy_of AND copy.story = ?1) DESC,
                         row <> copy_of, day, row LIMIT 1)
             WHERE row = ?1",
        )?
        .execute(params![story])?;
    Ok(())
}
