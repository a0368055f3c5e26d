//! Parquet: flat, every column optional, compressed with zstd. Text is UTF-8, days are DATE, numbers
//! are INT64 and DOUBLE: what every reader knows.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::columns::{Cell, Column, Kind};

/// Rows of a row group: what is held until it is written.
const GROUP: usize = 50_000;

/// Writes rows as one Parquet file.
pub struct ParquetRows<W: Write + Send, R: 'static> {
    writer: SerializedFileWriter<W>,
    columns: &'static [Column<R>],
    rows: Vec<Vec<Cell>>,
}

impl<W: Write + Send, R> ParquetRows<W, R> {
    /// `notes` are kept in the file beside its schema: versions, filter, citation.
    pub fn new(
        output: W,
        table: &str,
        columns: &'static [Column<R>],
        notes: &[(String, String)],
    ) -> io::Result<ParquetRows<W, R>> {
        let notes = notes.iter().map(|(name, value)| KeyValue::new(name.clone(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(told)?))
            .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).into())
            .set_key_value_metadata(Some(notes))
            .build();
        let writer =
            SerializedFileWriter::new(output, schema(table, columns).map_err(told)?, Arc::new(properties));
        Ok(ParquetRows { writer: writer.map_err(told)?, columns, rows: Vec::new() })
    }

    pub fn write(&mut self, row: &R) -> io::Result<()> {
        self.rows.push(self.columns.iter().map(|column| (column.value)(row)).collect());
        if self.rows.len() == GROUP { self.group().map_err(told) } else { Ok(()) }
    }

    pub fn end(mut self) -> io::Result<W> {
        if !self.rows.is_empty() {
            self.group().map_err(told)?;
        }
        self.writer.into_inner().map_err(told)
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (at, column) in self.columns.iter().enumerate() {
            let cells: Vec<&Cell> = self.rows.iter().map(|row| &row[at]).collect();
            let known: Vec<i16> = cells.iter().map(|cell| i16::from(is_known(column.kind, cell))).collect();
            let mut writer = group.next_column()?.expect("the schema has as many columns");
            match column.kind {
                Kind::Text => {
                    let values: Vec<ByteArray> = cells.iter().filter_map(|cell| text(cell)).collect();
                    writer.typed::<ByteArrayType>().write_batch(&values, Some(&known), None)?;
                }
                Kind::Day => {
                    let values: Vec<i32> = cells.iter().filter_map(|cell| day(cell)).collect();
                    writer.typed::<Int32Type>().write_batch(&values, Some(&known), None)?;
                }
                Kind::Integer => {
                    let values: Vec<i64> = cells.iter().filter_map(|cell| integer(cell)).collect();
                    writer.typed::<Int64Type>().write_batch(&values, Some(&known), None)?;
                }
                Kind::Real => {
                    let values: Vec<f64> = cells.iter().filter_map(|cell| real(cell)).collect();
                    writer.typed::<DoubleType>().write_batch(&values, Some(&known), None)?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

fn schema<R>(table: &str, columns: &[Column<R>]) -> Result<TypePtr, ParquetError> {
    let fields = columns
        .iter()
        .map(|column| {
            let (physical, logical) = match column.kind {
                Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
                Kind::Integer => (Physical::INT64, None),
                Kind::Real => (Physical::DOUBLE, None),
            };
            let field = Type::primitive_type_builder(column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()?;
            Ok(Arc::new(field))
        })
        .collect::<Result<_, ParquetError>>()?;
    Ok(Arc::new(Type::group_type_builder(table).with_fields(fields).build()?))
}

fn is_known(kind: Kind, cell: &Cell) -> bool {
    match kind {
        Kind::Text => text(cell).is_some(),
        Kind::Day => day(cell).is_some(),
        Kind::Integer => integer(cell).is_some(),
        Kind::Real => real(cell).is_some(),
    }
}

fn text(cell: &Cell) -> Option<ByteArray> {
    if let Cell::Text(text) = cell { Some(ByteArray::from(text.as_str())) } else { None }
}

fn integer(cell: &Cell) -> Option<i64> {
    if let Cell::Integer(number) = cell { Some(*number) } else { None }
}

fn real(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Real(number) => Some(*number),
        Cell::Integer(number) => Some(*number as f64),
        _ => None,
    }
}

/// Days since 1970-01-01.
fn day(cell: &Cell) -> Option<i32> {
    let Cell::Text(text) = cell else { return None };
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Howard Hinnant's days_from_civil: years begin in March, so that leap days come last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let count = |text: &str| day(&Cell::Text(text.into()));
        assert_eq!(count("1970-01-01"), Some(0));
        assert_eq!(count("2024-02-29"), Some(19_782));
        assert_eq!(count("1969-12-31"), Some(-1));
        assert_eq!(count("May"), None);
    }
}
