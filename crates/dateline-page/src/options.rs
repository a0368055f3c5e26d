//! What the caller knows of a page, and how much of it we are willing to read.

use dateline_document::{PublishedAt, Reservation};
use jiff::civil::Date;

/// What the caller knows that the page may not say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// When the story was published. Said by the caller, it wins over anything the page says.
    pub published_at: Option<PublishedAt>,
    /// Where the page was found. Its path may hold the only date.
    pub url: Option<String>,
    /// The day on which the page was fetched: a story cannot have been published later.
    pub fetched_on: Option<Date>,
    /// What was said beside the page of text and data mining: by headers, by the server's files. The
    /// page itself may say more, or that nothing is reserved.
    pub reservation: Option<Reservation>,
    /// The character set that was sent beside the page: "windows-1251". A byte order mark, and
    /// bytes that are plainly UTF-8, say more.
    pub charset: Option<String>,
    pub limits: Limits,
}

/// How much is read of one page. Whatever is larger is refused, or cut and noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one page or of one line of JSON Lines. 50,000,000 unless told otherwise.
    pub page_bytes: usize,
    /// Levels of nested elements; deeper ones are flattened. 512, as browsers have it.
    pub depth: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { page_bytes: 50_000_000, depth: 512 }
    }
}
