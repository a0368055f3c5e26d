//! The weights, opened once.

use std::sync::OnceLock;

use dateline_language::Pipeline;
use dateline_parts::{Cache, find_weights};

/// The pipeline in `DATELINE_WEIGHTS`, or else in the cache that `cargo xtask fetch` fills.
pub fn pipeline() -> &'static Pipeline {
    static PIPELINE: OnceLock<Pipeline> = OnceLock::new();
    PIPELINE.get_or_init(|| {
        let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
        let weights = find_weights(&cache, None).unwrap_or_else(|error| panic!("{error}"));
        Pipeline::open(&weights).unwrap_or_else(|error| panic!("{error}"))
    })
}
