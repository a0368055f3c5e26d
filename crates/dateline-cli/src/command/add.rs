//! `dateline add`: stories in, into the database, once each.
//!
//! ```text
//! find ─▶ load ─▶ known? ─▶ read, on all cores ─▶ prepare ─▶ one thread that writes what is ready
//! ```
//!
//! What a line on standard output acknowledges is on the disk. Whatever ends the run, running it
//! again goes on where it ended.

use std::io::{self, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use clap::{Args, ValueEnum};
use dateline::Record;
use dateline_document::Article;
use dateline_store::{Added, ArticleKey, MOST_IN_A_BATCH, Outcome, Prepared, StoreError, Writer};
use indicatif::ProgressBar;
use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use super::read::bar;
use crate::database::{Database, Writing};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{self, Batches, Limits, Origin, Rejections, Said};
use crate::network::Network;
use crate::output;
use crate::versions::{self, Versions};

/// Read stories and keep what they say in a database
///
/// FILE is what `dateline read` takes. The database is made if it is not there. A story that is
/// there already is passed over; one whose address is there with another text becomes a new version,
/// and what it no longer says is kept as a deletion (`dateline changes`). Copies of a story, and
/// events that several stories tell, are found as they come.
///
/// The run may be broken off at any moment; running it again goes on where it ended.
#[derive(Debug, Args)]
pub struct Add {
    /// Pages, files of stories, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    database: Database,

    /// What is printed: a summary, or one JSON object a story as soon as it is on the disk
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    #[command(flatten)]
    writing: Writing,

    /// Let the database grow to so many megabytes at most
    #[arg(long, value_name = "MB")]
    max_size: Option<NonZero<u32>>,

    #[command(flatten)]
    said: Said,

    #[command(flatten)]
    versions: Versions,

    /// Write the inputs that could not be read to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    /// Stories read at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,

    #[command(flatten)]
    network: Network,

    #[command(flatten)]
    limits: Limits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Ndjson,
}

/// SQLite's page, of which a megabyte has 256.
const PAGES_A_MEGABYTE: u32 = 256;

impl Add {
    pub fn run(self) -> Result<Exit, Failure> {
        let pool = input::readers(self.jobs)?;
        let mut rejections = Rejections::begin(self.rejects.as_ref())?;
        // The database first: what is wrong with it is told before the weights are loaded.
        let max_pages = self.max_size.map(|megabytes| megabytes.get().saturating_mul(PAGES_A_MEGABYTE));
        let writer = self.database.write(&self.writing, max_pages)?;
        let store = self.database.open()?;
        let reader = versions::open(&self.versions)?;
        let made_by = reader.versions().into();
        let bar = bar(&self.files);
        let options = self.said.options(&self.limits);
        let fetcher = self.network.fetcher_for(&self.files)?;
        let inputs = Batches::begin(self.files.clone(), fetcher, options.clone(), &pool)?;

        let tally = Mutex::new(Tally::default());
        let (ready, batches) = sync_channel::<Vec<(Origin, Prepared)>>(inputs.ahead(MOST_IN_A_BATCH));
        let format = self.format;
        let end = thread::scope(|scope| {
            let writing = thread::Builder::new()
                .name("write".into())
                .spawn_scoped(scope, {
                    let (tally, bar) = (&tally, &bar);
                    move || write(writer, &batches, tally, bar, format)
                })
                .map_err(Failure::new)?;
            loop {
                let batch = inputs.next();
                if batch.is_empty() {
                    break;
                }
                let is_known = |key: &ArticleKey| {
                    store.knows(key, &made_by).map_err(|error| self.database.failure(error))
                };
                let loaded: Vec<(Origin, Result<Article, Failure>)> = pool.install(|| {
                    batch
                        .into_par_iter()
                        .map(|input| (input.origin.clone(), input::load(input, &options)))
                        .collect()
                });
                let mut new = Vec::with_capacity(loaded.len());
                for (origin, article) in loaded {
                    match article {
                        Err(failure) => {
                            rejections.take(&origin, &failure, &bar)?;
                            bar.inc(1);
                        }
                        Ok(article) => {
                            let key = ArticleKey::new(article.url.as_deref(), &article.text);
                            // What is there already need not be read; its text may still be wanted.
                            if !self.writing.keep_text && is_known(&key)? {
                                let mut tally = tally.lock().expect("no holder panics");
                                tally.unchanged += 1;
                                bar.inc(1);
                                acknowledge_known(format, &origin, &key)?;
                            } else {
                                new.push((origin, article));
                            }
                        }
                    }
                }
                let read = pool.install(|| {
                    new.into_par_iter()
                        .map(|(origin, article)| (origin, Prepared::new(Record::from(&reader.read(article)))))
                        .collect()
                });
                if ready.send(read).is_err() {
                    // The writer has ended, and says why.
                    break;
                }
            }
            drop(ready);
            match writing.join() {
                Ok(end) => end.map_err(|error| self.told(error)),
                Err(_) => Err(Failure::new("writing broke off; this is a bug of ours")),
            }
        });
        bar.finish_and_clear();
        let tally = tally.into_inner().expect("no holder panics");
        rejections.end()?;
        if let Err(failure) = end {
            if tally.has_written() {
                eprintln!("{}", tally.print(rejections.count(), &self.database));
            }
            return Err(failure);
        }
        if format == Format::Text {
            output::print(format!("{}\n", tally.print(rejections.count(), &self.database)).as_bytes())?;
        }
        Ok(rejections.exit(tally.read() as u64))
    }

    fn told(&self, ended: Ended) -> Failure {
        match ended {
            Ended::Store(error) => self.database.failure(error),
            Ended::Output(error) => output::failure(&error),
        }
    }
}

/// Why writing ended early.
enum Ended {
    Store(StoreError),
    Output(io::Error),
}

/// Writes what is ready until there is no more. Where writing is the slower, many batches are ready, and a
/// transaction takes them together.
fn write(
    mut writer: Writer,
    batches: &Receiver<Vec<(Origin, Prepared)>>,
    tally: &Mutex<Tally>,
    bar: &ProgressBar,
    format: Format,
) -> Result<(), Ended> {
    while let Ok(mut ready) = batches.recv() {
        while ready.len() < MOST_IN_A_BATCH
            && let Ok(more) = batches.try_recv()
        {
            ready.extend(more);
        }
        let (origins, articles): (Vec<Origin>, Vec<Prepared>) = ready.into_iter().unzip();
        let added = writer.add(&articles, Timestamp::now()).map_err(Ended::Store)?;
        bar.inc(added.len() as u64);
        tally.lock().expect("no holder panics").count(&added);
        if format == Format::Ndjson {
            acknowledge(&origins, &added).map_err(Ended::Output)?;
        }
    }
    writer.close().map_err(Ended::Store)
}

/// A story that is on the disk.
#[derive(Serialize)]
struct Acknowledged<'a> {
    path: Option<String>,
    line: Option<u64>,
    #[serde(flatten)]
    added: &'a Added,
}

