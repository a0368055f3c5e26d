//! Streams: events as one run of bytes, in any of the forms.

use std::io::{self, Write};

use dateline_store::{EventRow, Filter, Store, StoreError};

use crate::ftm::FollowTheMoney;
use crate::geojson::GeoJson;
use crate::graph::Graph;
use crate::parquet_rows::ParquetRows;
use crate::{CsvRows, EVENTS, ExportError, POLECAT, gdelt, polecat};

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    Csv,
    Ndjson,
    Parquet,
    GeoJson,
    FollowTheMoney,
    GraphMl,
    Polecat,
    Gdelt,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub rows: u64,
    /// Events that the form has no place for.
    pub left_out: u64,
    /// Whether a limit cut it.
    pub truncated: bool,
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
            Format::Parquet => "parquet",
            Format::GeoJson => "geojson",
            Format::FollowTheMoney => "ftm.json",
            Format::GraphMl => "graphml",
            Format::Polecat | Format::Gdelt => "tsv",
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Ndjson | Format::FollowTheMoney => "application/x-ndjson",
            Format::Parquet => "application/vnd.apache.parquet",
            Format::GeoJson => "application/geo+json",
            Format::GraphMl => "application/graphml+xml",
            Format::Polecat | Format::Gdelt => "text/tab-separated-values",
        }
    }
}

/// Writes the filter's events to `output`, in its order.
pub fn write_events(
    store: &Store,
    filter: &Filter,
    format: Format,
    output: &mut (dyn Write + Send),
) -> Result<Summary, ExportError> {
    let mut summary = Summary::default();
    let mut form = Form::new(format, output)?;
    let mut failed = None;
    let truncated = store.each_event(filter, &mut |event| {
        match form.write(store, &event) {
            Ok(true) => summary.rows += 1,
            Ok(false) => summary.left_out += 1,
            Err(error) => {
                failed = Some(error);
                return Err(StoreError::Io(io::Error::other("the export failed")));
            }
        }
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error);
    }
    summary.truncated = truncated?;
    form.end()?;
    Ok(summary)
}

type Output<'a> = &'a mut (dyn Write + Send);

enum Form<'a> {
    Csv(Box<CsvRows<Output<'a>, EventRow>>),
    Ndjson(Output<'a>),
    Parquet(Box<ParquetRows<Output<'a>, EventRow>>),
    GeoJson(GeoJson<Output<'a>>),
    FollowTheMoney(FollowTheMoney<Output<'a>>),
    GraphMl(Box<Graph>, Output<'a>),
    Polecat(Output<'a>),
    Gdelt(Output<'a>),
}

impl<'a> Form<'a> {
    fn new(format: Format, output: Output<'a>) -> Result<Form<'a>, ExportError> {
        Ok(match format {
            Format::Csv => Form::Csv(Box::new(CsvRows::new(output, EVENTS)?)),
            Format::Ndjson => Form::Ndjson(output),
            Format::Parquet => Form::Parquet(Box::new(ParquetRows::new(output, "events", EVENTS, &[])?)),
            Format::GeoJson => Form::GeoJson(GeoJson::new(output)?),
            Format::FollowTheMoney => Form::FollowTheMoney(FollowTheMoney::new(output)),
            Format::GraphMl => Form::GraphMl(Box::default(), output),
            Format::Polecat => {
                writeln!(output, "{}", POLECAT.join("\t"))?;
                Form::Polecat(output)
            }
            Format::Gdelt => Form::Gdelt(output),
        })
    }

    /// Writes the event; says whether the form has a place for it.
    fn write(&mut self, store: &Store, event: &EventRow) -> Result<bool, ExportError> {
        match self {
            Form::Csv(rows) => rows.write(event)?,
            Form::Ndjson(output) => {
                serde_json::to_writer(&mut *output, event)?;
                output.write_all(b"\n")?;
            }
            Form::Parquet(rows) => rows.write(event)?,
            Form::GeoJson(features) => return Ok(features.write(event)?),
            Form::FollowTheMoney(entities) => entities.write(event)?,
            Form::GraphMl(graph, _) => graph.add(event),
            Form::Polecat(output) => {
                let Some(row) = polecat(event, &store.coding_of(&event.id)?) else { return Ok(false) };
                writeln!(output, "{}", row.join("\t"))?;
            }
            Form::Gdelt(output) => {
                let Some(row) = gdelt(event) else { return Ok(false) };
                writeln!(output, "{}", row.join("\t"))?;
            }
        }
        Ok(true)
    }

    fn end(self) -> Result<(), ExportError> {
        match self {
            Form::Csv(rows) => rows.end()?,
            Form::Parquet(rows) => rows.end()?.flush()?,
            Form::GeoJson(features) => features.end()?.flush()?,
            Form::FollowTheMoney(entities) => entities.end()?.flush()?,
            Form::GraphMl(graph, output) => graph.write(output)?,
            Form::Ndjson(output) | Form::Polecat(output) | Form::Gdelt(output) => output.flush()?,
        }
        Ok(())
    }
}
