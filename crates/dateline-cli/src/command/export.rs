//! `dateline export`: events as other programs read them, with a description of what they are.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline_export::{ExportError, Format, Summary, write_events, write_package};
use dateline_store::Order;

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::filters::Filters;
use crate::output;

/// Export events for other programs
///
/// To standard output, or to --out: a file, or (where the name ends in a slash, or is a folder) a
/// package with datapackage.json, a codebook table, the filter, the versions and a citation. Without
/// filters a package in csv, ndjson or parquet has quotes, articles, stories and entities too; parquet
/// is in one file a month.
///
/// polecat (40 columns) and gdelt (61 columns) have no status: what is announced becomes AGREE, CONCEDE
/// or THREATEN, as PLOVER's manual says; what is only possible, demanded or denied is left out.
#[derive(Debug, Args)]
pub struct Export {
    /// The form
    #[arg(long, value_enum, default_value_t = As::Csv)]
    format: As,

    /// A file or a folder [default: standard output]
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,

    /// Replace an earlier export in the same place
    #[arg(long)]
    overwrite: bool,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    filters: Filters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// A table, UTF-8
    Csv,
    /// One JSON object a line
    Ndjson,
    /// A flat table, zstd
    Parquet,
    /// A point for each event with a place
    Geojson,
    /// FollowTheMoney entities, one a line
    Ftm,
    /// Who does what to whom, as a graph
    Graphml,
    /// POLECAT's 40 columns
    Polecat,
    /// GDELT 2.0's 61 columns
    Gdelt,
}

impl Export {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut filter = self.filters.filter()?;
        if !filter.group_by.is_empty() {
            return Err(Failure::new("--group-by: an export lists events; it does not count them")
                .hint("dateline events --group-by … --format csv counts them"));
        }
        filter.order = Order::Oldest;
        let store = self.database.open()?;
        let format = match self.format {
            As::Csv => Format::Csv,
            As::Ndjson => Format::Ndjson,
            As::Parquet => Format::Parquet,
            As::Geojson => Format::GeoJson,
            As::Ftm => Format::FollowTheMoney,
            As::Graphml => Format::GraphMl,
            As::Polecat => Format::Polecat,
            As::Gdelt => Format::Gdelt,
        };
        let summary = match &self.out {
            None => {
                let mut stdout = BufWriter::with_capacity(1 << 16, io::stdout());
                match write_events(&store, &filter, format, &mut stdout)
                    .and_then(|it| Ok((it, stdout.flush()?).0))
                {
                    Err(ExportError::Io(error)) if output::is_closed(&error) => return Ok(Exit::Done),
                    Err(ExportError::Io(error)) => return Err(output::failure(&error)),
                    written => written.map_err(|error| self.told(error))?,
                }
            }
            Some(path) if path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/') => {
                write_package(&store, &filter, format, path, self.overwrite)
                    .map_err(|error| self.told(error))?
            }
            Some(path) => {
                if path.exists() && !self.overwrite {
                    return Err(Failure::new(format!("{}: the file is there already", path.display()))
                        .hint("name another, or let it be replaced with --overwrite"));
                }
                let file = File::create(path).map_err(|error| Failure::file(path, &error))?;
                let mut output = BufWriter::with_capacity(1 << 16, file);
                write_events(&store, &filter, format, &mut output)
                    .and_then(|it| Ok((it, output.flush()?).0))
                    .map_err(|error| self.told(error))?
            }
        };
        self.tell(&summary);
        Ok(Exit::Done)
    }

    fn told(&self, error: ExportError) -> Failure {
        match error {
            ExportError::Store(error) => self.database.failure(error),
            ExportError::Io(error) if error.kind() == io::ErrorKind::StorageFull => {
                Failure::new("there is no room left for the export")
                    .hint("free some space, or write it elsewhere")
            }
            error => Failure::new(error),
        }
    }

    fn tell(&self, summary: &Summary) {
        let mut said = format!("{} events", summary.rows);
        if summary.left_out > 0 {
            let why = match self.format {
                As::Geojson => "their places have no coordinates",
                _ => "neither happened nor announced, or nobody is said to do it",
            };
            said.push_str(&format!(", {} left out: {why}", summary.left_out));
        }
        if summary.truncated {
            said.push_str(", cut by --limit");
        }
        eprintln!("{said}");
    }
}