fn acknowledge(origins: &[Origin], added: &[Added]) -> io::Result<()> {
    let mut bytes = Vec::new();
    for (origin, added) in origins.iter().zip(added) {
        let path = origin.path.as_ref().map(|path| path.display().to_string());
        serde_json::to_writer(&mut bytes, &Acknowledged { path, line: origin.line(), added })?;
        bytes.push(b'\n');
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(&bytes).and_then(|()| stdout.flush()) {
        // Nobody listens any more; the stories are wanted all the same.
        Err(error) if output::is_closed(&error) => Ok(()),
        written => written,
    }
}

fn acknowledge_known(format: Format, origin: &Origin, key: &ArticleKey) -> Result<(), Failure> {
    if format == Format::Text {
        return Ok(());
    }
    let path = origin.path.as_ref().map(|path| path.display().to_string());
    let known =
        serde_json::json!({"path": path, "line": origin.line(), "id": key.id, "outcome": "unchanged"});
    output::print(format!("{known}\n").as_bytes()).map(|_| ())
}

/// What has become of the stories.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    added: usize,
    copies: usize,
    revised: usize,
    recoded: usize,
    deleted: usize,
    unchanged: usize,
    events: usize,
}

impl Tally {
    pub(super) fn count(&mut self, added: &[Added]) {
        for article in added {
            match article.outcome {
                Outcome::Added => {
                    self.added += 1;
                    self.copies += usize::from(article.copy_of.is_some());
                }
                Outcome::Revised => self.revised += 1,
                Outcome::Recoded => self.recoded += 1,
                Outcome::Unchanged => self.unchanged += 1,
            }
            if article.outcome != Outcome::Unchanged {
                self.deleted += article.deleted;
                self.events += article.events;
            }
        }
    }

    fn has_written(&self) -> bool {
        self.added + self.revised + self.recoded > 0
    }

    /// "12 stories added, of which 3 copies; 1 revised; 4 there already → dateline.db".
    pub(super) fn print(&self, rejected: u64, database: &Database) -> String {
        let mut parts = Vec::new();
        let mut part = |count: usize, words: &str| {
            if count > 0 {
                parts.push(format!("{count} {words}"));
            }
        };
        let copies = match self.copies {
            0 => String::new(),
            count => format!(" (copies: {count})"),
        };
        part(self.added, &format!("added{copies}"));
        part(self.revised, "revised");
        part(self.recoded, "read anew with other versions");
        part(self.unchanged, "there already");
        part(rejected as usize, "rejected");
        part(self.events, "event tellings");
        part(self.deleted, "facts deleted");
        if parts.is_empty() {
            parts.push("nothing to add".into());
        }
        format!("{}: {}", database.path.display(), parts.join(", "))
    }

    pub(super) fn read(&self) -> usize {
        self.added + self.revised + self.recoded + self.unchanged
    }
}
