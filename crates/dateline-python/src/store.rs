//! Store: a database, asked from Python; the answers are tables.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dateline_export::{ARTICLES, Cell, Column, ENTITIES, EVENTS, Kind, QUOTES, STORIES};
use dateline_input::Failure;
use dateline_store::{Filter, Groups, Page, StoreError, each_row};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::Value;

use crate::failed::raise;
use crate::reader::aside;
use crate::table::{Head, Table, cells};

/// A database that is read; any number of threads may ask, one after the other.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Store {
    store: Arc<Mutex<dateline_store::Store>>,
    path: PathBuf,
}

impl Store {
    fn ask<T: Send + 'static>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&mut dateline_store::Store) -> Result<T, StoreError> + Send + 'static,
    ) -> PyResult<T> {
        let store = self.store.clone();
        let asked = aside(py, move || question(&mut store.lock().expect("no holder panics")))?;
        asked.map_err(|error| failed(py, error, Some(&self.path)))
    }
}

#[pymethods]
impl Store {
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Store> {
        let store = dateline_store::Store::open(&path).map_err(|error| failed(py, error, Some(&path)))?;
        Ok(Store { store: Arc::new(Mutex::new(store)), path })
    }

    /// The rows of a listing; counts where they are asked for.
    fn list(&self, py: Python<'_>, table: String, filters: Vec<(String, String)>) -> PyResult<Table> {
        self.ask(py, move |store| {
            let pairs = filters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let filter = Filter::from_pairs(pairs)?;
            match table.as_str() {
                "events" if !filter.group_by.is_empty() => store.groups(&filter).map(counted),
                "events" => events(store, &filter),
                "quotes" => listed(&filter, QUOTES, |filter| store.quotes(filter)),
                "stories" => listed(&filter, STORIES, |filter| store.stories(filter)),
                "articles" => listed(&filter, ARTICLES, |filter| store.articles(filter)),
                _ => listed(&filter, ENTITIES, |filter| store.entities(filter)),
            }
        })
    }

    /// The answer to a question in SQL.
    fn sql(
        &self,
        py: Python<'_>,
        question: String,
        limit: Option<usize>,
        seconds: Option<f64>,
    ) -> PyResult<Table> {
        let limit_of_time = seconds.map(Duration::try_from_secs_f64).transpose();
        let time =
            limit_of_time.map_err(|_| PyValueError::new_err("time_limit: this is no number of seconds"))?;
        self.ask(py, move |store| {
            store.set_time_limit(time);
            let answer = store.sql(&question, limit.unwrap_or(usize::MAX));
            store.set_time_limit(None);
            let answer = answer?;
            let kinds: Vec<Kind> =
                (0..answer.columns.len()).map(|at| kind_of(answer.rows.iter().map(|row| &row[at]))).collect();
            let heads = answer.columns.into_iter().zip(&kinds).map(|(name, kind)| Head::new(name, *kind, ""));
            let heads = heads.collect();
            let row =
                |row: &Vec<Value>| row.iter().zip(&kinds).map(|(value, kind)| cell(value, *kind)).collect();
            Ok(Table::new(heads, answer.rows.iter().map(row).collect(), answer.truncated))
        })
    }
}

/// The names of all filters.
#[pyfunction]
pub fn filters() -> Vec<&'static str> {
    Filter::ALL.iter().map(|filter| filter.name).collect()
}

/// All events of a filter, up to its limit.
fn events(store: &dateline_store::Store, filter: &Filter) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    let is_cut = store.each_event(filter, &mut |event| {
        rows.push(cells(EVENTS, &event));
        Ok(())
    })?;
    Ok(Table::new(Head::all_of(EVENTS), rows, is_cut))
}

/// All rows of a listing, up to the filter's limit.
fn listed<R>(
    filter: &Filter,
    columns: &'static [Column<R>],
    ask: impl Fn(&Filter) -> Result<Page<R>, StoreError>,
) -> Result<Table, StoreError> {
    let mut rows = Vec::new();
    let next = each_row(filter, ask, |row| {
        rows.push(cells(columns, &row));
        Ok(())
    })?;
    Ok(Table::new(Head::all_of(columns), rows, next.is_some()))
}

fn counted(groups: Groups) -> Table {
    let mut heads: Vec<Head> = groups
        .columns
        .iter()
        .map(|name| Head::new(name, if name == "day" { Kind::Day } else { Kind::Text }, ""))
        .collect();
    heads.push(Head::new("events", Kind::Integer, "Each event once"));
    heads.push(Head::new("tellings", Kind::Integer, "As often as they are told"));
    heads.push(Head::new("intensity", Kind::Real, "Their mean, hostile -10 to friendly +10"));
    let rows = groups.rows.into_iter().map(|row| {
        let mut cells: Vec<Cell> = row.keys.iter().map(|key| key.as_deref().into()).collect();
        cells.extend([row.events, row.tellings].map(|count| Cell::Integer(count as i64)));
        cells.push(Cell::Real(row.intensity));
        cells
    });
    Table::new(heads, rows.collect(), groups.truncated)
}

/// What holds all values of a column. SQLite lets each be of another kind.
fn kind_of<'a>(values: impl Iterator<Item = &'a Value>) -> Kind {
    let mut kind = None;
    for value in values {
        kind = match (kind, value) {
            (kind, Value::Null) => kind,
            (None | Some(Kind::Integer), Value::Number(number)) if number.is_i64() => Some(Kind::Integer),
            (None | Some(Kind::Integer | Kind::Real), Value::Number(_)) => Some(Kind::Real),
            _ => return Kind::Text,
        };
    }
    kind.unwrap_or(Kind::Text)
}

fn cell(value: &Value, kind: Kind) -> Cell {
    match (value, kind) {
        (Value::Null, _) => Cell::Null,
        (Value::String(text), _) => Cell::Text(text.clone()),
        (value, Kind::Text) => Cell::Text(value.to_string()),
        (value, Kind::Integer) => value.as_i64().map_or(Cell::Null, Cell::Integer),
        (value, _) => value.as_f64().map_or(Cell::Null, Cell::Real),
    }
}

/// The exception, told of the database as the command tells of it.
pub fn failed(py: Python<'_>, error: StoreError, path: Option<&Path>) -> PyErr {
    let failure = match path {
        Some(path) => dateline_cli::of_store(error, path),
        None => Failure::new(error),
    };
    raise(py, "StoreError", &failure)
}
