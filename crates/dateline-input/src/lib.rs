//! Inputs: the stories that a caller's words stand for, one by one and in order.
//!
//! `a.html`, `stories.jsonl`, `news.warc.gz`, `folder/`, `-` and `https://…` stand for one page, a story a
//! line, the pages of an archive, the pages of a folder by name, whatever comes on standard input, and the
//! page that is fetched from an address. Everybody who reads stories names them so: the command, and the
//! Python package.
//!
//! ```
//! use std::ops::ControlFlow;
//! use dateline_input::{Options, find, load};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("stories.jsonl"), "{\"text\": \"Rain fell on Lima.\"}\n")?;
//! let options = Options::default();
//! let mut texts = Vec::new();
//! let _ = find(&[folder.path().into()], None, &options, &mut |input| {
//!     texts.push(load(input, &options).map(|article| article.text.to_string()));
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(texts, [Ok("Rain fell on Lima.".to_string())]);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! They are found on a thread of their own ([`Batches`]), which waits when the readers are behind: however
//! many stories there are, only a few are held at a time.

mod find;
mod load;

mod address;
mod batches;
mod published_at;

mod failure;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use dateline_archive::{Clipping, Format, Place, Rejected};

pub use dateline_archive::Options;

pub use address::{is_address, known_of, of_network, page};
pub use batches::{Batches, STACK_BYTES, readers};
pub use failure::Failure;
pub use find::find;
pub use load::load;
pub use published_at::published_at;

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

    /// Of what has no name: standard input, or content that was handed over.
    pub fn unnamed() -> Origin {
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
    pub fn of_cut(&self, format: Format, cut: &Result<Clipping, Rejected>) -> Origin {
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
