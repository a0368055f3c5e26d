//! Totals: what is stored, in numbers, and how far the file has come.

use serde::{Deserialize, Serialize};

use super::store::Store;
use crate::StoreError;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Totals {
    /// Goes up with everything that is added or corrected.
    pub revision: i64,
    pub articles: u64,
    /// Articles that are no copies of another.
    pub originals: u64,
    pub stories: u64,
    /// Each event once.
    pub events: u64,
    /// As often as they are told.
    pub tellings: u64,
    pub quotes: u64,
    pub entities: u64,
    pub publishers: u64,
    /// The days of the first and the last event that has one.
    pub day_from: Option<String>,
    pub day_to: Option<String>,
}

impl Store {
    /// A number that goes up with everything that is added or corrected: what was answered under one is
    /// still right under the same.
    pub fn revision(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(row), 0) FROM batch";
        self.timed(|connection| Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
    }

    pub fn totals(&self) -> Result<Totals, StoreError> {
        let revision = self.revision()?;
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM article WHERE copy_of = row),
             (SELECT count(*) FROM story), (SELECT count(*) FROM event), (SELECT count(*) FROM telling),
             (SELECT count(*) FROM quote WHERE same_as IS NULL), (SELECT count(*) FROM entity),
             (SELECT count(DISTINCT publisher) FROM article),
             (SELECT min(day) FROM event WHERE day > ''), (SELECT nullif(max(day), '') FROM event)";
        self.timed(|connection| {
            let totals = connection.prepare_cached(sql)?.query_row([], |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
                Ok(Totals {
                    revision,
                    articles: count(0)?,
                    originals: count(1)?,
                    stories: count(2)?,
                    events: count(3)?,
                    tellings: count(4)?,
                    quotes: count(5)?,
                    entities: count(6)?,
                    publishers: count(7)?,
                    day_from: row.get(8)?,
                    day_to: row.get(9)?,
                })
            })?;
            Ok(totals)
        })
    }
}
