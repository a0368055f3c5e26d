//! Entities: who acts, is acted on and speaks, the busiest first.

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use dateline_document::Sector;

use super::filter::{Filter, refused};
use super::plan::Plan;
use super::store::{Page, Store, limit, rows};
use super::words::question;
use crate::StoreError;
use crate::stable::is_id;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntityRow {
    pub id: String,
    pub name: String,
    /// "person", "organization", "group", "government", "place" or "other".
    #[serde(rename = "type")]
    pub entity_type: String,
    pub country: Option<String>,
    pub sector: Option<String>,
    /// Whether it has a proper name; otherwise it stands for all that these words are said of.
    pub named: bool,
    /// Events it acts in, and events it is acted on in.
    pub as_actor: u32,
    pub as_recipient: u32,
    /// Quotes of it.
    pub quotes: u32,
    /// Articles it stands in.
    pub articles: u32,
}

impl Store {
    /// A page of entities that take part in the filter's events, by the number of those events. The
    /// filter `actor` asks for the entity's own name, country or sector here. Pages go on by number:
    /// the cursor is how many came before.
    pub fn entities(&self, filter: &Filter) -> Result<Page<EntityRow>, StoreError> {
        if !filter.group_by.is_empty() {
            return Err(refused("group_by", "entities are not counted by it"));
        }
        let limit = limit(filter);
        let skip: usize = match &filter.cursor {
            Some(cursor) => {
                cursor.parse().map_err(|_| refused("cursor", "a listing of entities goes on by a number"))?
            }
            None => 0,
        };
        let events = Filter {
            actor: Vec::new(),
            actor_country: Vec::new(),
            actor_sector: Vec::new(),
            ..filter.clone()
        };
        self.timed(|connection| {
            // Of merged entities the other one is listed.
            let (mut values, mut holds) = (Vec::new(), vec!["n.merged_into IS NULL".to_string()]);
            let mut among = String::new();
            if !events.is_open() {
                let (condition, bound) = Plan::new(connection, &events)?.condition();
                values = bound;
                among = format!(" WHERE event IN (SELECT e.row FROM event AS e WHERE {condition})");
            }
            let mut bind = |value: &str| {
                values.push(Value::Text(value.into()));
                format!("?{}", values.len())
            };
            let mut whose = Vec::new();
            for who in &filter.actor {
                let is_code = who.len() == 3 && who.bytes().all(|byte| byte.is_ascii_uppercase());
                whose.push(if is_code {
                    let column = if Sector::from_code(who).is_some() { "sector" } else { "country" };
                    format!("n.{column} = {}", bind(who))
                } else if is_id(who) {
                    format!("n.id = lower({})", bind(who))
                } else {
                    let name = question(who).unwrap_or_else(|| "\"\"".into());
                    format!("n.row IN (SELECT rowid FROM entity_fts WHERE entity_fts MATCH {})", bind(&name))
                });
            }
            if !whose.is_empty() {
                holds.push(format!("({})", whose.join(" OR ")));
            }
            for (column, codes) in [("country", &filter.actor_country), ("sector", &filter.actor_sector)] {
                if !codes.is_empty() {
                    let codes: Vec<String> = codes.iter().map(|code| bind(code)).collect();
                    holds.push(format!("n.{column} IN ({})", codes.join(", ")));
                }
            }
            let holds = holds.join(" AND ");
            // Somebody who only speaks, or only stands in an article, is listed where nothing is
            // asked of events.
            let join = if among.is_empty() { "LEFT JOIN" } else { "JOIN" };
            let sql = format!(
                "SELECT n.row, n.id, n.name, n.type, n.country, n.sector, n.named,
                     coalesce(c.actor, 0), coalesce(c.recipient, 0),
                     (SELECT count(*) FROM quote WHERE speaker = n.row AND same_as IS NULL),
                     (SELECT count(DISTINCT article) FROM appearance WHERE entity = n.row)
                 FROM entity AS n {join} (
                     SELECT entity, sum(role = 'actor') AS actor, sum(role = 'recipient') AS recipient
                     FROM event_party{among} GROUP BY entity
                 ) AS c ON c.entity = n.row
                 WHERE {holds}
                 ORDER BY coalesce(c.actor, 0) + coalesce(c.recipient, 0) DESC, n.row
                 LIMIT {} OFFSET {skip}",
                limit + 1
            );
            let mut found = rows(connection, &sql, &values, |row| {
                Ok(EntityRow {
                    id: row.get(1)?,
                    name: row.get(2)?,
                    entity_type: row.get(3)?,
                    country: row.get(4)?,
                    sector: row.get(5)?,
                    named: row.get(6)?,
                    as_actor: row.get(7)?,
                    as_recipient: row.get(8)?,
                    quotes: row.get(9)?,
                    articles: row.get(10)?,
                })
            })?;
            let truncated = found.len() > limit;
            found.truncate(limit);
            let next = truncated.then(|| (skip + limit).to_string());
            Ok(Page { rows: found, truncated, next })
        })
    }

    /// The id and the name of the one entity that has this id, or this name.
    pub fn find_entity(&self, asked: &str) -> Result<(String, String), StoreError> {
        let asked = asked.trim();
        let sql = "SELECT id, name, country FROM entity
             WHERE merged_into IS NULL AND (id = lower(?1) OR key = ?2) ORDER BY id <> lower(?1), named DESC, row LIMIT 20";
        let values = [asked.to_string().into(), crate::stable::name_key(asked).into()];
        let found: Vec<(String, String, Option<String>)> =
            rows(&self.connection, sql, &values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        match found.as_slice() {
            [] => Err(StoreError::NoSuchId(format!("or name '{asked}'"))),
            [(id, name, _)] => Ok((id.clone(), name.clone())),
            [(id, name, _), ..] if *id == asked.to_lowercase() => Ok((id.clone(), name.clone())),
            several => {
                let of = |(id, name, country): &(String, String, Option<String>)| {
                    format!("{id} {name} {}", country.as_deref().unwrap_or_default()).trim().to_string()
                };
                let list: Vec<String> = several.iter().map(of).collect();
                Err(refused(
                    "entity",
                    &format!("'{asked}' is the name of several; give an id: {}", list.join(", ")),
                ))
            }
        }
    }
}
