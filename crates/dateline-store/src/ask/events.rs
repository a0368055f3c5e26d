//! Events: the listing, each with its parties, its place, and the sentence it is best known by.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::plan::Plan;
use super::store::{Page, Store, cursor, limit, page, rows};
use super::words::question;
use crate::StoreError;

/// An event, told by however many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventRow {
    pub id: String,
    /// The day it is listed under: its first, or where none is told the day of publication.
    pub day: String,
    pub date_from: Option<String>,
    pub date_to: Option<String>,
    /// "text" or "published_at".
    pub date_basis: Option<String>,
    pub event_type: String,
    pub mode: Option<String>,
    pub cameo: String,
    pub quad: u8,
    pub intensity: f64,
    pub contexts: Vec<String>,
    pub status: String,
    pub actors: Vec<PartyRow>,
    pub recipients: Vec<PartyRow>,
    pub place: Option<PlaceRow>,
    pub counts: CountsRow,
    pub confidence: f64,
    /// How often it is told, by how many articles, of which so many are no copies of another.
    pub tellings: u32,
    pub articles: u32,
    pub originals: u32,
    /// "accept", "reject" or "fix", where somebody has judged it.
    pub verdict: Option<String>,
    pub evidence: Option<Evidence>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyRow {
    /// The entity's id.
    pub id: String,
    pub name: String,
    /// "person", "organization", "group", "government", "place" or "other".
    #[serde(rename = "type")]
    pub entity_type: String,
    pub country: Option<String>,
    pub sector: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceRow {
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// "point", "city", "admin", "country" or "area".
    pub precision: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CountsRow {
    pub killed: Option<u32>,
    pub injured: Option<u32>,
    pub arrested: Option<u32>,
    pub size: Option<u32>,
}

/// The sentence an event is best known by, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    pub sentence: String,
    /// Words of the sentence that were asked for, in its bytes.
    pub found: Vec<Stretch>,
    pub article: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub published_at: Option<String>,
    pub story: String,
    /// Who is quoted as saying so; nobody where the article says it itself.
    pub said_by: Option<SaidBy>,
}

/// Whose words tell an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SaidBy {
    /// The quote's id.
    pub quote: String,
    /// The speaker's id, where it is known who that is.
    pub entity: Option<String>,
    /// The speaker's name, or else the words for it; nothing where nobody is named.
    pub name: Option<String>,
}

impl SaidBy {
    /// The columns of a quote `q` that may not be there, and of its `speaker`.
    pub(super) const COLUMNS: &str = "q.id, speaker.id, coalesce(speaker.name, q.speaker_text)";
    /// Joins them to a telling.
    pub(super) const OF_TELLING: &str =
        "LEFT JOIN quote AS q ON q.article = telling.article AND q.local = telling.quote
             LEFT JOIN entity AS speaker ON speaker.row = q.speaker";

    /// Reads `COLUMNS`, of which `at` is the first.
    pub(super) fn read(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<SaidBy>> {
        let Some(quote) = row.get(at)? else { return Ok(None) };
        Ok(Some(SaidBy { quote, entity: row.get(at + 1)?, name: row.get(at + 2)? }))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = FoundStretch))]
pub struct Stretch {
    pub start: usize,
    pub end: usize,
}

