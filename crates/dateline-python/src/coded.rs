//! Coded: a record on its way to Python, as plain data.

use std::sync::Arc;

use dateline_record::Record;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A coded story: the record, which Python asks for in one of two forms.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Coded {
    pub record: Arc<Record>,
}

#[pymethods]
impl Coded {
    /// Takes a record as `dateline read --format json` prints it.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Coded> {
        let read = py.detach(|| serde_json::from_str(json));
        let record = read.map_err(|error| {
            PyValueError::new_err(format!(
                "this is no record: {error}\nhint: a record is one object of what `dateline read --format ndjson` prints"
            ))
        })?;
        Ok(Coded { record: Arc::new(record) })
    }

    /// The record as the command prints it, in one line: spans are bytes.
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| print(&self.record))
    }

    /// Bytes of the article's text.
    #[getter]
    fn text_bytes(&self) -> usize {
        self.record.article.text.len()
    }

    /// The record without the article's text, the captions and the words of mentions.
    fn json_without_text(&self, py: Python<'_>) -> String {
        py.detach(|| print(&(*self.record).clone().without_text()))
    }

    /// The same with spans in code points.
    fn json_in_code_points(&self, py: Python<'_>) -> PyResult<String> {
        if self.record.is_without_text() {
            return Err(PyValueError::new_err(
                "the record came without its text, of which spans count the code points\nhint: `dateline import` takes it; `python -m dateline.spark --keep-text` keeps texts",
            ));
        }
        Ok(py.detach(|| print(&self.record.in_code_points())))
    }
}

fn print(record: &Record) -> String {
    serde_json::to_string(record).expect("a record has only string keys and finite numbers, or null")
}
