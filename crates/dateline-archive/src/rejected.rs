//! What could not be read, and where it stands.

use std::fmt;
use std::io;

use dateline_page::PageError;

/// A story, or the rest of a file, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {error}")]
pub struct Rejected {
    pub place: Place,
    pub error: ArchiveError,
}

/// Where something stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it: of the file, or of what the file unpacks to.
    pub byte: u64,
    /// Whether the bytes are those of the unpacked file. A record that was packed by itself, as
    /// those of WARC files are, is found in the file as it is.
    pub is_unpacked: bool,
    /// Its line, counted from 1, in a file of one story a line.
    pub line: Option<u64>,
}

/// "line 7", "byte 9931", "byte 9931 unpacked".
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}"),
            None if self.is_unpacked => write!(f, "byte {} unpacked", self.byte),
            None => write!(f, "byte {}", self.byte),
        }
    }
}

/// Why. Each message says what happened and what to try.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    #[error(transparent)]
    Page(#[from] PageError),

    #[error(
        "the file breaks off within {within}\nhint: everything before it was read; fetch the file again for the rest"
    )]
    Truncated { within: &'static str },

    #[error("{what}\nhint: {hint}")]
    Damaged { what: String, hint: &'static str },

    #[error(
        "the record has {bytes} bytes, more than the limit of {limit}\nhint: raise the limit if this really is one story"
    )]
    RecordTooLarge { bytes: u64, limit: u64 },

    #[error("the file has more than {limit} records\nhint: raise the limit if they are all wanted")]
    TooManyRecords { limit: u64 },

    #[error("the file unpacks to more than {limit} bytes\nhint: raise the limit if it really holds stories")]
    UnpacksToMore { limit: u64 },

    #[error(
        "the file gets more than {limit} times larger by being unpacked\nhint: it may have been made to do harm; raise the limit if it really holds stories"
    )]
    Swells { limit: u64 },

    #[error(
        "elements are nested more than {limit} levels deep\nhint: no wire does so; raise the limit if yours does"
    )]
    TooDeep { limit: usize },

    #[error("a sitemap gives only the address of this page: {url}\nhint: fetch the page and read it")]
    OnlyAddress { url: String },

    #[error("there is {nothing} in the file\nhint: {hint}")]
    NothingInside { nothing: &'static str, hint: &'static str },

    #[error("the file could not be read: {reason}")]
    Unreadable { reason: String },
}

impl From<io::Error> for ArchiveError {
    /// Limits and damage found while unpacking travel as errors of reading.
    fn from(error: io::Error) -> ArchiveError {
        match error.kind() {
            _ if error.get_ref().is_some_and(|inner| inner.is::<ArchiveError>()) => {
                match error.into_inner().map(|inner| inner.downcast::<ArchiveError>()) {
                    Some(Ok(inner)) => *inner,
                    _ => unreachable!("the line above has looked"),
                }
            }
            io::ErrorKind::UnexpectedEof => ArchiveError::Truncated { within: "a packed part" },
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => ArchiveError::Damaged {
                what: format!("the file cannot be unpacked further: {error}"),
                hint: "everything before it was read; fetch the file again for the rest",
            },
            _ => ArchiveError::Unreadable { reason: error.to_string() },
        }
    }
}

impl From<ArchiveError> for io::Error {
    fn from(error: ArchiveError) -> io::Error {
        io::Error::other(error)
    }
}
