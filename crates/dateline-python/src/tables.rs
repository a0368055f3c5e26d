//! Tables: the rows of stories, each as if it were the only one.

use std::sync::Mutex;

use dateline_export::{ARTICLES, Cell, EVENTS, PARTIES, PLACES, QUOTES, parties_of};
use dateline_store::{Alone, Prepared, StoreError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::coded::Coded;
use crate::store::failed;
use crate::table::{Head, Table, cells};

/// Takes stories one by one and gives their tables at the end.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Tables {
    told: Mutex<Told>,
}

struct Told {
    alone: Alone,
    articles: Vec<Vec<Cell>>,
    events: Vec<Vec<Cell>>,
    parties: Vec<Vec<Cell>>,
    quotes: Vec<Vec<Cell>>,
    places: Vec<Vec<Cell>>,
}

impl Told {
    /// Takes a story in; says how many rows each table has.
    fn add(&mut self, article: &Prepared) -> Result<[usize; 5], StoreError> {
        let rows = self.alone.rows(article)?;
        self.articles.push(cells(ARTICLES, &rows.article));
        for event in &rows.events {
            self.events.push(cells(EVENTS, event));
            self.parties.extend(parties_of(event).iter().map(|party| cells(PARTIES, party)));
        }
        self.quotes.extend(rows.quotes.iter().map(|quote| cells(QUOTES, quote)));
        self.places.extend(rows.places.iter().map(|place| cells(PLACES, place)));
        Ok([&self.articles, &self.events, &self.parties, &self.quotes, &self.places].map(Vec::len))
    }
}

#[pymethods]
impl Tables {
    #[new]
    fn new(py: Python<'_>) -> PyResult<Tables> {
        let alone = Alone::new().map_err(|error| failed(py, error, None))?;
        let (articles, events, parties, quotes, places) = Default::default();
        Ok(Tables { told: Mutex::new(Told { alone, articles, events, parties, quotes, places }) })
    }

    /// Takes a story in. Says how many rows there are since the last end, of articles, events, parties, quotes
    /// and places.
    fn add(&self, py: Python<'_>, coded: &Coded) -> PyResult<[usize; 5]> {
        let added = py.detach(|| {
            let article = Prepared::new((*coded.record).clone());
            self.told.lock().expect("no holder panics").add(&article)
        });
        added.map_err(|error| failed(py, error, None))
    }

    /// The tables by their names, each with what was taken in since they were last given.
    fn end<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let mut told = self.told.lock().expect("no holder panics");
        let tables = PyDict::new(py);
        let told = &mut *told;
        for (name, heads, rows) in [
            ("articles", Head::all_of(ARTICLES), &mut told.articles),
            ("events", Head::all_of(EVENTS), &mut told.events),
            ("parties", Head::all_of(PARTIES), &mut told.parties),
            ("quotes", Head::all_of(QUOTES), &mut told.quotes),
            ("places", Head::all_of(PLACES), &mut told.places),
        ] {
            tables.set_item(name, Table::new(heads, std::mem::take(rows), false))?;
        }
        Ok(tables)
    }
}
