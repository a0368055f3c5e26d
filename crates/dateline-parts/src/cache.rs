//! Cache: where parts are kept, and which weights and gazetteer are meant.

use std::env;
use std::path::{Path, PathBuf};

use crate::manifest::{self, State};
use crate::part::{Part, WEIGHTS_MD};
use crate::{PartError, installed};

/// The compiled gazetteer, below the cache. The number is the file's format.
const GAZETTEER: &str = "gazetteer/places-2.bin";

/// The folder that parts are kept in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
    wheels: Option<PathBuf>,
    packages: Vec<PathBuf>,
}

impl Cache {
    /// `$XDG_CACHE_HOME/dateline`, or else `~/.cache/dateline`; wheels from `$DATELINE_WHEELS`, and what is
    /// installed in the folders of `$DATELINE_PACKAGES`.
    ///
    /// # Errors
    ///
    /// [`PartError::NoCache`] where neither is known.
    pub fn from_environment() -> Result<Cache, PartError> {
        let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
        let home =
            || env::home_dir().filter(|home| !home.as_os_str().is_empty()).map(|home| home.join(".cache"));
        let folder = xdg.or_else(home).ok_or(PartError::NoCache)?.join("dateline");
        let wheels = env::var_os("DATELINE_WHEELS").map(PathBuf::from);
        let packages = env::var_os("DATELINE_PACKAGES").unwrap_or_default();
        let packages = env::split_paths(&packages).filter(|path| path.is_absolute()).collect();
        Ok(Cache { folder, wheels, packages })
    }

    /// A cache at `folder`, with wheels from `wheels` before the index is asked.
    pub fn at(folder: &Path, wheels: Option<&Path>) -> Cache {
        Cache { folder: folder.to_owned(), wheels: wheels.map(Path::to_owned), packages: Vec::new() }
    }

    /// The same cache; parts that are installed among the packages of one of `folders` are found there.
    #[must_use]
    pub fn with_packages(self, folders: Vec<PathBuf>) -> Cache {
        Cache { packages: folders, ..self }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of wheels that packages are taken from, if there is one.
    pub fn wheels(&self) -> Option<&Path> {
        self.wheels.as_deref()
    }

    /// Where the part's files are, or would be.
    pub fn part_folder(&self, part: &Part) -> PathBuf {
        self.installed(part).unwrap_or_else(|| self.folder.join(part.folder))
    }

    /// Where the part's files are, if it is installed as a package.
    pub fn installed(&self, part: &Part) -> Option<PathBuf> {
        installed::find(part, &self.packages)
    }

    /// Where weights of this name are, or would be: "en_core_web_md-3.8.0".
    pub fn weights_folder(&self, name: &str) -> PathBuf {
        self.folder.join("weights").join(name)
    }

    /// Where the compiled gazetteer is, or would be.
    pub fn gazetteer_file(&self) -> PathBuf {
        self.folder.join(GAZETTEER)
    }

    /// How the part stands, judged by its files' sizes: fast enough for every start.
    pub fn state(&self, part: &Part) -> State {
        match self.installed(part) {
            Some(_) => State::Whole,
            None => manifest::check(&self.folder.join(part.folder), part.sha256),
        }
    }

    /// How the part stands, judged by its files' hashes. Those of an installed package its installer has seen to.
    pub fn verify(&self, part: &Part) -> State {
        match self.installed(part) {
            Some(_) => State::Whole,
            None => manifest::verify(&self.folder.join(part.folder), part.sha256),
        }
    }
}

/// The weights to read with: `asked`, or else `$DATELINE_WEIGHTS`, or else what the cache has.
///
/// # Errors
///
/// They are not there, or those of the cache are not whole. The message names the command that mends it.
pub fn find_weights(cache: &Cache, asked: Option<&Path>) -> Result<PathBuf, PartError> {
    if let Some(path) = named(asked, "DATELINE_WEIGHTS") {
        return existing("weights", path);
    }
    let folder = cache.part_folder(&WEIGHTS_MD);
    match cache.state(&WEIGHTS_MD) {
        State::Whole => Ok(folder),
        // Laid there by hand, without a list of files: the pipeline itself will complain if need be.
        State::Unlisted if folder.join("config.cfg").is_file() => Ok(folder),
        State::Missing | State::Unlisted => Err(PartError::Missing { what: "weights", path: folder }),
        State::Damaged(problem) => Err(PartError::Damaged { path: folder, problem }),
    }
}

/// The gazetteer to read with: `asked`, or else `$DATELINE_GAZETTEER`, or else the cache's.
///
/// # Errors
///
/// It is not there. Whether it is whole, its own header says when it is opened.
pub fn find_gazetteer(cache: &Cache, asked: Option<&Path>) -> Result<PathBuf, PartError> {
    existing("places", named(asked, "DATELINE_GAZETTEER").unwrap_or_else(|| cache.gazetteer_file()))
}

pub(crate) fn named(asked: Option<&Path>, variable: &str) -> Option<PathBuf> {
    let of_environment = || env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    asked.map(Path::to_owned).or_else(of_environment)
}

fn existing(what: &'static str, path: PathBuf) -> Result<PathBuf, PartError> {
    if path.exists() { Ok(path) } else { Err(PartError::Missing { what, path }) }
}
