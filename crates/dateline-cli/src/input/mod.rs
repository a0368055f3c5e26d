//! Inputs: the stories that the arguments of `read` stand for, one by one and in order.
//!
//! `dateline read a.html stories.jsonl news.warc.gz folder/ -` stands for one page, a story a line,
//! the pages of an archive, the pages of a folder by name, and whatever comes on standard input; an
//! address for the page that is fetched from it. They are found on a thread of their own, which waits when the readers are behind: however many stories there are, only a few are
//! held at a time.

mod address;
mod addresses;
mod batches;
mod find;
mod limits;
mod load;
mod rejections;
mod rejects;
mod said;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use dateline_archive::{Clipping, Format, Options, Place, Rejected};

use crate::failure::Failure;

pub use address::{is_address, page};
pub use batches::{Batches, readers};
pub use limits::Limits;
pub use load::load;
pub use rejections::Rejections;
pub use rejects::Rejects;
pub use said::Said;

use find::find;

/// One story to be read, or an input that cannot be.
#[derive(Debug)]
pub struct Input {
    pub origin: Origin,
    pub content: Result<Content, Failure>,
}

/// Where a story came from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path as it was given or found; `None` for standard input and for what was fetched.
    pub path: Option<Arc<PathBuf>>,
    /// The address as it was given.
    pub url: Option<Arc<str>>,
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
    /// A story from an address, and what is known of it because we fetched it.
    Fetched(Clipping, Arc<Options>),
}

impl Origin {
    fn of(path: &Arc<PathBuf>) -> Origin {
        Origin { path: Some(path.clone()), url: None, place: None }
    }

    fn stdin() -> Origin {
        Origin { path: None, url: None, place: None }
    }

    pub fn of_url(url: &str) -> Origin {
        Origin { path: None, url: Some(url.into()), place: None }
    }

    /// Its line, in a file of one story a line.
    pub fn line(&self) -> Option<u64> {
        self.place.and_then(|place| place.line)
    }

    /// Where a story stands that was cut out of what comes from here; a page is all of it.
    fn of_cut(&self, format: Format, cut: &Result<Clipping, Rejected>) -> Origin {
        if format.is_page() {
            return self.clone();
        }
        let place = match cut {
            Ok(clipping) => clipping.place,
            Err(rejected) => rejected.place,
        };
        Origin { place: Some(place), ..self.clone() }
    }
}

/// "stories.jsonl: line 7", "news.warc.gz: byte 9931", "standard input".
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.path, &self.url) {
            (Some(path), _) => write!(f, "{}", path.display())?,
            (None, Some(url)) => write!(f, "{url}")?,
            (None, None) => write!(f, "standard input")?,
        }
        match self.place {
            Some(place) => write!(f, ": {place}"),
            None => Ok(()),
        }
    }
}

/// A page that is larger than we are willing to hold.
fn too_large(bytes: u64, limits: &dateline_page::Limits) -> Failure {
    Failure::new(dateline_page::PageError::TooLarge { bytes, limit: limits.page_bytes as u64 })
}
