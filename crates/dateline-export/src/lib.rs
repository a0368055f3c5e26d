//! What a store holds, in the forms that other programs read.
//!
//! [`write_events`] writes the events of a filter as one stream, [`write_package`] a folder with all
//! tables, `datapackage.json`, a codebook table and a citation. The columns of each table are declared
//! once, in [`columns`]: name, kind, meaning, value. CSV, Parquet, GeoJSON, the codebook table and
//! `datapackage.json` are made from them.

mod package;
mod stream;

pub mod columns;
mod csv_rows;
mod geojson;
mod parquet_records;
mod parquet_rows;

mod ftm;
mod gdelt;
mod graph;
mod polecat;

mod codes;
mod error;
mod fold;

pub use columns::{
    ARTICLES, CHANGES, Cell, Column, ENTITIES, EVENTS, Kind, PARTIES, PLACES, PRECISION, PartyOf, QUOTES,
    STORIES,
};
pub use csv_rows::{CsvRows, read_csv, write_csv};
pub use error::ExportError;
pub use gdelt::{GDELT, gdelt};
pub use package::{parties_of, write_package};
pub use parquet_records::{ParquetRecord, each_parquet_record};
pub use parquet_rows::ParquetRows;
pub use polecat::{POLECAT, polecat};
pub use stream::{Format, Summary, write_events};
