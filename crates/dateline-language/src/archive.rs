//! Archive: a pipeline's files, whether they lie in a directory, a wheel or a zip.
//!
//! Whatever is given, the pipeline is the place where `config.cfg` lies; files are named by their
//! path below it, "parser/model". Nothing is written and nothing is unpacked to disk.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use zip::ZipArchive;

use crate::OpenError;

/// No file of a pipeline may be larger, but for the vectors; English ones have 10 MB.
const MAX_FILE_BYTES: u64 = 256 << 20;

/// The vectors of the large English pipeline have 600 MB.
const MAX_VECTORS_BYTES: u64 = 1 << 30;

/// How deep below the given directory `config.cfg` may lie: wheel, package, versioned directory.
const MAX_DEPTH: usize = 4;

pub(crate) enum Archive {
    Directory(PathBuf),
    /// Entries below `root`, which is "" or ends in a slash.
    Zip {
        zip: Box<Mutex<ZipArchive<File>>>,
        root: String,
    },
}

impl Archive {
    pub(crate) fn open(path: &Path) -> Result<Archive, OpenError> {
        let shown = path.display().to_string();
        if path.is_dir() {
            let mut found = Vec::new();
            find_configs(path, MAX_DEPTH, &mut found);
            found.sort();
            return match found.len() {
                1 => Ok(Archive::Directory(found.remove(0))),
                0 => Err(no_config(&shown)),
                count => Err(several(&shown, count)),
            };
        }
        let unreadable = |what: String| {
            OpenError::new("pipeline", &shown, what, "give a pipeline's directory, its .whl or a .zip of it")
        };
        let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
        let zip = ZipArchive::new(file).map_err(|error| unreadable(error.to_string()))?;
        let mut roots: Vec<String> = zip
            .file_names()
            .flatten()
            .filter_map(|name| name.strip_suffix("config.cfg").map(str::to_owned))
            .filter(|root| root.is_empty() || root.ends_with('/'))
            .filter(|root| {
                root.matches('/').count() <= MAX_DEPTH && !root.split('/').any(|part| part == "..")
            })
            .collect();
        roots.sort();
        let root = match roots.len() {
            1 => roots.remove(0),
            0 => return Err(no_config(&shown)),
            count => return Err(several(&shown, count)),
        };
        Ok(Archive::Zip { zip: Box::new(Mutex::new(zip)), root })
    }

    /// The bytes of one file of `component`.
    pub(crate) fn read(&self, component: &str, file: &str) -> Result<Vec<u8>, OpenError> {
        self.read_if_there(component, file)?.ok_or_else(|| {
            OpenError::new(
                component,
                file,
                "there is no such file",
                "the pipeline is incomplete; get it again",
            )
        })
    }

    pub(crate) fn read_if_there(&self, component: &str, file: &str) -> Result<Option<Vec<u8>>, OpenError> {
        let fail = |what: String| {
            OpenError::new(component, file, what, "check that the file can be read, or get the weights again")
        };
        let limit = if component == "vectors" { MAX_VECTORS_BYTES } else { MAX_FILE_BYTES };
        let too_large = |bytes: u64| fail(format!("{bytes} bytes are more than a pipeline's file can have"));
        match self {
            Archive::Directory(root) => {
                let path = root.join(file);
                if !path.exists() {
                    return Ok(None);
                }
                let opened = File::open(&path).map_err(|error| fail(error.to_string()))?;
                let size = opened.metadata().map_or(0, |metadata| metadata.len());
                if size > limit {
                    return Err(too_large(size));
                }
                let mut bytes = Vec::with_capacity(size as usize);
                opened.take(limit).read_to_end(&mut bytes).map_err(|error| fail(error.to_string()))?;
                Ok(Some(bytes))
            }
            Archive::Zip { zip, root } => {
                let mut zip = zip.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                let entry = match zip.by_name(&format!("{root}{file}")) {
                    Ok(entry) => entry,
                    Err(zip::result::ZipError::FileNotFound) => return Ok(None),
                    Err(error) => return Err(fail(error.to_string())),
                };
                if entry.size() > limit {
                    return Err(too_large(entry.size()));
                }
                // The size is only what the directory claims: grow as the bytes come.
                let mut bytes = Vec::with_capacity((entry.size() as usize).min(64 << 20));
                entry.take(limit).read_to_end(&mut bytes).map_err(|error| fail(error.to_string()))?;
                Ok(Some(bytes))
            }
        }
    }
}

fn find_configs(directory: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    if directory.join("config.cfg").is_file() {
        found.push(directory.to_owned());
        return;
    }
    if depth == 0 {
        return;
    }
    let Ok(entries) = std::fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            find_configs(&path, depth - 1, found);
        }
    }
}

fn no_config(shown: &str) -> OpenError {
    OpenError::new(
        "pipeline",
        shown,
        "holds no config.cfg",
        "give a spaCy v3 pipeline: its directory, its .whl or a .zip of it",
    )
}

fn several(shown: &str, count: usize) -> OpenError {
    OpenError::new(
        "pipeline",
        shown,
        format!("{count} pipelines lie in it"),
        "name the directory of one of them, the one that holds config.cfg",
    )
}
