//! Plain text → Article.
//!
//! Two things come as plain text: a story as somebody wrote it, and a web page as somebody copied
//! it, with its menus, counters, share buttons and captions. [`capture`] tells line from line; a
//! story without any of that passes through it whole.

mod boxes;
mod capture;
mod digest;
mod lines;
mod paragraphs;
mod pictures;
mod quotes;
mod resumed;
mod standfirst;
mod stretch;
mod teasers;

use dateline_document::Article;

use crate::{Options, PageError, decode};

pub(crate) use paragraphs::{Paragraph, paragraphs};

/// Reads plain text: a story, or a web page copied as text.
///
/// # Errors
///
/// When the bytes are empty, binary, or more than the limit.
pub fn read_text(bytes: &[u8], options: &Options) -> Result<Article, PageError> {
    let decoded = decode::decode(bytes, options.charset.as_deref(), &options.limits)?;
    let mut article = capture::read(&decoded.text, decoded.map().as_ref(), options);
    article.notes.splice(0..0, decoded.notes);
    Ok(article)
}
