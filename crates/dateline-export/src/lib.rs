//! What a store holds, in the forms that other programs read.
//!
//! The columns of each table are declared once, in [`columns`]: name, kind, meaning, value. CSV,
//! Parquet, the codebook table and `datapackage.json` are made from them.

pub mod columns;
mod csv_rows;

pub use columns::{ARTICLES, Cell, Column, ENTITIES, EVENTS, Kind, QUOTES, STORIES};
pub use csv_rows::{CsvRows, write_csv};
