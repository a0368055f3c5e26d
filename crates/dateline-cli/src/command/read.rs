//! `dateline read`: stories in, records out, in the order they were given.

use std::io::{self, BufWriter, Write};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dateline::Reader;
use dateline_archive::Options;
use dateline_document::Article;
use indicatif::ProgressBar;
use rayon::prelude::*;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::{self, Batches, Input, Limits, Origin, Rejections, Said};
use crate::network::Network;
use crate::output;
use crate::progress;
use crate::versions::{self, Versions};

pub mod print;

use print::Printer;

/// Read stories and print what they say happened
///
/// FILE is a web page, a plain story, or text copied from a page; a file of many stories: JSON Lines
/// or a list in JSON (ours, or as Common Crawl's news sets, GDELT, trafilatura, Media Cloud and
/// Fundus write them), a WARC archive, an RSS, Atom or JSON feed, a news sitemap, ninjs, NewsML-G2 or
/// NITF; a folder of these; or - for standard input. An address (https://…) is fetched: as robots.txt
/// allows, one page at a time of each host, and never around a paywall. It may be packed with gzip. What a file holds is
/// told from its first bytes; its name decides only where they don't, and --from says it whatever
/// they are.
///
/// A story that cannot be read is reported on standard error with the place where it stands, and the
/// others are read: exit status 3. When none can be read it is 1, or 5 where it is the network or a
/// server on it that refuses them all.
#[derive(Debug, Args)]
pub struct Read {
    /// Pages, files of stories, folders, addresses, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What is printed: lines for people, one JSON object (many stories: one a line), or always
    /// one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print each event under its sentence, in the form of the codebook's examples, and why: the rule,
    /// the path through the parse to each party, and what was considered and dropped. What is wrong in it
    /// can be corrected and pasted into a page
    #[arg(long, conflicts_with = "format")]
    explain: bool,

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
pub enum Format {
    Text,
    Json,
    Ndjson,
    /// Asked for by a flag of its own.
    #[value(skip)]
    Explain,
}

impl Read {
    pub fn run(self) -> Result<Exit, Failure> {
        let pool = input::readers(self.jobs)?;
        let rejections = Rejections::begin(self.rejects.as_ref())?;
        let reader = versions::open(&self.versions)?;
        let bar = bar(&self.files);
        let mut run = Run {
            printer: Printer::new(
                if self.explain { Format::Explain } else { self.format },
                self.is_one_page(),
            ),
            rejections,
            bar,
            read: 0,
        };
        let options = self.said.options(&self.limits);
        let fetcher = self.network.fetcher_for(&self.files)?;
        let batches = Batches::begin(self.files, fetcher, options.clone(), &pool)?;
        let mut flow = ControlFlow::Continue(());
        while flow.is_continue() {
            let batch = batches.next();
            if batch.is_empty() {
                break;
            }
            let outcomes: Vec<Outcome> = pool.install(|| {
                batch.into_par_iter().map(|input| read_one(input, &reader, &options, &run.printer)).collect()
            });
            flow = run.finish(outcomes)?;
        }
        if flow.is_continue() {
            batches.end()?;
        }
        run.end()
    }

    /// Whether exactly one page was asked for; a folder or a file of lines says otherwise later.
    fn is_one_page(&self) -> bool {
        self.files.len() == 1 && !self.files[0].is_dir()
    }
}

/// A bar for these files: with the time left where each of them is one page.
pub(super) fn bar(files: &[PathBuf]) -> ProgressBar {
    let is_stream = |file: &PathBuf| {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let is_many = matches!(extension, Some("jsonl" | "ndjson" | "warc" | "gz" | "xml" | "rss" | "atom"));
        file.is_dir() || file.as_os_str() == "-" || is_many
    };
    match files.len() {
        1 if !is_stream(&files[0]) => ProgressBar::hidden(),
        _ if files.iter().any(is_stream) => progress::stories(None),
        count => progress::stories(Some(count as u64)),
    }
}

/// What became of one input.
enum Outcome {
    Read(Vec<u8>),
    Rejected(Origin, Failure),
}

fn read_one(input: Input, reader: &Reader, options: &Options, printer: &Printer) -> Outcome {
    let origin = input.origin.clone();
    let article: Article = match input::load(input, options) {
        Ok(article) => article,
        Err(failure) => return Outcome::Rejected(origin, failure),
    };
    Outcome::Read(printer.read(reader, article, origin.place.is_some()))
}

/// The run so far: what is written where.
struct Run {
    printer: Printer,
    rejections: Rejections,
    bar: ProgressBar,
    read: u64,
}

impl Run {
    /// Writes the outcomes of a batch, in its order. Breaks off when nobody reads on.
    fn finish(&mut self, outcomes: Vec<Outcome>) -> Result<ControlFlow<()>, Failure> {
        let mut stdout = BufWriter::new(io::stdout().lock());
        for outcome in outcomes {
            self.bar.inc(1);
            match outcome {
                Outcome::Read(bytes) => {
                    let gap: &[u8] = if self.read > 0 { self.printer.gap() } else { b"" };
                    self.read += 1;
                    if let Err(error) = stdout.write_all(gap).and_then(|()| stdout.write_all(&bytes)) {
                        return closed_or_failed(&error);
                    }
                }
                Outcome::Rejected(origin, failure) => self.rejections.take(&origin, &failure, &self.bar)?,
            }
        }
        match stdout.flush() {
            Ok(()) => Ok(ControlFlow::Continue(())),
            Err(error) => closed_or_failed(&error),
        }
    }

    fn end(mut self) -> Result<Exit, Failure> {
        self.bar.finish_and_clear();
        self.rejections.end()?;
        Ok(self.rejections.exit(self.read))
    }
}

fn closed_or_failed(error: &io::Error) -> Result<ControlFlow<()>, Failure> {
    if output::is_closed(error) { Ok(ControlFlow::Break(())) } else { Err(output::failure(error)) }
}
