//! Entities: the same name in two articles is one entity, by these rules.
//!
//! - A proper name is the entity of that name and type in the same country. Where the article does
//!   not tell the country and only one such entity is known, it is that one; where the known one
//!   has no country yet, it gets the article's.
//! - Other words ("the army") are an entity of their country and sector, and no more than that.

use std::collections::HashMap;

use dateline_record::{Entity, Party, Record};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::Known;
use crate::StoreError;
use crate::occurrence::Who;
use crate::stable::{self, name_key};

/// What an entity is looked up by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntityKey {
    key: String,
    entity_type: String,
    country: Option<String>,
    sector: Option<String>,
    is_named: bool,
}

/// The entities of one article: the record's id → the row.
pub(super) struct Entities {
    rows: HashMap<String, i64>,
    named: HashMap<String, (String, bool)>,
}

/// Stores who stands in the article, in the place of who stood there before.
pub(super) fn appear(
    connection: &Connection,
    known: &mut Known,
    article: i64,
    record: &Record,
) -> Result<Entities, StoreError> {
    connection.prepare_cached("DELETE FROM appearance WHERE article = ?1")?.execute([article])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO appearance (article, local, entity, mentions, offices) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut entities = Entities { rows: HashMap::new(), named: HashMap::new() };
    for entity in &record.entities {
        let key = key_of(entity);
        let is_named = key.is_named;
        entities.named.insert(entity.id.clone(), (key.key.clone(), is_named));
        let row = resolve(connection, known, key, &entity.name)?;
        let offices: Vec<_> = entity
            .offices
            .iter()
            .map(|office| json!({"title": office.title, "country": office.country, "basis": office.basis}))
            .collect();
        insert.execute(params![
            article,
            entity.id,
            row,
            entity.mentions.len() as i64,
            serde_json::Value::from(offices).to_string(),
        ])?;
        entities.rows.insert(entity.id.clone(), row);
    }
    Ok(entities)
}

impl Entities {
    /// The row of the record's entity.
    pub fn row(&self, id: Option<&str>) -> Option<i64> {
        self.rows.get(id?).copied()
    }

    /// A party's entity and who it is; a party that is no entity of the article is one by its words.
    pub fn party(
        &self,
        connection: &Connection,
        known: &mut Known,
        party: &Party,
    ) -> Result<(i64, Who), StoreError> {
        let (country, sector) = (party.country.clone(), party.sector.clone());
        if let Some(id) = party.entity.as_deref()
            && let (Some(&row), Some((name, is_named))) = (self.rows.get(id), self.named.get(id))
        {
            let (country, sector) = fixed(connection, row)?.unwrap_or((country, sector));
            return Ok((row, Who { name: name.clone(), is_named: *is_named, country, sector }));
        }
        let key = EntityKey {
            key: name_key(&party.name),
            entity_type: "other".into(),
            country: country.clone(),
            sector: sector.clone(),
            is_named: false,
        };
        let who = Who { name: key.key.clone(), is_named: false, country, sector };
        Ok((resolve(connection, known, key, &party.name)?, who))
    }
}

fn key_of(entity: &Entity) -> EntityKey {
    EntityKey {
        key: name_key(&entity.name),
        entity_type: entity.entity_type.clone(),
        country: entity.country.clone(),
        sector: entity.sector.clone(),
        is_named: entity.mentions.iter().any(|mention| mention.form == "name"),
    }
}

fn resolve(
    connection: &Connection,
    known: &mut Known,
    key: EntityKey,
    name: &str,
) -> Result<i64, StoreError> {
    if let Some(row) = known.entities.get(&key) {
        return Ok(*row);
    }
    let row = match find(connection, &key)? {
        Some(row) => merged(connection, row)?,
        None => insert(connection, &key, name)?,
    };
    // A name without a country may find another entity once there are two of them.
    if key.country.is_some() || !key.is_named {
        known.entities.insert(key, row);
    }
    Ok(row)
}

/// The entity that a correction has made of it.
fn merged(connection: &Connection, row: i64) -> Result<i64, StoreError> {
    let mut find =
        connection.prepare_cached("SELECT coalesce(merged_into, row) FROM entity WHERE row = ?1")?;
    Ok(find.query_row([row], |found| found.get(0))?)
}

/// Country and sector.
type Codes = (Option<String>, Option<String>);

/// The codes that a correction has set.
fn fixed(connection: &Connection, row: i64) -> Result<Option<Codes>, StoreError> {
    let mut find =
        connection.prepare_cached("SELECT country, sector FROM entity WHERE row = ?1 AND fixed")?;
    Ok(find.query_row([row], |found| Ok((found.get(0)?, found.get(1)?))).optional()?)
}

fn find(connection: &Connection, key: &EntityKey) -> Result<Option<i64>, StoreError> {
    let mut candidates = connection.prepare_cached(
        "SELECT row, country, sector FROM entity WHERE key = ?1 AND type = ?2 AND named = ?3 ORDER BY row",
    )?;
    let candidates: Vec<(i64, Option<String>, Option<String>)> = candidates
        .query_map(params![key.key, key.entity_type, key.is_named], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    let is_exact = |(_, country, sector): &&(i64, Option<String>, Option<String>)| {
        *country == key.country && (key.is_named || *sector == key.sector)
    };
    if let Some((row, ..)) = candidates.iter().find(is_exact) {
        return Ok(Some(*row));
    }
    if !key.is_named {
        return Ok(None);
    }
    match (&key.country, candidates.as_slice()) {
        (None, [(row, ..)]) => Ok(Some(*row)),
        (Some(country), _) => {
            let Some((row, ..)) = candidates.iter().find(|(_, country, _)| country.is_none()) else {
                return Ok(None);
            };
            connection
                .prepare_cached(
                    "UPDATE entity SET country = ?2, sector = coalesce(sector, ?3) WHERE row = ?1",
                )?
                .execute(params![row, country, key.sector])?;
            Ok(Some(*row))
        }
        _ => Ok(None),
    }
}

fn insert(connection: &Connection, key: &EntityKey, name: &str) -> Result<i64, StoreError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let sector = if key.is_named { String::new() } else { text(&key.sector) };
    let named = if key.is_named { "named" } else { "words" };
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO entity (id, name, key, type, country, sector, named)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    // An entity whose country was learnt later may have the id already that this one would get.
    for attempt in 0.. {
        let attempt = if attempt == 0 { String::new() } else { attempt.to_string() };
        let id = stable::id(&[
            "entity",
            named,
            &key.key,
            &key.entity_type,
            &text(&key.country),
            &sector,
            &attempt,
        ]);
        let values = params![id, name, key.key, key.entity_type, key.country, key.sector, key.is_named];
        if insert.execute(values)? > 0 {
            break;
        }
    }
    Ok(connection.last_insert_rowid())
}
