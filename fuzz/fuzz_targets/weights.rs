//! A language pipeline of which one file, told by the first byte, is what the other bytes say.

#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline_language::Pipeline;
use libfuzzer_sys::fuzz_target;

#[path = "../../crates/dateline-language/tests/support/mod.rs"]
mod support;

/// Files larger than this, tables of vectors, are never replaced: they hold numbers only.
const LARGEST: u64 = 8 << 20;

/// A folder with links to the files of the pipeline as it was published.
struct Linked {
    folder: PathBuf,
    /// Below the folder, each with the file that it is a link to.
    small: Vec<(PathBuf, PathBuf)>,
}

static LINKED: LazyLock<Linked> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("dateline-fuzz-weights-{}", std::process::id()));
    let mut small = Vec::new();
    link(&support::weights(), &folder, &mut small);
    small.sort();
    assert!(!small.is_empty(), "the weights are missing: cargo xtask fetch");
    Linked { folder, small }
});

fn link(from: &Path, to: &Path, small: &mut Vec<(PathBuf, PathBuf)>) {
    fs::create_dir_all(to).expect("the temporary folder can be written");
    for entry in fs::read_dir(from).expect("the weights are readable").map(|entry| entry.expect("an entry")) {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            link(&source, &target, small);
            continue;
        }
        let _ = fs::remove_file(&target);
        std::os::unix::fs::symlink(&source, &target).expect("a link can be made");
        if entry.metadata().is_ok_and(|file| file.len() <= LARGEST) {
            small.push((target, source));
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let (file, source) = &LINKED.small[usize::from(first) % LINKED.small.len()];
    fs::remove_file(file).expect("what stood there was ours");
    fs::write(file, rest).expect("the temporary folder can be written");
    if let Ok(pipeline) = Pipeline::open(&LINKED.folder) {
        let _ = pipeline.read("Police arrested three men in Lima on Monday, she said.");
    }
    fs::remove_file(file).expect("the file was written above");
    std::os::unix::fs::symlink(source, file).expect("a link can be made");
});
