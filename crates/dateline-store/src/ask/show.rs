//! Showing one thing whole: an event with all its evidence, an article with its versions, a story
//! with its events in order, an entity with what it did.

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::articles::{self, ArticleRow};
use super::entities::EntityRow;
use super::events::{self, CountsRow, EventRow, SaidBy, Stretch};
use super::filter::{Filter, Order};
use super::plan::Plan;
use super::store::{Store, rows};
use super::stories::{self, StoryRow};
use crate::StoreError;

/// Events shown of a story or an entity, at most.
const EVENTS: usize = 200;

/// What an id stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Found {
    Event(Box<EventDetail>),
    Article(Box<ArticleDetail>),
    Story(StoryDetail),
    Entity(EntityDetail),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventDetail {
    pub event: EventRow,
    pub tellings: Vec<Telling>,
}

/// One article's coding of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Telling {
    pub id: String,
    /// The id in the article's own record.
    pub coded_id: String,
    pub article: ArticleRow,
    pub sentence: String,
    /// Where the sentence stands in the article's text, in bytes.
    pub sentence_start: u32,
    pub sentence_end: u32,
    /// Trigger and parties, in the sentence's bytes, in order. They may overlap.
    pub roles: Vec<Role>,
    /// Who is quoted as saying so; nobody where the article says it itself.
    pub said_by: Option<SaidBy>,
    pub event_type: String,
    pub mode: Option<String>,
    pub status: String,
    pub date_from: Option<String>,
    pub date_to: Option<String>,
    pub date_text: Option<String>,
    pub place_text: Option<String>,
    pub counts: CountsRow,
    pub confidence: f64,
    /// Codebook page and rule.
    pub rule: String,
    pub made_by: Version,
}

/// Words of a sentence and what they are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Role {
    /// "trigger", "actor" or "recipient".
    pub role: String,
    pub start: usize,
    pub end: usize,
    pub text: String,
    /// The party's name in the world.
    pub name: Option<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
}

/// What a coding was made by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Version {
    pub version: u32,
    pub dateline: String,
    pub codebook: String,
    pub weights: String,
    pub gazetteer: String,
    pub at: String,
    pub title: Option<String>,
    /// The whole text, where it was kept.
    pub text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ArticleDetail {
    pub article: ArticleRow,
    pub bylines: Vec<String>,
    pub rights: Option<String>,
    /// Where the publisher reserves text and data mining, as the record has it.
    pub reservation: Option<serde_json::Value>,
    pub dateline: Option<String>,
    pub notes: Vec<String>,
    /// The first one first.
    pub versions: Vec<Version>,
    /// Other articles with the same words.
    pub copies: Vec<ArticleRow>,
    pub events: Vec<EventRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoryDetail {
    pub story: StoryRow,
    /// By the day of publication.
    pub articles: Vec<ArticleRow>,
    /// In order of days.
    pub events: Vec<EventRow>,
    /// Whether there are more events or articles than these.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntityDetail {
    pub entity: EntityRow,
    /// Posts that articles give it, those that most give first.
    pub offices: Vec<OfficeRow>,
    /// The words it goes by, the commonest first.
    pub words: Vec<String>,
    /// The newest first.
    pub events: Vec<EventRow>,
    pub truncated: bool,
}

/// A post, and when it is given in print: not since when it is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OfficeRow {
    /// "Prime Minister".
    pub title: String,
    /// Days of publication of the first and the last article that gives it; nothing where none has a day.
    pub day_from: Option<String>,
    pub day_to: Option<String>,
    pub articles: u32,
}

