//! Inputs: the stories that the arguments of `read` stand for, one by one and in order.
//!
//! `dateline read a.html stories.jsonl news.warc.gz folder/ -` stands for one page, a story a line,
//! the pages of an archive, the pages of a folder by name, and whatever comes on standard input. They are found on a thread of their
//! own, which waits when the readers are behind: however many stories there are, only a few are
//! held at a time.

mod find;
mod load;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use dateline_archive::{Clipping, Format, Place};
use dateline_page::Limits;

use crate::failure::Failure;

pub use find::find;
pub use load::load;

/// One story to be read, or an input that cannot be.
#[derive(Debug)]
pub struct Input {
    pub origin: Origin,
    pub content: Result<Content, Failure>,
}

/// Where a story came from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path as it was given or found; `None` for standard input.
    pub path: Option<Arc<PathBuf>>,
    /// Where it stands, in a file of many stories.
    pub place: Option<Place>,
}

/// The bytes of a story, or where they are.
#[derive(Debug)]
pub enum Content {
    /// A page in a file of its own; whoever reads it opens it.
    File(Format),
    /// A page from standard input, or a story cut out of a file of many.
    Clipping(Clipping),
}

impl Origin {
    fn of(path: &Arc<PathBuf>) -> Origin {
        Origin { path: Some(path.clone()), place: None }
    }

    fn stdin() -> Origin {
        Origin { path: None, place: None }
    }

    /// Its line, in a file of one story a line.
    pub fn line(&self) -> Option<u64> {
        self.place.and_then(|place| place.line)
    }

    fn at(&self, place: Place) -> Origin {
        Origin { place: Some(place), ..self.clone() }
    }
}

/// "stories.jsonl: line 7", "news.warc.gz: byte 9931", "standard input".
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{}", path.display())?,
            None => write!(f, "standard input")?,
        }
        match self.place {
            Some(place) => write!(f, ": {place}"),
            None => Ok(()),
        }
    }
}

/// A page that is larger than we are willing to hold.
fn too_large(bytes: u64, limits: &Limits) -> Failure {
    Failure::new(dateline_page::PageError::TooLarge { bytes, limit: limits.page_bytes as u64 })
}
