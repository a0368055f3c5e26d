//! Database: the file that `--db` names, opened to be asked, with its name in front of what is wrong.

use std::path::PathBuf;

use clap::Args;
use dateline_store::{Store, StoreError};

use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Database {
    /// The database
    #[arg(long = "db", value_name = "FILE", env = "DATELINE_DB", default_value = "dateline.db")]
    pub path: PathBuf,
}

impl Database {
    /// The file of corrections beside it: "dateline.rules" beside "dateline.db".
    pub fn rules(&self) -> PathBuf {
        self.path.with_extension("rules")
    }

    pub fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.path).map_err(|error| self.failure(error))
    }

    /// The failure, told of this file; what is wrong with a question is not.
    pub fn failure(&self, error: StoreError) -> Failure {
        let mut failure = if error.is_of_question() {
            Failure::new(error)
        } else {
            Failure::new(error).at(self.path.display())
        };
        // Hints name the file as it was given.
        let name = self.path.display().to_string();
        for hint in &mut failure.hints {
            *hint = hint.replace("FILE", &name);
        }
        failure
    }
}
