//! Our example stories in a database that lives as long as the server.

use std::path::{Path, PathBuf};

use dateline::{Reader, Record};
use dateline_server::example_articles;
use dateline_store::{Prepared, StoreError, WriteOptions, Writer};
use jiff::Timestamp;

use crate::failure::Failure;

/// The database, in a folder of its own with the files that stand beside it; dropping it removes them.
pub struct Examples {
    folder: PathBuf,
    pub path: PathBuf,
}

impl Examples {
    /// Reads the stories and adds them.
    pub fn store(reader: &Reader) -> Result<Examples, Failure> {
        let folder = std::env::temp_dir().join(format!("dateline-examples-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| Failure::new(error).at(folder.display()))?;
        let examples = Examples { path: folder.join("dateline.db"), folder };
        let stories: Vec<Prepared> =
            example_articles().map(|article| Prepared::new(Record::from(&reader.read(article)))).collect();
        add(&examples.path, &stories)
            .map_err(|error| Failure::new(error).at(examples.path.display()))
            .map(|()| examples)
    }
}

fn add(path: &Path, stories: &[Prepared]) -> Result<(), StoreError> {
    let mut options = WriteOptions::default();
    options.keep_text = true;
    let mut writer = Writer::open(path, &options, Timestamp::now(), &mut |_| ())?;
    writer.add(stories, Timestamp::now())?;
    writer.close()
}

impl Drop for Examples {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears the place.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