impl Store {
    /// The event, article, story or entity with this id, or the event with such a telling.
    pub fn show(&self, id: &str) -> Result<Found, StoreError> {
        let id = id.trim().to_lowercase();
        self.timed(|connection| {
            if let Some(row) = row_of(connection, "event", &id)? {
                return Ok(Found::Event(Box::new(event(connection, row)?)));
            }
            if let Some(row) = row_of(connection, "article", &id)? {
                return Ok(Found::Article(Box::new(article(connection, row)?)));
            }
            if let Some(row) = row_of(connection, "story", &id)? {
                return Ok(Found::Story(story(connection, row, &id)?));
            }
            if let Some(row) = row_of(connection, "entity", &id)? {
                return Ok(Found::Entity(entity(connection, row, &id)?));
            }
            let of_telling = connection
                .prepare_cached("SELECT event FROM telling WHERE id = ?1 OR coded_id = ?1 LIMIT 1")?
                .query_row([&id], |row| row.get(0))
                .optional()?;
            match of_telling {
                Some(row) => Ok(Found::Event(Box::new(event(connection, row)?))),
                None => Err(StoreError::NoSuchId(id.clone())),
            }
        })
    }

    /// One event with all its evidence.
    pub fn event(&self, id: &str) -> Result<EventDetail, StoreError> {
        match self.show(id)? {
            Found::Event(event) => Ok(*event),
            _ => Err(StoreError::NoSuchId(id.into())),
        }
    }
}

fn row_of(connection: &Connection, table: &str, id: &str) -> Result<Option<i64>, StoreError> {
    let mut find = connection.prepare_cached(&format!("SELECT row FROM {table} WHERE id = ?1"))?;
    Ok(find.query_row([id], |row| row.get(0)).optional()?)
}

fn event(connection: &Connection, row: i64) -> Result<EventDetail, StoreError> {
    let tellings: Vec<i64> = ids(connection, "SELECT row FROM telling WHERE event = ?1 ORDER BY row", row)?;
    Ok(EventDetail {
        event: events::event(connection, row, None)?,
        tellings: tellings.into_iter().map(|row| telling(connection, row)).collect::<Result<_, _>>()?,
    })
}

fn ids(connection: &Connection, sql: &str, of: i64) -> Result<Vec<i64>, StoreError> {
    rows(connection, sql, &[of.into()], |row| row.get(0))
}

fn telling(connection: &Connection, row: i64) -> Result<Telling, StoreError> {
    let sql = format!(
        "SELECT telling.id, coded_id, telling.article, s.text, s.start, s.\"end\", event_type, mode, status,
             telling.date_from, telling.date_to, date_text, place_text, killed, injured, arrested, size,
             confidence, telling.rule, trigger_start, trigger_end, trigger, {}
         FROM telling JOIN sentence AS s ON s.row = telling.sentence {} WHERE telling.row = ?1",
        SaidBy::COLUMNS,
        SaidBy::OF_TELLING,
    );
    let mut find = connection.prepare_cached(&sql)?;
    let (mut telling, article, trigger) = find.query_row([row], |row| {
        let telling = Telling {
            id: row.get(0)?,
            coded_id: row.get(1)?,
            article: ArticleRow {
                id: String::new(),
                url: None,
                title: None,
                publisher: None,
                agency: None,
                published_at: None,
                language: None,
                words: 0,
                version: 0,
                copy_of: None,
                story: String::new(),
                events: 0,
            },
            sentence: row.get(3)?,
            sentence_start: row.get(4)?,
            sentence_end: row.get(5)?,
            roles: Vec::new(),
            said_by: SaidBy::read(row, 22)?,
            event_type: row.get(6)?,
            mode: row.get(7)?,
            status: row.get(8)?,
            date_from: row.get(9)?,
            date_to: row.get(10)?,
            date_text: row.get(11)?,
            place_text: row.get(12)?,
            counts: CountsRow {
                killed: row.get(13)?,
                injured: row.get(14)?,
                arrested: row.get(15)?,
                size: row.get(16)?,
            },
            confidence: row.get(17)?,
            rule: row.get(18)?,
            made_by: Version {
                version: 0,
                dateline: String::new(),
                codebook: String::new(),
                weights: String::new(),
                gazetteer: String::new(),
                at: String::new(),
                title: None,
                text: None,
            },
        };
        Ok((
            telling,
            row.get::<_, i64>(2)?,
            (row.get::<_, u32>(19)?, row.get::<_, u32>(20)?, row.get::<_, String>(21)?),
        ))
    })?;
    telling.article = article_row(connection, article)?;
    if let Some(last) = versions(connection, article, false)?.pop() {
        telling.made_by = last;
    }
    let whole = Stretch { start: telling.sentence_start as usize, end: telling.sentence_end as usize };
    let mut roles = Vec::new();
    let (start, end, text) = trigger;
    roles.extend(role(whole, "trigger", start, end, text, None));
    let parties = rows(
        connection,
        "SELECT role, party.start, party.\"end\", party.text, name, party.country, party.sector
         FROM party JOIN entity ON entity.row = party.entity WHERE telling = ?1 ORDER BY role, position",
        &[row.into()],
        |row| {
            let who = (row.get(4)?, row.get(5)?, row.get(6)?);
            let words: (String, u32, u32, String) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((words, who))
        },
    )?;
    for ((name, start, end, text), who) in parties {
        roles.extend(role(whole, &name, start, end, text, Some(who)));
    }
    roles.sort_by(|one, other| (one.start, one.end, &one.role).cmp(&(other.start, other.end, &other.role)));
    telling.roles = roles;
    Ok(telling)
}

