//! `dateline parse`: what the language pipeline says of texts, before anything is coded.

use std::io::{self, BufWriter, Write};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;

use clap::{Args, ValueEnum};
use dateline::Pipeline;
use dateline_document::Document;
use dateline_language::{Options, Sentences, write};
use dateline_page::Limits;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::exit::Exit;
use crate::failure::{Failure, report};
use crate::output;
use crate::versions;

mod texts;

use texts::{Content, Text};

/// Print what the language pipeline says of texts: words, lemmas, dependencies, names
///
/// FILE is a plain text, which is parsed as it stands; JSON Lines as `read` takes them, where the
/// words of "text" are parsed as they stand; a web page, whose story is parsed part by part; or - for
/// standard input. Offsets are bytes of the text in UTF-8. What cannot be read is reported on
/// standard error and the rest goes on: exit status 3.
#[derive(Debug, Args)]
pub struct Parse {
    /// Texts, files of one JSON story a line, web pages, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What is printed: CoNLL-U, one JSON object a text, or a picture of one text's dependencies
    #[arg(long, value_enum, default_value_t = Format::Conllu)]
    format: Format,

    /// A spaCy v3 pipeline, English or French: its folder or its wheel [env: DATELINE_WEIGHTS]
    #[arg(long, value_name = "PATH")]
    weights: Option<PathBuf>,

    /// Who tells where sentences start: the parser, or the pipeline's senter in its place, which is
    /// faster and finds no dependencies
    #[arg(long, value_enum, default_value_t = TellsSentences::Parser)]
    sentences: TellsSentences,

    /// Texts parsed at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Conllu,
    Json,
    Svg,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TellsSentences {
    Parser,
    Senter,
}

/// A batch is parsed when it has so many texts for each core, or so many bytes in all.
const TEXTS_A_CORE: usize = 16;
const BATCH_BYTES: usize = 4 << 20;

impl Parse {
    pub fn run(self) -> Result<Exit, Failure> {
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build()
            .map_err(|error| Failure::new(error).hint("try fewer at once: --jobs 1"))?;
        let sentences = match self.sentences {
            TellsSentences::Parser => Sentences::Parser,
            TellsSentences::Senter => Sentences::Senter,
        };
        let options = Options { sentences };
        let mut run = Run {
            pipeline: versions::open_pipeline(self.weights.as_deref(), options)?,
            pool,
            format: self.format,
            largest_batch: jobs * TEXTS_A_CORE,
            batch: Vec::new(),
            batch_bytes: 0,
            fault: None,
            parsed: 0,
            rejected: 0,
        };
        let flow = texts::find(&self.files, &Limits::default(), &mut |text| run.take(text));
        if flow.is_continue() {
            let _ = run.flush();
        }
        run.end()
    }
}

/// The run so far.
struct Run {
    pipeline: Pipeline,
    pool: ThreadPool,
    format: Format,
    largest_batch: usize,
    batch: Vec<Result<Text, Failure>>,
    batch_bytes: usize,
    /// Why the run broke off, where it did.
    fault: Option<Failure>,
    parsed: u64,
    rejected: u64,
}

impl Run {
    fn take(&mut self, text: Result<Text, Failure>) -> ControlFlow<()> {
        if self.format == Format::Svg && text.is_ok() && self.batch.iter().any(Result::is_ok) {
            let fault = Failure::new("a picture shows one text, and there are more")
                .hint("give one text, or print them all with --format conllu or --format json");
            self.fault = Some(fault);
            return ControlFlow::Break(());
        }
        self.batch_bytes += text.as_ref().map_or(0, Text::bytes);
        self.batch.push(text);
        // A picture waits for the end: only then it is known to be the only one.
        let is_full = self.batch.len() >= self.largest_batch || self.batch_bytes >= BATCH_BYTES;
        if is_full && self.format != Format::Svg { self.flush() } else { ControlFlow::Continue(()) }
    }

    /// Parses the batch and prints it, in its order. Breaks off when nobody reads on.
    fn flush(&mut self) -> ControlFlow<()> {
        self.batch_bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        let (pipeline, format) = (&self.pipeline, self.format);
        let printed: Vec<Result<String, Failure>> = self
            .pool
            .install(|| batch.into_par_iter().map(|text| Ok(print(&text?, pipeline, format))).collect());
        let mut stdout = BufWriter::new(io::stdout().lock());
        for text in printed {
            match text {
                Ok(text) => {
                    self.parsed += 1;
                    if let Err(error) = stdout.write_all(text.as_bytes()) {
                        return stop(&mut self.fault, &error);
                    }
                }
                Err(failure) => {
                    self.rejected += 1;
                    report(&failure);
                }
            }
        }
        match stdout.flush() {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => stop(&mut self.fault, &error),
        }
    }

    fn end(self) -> Result<Exit, Failure> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        Ok(match (self.parsed, self.rejected) {
            (_, 0) => Exit::Done,
            (0, _) => Exit::Failed,
            _ => Exit::SomeRejected,
        })
    }
}

/// Nobody reads on, which is well, or the output is broken.
fn stop(fault: &mut Option<Failure>, error: &io::Error) -> ControlFlow<()> {
    if !output::is_closed(error) {
        *fault = Some(output::failure(error));
    }
    ControlFlow::Break(())
}

fn print(text: &Text, pipeline: &Pipeline, format: Format) -> String {
    let document: Document = match &text.content {
        Content::Words(words) => pipeline.read(words),
        Content::Article(article) => pipeline.read_article(article),
    };
    let id = text.id.as_deref();
    match format {
        Format::Conllu => write::conllu(&document, id),
        Format::Json => write::json(&document, id) + "\n",
        Format::Svg => write::svg(&document),
    }
}
