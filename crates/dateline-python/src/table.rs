//! Table: rows on their way to a data frame, as Arrow, with the columns and types of the Parquet export.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use dateline_export::{Cell, Column, Kind};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

/// A column by its name, kind and meaning.
pub struct Head {
    pub name: String,
    pub kind: Kind,
    pub help: String,
}

impl Head {
    pub fn new(name: impl Into<String>, kind: Kind, help: &str) -> Head {
        Head { name: name.into(), kind, help: help.into() }
    }

    pub fn all_of<R>(columns: &'static [Column<R>]) -> Vec<Head> {
        columns.iter().map(|it| Head::new(it.name, it.kind, it.help)).collect()
    }
}

/// The cells of a row.
pub fn cells<R>(columns: &'static [Column<R>], row: &R) -> Vec<Cell> {
    columns.iter().map(|column| (column.value)(row)).collect()
}

/// A table that Arrow's programs take as it is, by the PyCapsule interface.
#[pyclass(frozen, module = "dateline._dateline")]
pub struct Table {
    heads: Vec<Head>,
    rows: Vec<Vec<Cell>>,
    schema: SchemaRef,
    is_cut: bool,
}

impl Table {
    /// `is_cut`: whether there were more rows than were asked for.
    pub fn new(heads: Vec<Head>, rows: Vec<Vec<Cell>>, is_cut: bool) -> Table {
        let schema = Arc::new(schema(&heads));
        Table { heads, rows, schema, is_cut }
    }

    fn batch(&self) -> PyArrowResult<RecordBatch> {
        let column =
            |(at, head): (usize, &Head)| column(head.kind, self.rows.iter().map(move |row| &row[at]));
        let columns: Vec<ArrayRef> = self.heads.iter().enumerate().map(column).collect();
        Ok(RecordBatch::try_new(self.schema.clone(), columns)?)
    }
}

#[pymethods]
impl Table {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let batch = py.detach(|| self.batch())?;
        let field = Field::new_struct("", self.schema.fields().clone(), false)
            .with_metadata(self.schema.metadata.clone());
        let array: ArrayRef = Arc::new(StructArray::from(batch));
        let reader = ArrayIterator::new([Ok(array)], Arc::new(field));
        to_stream_pycapsule(py, Box::new(reader), requested_schema)
    }

    fn __len__(&self) -> usize {
        self.rows.len()
    }

    /// Whether there were more rows than were asked for.
    #[getter]
    fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Name, kind (text, day, integer, real) and meaning of each column.
    fn columns(&self) -> Vec<(&str, &str, &str)> {
        self.heads.iter().map(|head| (head.name.as_str(), kind_name(head.kind), head.help.as_str())).collect()
    }

    /// Rows as dicts, for those who have no program of Arrow's. Days are texts.
    fn rows<'py>(&self, py: Python<'py>, first: usize, count: usize) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        for row in self.rows.iter().skip(first).take(count) {
            let dict = PyDict::new(py);
            for (head, cell) in self.heads.iter().zip(row) {
                match head.kind {
                    Kind::Text => dict.set_item(&head.name, cell.as_text())?,
                    Kind::Day => dict.set_item(&head.name, cell.as_day().and(cell.as_text()))?,
                    Kind::Integer => dict.set_item(&head.name, cell.as_integer())?,
                    Kind::Real => dict.set_item(&head.name, cell.as_real())?,
                }
            }
            rows.append(dict)?;
        }
        Ok(rows)
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Day => "day",
        Kind::Integer => "integer",
        Kind::Real => "real",
    }
}

/// Every column may be null, as in the Parquet export, whatever the rows at hand.
fn schema(heads: &[Head]) -> Schema {
    let field = |head: &Head| {
        let kind = match head.kind {
            Kind::Text => DataType::Utf8,
            Kind::Day => DataType::Date32,
            Kind::Integer => DataType::Int64,
            Kind::Real => DataType::Float64,
        };
        let field = Field::new(&head.name, kind, true);
        if head.help.is_empty() {
            return field;
        }
        field.with_metadata(HashMap::from([("description".into(), head.help.clone())]))
    };
    let notes = HashMap::from([("dateline".into(), env!("CARGO_PKG_VERSION").into())]);
    Schema::new_with_metadata(heads.iter().map(field).collect::<Vec<_>>(), notes)
}

fn column<'a>(kind: Kind, cells: impl Iterator<Item = &'a Cell>) -> ArrayRef {
    match kind {
        Kind::Text => Arc::new(cells.map(Cell::as_text).collect::<StringArray>()),
        Kind::Day => Arc::new(cells.map(Cell::as_day).collect::<Date32Array>()),
        Kind::Integer => Arc::new(cells.map(Cell::as_integer).collect::<Int64Array>()),
        Kind::Real => Arc::new(cells.map(Cell::as_real).collect::<Float64Array>()),
    }
}