type Who = (Option<String>, Option<String>, Option<String>);

/// A role within its sentence; a party that stands in another sentence has none there.
fn role(whole: Stretch, role: &str, start: u32, end: u32, text: String, who: Option<Who>) -> Option<Role> {
    let (start, end) = (start as usize, end as usize);
    if start < whole.start || end > whole.end {
        return None;
    }
    let (name, country, sector) = who.unwrap_or_default();
    Some(Role {
        role: role.into(),
        start: start - whole.start,
        end: end - whole.start,
        text,
        name,
        country,
        sector,
    })
}

fn article_row(connection: &Connection, row: i64) -> Result<ArticleRow, StoreError> {
    let sql = format!("SELECT {} FROM article AS a WHERE a.row = ?1", articles::COLUMNS);
    Ok(connection.prepare_cached(&sql)?.query_row([row], articles::read)?.2)
}

fn versions(connection: &Connection, article: i64, with_text: bool) -> Result<Vec<Version>, StoreError> {
    let text = if with_text { "text" } else { "NULL" };
    let sql = format!(
        "SELECT version, dateline, codebook, weights, gazetteer, at, title, {text}
         FROM article_version JOIN made_by ON made_by.row = article_version.made_by
         JOIN batch ON batch.row = article_version.added WHERE article = ?1 ORDER BY version"
    );
    rows(connection, &sql, &[article.into()], |row| {
        Ok(Version {
            version: row.get(0)?,
            dateline: row.get(1)?,
            codebook: row.get(2)?,
            weights: row.get(3)?,
            gazetteer: row.get(4)?,
            at: row.get(5)?,
            title: row.get(6)?,
            text: row.get(7)?,
        })
    })
}

fn article(connection: &Connection, row: i64) -> Result<ArticleDetail, StoreError> {
    let mut find = connection
        .prepare_cached("SELECT bylines, rights, dateline, notes, reservation FROM article WHERE row = ?1")?;
    let (bylines, rights, dateline, notes, reservation) = find.query_row([row], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, Option<String>>(4)?,
        ))
    })?;
    let sql = format!(
        "SELECT {} FROM article AS a WHERE a.copy_of = (SELECT copy_of FROM article WHERE row = ?1)
         AND a.row <> ?1 ORDER BY a.row LIMIT 1000",
        articles::COLUMNS
    );
    let copies = rows(connection, &sql, &[row.into()], articles::read)?;
    let told = ids(
        connection,
        "SELECT event FROM telling WHERE article = ?1 GROUP BY event ORDER BY min(row)",
        row,
    )?;
    Ok(ArticleDetail {
        article: article_row(connection, row)?,
        bylines: serde_json::from_str(&bylines).unwrap_or_default(),
        rights,
        reservation: reservation.and_then(|json| serde_json::from_str(&json).ok()),
        dateline,
        notes: serde_json::from_str(&notes).unwrap_or_default(),
        versions: versions(connection, row, true)?,
        copies: copies.into_iter().map(|(_, _, row)| row).collect(),
        events: told.into_iter().map(|row| events::event(connection, row, None)).collect::<Result<_, _>>()?,
    })
}

