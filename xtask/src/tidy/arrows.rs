//! The arrows point one way: a crate may use the crates to its left, never one to its right.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::map;

/// The crates from left to right. Crates in one column don't know each other.
const COLUMNS: [&[&str]; 12] = [
    &["dateline-document", "dateline-parts"],
    &["dateline-page", "dateline-fetch", "dateline-language", "dateline-codebook", "dateline-gazetteer"],
    &["dateline-judge"],
    &["dateline-coder", "dateline-archive"],
    &["dateline-input"],
    &["dateline-record"],
    &["dateline-store"],
    &["dateline-export"],
    &["dateline"],
    &["dateline-server"],
    &["dateline-cli"],
    &["dateline-python"],
];

/// What the crates that only think may not touch: "`coder` reads no file, no network, no clock".
const FORBIDDEN_IN_CODER: [&str; 6] =
    ["std::fs", "std::net", "std::env", "SystemTime::now", "Zoned::now", "Timestamp::now"];

pub fn faults(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for name in map::crates(root)? {
        let manifest = root.join("crates").join(&name).join("Cargo.toml");
        let text =
            fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
        faults.extend(turned_arrows(&name, &text)?);
    }
    faults.extend(forbidden_words(&root.join("crates/dateline-coder/src"))?);
    Ok(faults)
}

/// Arrows of one manifest that point to the right. Tests may look anywhere to the left and at
/// their own column, so development dependencies count like the others.
fn turned_arrows(name: &str, manifest: &str) -> Result<Vec<String>> {
    let Some(own) = column(name) else {
        return Ok(vec![format!("{name} has no column: give it one in xtask/src/tidy/arrows.rs")]);
    };
    let manifest: toml::Table = manifest.parse().with_context(|| format!("the manifest of {name}"))?;
    let used = ["dependencies", "dev-dependencies", "build-dependencies"]
        .into_iter()
        .filter_map(|table| manifest.get(table)?.as_table())
        .flat_map(|table| table.keys());
    let turned = used.filter(|used| column(used).is_some_and(|column| column >= own));
    Ok(turned.map(|used| format!("{name} uses {used}, which stands no further left")).collect())
}

fn column(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| column.contains(&name))
}

fn forbidden_words(folder: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in super::files::rust_files(folder)? {
        let text = fs::read_to_string(&file)?;
        // Tests may read their own examples.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let used = FORBIDDEN_IN_CODER.into_iter().filter(|word| code.contains(word));
        faults.extend(
            used.map(|word| format!("{} uses {word}: the coder touches nothing outside", file.display())),
        );
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::turned_arrows;

    #[test]
    fn an_arrow_to_the_right_is_a_fault() {
        let manifest =
            "[dependencies]\ndateline-record.workspace = true\ndateline-document.workspace = true\n";
        assert_eq!(
            turned_arrows("dateline-coder", manifest).unwrap(),
            ["dateline-coder uses dateline-record, which stands no further left"]
        );
        assert!(turned_arrows("dateline", manifest).unwrap().is_empty());
    }

    #[test]
    fn a_crate_without_a_column_is_a_fault() {
        assert_eq!(turned_arrows("dateline-new", "").unwrap().len(), 1);
    }
}
