// Where the weights are that the tests and the examples in the documentation read with.

use std::path::PathBuf;
use std::sync::LazyLock;

/// The directory of the medium English pipeline: that of `DATELINE_WEIGHTS`, or in the user's cache.
pub fn weights() -> PathBuf {
    if let Some(path) = std::env::var_os("DATELINE_WEIGHTS") {
        return path.into();
    }
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache")));
    cache.expect("there is a home directory").join("dateline/weights/en_core_web_md-3.8.0")
}

/// The pipeline, opened once.
#[allow(dead_code)]
pub fn pipeline() -> &'static dateline_language::Pipeline {
    static PIPELINE: LazyLock<dateline_language::Pipeline> = LazyLock::new(|| {
        dateline_language::Pipeline::open(weights()).unwrap_or_else(|error| panic!("{error}"))
    });
    &PIPELINE
}
