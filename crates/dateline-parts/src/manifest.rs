//! Manifest: the list of a part's files with sizes and hashes, kept in its folder.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The list's own name. It is written last, so a folder without it was never finished.
pub(crate) const FILE: &str = "dateline-manifest.json";
/// More than any list of ours has.
const MAX_BYTES: u64 = 4 << 20;

/// How an installed part stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Whole,
    /// The folder is not there.
    Missing,
    /// The folder is there, but nothing says what should be in it.
    Unlisted,
    Damaged(String),
}

/// What was unpacked, and from which wheel.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Manifest {
    pub wheel_sha256: String,
    /// By path below the folder, with `/` on every system.
    pub files: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Entry {
    pub bytes: u64,
    pub sha256: String,
}

/// Compares the files' sizes with the list.
pub(crate) fn check(folder: &Path, wheel_sha256: &str) -> State {
    judge(folder, wheel_sha256, |_, _| Ok(true))
}

/// Compares the files' sizes and hashes with the list.
pub(crate) fn verify(folder: &Path, wheel_sha256: &str) -> State {
    judge(folder, wheel_sha256, |path, entry| Ok(hash_file(path)? == entry.sha256))
}

fn judge(
    folder: &Path,
    wheel_sha256: &str,
    is_as_listed: impl Fn(&Path, &Entry) -> io::Result<bool>,
) -> State {
    if !folder.is_dir() {
        return State::Missing;
    }
    let listed = folder.join(FILE);
    match fs::metadata(&listed) {
        Err(_) => return State::Unlisted,
        Ok(found) if found.len() > MAX_BYTES => return State::Damaged(format!("{FILE} is too long")),
        Ok(_) => {}
    }
    let manifest = fs::read(&listed).ok().and_then(|text| serde_json::from_slice::<Manifest>(&text).ok());
    let Some(manifest) = manifest else { return State::Damaged(format!("{FILE} cannot be read")) };
    if manifest.wheel_sha256 != wheel_sha256 {
        return State::Damaged("it comes from another wheel than the pinned one".to_owned());
    }
    for (name, entry) in &manifest.files {
        let path = folder.join(name);
        match fs::metadata(&path) {
            Err(_) => return State::Damaged(format!("{name} is missing")),
            Ok(found) if found.len() != entry.bytes => {
                return State::Damaged(format!(
                    "{name} has {} bytes instead of {}",
                    found.len(),
                    entry.bytes
                ));
            }
            Ok(_) => {}
        }
        match is_as_listed(&path, entry) {
            Ok(true) => {}
            Ok(false) => {
                return State::Damaged(format!("{name} is not as it was unpacked (SHA-256 differs)"));
            }
            Err(error) => return State::Damaged(format!("{name} cannot be read: {error}")),
        }
    }
    State::Whole
}

/// SHA-256 of a file, in hex.
pub(crate) fn hash_file(path: &Path) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            count => hash.update(&buffer[..count]),
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
