//! Archives, feeds and wires: files that hold many stories, taken apart into one after another.
//!
//! ```
//! use dateline_archive::{Options, open};
//!
//! let feed = br#"<rss version="2.0"><channel><title>Harbour Post</title>
//!   <item><title>Ferry runs again</title><pubDate>Thu, 04 Mar 2021 08:00:00 +0100</pubDate>
//!     <description>&lt;p&gt;The ferry across the bay sailed.&lt;/p&gt;</description></item>
//!   </channel></rss>"#;
//!
//! for story in open(&feed[..], Options::default()).stories() {
//!     let article = story?;
//!     assert_eq!(article.title.as_deref(), Some("Ferry runs again"));
//!     assert_eq!(article.publisher.as_deref(), Some("Harbour Post"));
//! }
//! # Ok::<(), dateline_archive::Rejected>(())
//! ```
//!
//! [`Format::sniff`] tells what a file is by looking at it; a file packed with gzip is unpacked
//! first. What comes out is a [`Clipping`] at a time: a story cut out, its bytes not yet read, so
//! that whoever has many cores can read many. A story that cannot be read is [`Rejected`] with the
//! place where it stands, and the next one follows. Memory holds one story at a time, whatever the
//! file holds; [`Limits`] says how large it may be.

mod format;
mod limits;
mod rejected;

mod clipping;
mod stream;

mod warc;

mod feed;
pub mod sitemap;
mod wire;

mod json;
mod lines;
mod xml;

pub use clipping::{Clipping, Clippings, open};
pub use format::Format;
pub use limits::{Limits, Options};
pub use rejected::{ArchiveError, Place, Rejected};
