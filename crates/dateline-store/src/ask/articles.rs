//! Articles: the listing of what was added.

use serde::{Deserialize, Serialize};

use super::filter::{Filter, Order, refused};
use super::plan::Plan;
use super::store::{Page, Store, cursor, limit, page, rows};
use crate::StoreError;

/// One page at one address, as it was last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ArticleRow {
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    pub published_at: Option<String>,
    pub language: Option<String>,
    pub words: u32,
    pub version: u32,
    /// The id of the first article with these words, where this one is a copy.
    pub copy_of: Option<String>,
    /// The id of its story.
    pub story: String,
    /// Events it tells.
    pub events: u32,
}

pub(super) const COLUMNS: &str = "a.day, a.row, a.id, a.url, a.title, a.publisher, a.agency, a.published_at, \
     a.language, a.words, a.version, \
     (SELECT o.id FROM article AS o WHERE o.row = a.copy_of AND a.copy_of <> a.row), \
     (SELECT s.id FROM story AS s WHERE s.row = a.story), \
     (SELECT count(DISTINCT t.event) FROM telling AS t WHERE t.article = a.row)";

pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, i64, ArticleRow)> {
    let article = ArticleRow {
        id: row.get(2)?,
        url: row.get(3)?,
        title: row.get(4)?,
        publisher: row.get(5)?,
        agency: row.get(6)?,
        published_at: row.get(7)?,
        language: row.get(8)?,
        words: row.get(9)?,
        version: row.get(10)?,
        copy_of: row.get(11)?,
        story: row.get::<_, Option<String>>(12)?.unwrap_or_default(),
        events: row.get(13)?,
    };
    Ok((row.get(0)?, row.get(1)?, article))
}

impl Store {
    /// A page of articles. Days are days of publication; filters of events let an article through
    /// that tells one of them.
    pub fn articles(&self, filter: &Filter) -> Result<Page<ArticleRow>, StoreError> {
        if !filter.group_by.is_empty() {
            return Err(refused("group_by", "articles are not counted by it"));
        }
        let (limit, cursor) = (limit(filter), cursor(filter)?);
        self.timed(|connection| {
            let mut holds = Vec::new();
            // What is said of the article itself is not asked of its events.
            let events = Filter {
                date_from: None,
                date_to: None,
                publisher: Vec::new(),
                story: Vec::new(),
                article: Vec::new(),
                ..filter.clone()
            };
            let mut values = Vec::new();
            if !events.is_open() {
                let (condition, bound) = Plan::new(connection, &events)?.condition();
                values = bound;
                holds.push(format!(
                    "a.row IN (SELECT t.article FROM telling AS t
                     WHERE t.event IN (SELECT e.row FROM event AS e WHERE {condition}))"
                ));
            }
            let mut bind = |value: String| {
                values.push(rusqlite::types::Value::Text(value));
                format!("?{}", values.len())
            };
            if let Some(from) = &filter.date_from {
                holds.push(format!("a.day >= {}", bind(from.clone())));
            }
            if let Some(to) = &filter.date_to {
                holds.push(format!("a.day <= {} AND a.day > ''", bind(to.clone())));
            }
            let mut any = |column: &str, of: &[String], holds: &mut Vec<String>| {
                if !of.is_empty() {
                    let of: Vec<String> = of.iter().map(|value| bind(value.clone())).collect();
                    holds.push(format!("{column} IN ({})", of.join(", ")));
                }
            };
            any("a.publisher COLLATE NOCASE", &filter.publisher, &mut holds);
            any("a.id", &filter.article, &mut holds);
            any("(SELECT s.id FROM story AS s WHERE s.row = a.story)", &filter.story, &mut holds);
            let (direction, beyond) = direction(filter.order);
            if let Some(cursor) = &cursor {
                let key = bind(cursor.key.clone());
                holds.push(format!("(a.day, a.row) {beyond} ({key}, {})", cursor.row));
            }
            let holds = if holds.is_empty() { "1".into() } else { holds.join(" AND ") };
            let sql = format!(
                "SELECT {COLUMNS} FROM article AS a WHERE {holds}
                 ORDER BY a.day {direction}, a.row {direction} LIMIT {}",
                limit + 1
            );
            Ok(page(rows(connection, &sql, &values, read)?, limit))
        })
    }
}

/// How a listing is sorted, and how what lies beyond a cursor compares with it.
pub(super) fn direction(order: Order) -> (&'static str, &'static str) {
    match order {
        Order::Newest => ("DESC", "<"),
        Order::Oldest => ("ASC", ">"),
    }
}
