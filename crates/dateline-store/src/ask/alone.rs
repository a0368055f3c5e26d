//! Alone: the rows of one story by itself, as a store would list them that holds nothing else.
//!
//! Data frames and clusters take stories one by one and in any order, and each must give the same rows
//! whatever is read beside it. A database in memory is told the story, asked for it, and forgets it: the
//! rows are made by the code that makes those of every other store.

use std::collections::BTreeSet;
use std::path::PathBuf;

use dateline_record::{Place, Record};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::articles::ArticleRow;
use super::each_row::each_row;
use super::events::{EventRow, PlaceRow};
use super::filter::{Filter, Order};
use super::quotes::QuoteRow;
use super::store::Store;
use crate::prepare::Prepared;
use crate::{StoreError, add, schema};

/// A store of one story at a time, in memory.
///
/// ```
/// use dateline_store::{Alone, Prepared};
/// # let record = serde_json::json!({"record_version": 1,
/// #     "made_by": {"dateline": "", "codebook": "", "weights": "", "gazetteer": ""},
/// #     "article": {"id": "", "source_id": null, "url": "https://post.example/1", "path": null, "title": "Rain",
/// #         "bylines": [], "publisher": null, "agency": null, "rights": null, "reservation": null,
/// #         "language": "en", "form": "news", "published_at": null, "published_at_basis": "none",
/// #         "updated_at": null, "dateline": null, "images": [], "text": "Rain", "parts": []},
/// #     "entities": [], "places": [], "dates": [], "quotes": [], "events": [], "notes": []});
/// # let record: dateline_record::Record = serde_json::from_value(record).unwrap();
/// let mut alone = Alone::new()?;
/// let rows = alone.rows(&Prepared::new(record))?;
/// assert_eq!(rows.article.title.as_deref(), Some("Rain"));
/// assert!(rows.events.is_empty());
/// # Ok::<(), dateline_store::StoreError>(())
/// ```
pub struct Alone {
    store: Store,
}

/// What a story gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    pub article: ArticleRow,
    /// The oldest first.
    pub events: Vec<EventRow>,
    pub quotes: Vec<QuoteRow>,
    pub places: Vec<NamedPlaceRow>,
}

/// A place that an article names, however often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedPlaceRow {
    pub article: String,
    /// The day of publication.
    pub day: String,
    /// The words it is first named by.
    pub text: String,
    /// `None` where the words stand for no place we know.
    pub place: Option<PlaceRow>,
    pub mentions: u32,
    /// Events that are told of it.
    pub events: u32,
}

impl Alone {
    pub fn new() -> Result<Alone, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.set_prepared_statement_cache_capacity(128);
        schema::bring_up_to_date(&mut connection)?;
        Ok(Alone { store: Store::over(connection, PathBuf::from(":memory:"))? })
    }

    /// The rows of the story.
    pub fn rows(&mut self, article: &Prepared) -> Result<Rows, StoreError> {
        self.store.connection.execute_batch("BEGIN")?;
        let rows = add::add_alone(&self.store.connection, article).and_then(|()| self.ask(article));
        // Whatever came of it, the next story finds nothing of this one.
        self.store.connection.execute_batch("ROLLBACK")?;
        rows
    }

    fn ask(&self, article: &Prepared) -> Result<Rows, StoreError> {
        let oldest = Filter { order: Order::Oldest, ..Filter::default() };
        let (mut events, mut quotes) = (Vec::new(), Vec::new());
        self.store.each_event(&oldest, &mut |event| {
            events.push(event);
            Ok(())
        })?;
        each_row(
            &oldest,
            |filter| self.store.quotes(filter),
            |quote| {
                quotes.push(quote);
                Ok::<(), StoreError>(())
            },
        )?;
        let articles = self.store.articles(&oldest)?.rows;
        let told = articles.into_iter().next().ok_or_else(|| StoreError::NoSuchId(article.key.id.clone()))?;
        let places = places(&article.record, &told.id, &article.day);
        Ok(Rows { article: told, events, quotes, places })
    }
}

/// The places of a record, each once, in the order in which they are named.
fn places(record: &Record, article: &str, day: &str) -> Vec<NamedPlaceRow> {
    let mut rows: Vec<(NamedPlaceRow, BTreeSet<&str>)> = Vec::new();
    for named in &record.places {
        let place = found(named);
        let is_same = |row: &NamedPlaceRow| match (&row.place, &place) {
            (Some(one), Some(other)) => one == other,
            (None, None) => row.text == named.text,
            _ => false,
        };
        let told = record
            .events
            .iter()
            .filter(|event| event.place.as_ref().is_some_and(|place| place.place == named.id));
        let told = told.map(|event| event.id.as_str());
        match rows.iter_mut().find(|(row, _)| is_same(row)) {
            Some((row, events)) => {
                row.mentions += 1;
                events.extend(told);
            }
            None => {
                let row = NamedPlaceRow {
                    article: article.into(),
                    day: day.into(),
                    text: named.text.clone(),
                    place,
                    mentions: 1,
                    events: 0,
                };
                rows.push((row, told.collect()));
            }
        }
    }
    rows.into_iter().map(|(row, events)| NamedPlaceRow { events: events.len() as u32, ..row }).collect()
}

fn found(named: &Place) -> Option<PlaceRow> {
    Some(PlaceRow {
        name: named.name.clone()?,
        country: named.country.clone(),
        admin1: named.admin1.clone(),
        lat: named.lat,
        lon: named.lon,
        geonames: named.geonames,
        precision: named.precision.clone().unwrap_or_else(|| "point".into()),
    })
}
