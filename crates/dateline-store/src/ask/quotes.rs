//! Quotes: who said what. What several papers print is listed once, with how often.

use rusqlite::types::Value;
use serde::{Deserialize, Serialize};

use dateline_document::Sector;

use super::articles::direction;
use super::events::{PartyRow, Stretch, marked};
use super::filter::{Filter, refused};
use super::store::{Page, Store, cursor, limit, page, rows};
use super::words::question;
use crate::StoreError;
use crate::stable::is_id;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuoteRow {
    pub id: String,
    pub day: String,
    /// "direct", "indirect" or "mixed".
    pub form: String,
    pub content: String,
    /// Words of the content that were asked for, in its bytes.
    pub found: Vec<Stretch>,
    pub cue: Option<String>,
    /// The words for the speaker.
    pub speaker_text: Option<String>,
    pub speaker: Option<PartyRow>,
    pub addressee: Option<String>,
    /// Articles that print it.
    pub printings: u32,
    pub article: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
}

/// The filters that mean something for quotes.
const FILTERS: [&str; 8] =
    ["date_from", "date_to", "actor", "actor_country", "actor_sector", "publisher", "text", "article"];

impl Store {
    /// A page of quotes. The actor is the speaker.
    pub fn quotes(&self, filter: &Filter) -> Result<Page<QuoteRow>, StoreError> {
        filter.allow("quotes", &FILTERS)?;
        let (limit, cursor) = (limit(filter), cursor(filter)?);
        let asked = filter
            .text
            .as_deref()
            .map(|text| question(text).ok_or_else(|| refused("text", "it asks for no word")));
        let asked = asked.transpose()?;
        self.timed(|connection| {
            let mut values: Vec<Value> = Vec::new();
            let mut bind = |value: &str| {
                values.push(Value::Text(value.into()));
                format!("?{}", values.len())
            };
            let mut holds = vec!["q.same_as IS NULL".to_string()];
            let (mut fts, mut content) = ("", "q.content".to_string());
            if let Some(asked) = &asked {
                fts = " JOIN quote_fts ON quote_fts.rowid = q.row";
                content = "highlight(quote_fts, 0, char(1), char(2))".into();
                holds.push(format!("quote_fts.content MATCH {}", bind(asked)));
            }
            if let Some(from) = &filter.date_from {
                holds.push(format!("q.day >= {}", bind(from)));
            }
            if let Some(to) = &filter.date_to {
                holds.push(format!("q.day <= {} AND q.day > ''", bind(to)));
            }
            for who in &filter.actor {
                let is_code = who.len() == 3 && who.bytes().all(|byte| byte.is_ascii_uppercase());
                holds.push(if is_code {
                    let column = if Sector::from_code(who).is_some() { "sector" } else { "country" };
                    format!("q.speaker IN (SELECT row FROM entity WHERE {column} = {})", bind(who))
                } else if is_id(who) {
                    format!("q.speaker = (SELECT row FROM entity WHERE id = lower({}))", bind(who))
                } else {
                    let name = question(who).unwrap_or_else(|| "\"\"".into());
                    format!(
                        "q.speaker IN (SELECT rowid FROM entity_fts WHERE entity_fts MATCH {})",
                        bind(&name)
                    )
                });
            }
            for (column, of) in [
                ("s.country", &filter.actor_country),
                ("s.sector", &filter.actor_sector),
                ("a.publisher COLLATE NOCASE", &filter.publisher),
                ("a.id", &filter.article),
            ] {
                if !of.is_empty() {
                    let of: Vec<String> = of.iter().map(|value| bind(value)).collect();
                    holds.push(format!("{column} IN ({})", of.join(", ")));
                }
            }
            let (direction, beyond) = direction(filter.order);
            if let Some(cursor) = &cursor {
                let key = bind(&cursor.key);
                holds.push(format!("(q.day, q.row) {beyond} ({key}, {})", cursor.row));
            }
            let sql = format!(
                "SELECT q.day, q.row, q.id, q.form, {content}, q.cue, q.speaker_text, q.addressee,
                     1 + (SELECT count(*) FROM quote AS r WHERE r.same_as = q.row),
                     a.id, a.title, a.publisher, a.url, s.id, s.name, s.country, s.sector, s.type
                 FROM quote AS q JOIN article AS a ON a.row = q.article
                 LEFT JOIN entity AS s ON s.row = q.speaker{fts}
                 WHERE {} ORDER BY q.day {direction}, q.row {direction} LIMIT {}",
                holds.join(" AND "),
                limit + 1
            );
            let found = rows(connection, &sql, &values, |row| {
                let (content, found) = marked(row.get_ref(4)?.as_str().unwrap_or_default());
                let speaker = match row.get::<_, Option<String>>(13)? {
                    Some(id) => Some(PartyRow {
                        id,
                        name: row.get(14)?,
                        country: row.get(15)?,
                        sector: row.get(16)?,
                        entity_type: row.get(17)?,
                    }),
                    None => None,
                };
                let day: String = row.get(0)?;
                let quote = QuoteRow {
                    id: row.get(2)?,
                    day: day.clone(),
                    form: row.get(3)?,
                    content,
                    found,
                    cue: row.get(5)?,
                    speaker_text: row.get(6)?,
                    speaker,
                    addressee: row.get(7)?,
                    printings: row.get(8)?,
                    article: row.get(9)?,
                    title: row.get(10)?,
                    publisher: row.get(11)?,
                    url: row.get(12)?,
                };
                Ok((day, row.get(1)?, quote))
            })?;
            Ok(page(found, limit))
        })
    }
}
