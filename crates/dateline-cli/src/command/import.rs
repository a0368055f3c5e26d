//! `dateline import`: what a cluster has read, into the database, so that it can be browsed.
//!
//! The records are read already; what is left is what `dateline add` does when it has read one. So the facts are
//! the same, and importing a file twice adds nothing.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use dateline::Record;
use dateline_export::{ExportError, each_parquet_record};
use dateline_store::{Prepared, WriteOptions, Writer};
use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::prelude::*;

use super::add::Tally;
use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{self, Origin, Rejections};
use crate::output;

/// Load what a cluster has read into a database
///
/// PARQUET is a file of records, a folder of them, or all that `python -m dateline.spark` has written; a slice is
/// a folder such as output/records/date=2025-03-14. Nothing is read anew: the facts are those that the cluster
/// found, told by the versions that found them. Copies, events that several stories tell, and stories are put
/// together as by `dateline add`. What is there already is passed over.
#[derive(Debug, Args)]
pub struct Import {
    /// Files of records in Parquet, or folders of them
    #[arg(required = true, value_name = "PARQUET")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    database: Database,

    /// Keep the whole text of every version, not only the sentences that facts rest on
    #[arg(long)]
    keep_text: bool,

    /// Wait so many seconds for another dateline that is adding
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,

    /// Write the files and rows that could not be imported to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Records prepared at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// Records of a batch: what is on the disk together.
const BATCH: usize = 256;

/// Folders inside folders, at most: a guard against links that lead back up.
const MAX_DEPTH: u32 = 64;

impl Import {
    pub fn run(self) -> Result<Exit, Failure> {
        let pool = input::readers(self.jobs)?;
        let mut rejections = Rejections::begin(self.rejects.as_ref())?;
        let mut files = Vec::new();
        for path in &self.files {
            find(path, 0, &mut files)?;
        }
        let mut writer = self.writer()?;
        let (mut tally, bar) = (Tally::default(), super::read::bar(&self.files));
        for file in &files {
            let mut rows = Vec::with_capacity(BATCH);
            let mut number = 0;
            let read = each_parquet_record(file, &mut |record| {
                number += 1;
                rows.push((number, record));
                if rows.len() < BATCH {
                    return Ok(());
                }
                let rows = std::mem::take(&mut rows);
                self.write(&mut writer, &pool, file, rows, &mut tally, &mut rejections, &bar)
                    .map_err(Ended::Here)
            });
            // What could be read before a break is kept.
            self.write(&mut writer, &pool, file, rows, &mut tally, &mut rejections, &bar)?;
            match read {
                Ok(()) => {}
                Err(Ended::Here(failure)) => return Err(failure),
                Err(Ended::File(error)) => {
                    rejections.take(&origin(file), &Failure::new(error), &bar)?;
                }
            }
        }
        writer.close().map_err(|error| self.database.failure(error))?;
        bar.finish_and_clear();
        rejections.end()?;
        output::print(format!("{}\n", tally.print(rejections.count(), &self.database)).as_bytes())?;
        Ok(rejections.exit(tally.read() as u64))
    }

    #[expect(clippy::too_many_arguments, reason = "what a run holds, handed on once")]
    fn write(
        &self,
        writer: &mut Writer,
        pool: &rayon::ThreadPool,
        file: &Path,
        rows: Vec<(u64, Option<String>)>,
        tally: &mut Tally,
        rejections: &mut Rejections,
        bar: &ProgressBar,
    ) -> Result<(), Failure> {
        let prepared: Vec<Result<Prepared, Failure>> = pool.install(|| {
            rows.into_par_iter()
                .map(|(number, record)| {
                    let told =
                        |what: String| Failure::new(format!("{}: row {number}: {what}", file.display()));
                    let record = record.ok_or_else(|| told("there is no record".into()))?;
                    let record: Record = serde_json::from_str(&record)
                        .map_err(|error| told(format!("this is no record: {error}")))?;
                    Ok(Prepared::new(record))
                })
                .collect()
        });
        let mut articles = Vec::with_capacity(prepared.len());
        for article in prepared {
            match article {
                Ok(article) => articles.push(article),
                Err(failure) => rejections.take(&origin(file), &failure, bar)?,
            }
        }
        let added = writer.add(&articles, Timestamp::now()).map_err(|error| self.database.failure(error))?;
        bar.inc(added.len() as u64);
        tally.count(&added);
        Ok(())
    }

    fn writer(&self) -> Result<Writer, Failure> {
        let mut options = WriteOptions::default();
        options.keep_text = self.keep_text;
        options.rules = Some(self.database.rules());
        options.wait = Duration::from_secs(self.wait);
        let mut waiting = |holder: &dateline_store::Holder| {
            eprintln!("waiting for another dateline that is adding: {holder}");
        };
        Writer::open(&self.database.path, &options, Timestamp::now(), &mut waiting)
            .map_err(|error| self.database.failure(error))
    }
}

/// Why reading a file ended early: the file, or us.
enum Ended {
    File(ExportError),
    Here(Failure),
}

impl From<ExportError> for Ended {
    fn from(error: ExportError) -> Ended {
        Ended::File(error)
    }
}

fn origin(file: &Path) -> Origin {
    Origin { path: Some(Arc::new(file.into())), url: None, place: None }
}

/// The files that a path stands for, by name. Of all that the cluster's job has written the records are meant.
fn find(path: &Path, depth: u32, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let metadata = fs::metadata(path).map_err(|error| Failure::file(path, &error))?;
    if !metadata.is_dir() {
        files.push(path.into());
        return Ok(());
    }
    if depth > MAX_DEPTH {
        return Err(Failure::new(format!("{}: more than {MAX_DEPTH} folders deep", path.display()))
            .hint("look for a link that leads back up"));
    }
    let records = path.join("records");
    if depth == 0 && records.is_dir() {
        return find(&records, depth + 1, files);
    }
    let entries = fs::read_dir(path).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut entries: Vec<PathBuf> = entries.map_err(|error| Failure::file(path, &error))?;
    // Spark's own files begin so.
    let is_ours = |entry: &PathBuf| {
        let name = entry.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !name.starts_with(['_', '.']) && (entry.is_dir() || name.ends_with(".parquet"))
    };
    entries.retain(is_ours);
    entries.sort();
    let before = files.len();
    for entry in entries {
        find(&entry, depth + 1, files)?;
    }
    if depth == 0 && files.len() == before {
        return Err(Failure::new(format!("{}: there is no Parquet file in it", path.display()))
            .hint("name the folder that `python -m dateline.spark` has written, or one of records/ in it"));
    }
    Ok(())
}
