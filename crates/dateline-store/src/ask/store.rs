//! Store: the file, opened to be asked.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use dateline_record::Versions;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::filter::Filter;
use super::plan::Plan;
use crate::add::is_known;
use crate::prepare::ArticleKey;
use crate::{StoreError, open};

/// Rows of a page where no limit is given.
const ROWS: usize = 100;
/// Rows of a page at most; more are asked for page by page.
const MAX_ROWS: usize = 10_000;
/// SQLite's instructions between two looks at the clock.
const STEPS: i32 = 20_000;

/// A store that is read. Any number of them may be open, in any number of processes, while one
/// [`crate::Writer`] adds. One thread uses it at a time.
pub struct Store {
    pub(super) connection: Connection,
    path: PathBuf,
    time_limit: Option<Duration>,
    clock: Arc<Clock>,
}

/// A page of a listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Whether there is more than these rows.
    pub truncated: bool,
    /// The cursor that the next page is asked for with.
    pub next: Option<String>,
}

/// How much a filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Each event once.
    pub events: u64,
    /// As often as they are told.
    pub tellings: u64,
}

impl Store {
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Store::over(open::for_reading(path)?, path.into())
    }

    pub(super) fn over(mut connection: Connection, path: PathBuf) -> Result<Store, StoreError> {
        let clock = Arc::new(Clock { opened: Instant::now(), deadline: AtomicU64::new(u64::MAX) });
        let watch = clock.clone();
        connection.progress_handler(STEPS, Some(move || watch.is_over()))?;
        Ok(Store { connection, path, time_limit: None, clock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Ends questions that take longer with [`StoreError::TooLong`].
    pub fn set_time_limit(&mut self, limit: Option<Duration>) {
        self.time_limit = limit;
    }

    /// Whether the article is there already, with the same text and the same versions: it need not be
    /// read again.
    pub fn knows(&self, article: &ArticleKey, made_by: &Versions) -> Result<bool, StoreError> {
        is_known(&self.connection, article, made_by)
    }

    /// Events that the filter lets through.
    pub fn count(&self, filter: &Filter) -> Result<Counts, StoreError> {
        self.timed(|connection| {
            let (condition, values) = Plan::new(connection, filter)?.condition();
            let sql =
                format!("SELECT count(*), coalesce(sum(tellings), 0) FROM event AS e WHERE {condition}");
            let counts = rows(connection, &sql, &values, |row| {
                Ok(Counts { events: row.get::<_, i64>(0)? as u64, tellings: row.get::<_, i64>(1)? as u64 })
            })?;
            Ok(counts[0])
        })
    }

    /// What SQLite will do for a page of events, a line a step: which index it uses.
    pub fn explain(&self, filter: &Filter) -> Result<Vec<String>, StoreError> {
        let (sql, values) = Plan::new(&self.connection, filter)?.page(limit(filter), None);
        rows(&self.connection, &format!("EXPLAIN QUERY PLAN {sql}"), &values, |row| row.get(3))
    }

    /// Runs a question under the time limit.
    pub(super) fn timed<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(limit) = self.time_limit else { return ask(&self.connection) };
        self.clock.start(limit);
        let answer = ask(&self.connection);
        let is_over = self.clock.is_over();
        self.clock.stop();
        match answer {
            Err(StoreError::Query(_)) if is_over => Err(StoreError::TooLong(limit.as_millis())),
            answer => answer,
        }
    }
}

/// When the question that is being answered must be done, in microseconds after the store was opened.
struct Clock {
    opened: Instant,
    deadline: AtomicU64,
}

impl Clock {
    fn start(&self, limit: Duration) {
        let deadline = self.opened.elapsed().saturating_add(limit).as_micros();
        self.deadline.store(u64::try_from(deadline).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn stop(&self) {
        self.deadline.store(u64::MAX, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        let deadline = self.deadline.load(Ordering::Relaxed);
        deadline != u64::MAX && self.opened.elapsed().as_micros() > u128::from(deadline)
    }
}

/// The rows of a question; values that the statement does not name are left out.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let used = &values[..statement.parameter_count().min(values.len())];
    let rows = statement.query_map(params_from_iter(used), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows of a page.
pub(super) fn limit(filter: &Filter) -> usize {
    filter.limit.unwrap_or(ROWS).min(MAX_ROWS)
}

/// The cursor that the page starts behind.
pub(super) fn cursor(filter: &Filter) -> Result<Option<Cursor>, StoreError> {
    filter.cursor.as_deref().map(Cursor::parse).transpose()
}

/// A page of rows that were asked for with one more than it holds, each with its sort key and row.
pub(super) fn page<T>(mut found: Vec<(String, i64, T)>, limit: usize) -> Page<T> {
    let truncated = found.len() > limit;
    found.truncate(limit);
    let last = found.last().map(|(key, row, _)| Cursor { key: key.clone(), row: *row }.print());
    Page {
        next: last.filter(|_| truncated),
        truncated,
        rows: found.into_iter().map(|(_, _, row)| row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_when_it_was_cut() {
        let found = |count: i64| (0..count).map(|row| ("2024-05-15".into(), row, row)).collect();
        let cut = page(found(3), 2);
        assert_eq!((cut.rows, cut.truncated, cut.next.as_deref()), (vec![0, 1], true, Some("2024-05-15.1")));
        assert!(!page(found(2), 2).truncated);
    }
}
