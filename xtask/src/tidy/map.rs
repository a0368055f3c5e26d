//! The map is true: every path that ARCHITECTURE.md names exists, and every crate is on it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Documents whose paths are checked. Every crate must be on the first.
const MAPS: [&str; 4] = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "STYLE.md"];

pub fn faults(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for map in MAPS {
        let text = fs::read_to_string(root.join(map)).with_context(|| format!("cannot read {map}"))?;
        faults.extend(missing_paths(map, &text, &|path| exists(root, path)));
    }
    let map = fs::read_to_string(root.join(MAPS[0]))?;
    faults.extend(missing_crates(MAPS[0], &map, &crates(root)?));
    Ok(faults)
}

/// The folders of `crates/`, by name.
pub fn crates(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("crates")).context("cannot read crates/")? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn missing_paths(map: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let named = text.split('`').skip(1).step_by(2).filter(|word| looks_like_path(word));
    named
        .filter(|path| !exists(path))
        .map(|path| format!("{map} names {path}, which does not exist"))
        .collect()
}

fn missing_crates(map: &str, text: &str, crates: &[String]) -> Vec<String> {
    let is_named =
        |name: &String| text.contains(&format!("`crates/{name}`")) || text.contains(&format!("`{name}`"));
    crates
        .iter()
        .filter(|name| !is_named(name))
        .map(|name| format!("{map} says nothing of the crate {name}"))
        .collect()
}

/// A single word with a slash in it or a file's ending, and no sign of being code, an address or a
/// place outside the repository.
fn looks_like_path(word: &str) -> bool {
    let is_code =
        word.contains([' ', '\n', '<', '(', '$', ':', '"', '~', '…']) || word.starts_with(['/', '-', '.']);
    let is_path = word.contains('/') || [".md", ".toml"].iter().any(|ending| word.ends_with(ending));
    is_path && !is_code || word.starts_with(".ci/") || word.starts_with(".cargo/")
}

/// Whether the path, which may hold a `*` in its last part, names anything.
fn exists(root: &Path, path: &str) -> bool {
    let Some((folder, (before, after))) =
        path.rsplit_once('/').and_then(|(folder, last)| Some((folder, last.split_once('*')?)))
    else {
        return root.join(path).exists();
    };
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(before) && name.ends_with(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_a_fault() {
        let text = "See `codebook/gone.md`, `cargo xtask test` and `crates/here`.";
        let faults = missing_paths("MAP.md", text, &|path| path == "crates/here");
        assert_eq!(faults, ["MAP.md names codebook/gone.md, which does not exist"]);
    }

    #[test]
    fn a_crate_that_the_map_passes_over_is_a_fault() {
        let crates = ["dateline-page".to_string(), "dateline-new".to_string()];
        let faults = missing_crates("MAP.md", "`crates/dateline-page` reads pages", &crates);
        assert_eq!(faults, ["MAP.md says nothing of the crate dateline-new"]);
    }

    #[test]
    fn code_and_addresses_are_no_paths() {
        let check = |word| assert!(!looks_like_path(word), "{word}");
        [
            "&text[span]",
            "https://example.org/a.md",
            "dateline read FILE",
            "--format",
            "tests/<slug>/page.html",
        ]
        .into_iter()
        .for_each(check);
        assert!(looks_like_path("crates/dateline-page"));
        assert!(looks_like_path(".ci/run"));
    }
}
