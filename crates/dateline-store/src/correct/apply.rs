//! Applying corrections. Each rule can be applied again without harm: it is, with every batch.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde_json::json;

use super::Rule;
use crate::StoreError;
use crate::add::{Batch, remember, settle};
use crate::stable::{self, name_key};

/// Applies all rules in a transaction of its own: what the file says now holds.
pub(crate) fn replay(
    connection: &mut Connection,
    rules: &[Rule],
    at: jiff::Timestamp,
) -> Result<(), StoreError> {
    let text: String = rules.iter().map(|rule| format!("{rule}\n")).collect();
    let hash = dateline_record::text_hash(&text);
    let known: Option<String> = connection
        .query_row("SELECT value FROM setting WHERE name = 'rules'", [], |row| row.get(0))
        .optional()?;
    if known.as_deref() == Some(&hash) || (known.is_none() && rules.is_empty()) {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut batch = Batch::begin(&transaction, at, false)?;
    batch.has_verdicts = true;
    apply(&transaction, &mut batch, rules)?;
    settle::settle(&transaction, &batch)?;
    transaction.execute(
        "INSERT INTO setting (name, value) VALUES ('rules', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
        [hash],
    )?;
    transaction.commit()?;
    Ok(())
}

/// Applies the rules to what is there; what they speak of may come later.
pub(crate) fn apply(connection: &Connection, batch: &mut Batch, rules: &[Rule]) -> Result<(), StoreError> {
    for rule in rules {
        match rule {
            Rule::Merge { entity, into } => merge(connection, batch, entity, into)?,
            Rule::Split { entity, articles, name } => split(connection, batch, entity, articles, name)?,
            Rule::Country { entity, country } => code(connection, batch, entity, "country", country)?,
            Rule::Sector { entity, sector } => code(connection, batch, entity, "sector", sector)?,
            Rule::Accept { .. } | Rule::Reject { .. } | Rule::Fix { .. } => {}
        }
    }
    verdicts(connection, batch, rules)
}

fn entity_row(connection: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    let mut find = connection.prepare_cached("SELECT row FROM entity WHERE id = ?1")?;
    Ok(find.query_row([id], |row| row.get(0)).optional()?)
}

fn merge(connection: &Connection, batch: &mut Batch, entity: &str, into: &str) -> Result<(), StoreError> {
    let (Some(from), Some(into_row)) = (entity_row(connection, entity)?, entity_row(connection, into)?)
    else {
        return Ok(());
    };
    let into_row = last(connection, into_row)?;
    if from == into_row {
        return Ok(());
    }
    let is_new = connection
        .prepare_cached("UPDATE entity SET merged_into = ?2 WHERE row = ?1 AND merged_into IS NOT ?2")?
        .execute([from, into_row])?
        > 0;
    if is_new {
        remember(connection, batch, "entity", "corrected", entity, &json!({"merged_into": into}))?;
    }
    touch(connection, batch, from)?;
    for sql in [
        "UPDATE party SET entity = ?2 WHERE entity = ?1",
        "UPDATE appearance SET entity = ?2 WHERE entity = ?1",
        "UPDATE quote SET speaker = ?2 WHERE speaker = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([from, into_row])?;
    }
    Ok(())
}

/// The entity that a merged one has become, whatever the chain.
fn last(connection: &Connection, row: i64) -> Result<i64, StoreError> {
    let mut row = row;
    let mut next = connection.prepare_cached("SELECT merged_into FROM entity WHERE row = ?1")?;
    for _ in 0..16 {
        match next.query_row([row], |found| found.get::<_, Option<i64>>(0)).optional()?.flatten() {
            Some(into) => row = into,
            None => break,
        }
    }
    Ok(row)
}

fn split(
    connection: &Connection,
    batch: &mut Batch,
    entity: &str,
    articles: &[String],
    name: &str,
) -> Result<(), StoreError> {
    let Some(from) = entity_row(connection, entity)? else { return Ok(()) };
    let id = stable::id(&["entity", "split", entity, name]);
    for article in articles {
        let article: Option<i64> = connection
            .prepare_cached("SELECT row FROM article WHERE id = ?1")?
            .query_row([article], |row| row.get(0))
            .optional()?;
        let Some(article) = article else { continue };
        let stands = connection
            .prepare_cached("SELECT 1 FROM appearance WHERE article = ?1 AND entity = ?2")?
            .exists([article, from])?;
        if !stands {
            continue;
        }
        let to = match entity_row(connection, &id)? {
            Some(row) => row,
            None => {
                connection
                    .prepare_cached(
                        "INSERT INTO entity (id, name, key, type, country, sector, named, fixed)
                         SELECT ?2, ?3, ?4 || ' (split)', type, country, sector, named, 0 FROM entity WHERE row = ?1",
                    )?
                    .execute(params![from, id, name, name_key(name)])?;
                let row = connection.last_insert_rowid();
                remember(connection, batch, "entity", "corrected", &id, &json!({"split_from": entity}))?;
                row
            }
        };
        let mut events = connection.prepare_cached("SELECT event FROM telling WHERE article = ?1")?;
        for event in events.query_map([article], |row| row.get::<_, i64>(0))? {
            batch.events.insert(event?);
        }
        for sql in [
            "UPDATE party SET entity = ?3
             WHERE entity = ?2 AND telling IN (SELECT row FROM telling WHERE article = ?1)",
            "UPDATE appearance SET entity = ?3 WHERE entity = ?2 AND article = ?1",
            "UPDATE quote SET speaker = ?3 WHERE speaker = ?2 AND article = ?1",
        ] {
            connection.prepare_cached(sql)?.execute([article, from, to])?;
        }
    }
    Ok(())
}

fn code(
    connection: &Connection,
    batch: &mut Batch,
    entity: &str,
    column: &str,
    value: &str,
) -> Result<(), StoreError> {
    let Some(row) = entity_row(connection, entity)? else { return Ok(()) };
    let before: Option<String> = connection
        .prepare_cached(&format!("SELECT {column} FROM entity WHERE row = ?1"))?
        .query_row([row], |found| found.get(0))?;
    if before.as_deref() != Some(value) {
        remember(connection, batch, "entity", "corrected", entity, &json!({column: before}))?;
    }
    connection
        .prepare_cached(&format!("UPDATE entity SET {column} = ?2, fixed = 1 WHERE row = ?1"))?
        .execute(params![row, value])?;
    let changed = connection
        .prepare_cached(&format!("UPDATE party SET {column} = ?2 WHERE entity = ?1 AND {column} IS NOT ?2"))?
        .execute(params![row, value])?;
    if changed > 0 {
        touch(connection, batch, row)?;
    }
    Ok(())
}

/// The events of an entity must be summed up anew.
fn touch(connection: &Connection, batch: &mut Batch, entity: i64) -> Result<(), StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT DISTINCT event FROM party JOIN telling ON telling.row = party.telling WHERE entity = ?1",
    )?;
    for event in find.query_map([entity], |row| row.get::<_, i64>(0))? {
        batch.events.insert(event?);
    }
    Ok(())
}

