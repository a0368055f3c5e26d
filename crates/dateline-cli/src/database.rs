//! Database: the file that `--db` names, opened to be asked, with its name in front of what is wrong.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use dateline_store::{Holder, Store, StoreError, WriteOptions, Writer};
use jiff::Timestamp;

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Database {
    /// The database
    #[arg(long = "db", value_name = "FILE", env = "DATELINE_DB", default_value = "dateline.db")]
    pub path: PathBuf,
}

/// How a database is written.
#[derive(Debug, Args)]
pub struct Writing {
    /// Keep the whole text of every version, not only the sentences that facts rest on
    #[arg(long)]
    pub keep_text: bool,

    /// Wait so many seconds for another dateline that is adding
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

impl Database {
    /// The file of corrections beside it: "dateline.rules" beside "dateline.db".
    pub fn rules(&self) -> PathBuf {
        self.path.with_extension("rules")
    }

    pub fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.path).map_err(|error| self.failure(error))
    }

    /// Opens the database to be written, and makes it if it is not there; `max_pages` is how large it may grow.
    pub fn write(&self, writing: &Writing, max_pages: Option<u32>) -> Result<Writer, Failure> {
        let mut options = WriteOptions::default();
        options.keep_text = writing.keep_text;
        options.rules = Some(self.rules());
        options.wait = Duration::from_secs(writing.wait);
        options.max_pages = max_pages;
        let mut waiting = |holder: &Holder| {
            eprintln!("waiting for another dateline that is adding: {holder}");
        };
        Writer::open(&self.path, &options, Timestamp::now(), &mut waiting)
            .map_err(|error| self.failure(error))
    }

    pub fn failure(&self, error: StoreError) -> Failure {
        of_store(error, &self.path)
    }
}

/// The failure, told of this file; what is wrong with a question is not.
pub fn of_store(error: StoreError, path: &Path) -> Failure {
    let is_of_question = error.is_of_question();
    let mut failure = Failure::new(error);
    // Hints name the file as it was given.
    let name = path.display().to_string();
    for hint in &mut failure.hints {
        *hint = hint.replace("FILE", &name);
    }
    if is_of_question { failure } else { failure.at(name) }
}
