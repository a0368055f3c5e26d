//! Page → Article. Bytes that a newsroom, a crawler or a person saved become an [`Article`]:
//! headline, summary, captions and body in reading order, and what the page says about itself.
//!
//! ```
//! use dateline_page::{Options, read_html};
//!
//! let page = br#"<html><head><title>Ferry runs again - Harbour Post</title>
//!   <meta property="article:published_time" content="2021-03-04T08:00:00+01:00"></head>
//!   <body><nav><a href="/">Home</a></nav><article><h1>Ferry runs again</h1>
//!   <p>OSTRAVIK - The ferry across the bay resumed service on Thursday, the harbour office said.</p>
//!   <p>It had been in dock since a storm in January tore the ramp from the pier.</p>
//!   </article></body></html>"#;
//!
//! let article = read_html(page, &Options::default())?;
//! assert_eq!(article.title.as_deref(), Some("Ferry runs again"));
//! assert_eq!(article.dateline.map(|span| &article.text[span]), Some("OSTRAVIK"));
//! assert_eq!(article.published_at.unwrap().date.to_string(), "2021-03-04");
//! # Ok::<(), dateline_page::PageError>(())
//! ```
//!
//! Three kinds of page are read: web pages ([`read_html`]), plain text ([`read_text`]), which may
//! be a story or what is left when somebody copies a web page as text, and JSON ([`read_story`]).
//! [`Format::sniff`] tells them apart. A [`Story`] is for formats that tell its fields; files that
//! hold many stories are taken apart by `dateline-archive`.
//!
//! A poor page is not an error: it yields less, and a note that says so. Only bytes that cannot be
//! a page at all (empty, binary, over the limit) are refused.
//!
//! [`Article`]: dateline_document::Article

mod format;
mod options;

mod html;
mod json;
mod markup;
mod story;
mod text;

mod metadata;

mod dateline;
mod form;
mod language;
mod names;
mod talk;
mod when;

mod assemble;
mod decode;
mod error;
mod origin;

pub use error::PageError;
pub use format::Format;
pub use html::read_html;
pub use json::read_story;
pub use options::{Limits, Options};
pub use story::{Content, Picture, Story, Words};
pub use text::read_text;
pub use when::moment;