fn story(connection: &Connection, row: i64, id: &str) -> Result<StoryDetail, StoreError> {
    let sql = format!("SELECT {} FROM story AS s WHERE s.row = ?1", stories::COLUMNS);
    let story = connection.prepare_cached(&sql)?.query_row([row], stories::read)?.2;
    let sql = format!(
        "SELECT {} FROM article AS a WHERE a.story = ?1 ORDER BY a.day, a.row LIMIT 1001",
        articles::COLUMNS
    );
    let mut told = rows(connection, &sql, &[row.into()], articles::read)?;
    let is_cut = told.len() > 1000;
    told.truncate(1000);
    let filter = Filter { story: vec![id.into()], order: Order::Oldest, ..Filter::default() };
    let (events, truncated) = some_events(connection, &filter)?;
    let articles = told.into_iter().map(|(_, _, row)| row).collect();
    Ok(StoryDetail { story, articles, events, truncated: truncated || is_cut })
}

fn some_events(connection: &Connection, filter: &Filter) -> Result<(Vec<EventRow>, bool), StoreError> {
    let (sql, values) = Plan::new(connection, filter)?.page(EVENTS + 1, None);
    let mut found: Vec<i64> = rows(connection, &sql, &values, |row| row.get(1))?;
    let truncated = found.len() > EVENTS;
    found.truncate(EVENTS);
    let events =
        found.into_iter().map(|row| events::event(connection, row, None)).collect::<Result<_, _>>()?;
    Ok((events, truncated))
}

fn entity(connection: &Connection, row: i64, id: &str) -> Result<EntityDetail, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT name, type, country, sector, named,
             (SELECT count(*) FROM event_party WHERE entity = ?1 AND role = 'actor'),
             (SELECT count(*) FROM event_party WHERE entity = ?1 AND role = 'recipient'),
             (SELECT count(*) FROM quote WHERE speaker = ?1 AND same_as IS NULL),
             (SELECT count(DISTINCT article) FROM appearance WHERE entity = ?1)
         FROM entity WHERE row = ?1",
    )?;
    let entity = find.query_row([row], |row| {
        Ok(EntityRow {
            id: id.into(),
            name: row.get(0)?,
            entity_type: row.get(1)?,
            country: row.get(2)?,
            sector: row.get(3)?,
            named: row.get(4)?,
            as_actor: row.get(5)?,
            as_recipient: row.get(6)?,
            quotes: row.get(7)?,
            articles: row.get(8)?,
        })
    })?;
    let offices = rows(
        connection,
        "SELECT json_extract(value, '$.title') AS office, min(nullif(day, '')), max(nullif(day, '')),
             count(DISTINCT article)
         FROM appearance JOIN article AS a ON a.row = appearance.article, json_each(offices)
         WHERE entity = ?1 GROUP BY office ORDER BY count(DISTINCT article) DESC, office LIMIT 50",
        &[row.into()],
        |row| {
            Ok(OfficeRow {
                title: row.get(0)?,
                day_from: row.get(1)?,
                day_to: row.get(2)?,
                articles: row.get(3)?,
            })
        },
    )?;
    let words = rows(
        connection,
        "SELECT text FROM party WHERE entity = ?1 GROUP BY text ORDER BY count(*) DESC, text LIMIT 50",
        &[row.into()],
        |row| row.get(0),
    )?;
    let found = ids(
        connection,
        "SELECT DISTINCT event FROM event_party WHERE entity = ?1 ORDER BY day DESC, event DESC LIMIT 201",
        row,
    )?;
    let truncated = found.len() > EVENTS;
    let events = found
        .into_iter()
        .take(EVENTS)
        .map(|row| events::event(connection, row, None))
        .collect::<Result<_, _>>()?;
    Ok(EntityDetail { entity, offices, words, events, truncated })
}
