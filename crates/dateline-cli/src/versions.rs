//! Versions: the weights, codebook and gazetteer that stories are read with, and how they are
//! chosen: by flag, else by environment, else what stands in the cache.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dateline::{Codebook, Encoder, Gazetteer, Judge, Pipeline, Reader};
use dateline_parts::{Cache, ENCODER, find_gazetteer, find_weights};

use crate::failure::Failure;

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

/// Opens what is asked for. Each failure names the command that mends it.
pub fn open(versions: &Versions) -> Result<Reader, Failure> {
    Ok(Reader {
        codebook: codebook(versions)?,
        gazetteer: gazetteer(versions)?,
        pipeline: pipeline(versions)?,
        judge: judge(versions)?,
    })
}

/// Who weighs what the rules find; nobody where the rules alone are asked for.
pub fn judge(versions: &Versions) -> Result<Option<Judge>, Failure> {
    let cache = Cache::from_environment().map_err(Failure::new)?;
    let folder = cache.part_folder(&ENCODER);
    let careful = || {
        Encoder::open(&folder)
            .map(Judge::careful)
            .map(Some)
            .map_err(|error| Failure::new(error).hint("fetched weights are mended by: dateline weights get"))
    };
    match versions.reader {
        Some(ReaderKind::Careful) => careful(),
        Some(ReaderKind::Fast) | None => Ok(Some(Judge::fast())),
        Some(ReaderKind::Rules) => Ok(None),
    }
}

pub fn codebook(versions: &Versions) -> Result<Codebook, Failure> {
    match &versions.codebook {
        Some(folder) => Codebook::open(folder).map_err(Failure::new),
        None => Ok(Codebook::embedded()),
    }
}

pub fn gazetteer(versions: &Versions) -> Result<Gazetteer, Failure> {
    let cache = Cache::from_environment().map_err(Failure::new)?;
    let places = find_gazetteer(&cache, versions.gazetteer.as_deref()).map_err(Failure::new)?;
    Gazetteer::open(&places).map_err(Failure::new)
}

pub fn pipeline(versions: &Versions) -> Result<Pipeline, Failure> {
    open_pipeline(versions.weights.as_deref(), dateline_language::Options::default())
}

/// The pipeline at `asked`, or else where the environment or the cache has it.
pub fn open_pipeline(asked: Option<&Path>, options: dateline_language::Options) -> Result<Pipeline, Failure> {
    let cache = Cache::from_environment().map_err(Failure::new)?;
    let weights = find_weights(&cache, asked).map_err(Failure::new)?;
    Pipeline::open_with(&weights, options).map_err(|error| {
        Failure::new(error).at(weights.display()).hint("fetched weights are mended by: dateline weights get")
    })
}
