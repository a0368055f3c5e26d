//! What the article that an event is best known by says around it: for forms of export that ask for
//! words, titles and neighbours.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::store::{Store, rows};
use crate::StoreError;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodingRow {
    /// The words for the parties, in the order of the sentence.
    pub actor_words: Vec<String>,
    pub recipient_words: Vec<String>,
    /// Offices that the article gives them.
    pub actor_titles: Vec<String>,
    pub recipient_titles: Vec<String>,
    /// The words for the place.
    pub place_words: Option<String>,
    pub language: Option<String>,
    /// Who and what else the article names.
    pub people: Vec<String>,
    pub organizations: Vec<String>,
    pub places: Vec<String>,
    /// "0.1.0 plover-2.0/…".
    pub version: String,
}

/// Versions that codings in the store were made by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeBy {
    pub dateline: String,
    pub codebook: String,
    pub weights: String,
    pub gazetteer: String,
    /// Articles that were.
    pub articles: u32,
}

/// Rows of telling and article, words for the place, language, versions of program and codebook.
type Best = (i64, i64, Option<String>, Option<String>, String, String);

impl Store {
    /// The coding that an event is best known by; empty where there is no such event.
    pub fn coding_of(&self, event: &str) -> Result<CodingRow, StoreError> {
        self.timed(|connection| {
            let mut find = connection.prepare_cached(
                "SELECT telling.row, article.row, place_text, language, made_by.dateline, codebook
                 FROM event JOIN telling ON telling.event = event.row
                 JOIN article ON article.row = telling.article
                 JOIN made_by ON made_by.row = article.made_by
                 WHERE event.id = ?1
                 ORDER BY coalesce(telling.date_basis, '') <> 'text', telling.confidence DESC, telling.row
                 LIMIT 1",
            )?;
            let best = find.query_row([event], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            });
            let best: Option<Best> = best.optional()?;
            let Some((telling, article, place_words, language, dateline, codebook)) = best else {
                return Ok(CodingRow::default());
            };
            let (actor_words, actor_titles) = party(connection, telling, article, "actor")?;
            let (recipient_words, recipient_titles) = party(connection, telling, article, "recipient")?;
            Ok(CodingRow {
                actor_words,
                recipient_words,
                actor_titles,
                recipient_titles,
                place_words,
                language,
                people: named(connection, article, "type = 'person'")?,
                organizations: named(connection, article, "type IN ('organization', 'government')")?,
                places: places(connection, article)?,
                version: format!("{dateline} {codebook}"),
            })
        })
    }

    /// All versions that codings in the store were made by.
    pub fn made_by(&self) -> Result<Vec<MadeBy>, StoreError> {
        let sql = "SELECT made_by.dateline, codebook, weights, gazetteer, count(*) FROM article
             JOIN made_by ON made_by.row = article.made_by GROUP BY made_by.row ORDER BY made_by.row";
        rows(&self.connection, sql, &[], |row| {
            Ok(MadeBy {
                dateline: row.get(0)?,
                codebook: row.get(1)?,
                weights: row.get(2)?,
                gazetteer: row.get(3)?,
                articles: row.get(4)?,
            })
        })
    }
}

fn party(
    connection: &Connection,
    telling: i64,
    article: i64,
    role: &str,
) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT party.text,
             (SELECT json_extract(offices, '$[0].title') FROM appearance
              WHERE appearance.entity = party.entity AND appearance.article = ?2 LIMIT 1)
         FROM party WHERE telling = ?1 AND role = ?3 ORDER BY position",
    )?;
    let found = find.query_map(params![telling, article, role], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (mut words, mut titles) = (Vec::new(), Vec::new());
    for party in found {
        let (text, title): (String, Option<String>) = party?;
        words.push(text);
        titles.extend(title);
    }
    Ok((words, titles))
}

fn named(connection: &Connection, article: i64, which: &str) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT name FROM appearance JOIN entity ON entity.row = appearance.entity
         WHERE article = ?1 AND named AND {which} GROUP BY entity.row ORDER BY max(mentions) DESC, name LIMIT 50"
    );
    rows(connection, &sql, &[article.into()], |row| row.get(0))
}

fn places(connection: &Connection, article: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT name FROM telling JOIN place ON place.row = telling.place
         WHERE article = ?1 GROUP BY place.row ORDER BY count(*) DESC, name LIMIT 50";
    rows(connection, sql, &[article.into()], |row| row.get(0))
}
