//! Stories: articles on the same happening, listed with headline and span of days.

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use super::articles::direction;
use super::filter::{Filter, refused};
use super::plan::Plan;
use super::store::{Page, Store, cursor, limit, page, rows};
use crate::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoryRow {
    pub id: String,
    pub headline: Option<String>,
    pub day_from: String,
    pub day_to: String,
    /// Articles, of which so many are no copies, by so many publishers, telling so many events.
    pub articles: u32,
    pub originals: u32,
    pub publishers: u32,
    pub events: u32,
}

pub(super) const COLUMNS: &str =
    "s.day_to, s.row, s.id, s.headline, s.day_from, s.articles, s.originals, s.publishers, s.events";

pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, i64, StoryRow)> {
    let story = StoryRow {
        id: row.get(2)?,
        headline: row.get(3)?,
        day_from: row.get(4)?,
        day_to: row.get(0)?,
        articles: row.get(5)?,
        originals: row.get(6)?,
        publishers: row.get(7)?,
        events: row.get(8)?,
    };
    Ok((row.get(0)?, row.get(1)?, story))
}

impl Store {
    /// A page of stories. Days are those of the articles: a story is let through that goes on in the
    /// asked span; filters of events let a story through in which one of them is told.
    pub fn stories(&self, filter: &Filter) -> Result<Page<StoryRow>, StoreError> {
        if !filter.group_by.is_empty() {
            return Err(refused("group_by", "stories are not counted by it"));
        }
        let (limit, cursor) = (limit(filter), cursor(filter)?);
        self.timed(|connection| {
            let mut holds = Vec::new();
            let events = Filter { date_from: None, date_to: None, story: Vec::new(), ..filter.clone() };
            let mut values = Vec::new();
            if !events.is_open() {
                let (condition, bound) = Plan::new(connection, &events)?.condition();
                values = bound;
                holds.push(format!(
                    "s.row IN (SELECT a.story FROM article AS a JOIN telling AS t ON t.article = a.row
                     WHERE t.event IN (SELECT e.row FROM event AS e WHERE {condition}))"
                ));
            }
            let mut bind = |value: String| {
                values.push(Value::Text(value));
                format!("?{}", values.len())
            };
            if let Some(from) = &filter.date_from {
                holds.push(format!("s.day_to >= {}", bind(from.clone())));
            }
            if let Some(to) = &filter.date_to {
                holds.push(format!("s.day_from <= {} AND s.day_to > ''", bind(to.clone())));
            }
            if !filter.story.is_empty() {
                let ids: Vec<String> = filter.story.iter().map(|id| bind(id.clone())).collect();
                holds.push(format!("s.id IN ({})", ids.join(", ")));
            }
            let (direction, beyond) = direction(filter.order);
            if let Some(cursor) = &cursor {
                let key = bind(cursor.key.clone());
                holds.push(format!("(s.day_to, s.row) {beyond} ({key}, {})", cursor.row));
            }
            let holds = if holds.is_empty() { "1".into() } else { holds.join(" AND ") };
            let sql = format!(
                "SELECT {COLUMNS} FROM story AS s WHERE {holds}
                 ORDER BY s.day_to {direction}, s.row {direction} LIMIT {}",
                limit + 1
            );
            Ok(page(rows(connection, &sql, &values, read)?, limit))
        })
    }
}