/// What the file says of events, in the place of what it said before. Later lines win.
fn verdicts(connection: &Connection, batch: &mut Batch, rules: &[Rule]) -> Result<(), StoreError> {
    let mut wanted: BTreeMap<&str, (&str, String)> = BTreeMap::new();
    for rule in rules {
        match rule {
            Rule::Accept { event } => wanted.insert(event, ("accept", "{}".into())),
            Rule::Reject { event } => wanted.insert(event, ("reject", "{}".into())),
            Rule::Fix { event, fields } => {
                let fields: serde_json::Map<_, _> =
                    fields.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
                wanted.insert(event, ("fix", serde_json::Value::from(fields).to_string()))
            }
            _ => None,
        };
    }
    let mut find = connection.prepare_cached("SELECT id, verdict, fields FROM verdict")?;
    let there: BTreeMap<String, (String, String)> =
        find.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect::<Result<_, _>>()?;
    let is_same = |id: &str, verdict: &(&str, String)| {
        there.get(id).is_some_and(|(word, fields)| word == verdict.0 && *fields == verdict.1)
    };
    for id in there.keys().filter(|id| !wanted.contains_key(id.as_str())) {
        connection.prepare_cached("DELETE FROM verdict WHERE id = ?1")?.execute([id])?;
        touch_event(connection, batch, id)?;
    }
    batch.has_verdicts |= !wanted.is_empty();
    for (id, verdict) in wanted.iter().filter(|(id, verdict)| !is_same(id, verdict)) {
        connection
            .prepare_cached("INSERT OR REPLACE INTO verdict (id, verdict, fields) VALUES (?1, ?2, ?3)")?
            .execute(params![id, verdict.0, verdict.1])?;
        touch_event(connection, batch, id)?;
    }
    Ok(())
}

fn touch_event(connection: &Connection, batch: &mut Batch, id: &str) -> Result<(), StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT row FROM event WHERE id = ?1 UNION SELECT event FROM telling WHERE id = ?1 OR coded_id = ?1",
    )?;
    for event in find.query_map([id], |row| row.get::<_, i64>(0))? {
        batch.events.insert(event?);
    }
    Ok(())
}
