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
                    let values: Vec<i32> = cells.iter().filter_map(|cell| cell.as_day()).collect();
                    writer.typed::<Int32Type>().write_batch(&values, Some(&known), None)?;
                }
                Kind::Integer => {
                    let values: Vec<i64> = cells.iter().filter_map(|cell| cell.as_integer()).collect();
                    writer.typed::<Int64Type>().write_batch(&values, Some(&known), None)?;
                }
                Kind::Real => {
                    let values: Vec<f64> = cells.iter().filter_map(|cell| cell.as_real()).collect();
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
        Kind::Text => cell.as_text().is_some(),
        Kind::Day => cell.as_day().is_some(),
        Kind::Integer => cell.as_integer().is_some(),
        Kind::Real => cell.as_real().is_some(),
    }
}

fn text(cell: &Cell) -> Option<ByteArray> {
    cell.as_text().map(ByteArray::from)
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