impl Store {
    /// A page of events.
    pub fn events(&self, filter: &Filter) -> Result<Page<EventRow>, StoreError> {
        let (limit, cursor) = (limit(filter), cursor(filter)?);
        self.timed(|connection| {
            let (sql, values) = Plan::new(connection, filter)?.page(limit + 1, cursor.as_ref());
            let found: Vec<(String, i64)> =
                rows(connection, &sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let asked = filter.text.as_deref().and_then(question);
            let found = found
                .into_iter()
                .map(|(day, row)| Ok((day, row, event(connection, row, asked.as_deref())?)))
                .collect::<Result<_, StoreError>>()?;
            Ok(page(found, limit))
        })
    }

    /// The ids of all events of the filter, however many.
    pub fn event_ids(&self, filter: &Filter) -> Result<Vec<String>, StoreError> {
        self.timed(|connection| {
            let (condition, values) = Plan::new(connection, filter)?.condition();
            let sql = format!("SELECT id FROM event AS e WHERE {condition} ORDER BY day, row");
            rows(connection, &sql, &values, |row| row.get(0))
        })
    }

    /// All events of the filter in its order, however many, a row at a time: for exports. The limit,
    /// where there is one, holds; the cursor is where it starts. Returns whether there was more.
    pub fn each_event(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(EventRow) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let connection = &self.connection;
        let (limit, cursor) = (filter.limit.unwrap_or(i64::MAX as usize - 1), cursor(filter)?);
        let (sql, values) = Plan::new(connection, filter)?.page(limit + 1, cursor.as_ref());
        let mut statement = connection.prepare(&sql)?;
        let used = &values[..statement.parameter_count().min(values.len())];
        let mut found = statement.query(rusqlite::params_from_iter(used))?;
        let mut count = 0;
        while let Some(row) = found.next()? {
            if count == limit {
                return Ok(true);
            }
            count += 1;
            each(event(connection, row.get(1)?, None)?)?;
        }
        Ok(false)
    }
}

/// The event of a row, whole.
pub(super) fn event(connection: &Connection, row: i64, asked: Option<&str>) -> Result<EventRow, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT id, day, date_from, date_to, date_basis, event_type, mode, cameo, quad, intensity, contexts,
             status, killed, injured, arrested, size, confidence, tellings, articles, originals, verdict,
             place.name, place.country, admin1, lat, lon, geonames, precision
         FROM event LEFT JOIN place ON place.row = event.place WHERE event.row = ?1",
    )?;
    let mut event = find.query_row([row], |row| {
        let place = match row.get::<_, Option<String>>(21)? {
            Some(name) => Some(PlaceRow {
                name,
                country: row.get(22)?,
                admin1: row.get(23)?,
                lat: row.get(24)?,
                lon: row.get(25)?,
                geonames: row.get(26)?,
                precision: row.get(27)?,
            }),
            None => None,
        };
        Ok(EventRow {
            id: row.get(0)?,
            day: row.get(1)?,
            date_from: row.get(2)?,
            date_to: row.get(3)?,
            date_basis: row.get(4)?,
            event_type: row.get(5)?,
            mode: row.get(6)?,
            cameo: row.get(7)?,
            quad: row.get(8)?,
            intensity: row.get(9)?,
            contexts: listed(row.get_ref(10)?.as_str().unwrap_or_default()),
            status: row.get(11)?,
            actors: Vec::new(),
            recipients: Vec::new(),
            place,
            counts: CountsRow {
                killed: row.get(12)?,
                injured: row.get(13)?,
                arrested: row.get(14)?,
                size: row.get(15)?,
            },
            confidence: row.get(16)?,
            tellings: row.get(17)?,
            articles: row.get(18)?,
            originals: row.get(19)?,
            verdict: row.get(20)?,
            evidence: None,
        })
    })?;
    let mut parties = connection.prepare_cached(
        "SELECT role, id, name, event_party.country, event_party.sector, type
         FROM event_party JOIN entity ON entity.row = event_party.entity WHERE event = ?1 ORDER BY role, entity",
    )?;
    let mut found = parties.query([row])?;
    while let Some(party) = found.next()? {
        let row = PartyRow {
            id: party.get(1)?,
            name: party.get(2)?,
            country: party.get(3)?,
            sector: party.get(4)?,
            entity_type: party.get(5)?,
        };
        if party.get_ref(0)?.as_str().unwrap_or_default() == "actor" {
            event.actors.push(row);
        } else {
            event.recipients.push(row);
        }
    }
    event.evidence = evidence(connection, row, asked)?;
    Ok(event)
}

/// The sentence of the telling that the event is known by, or else one with the words asked for.
fn evidence(
    connection: &Connection,
    event: i64,
    asked: Option<&str>,
) -> Result<Option<Evidence>, StoreError> {
    let sql = |matching: &str, first: &str| {
        format!(
            "SELECT {first}, article.id, title, publisher, url, published_at, story.id, {}
             FROM telling JOIN article ON article.row = telling.article
             JOIN story ON story.row = article.story
             JOIN sentence ON sentence.row = telling.sentence {matching}
             {}
             WHERE telling.event = ?1 {}
             ORDER BY coalesce(telling.date_basis, '') <> 'text', confidence DESC, telling.row LIMIT 1",
            SaidBy::COLUMNS,
            SaidBy::OF_TELLING,
            if matching.is_empty() { "" } else { "AND sentence_fts.text MATCH ?2" }
        )
    };
    let read = |row: &rusqlite::Row<'_>| {
        let (sentence, found) = marked(row.get_ref(0)?.as_str().unwrap_or_default());
        Ok(Evidence {
            sentence,
            found,
            article: row.get(1)?,
            title: row.get(2)?,
            publisher: row.get(3)?,
            url: row.get(4)?,
            published_at: row.get(5)?,
            story: row.get(6)?,
            said_by: SaidBy::read(row, 7)?,
        })
    };
    if let Some(asked) = asked {
        let sql = sql(
            "JOIN sentence_fts ON sentence_fts.rowid = sentence.row",
            "highlight(sentence_fts, 0, char(1), char(2))",
        );
        let found = connection.prepare_cached(&sql)?.query_row(params![event, asked], read).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(connection.prepare_cached(&sql("", "sentence.text"))?.query_row([event], read).optional()?)
}

/// Takes the marks around found words out, and says where they were.
pub(super) fn marked(text: &str) -> (String, Vec<Stretch>) {
    let (mut plain, mut found, mut start) = (String::with_capacity(text.len()), Vec::new(), 0);
    for character in text.chars() {
        match character {
            '\u{1}' => start = plain.len(),
            '\u{2}' => found.push(Stretch { start, end: plain.len() }),
            other => plain.push(other),
        }
    }
    (plain, found)
}

pub(super) fn listed(joined: &str) -> Vec<String> {
    joined.split(';').filter(|part| !part.is_empty()).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_stretches_of_the_plain_text() {
        let (plain, found) = marked("the \u{1}café\u{2} was \u{1}closed\u{2}");
        assert_eq!(plain, "the café was closed");
        let words: Vec<&str> = found.iter().map(|it| &plain[it.start..it.end]).collect();
        assert_eq!(words, ["café", "closed"]);
    }
}
