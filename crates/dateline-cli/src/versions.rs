//! Versions: the weights, codebook and gazetteer that stories are read with, and how they are
//! chosen: by flag, else by environment, else what stands in the cache.

use std::path::PathBuf;

use clap::Args;
use dateline::{Codebook, Gazetteer, Pipeline, Reader};

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Versions {
    /// Pages of your own in the place of the codebook that comes with the program
    #[arg(long, value_name = "DIR")]
    codebook: Option<PathBuf>,

    /// A spaCy v3 English pipeline: its folder or wheel
    #[arg(long, value_name = "PATH", env = "DATELINE_WEIGHTS")]
    weights: Option<PathBuf>,
}

/// Opens what is asked for. Each failure names the command that mends it.
pub fn open(versions: &Versions) -> Result<Reader, Failure> {
    let weights = versions
        .weights
        .clone()
        .or_else(cached_weights)
        .ok_or_else(|| Failure::new("there are no weights").hint("get them: dateline weights get"))?;
    let pipeline =
        Pipeline::open(&weights).map_err(|error| Failure::new(error).at(weights.display()).hint(MEND))?;
    let codebook = match &versions.codebook {
        Some(folder) => Codebook::open(folder).map_err(Failure::new)?,
        None => Codebook::embedded(),
    };
    Ok(Reader { pipeline, codebook, gazetteer: Gazetteer::embedded() })
}

const MEND: &str = "get them again: dateline weights get";

fn cached_weights() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    Some(cache.join("dateline/weights/en_core_web_md-3.8.0")).filter(|weights| weights.is_dir())
}
