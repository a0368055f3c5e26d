//! Versions: the weights, codebook and gazetteer that stories are read with, as flags choose them.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dateline::{Choice, Codebook, Gazetteer, Judge, Pipeline, Reader};
use dateline_parts::{Cache, Progress, Step};

use crate::failure::Failure;
use crate::progress::PartsProgress;

#[derive(Debug, Default, Args)]
pub struct Versions {
    /// Pages of your own in the place of the codebook that comes with the program
    #[arg(long, value_name = "DIR")]
    codebook: Option<PathBuf>,

    /// A spaCy v3 English pipeline, its folder or its wheel [env: DATELINE_WEIGHTS]
    #[arg(long, value_name = "PATH")]
    weights: Option<PathBuf>,

    /// A compiled gazetteer of places [env: DATELINE_GAZETTEER]
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,

    /// Who weighs what the codebook's rules find [default: fast]
    #[arg(long, value_enum, value_name = "READER")]
    reader: Option<ReaderKind>,
}

/// What an event's type rests on besides the codebook's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReaderKind {
    /// A sentence encoder and a linear reader that have learnt from the codebook's examples
    Careful,
    /// The linear reader alone: costs next to nothing
    Fast,
    /// Nothing: the pages of the codebook alone decide
    Rules,
}

impl Versions {
    fn choice(&self) -> Choice {
        Choice {
            codebook: self.codebook.clone(),
            weights: self.weights.clone(),
            gazetteer: self.gazetteer.clone(),
            reader: match self.reader {
                Some(ReaderKind::Careful) => dateline::ReaderKind::Careful,
                Some(ReaderKind::Fast) | None => dateline::ReaderKind::Fast,
                Some(ReaderKind::Rules) => dateline::ReaderKind::Rules,
            },
        }
    }
}

/// Opens what is asked for. Each failure names the command that mends it.
pub fn open(versions: &Versions) -> Result<Reader, Failure> {
    shown(|progress| versions.choice().open(&cache()?, progress).map_err(Failure::new))
}

/// Who weighs what the rules find; nobody where the rules alone are asked for.
pub fn judge(versions: &Versions) -> Result<Option<Judge>, Failure> {
    versions.choice().judge(&cache()?).map_err(Failure::new)
}

pub fn codebook(versions: &Versions) -> Result<Codebook, Failure> {
    versions.choice().codebook().map_err(Failure::new)
}

pub fn gazetteer(versions: &Versions) -> Result<Gazetteer, Failure> {
    shown(|progress| versions.choice().gazetteer(&cache()?, progress).map_err(Failure::new))
}

pub fn pipeline(versions: &Versions) -> Result<Pipeline, Failure> {
    open_pipeline(versions.weights.as_deref(), dateline_language::Options::default())
}

/// The pipeline at `asked`, or else where the environment or the cache has it.
pub fn open_pipeline(asked: Option<&Path>, options: dateline_language::Options) -> Result<Pipeline, Failure> {
    let choice = Choice { weights: asked.map(Path::to_owned), ..Choice::default() };
    choice.pipeline(&cache()?, options).map_err(Failure::new)
}

fn cache() -> Result<Cache, Failure> {
    Cache::from_environment().map_err(Failure::new)
}

/// Opens something, and shows it where that takes longer: a gazetteer that has yet to be compiled.
fn shown<T>(open: impl FnOnce(&mut dyn Progress) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut shown = None;
    let opened = open(&mut |step: Step<'_>| shown.get_or_insert_with(PartsProgress::new).step(step));
    if let Some(shown) = shown {
        shown.end();
    }
    opened
}
