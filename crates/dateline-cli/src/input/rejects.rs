//! The list of inputs that could not be read, one JSON object a line.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::Origin;
use crate::failure::Failure;

/// The list, open to be written.
pub struct Rejects {
    path: PathBuf,
    file: BufWriter<File>,
}

#[derive(Serialize)]
struct Reject<'a> {
    path: Option<String>,
    line: Option<u64>,
    /// Where it begins in the file, or in what a packed file unpacks to.
    byte: Option<u64>,
    /// The page that has to be fetched, or that was not to be had.
    url: Option<&'a str>,
    error: &'a str,
    hints: &'a [String],
}

impl Rejects {
    pub fn create(path: &PathBuf) -> Result<Rejects, Failure> {
        let file = File::create(path).map_err(|error| Failure::file(path, &error))?;
        Ok(Rejects { path: path.clone(), file: BufWriter::new(file) })
    }

    pub fn write(&mut self, origin: &Origin, failure: &Failure) -> Result<(), Failure> {
        let reject = Reject {
            path: origin.path.as_ref().map(|path| path.display().to_string()),
            line: origin.line(),
            byte: origin.place.map(|place| place.byte),
            url: failure.url.as_deref().or(origin.url.as_deref()),
            error: &failure.message,
            hints: &failure.hints,
        };
        let written = serde_json::to_writer(&mut self.file, &reject).map_err(io::Error::from);
        written.and_then(|()| self.file.write_all(b"\n")).map_err(|error| Failure::file(&self.path, &error))
    }

    /// Writes down what is held back, for a list that somebody reads while it grows.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.file.flush().map_err(|error| Failure::file(&self.path, &error))
    }

    pub fn end(mut self) -> Result<(), Failure> {
        self.flush()
    }
}
