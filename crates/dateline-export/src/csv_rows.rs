//! CSV: UTF-8, RFC 4180, a line of names first; what is not known is empty.

use std::io::{self, Write};

use crate::columns::{Cell, Column};

/// Writes rows as CSV.
pub struct CsvRows<W: Write, R: 'static> {
    writer: csv::Writer<W>,
    columns: &'static [Column<R>],
}

impl<W: Write, R> CsvRows<W, R> {
    /// Writes the names of the columns.
    pub fn new(output: W, columns: &'static [Column<R>]) -> io::Result<CsvRows<W, R>> {
        CsvRows::with_delimiter(output, columns, b',')
    }

    /// The same with another character between the values: a tabulator.
    pub fn with_delimiter(
        output: W,
        columns: &'static [Column<R>],
        delimiter: u8,
    ) -> io::Result<CsvRows<W, R>> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
        writer.write_record(columns.iter().map(|column| column.name))?;
        Ok(CsvRows { writer, columns })
    }

    pub fn write(&mut self, row: &R) -> io::Result<()> {
        for column in self.columns {
            self.writer.write_field((column.value)(row).to_string())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes rows whose columns are known only when they are there.
pub fn write_csv(
    output: impl Write,
    names: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(names)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}

/// The values of some columns of a CSV text that has a line of names.
pub fn read_csv<const N: usize>(text: &str, names: [&str; N]) -> io::Result<Vec<[String; N]>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers()?.clone();
    let mut at = [0; N];
    for (at, name) in at.iter_mut().zip(names) {
        *at = heads.iter().position(|head| head.trim() == name).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, format!("there is no column {name}"))
        })?;
    }
    let row = |record: csv::StringRecord| at.map(|at| record.get(at).unwrap_or_default().to_string());
    reader.records().map(|record| Ok(row(record?))).collect()
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cell::Null => Ok(()),
            Cell::Text(text) => f.write_str(text),
            Cell::Integer(number) => write!(f, "{number}"),
            Cell::Real(number) => write!(f, "{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Kind;

    #[test]
    fn commas_quotes_and_line_breaks_are_quoted() {
        const COLUMNS: &[Column<&str>] = &[
            Column { name: "text", kind: Kind::Text, help: "", value: |row| Cell::Text((*row).into()) },
            Column { name: "none", kind: Kind::Real, help: "", value: |_| Cell::Null },
        ];
        let mut bytes = Vec::new();
        let mut rows = CsvRows::new(&mut bytes, COLUMNS).unwrap();
        rows.write(&"a, \"b\"\nc").unwrap();
        rows.end().unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "text,none\n\"a, \"\"b\"\"\nc\",\n");
    }
}
