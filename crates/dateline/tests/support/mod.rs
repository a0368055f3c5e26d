//! What the tests of the front door share: a reader with what `cargo xtask fetch` got.

use dateline::{Codebook, Gazetteer, Judge, Pipeline, Reader};
use dateline_parts::{Cache, find_gazetteer, find_weights};

/// The weights and places in the cache, or where `DATELINE_WEIGHTS` and `DATELINE_GAZETTEER` say.
pub fn reader(codebook: Codebook, judge: Option<Judge>) -> Reader {
    let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
    let weights = find_weights(&cache, None).unwrap_or_else(|error| panic!("{error}"));
    let places = find_gazetteer(&cache, None).unwrap_or_else(|error| panic!("{error}"));
    Reader {
        pipeline: Pipeline::open(&weights).unwrap_or_else(|error| panic!("{error}")),
        codebook,
        gazetteer: Gazetteer::open(&places).unwrap_or_else(|error| panic!("{error}")),
        judge,
    }
}
