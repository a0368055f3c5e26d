//! Parts: the weights and places that examples are read with.

use std::path::PathBuf;

use anyhow::{Context, Result};
use dateline::{Gazetteer, Pipeline};
use dateline_parts::{Cache, find_gazetteer, find_weights};

pub struct Parts {
    pub pipeline: Pipeline,
    pub gazetteer: Gazetteer,
    pub encoder: PathBuf,
}

impl Parts {
    pub fn open() -> Result<Parts> {
        let cache = Cache::from_environment()?;
        let weights = find_weights(&cache, None)?;
        let places = find_gazetteer(&cache, None)?;
        let pipeline =
            Pipeline::open(&weights).with_context(|| format!("cannot open {}", weights.display()))?;
        let gazetteer =
            Gazetteer::open(&places).with_context(|| format!("cannot open {}", places.display()))?;
        dateline_parts::ensure(&dateline_parts::ENCODER, &cache, &mut dateline_parts::Silent)?;
        let encoder = cache.part_folder(&dateline_parts::ENCODER);
        Ok(Parts { pipeline, gazetteer, encoder })
    }
}
