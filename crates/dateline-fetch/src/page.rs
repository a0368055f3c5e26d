//! What is asked for, and what comes back.

use dateline_document::Reservation;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A question: an address, and what is known of it already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub url: String,
    /// From the last time the page came: it is sent again only if it has changed.
    pub validators: Option<Validators>,
    /// Whether the publisher's file of reservations is asked for too.
    pub asks_reservation: bool,
}

impl Request {
    /// A page to be read.
    pub fn page(url: impl Into<String>) -> Request {
        Request { url: url.into(), validators: None, asks_reservation: true }
    }

    /// A feed: a list of pages, wanted only if it has changed.
    pub fn feed(url: impl Into<String>, validators: Option<Validators>) -> Request {
        Request { url: url.into(), validators, asks_reservation: false }
    }
}

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    Page(Box<Page>),
    /// The page is as it was when the validators were given.
    Unchanged,
}

/// A page as the server sent it, unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page {
    /// Where it was in the end, after all redirects.
    pub url: String,
    pub bytes: Vec<u8>,
    /// "text/html".
    pub content_type: Option<String>,
    /// As the `Content-Type` header names it; it may be wrong.
    pub charset: Option<String>,
    pub validators: Option<Validators>,
    pub reservation: Option<Reservation>,
    pub fetched_at: Timestamp,
}

/// What a server gave us to ask "has it changed?" with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The address that gave them.
    pub url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}
