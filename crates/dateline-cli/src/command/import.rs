//! `dateline import`: what a cluster has read, into the database, so that it can be browsed.
//!
//! The records are read already; what is left is what `dateline add` does when it has read one. So the facts are
//! the same, and importing a file twice adds nothing.

use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use dateline::Record;
use dateline_export::{ExportError, ParquetRecord, each_parquet_record};
use dateline_store::{MOST_IN_A_BATCH, Prepared, Writer};
use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::ThreadPool;
use rayon::prelude::*;

use super::add::Tally;
use crate::database::{Database, Writing};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{self, Origin, Rejections};
use crate::output;

/// Load what a cluster has read into a database
///
/// PARQUET is a file of records, a folder of them, or all that `python -m dateline.spark` has written; a slice is
/// a folder such as output/records/date=2025-03-14. Nothing is read anew: the facts are those that the cluster
/// found, told by the versions that found them. Copies, events that several stories tell, and stories are put
/// together as by `dateline add`. What is there already is passed over. --keep-text keeps the texts where the
/// cluster's job was run with it too.
#[derive(Debug, Args)]
pub struct Import {
    /// Files of records in Parquet, or folders of them
    #[arg(required = true, value_name = "PARQUET")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    writing: Writing,

    /// Write the files and rows that could not be imported to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Records prepared at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// Folders inside folders, at most: a guard against links that lead back up.
const MAX_DEPTH: u32 = 64;

impl Import {
    pub fn run(self) -> Result<Exit, Failure> {
        let pool = input::readers(self.jobs)?;
        let rejections = Rejections::begin(self.rejects.as_ref())?;
        let mut files = Vec::new();
        for path in &self.files {
            find(path, 0, &mut files)?;
        }
        let writer = self.database.write(&self.writing, None)?;
        let (tally, bar) = (Tally::default(), super::read::bar(&self.files));
        let lacking = AtomicU64::new(0);
        let mut run = Run { database: &self.database, pool, writer, tally, rejections, bar, lacking };
        for file in &files {
            run.load(file)?;
        }
        let lacking = run.lacking.load(Ordering::Relaxed);
        let exit = run.end()?;
        if self.writing.keep_text && lacking > 0 {
            eprintln!("note: {lacking} came without their texts, which could not be kept");
            eprintln!("  hint: run `python -m dateline.spark` with --keep-text");
        }
        Ok(exit)
    }
}

/// An import under way.
struct Run<'a> {
    database: &'a Database,
    pool: ThreadPool,
    writer: Writer,
    tally: Tally,
    rejections: Rejections,
    bar: ProgressBar,
    /// Records whose text was left out.
    lacking: AtomicU64,
}

impl Run<'_> {
    /// Imports a file, batch by batch. What could be read before a break is kept.
    fn load(&mut self, file: &Path) -> Result<(), Failure> {
        let mut rows = Vec::with_capacity(MOST_IN_A_BATCH);
        let mut number = 0;
        let read = each_parquet_record(file, &mut |record| {
            number += 1;
            rows.push((number, record));
            if rows.len() < MOST_IN_A_BATCH {
                return Ok(());
            }
            self.write(file, std::mem::take(&mut rows)).map_err(Ended::Here)
        });
        self.write(file, rows)?;
        match read {
            Ok(()) => Ok(()),
            Err(Ended::Here(failure)) => Err(failure),
            Err(Ended::File(error)) => self.rejections.take(&origin(file), &Failure::new(error), &self.bar),
        }
    }

    fn write(&mut self, file: &Path, rows: Vec<(u64, ParquetRecord)>) -> Result<(), Failure> {
        let prepared: Vec<Result<Prepared, Failure>> = self.pool.install(|| {
            rows.into_par_iter()
                .map(|(number, row)| {
                    prepared(row, &self.lacking)
                        .map_err(|what| Failure::new(format!("{}: row {number}: {what}", file.display())))
                })
                .collect()
        });
        let mut articles = Vec::with_capacity(prepared.len());
        for article in prepared {
            match article {
                Ok(article) => articles.push(article),
                Err(failure) => self.rejections.take(&origin(file), &failure, &self.bar)?,
            }
        }
        let added = self.writer.add(&articles, Timestamp::now());
        let added = added.map_err(|error| self.database.failure(error))?;
        self.bar.inc(added.len() as u64);
        self.tally.count(&added);
        Ok(())
    }

    fn end(mut self) -> Result<Exit, Failure> {
        self.writer.close().map_err(|error| self.database.failure(error))?;
        self.bar.finish_and_clear();
        self.rejections.end()?;
        let told = self.tally.print(self.rejections.count(), self.database);
        output::print(format!("{told}\n").as_bytes())?;
        Ok(self.rejections.exit(self.tally.read() as u64))
    }
}

/// A row made ready to be stored, or what is wrong with it.
fn prepared(row: ParquetRecord, lacking: &AtomicU64) -> Result<Prepared, String> {
    let json = row.json.ok_or("there is no record")?;
    let record: Record =
        serde_json::from_str(&json).map_err(|error| format!("this is no record: {error}"))?;
    if !record.is_without_text() {
        return Ok(Prepared::new(record));
    }
    lacking.fetch_add(1, Ordering::Relaxed);
    let trace =
        row.trace.ok_or("the record has no text, and the row does not say what copies are found by")?;
    Ok(Prepared::without_text(record, trace))
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
