//! Listings: rows as a table for people, or as JSON, NDJSON or CSV for programs; and what is said
//! when a listing was cut.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::{Args, ValueEnum};
use dateline_export::{Column, CsvRows};
use dateline_store::{Filter, Page, Store, StoreError, each_row};
use serde::Serialize;

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::filters::Filters;
use crate::output;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people
    Table,
    /// One JSON object: rows, whether they were cut, and the cursor that goes on
    Json,
    /// One JSON object a row
    Ndjson,
    /// A line of names, then a line a row
    Csv,
}

// What is asked of which database, and how it is printed: the flags that all listings have. (A comment that
// documents would become the help of the command they stand in.)
#[derive(Debug, Args)]
pub struct Listing {
    #[command(flatten)]
    pub database: Database,

    #[command(flatten)]
    pub form: As,

    #[command(flatten)]
    pub filters: Filters,
}

impl Listing {
    /// Asks and prints.
    pub fn print<R: Serialize>(
        &self,
        shown: &[Shown<R>],
        columns: &'static [Column<R>],
        what: &str,
        ask: fn(&Store, &Filter) -> Result<Page<R>, StoreError>,
    ) -> Result<Exit, Failure> {
        let filter = self.filters.filter()?;
        let store = self.database.open()?;
        self.form.list(&filter, shown, columns, what, |filter| {
            ask(&store, filter).map_err(|error| self.database.failure(error))
        })
    }
}

#[derive(Debug, Args)]
pub struct As {
    /// How the rows are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// One column of a table for people.
pub struct Shown<R> {
    pub heading: &'static str,
    /// Characters at most; the last column takes what the terminal leaves.
    pub width: usize,
    pub value: fn(&R) -> String,
}

/// Columns of a terminal whose width nobody tells.
const WIDTH: usize = 120;

impl As {
    /// Prints a page. `count` ends the table: "3 events, told 5 times".
    pub fn print<R: Serialize>(
        &self,
        page: &Page<R>,
        shown: &[Shown<R>],
        columns: &'static [Column<R>],
        count: &str,
    ) -> Result<Exit, Failure> {
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => {
                table(&mut bytes, &page.rows, shown);
                let _ = writeln!(bytes, "{count}");
            }
            Format::Json => {
                let json = serde_json::to_writer_pretty(&mut bytes, page);
                json.map_err(Failure::new)?;
                bytes.push(b'\n');
            }
            Format::Ndjson => {
                for row in &page.rows {
                    serde_json::to_writer(&mut bytes, row).map_err(Failure::new)?;
                    bytes.push(b'\n');
                }
            }
            Format::Csv => {
                let mut rows = CsvRows::new(&mut bytes, columns).map_err(Failure::new)?;
                for row in &page.rows {
                    rows.write(row).map_err(Failure::new)?;
                }
                rows.end().map_err(Failure::new)?;
            }
        }
        let exit = output::print(&bytes)?;
        tell_cut(page.truncated, page.rows.len(), page.next.as_deref());
        Ok(exit)
    }

    /// Prints a listing: one page of it, or page after page where all rows are wanted.
    fn list<R: Serialize>(
        &self,
        filter: &Filter,
        shown: &[Shown<R>],
        columns: &'static [Column<R>],
        what: &str,
        ask: impl Fn(&Filter) -> Result<Page<R>, Failure>,
    ) -> Result<Exit, Failure> {
        if !self.is_whole() {
            let page = ask(filter)?;
            let more = if page.truncated { "the first " } else { "" };
            return self.print(&page, shown, columns, &format!("{more}{} {what}", page.rows.len()));
        }
        let mut rows = RowsOut::new(self.format, columns).map_err(|error| output::failure(&error))?;
        let mut written = 0;
        let asked = |filter: &Filter| ask(filter).map_err(Ended::Asking);
        let end = each_row(filter, asked, |row| {
            written += 1;
            rows.write(&row).map_err(Ended::Output)
        });
        let end = end.and_then(|next| {
            rows.end().map_err(Ended::Output)?;
            Ok(next)
        });
        match end {
            Ok(next) => {
                tell_cut(next.is_some(), written, next.as_deref());
                Ok(Exit::Done)
            }
            Err(Ended::Output(error)) if output::is_closed(&error) => Ok(Exit::Done),
            Err(Ended::Output(error)) => Err(output::failure(&error)),
            Err(Ended::Asking(failure)) => Err(failure),
        }
    }

    /// Whether all rows are wanted where no limit is given: a program reads on, a person does not.
    pub fn is_whole(&self) -> bool {
        matches!(self.format, Format::Ndjson | Format::Csv)
    }
}

/// Says on standard error that there is more.
pub fn tell_cut(truncated: bool, rows: usize, next: Option<&str>) {
    if truncated {
        let on = next.map(|next| format!(", or go on with --cursor {next}")).unwrap_or_default();
        eprintln!("cut after {rows} rows; ask for more with --limit N{on}");
    }
}

/// Why a listing ended early.
enum Ended {
    Asking(Failure),
    Output(io::Error),
}

/// Rows on their way out, one by one: however many there are, few are held.
pub enum RowsOut<R: 'static> {
    Csv(Box<CsvRows<Stream, R>>),
    Ndjson(Stream),
}

impl<R: Serialize> RowsOut<R> {
    pub fn new(format: Format, columns: &'static [Column<R>]) -> io::Result<RowsOut<R>> {
        Ok(match format {
            Format::Csv => RowsOut::Csv(Box::new(CsvRows::new(Stream::new(), columns)?)),
            _ => RowsOut::Ndjson(Stream::new()),
        })
    }

    pub fn write(&mut self, row: &R) -> io::Result<()> {
        match self {
            RowsOut::Csv(rows) => rows.write(row),
            RowsOut::Ndjson(stream) => {
                serde_json::to_writer(&mut *stream, row)?;
                stream.write_all(b"\n")
            }
        }
    }

    pub fn end(self) -> io::Result<()> {
        match self {
            RowsOut::Csv(rows) => rows.end(),
            RowsOut::Ndjson(mut stream) => stream.flush(),
        }
    }
}

/// Standard output for rows that come one by one.
pub struct Stream {
    output: BufWriter<io::StdoutLock<'static>>,
}

impl Stream {
    pub fn new() -> Stream {
        Stream { output: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Rows under their headings, as wide as they need to be and no wider than the terminal.
pub fn table<R>(bytes: &mut Vec<u8>, rows: &[R], shown: &[Shown<R>]) {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| shown.iter().map(|column| one_line(&(column.value)(row))).collect()).collect();
    let widths: Vec<usize> = shown
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let widest = cells.iter().map(|row| width(&row[at])).max().unwrap_or_default();
            widest.max(column.heading.len()).min(column.width)
        })
        .collect();
    let before: usize = widths.iter().rev().skip(1).map(|width| width + 2).sum();
    let last = terminal_width().saturating_sub(before).max(20);
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            let is_last = at + 1 == cells.len();
            let cell = cut(cell, if is_last { last } else { widths[at] });
            line.push_str(&cell);
            if !is_last {
                line.extend(std::iter::repeat_n(' ', widths[at] + 2 - width(&cell)));
            }
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    };
    if rows.is_empty() {
        return;
    }
    bytes.extend(line(shown.iter().map(|column| column.heading).collect()).into_bytes());
    for row in &cells {
        bytes.extend(line(row.iter().map(String::as_str).collect()).into_bytes());
    }
}

/// The width that the terminal tells; a file takes lines as long as they come.
fn terminal_width() -> usize {
    if !io::stdout().is_terminal() {
        return usize::MAX >> 1;
    }
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.into();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}
