//! From an input to its article.

use std::fs::File;
use std::path::Path;

use dateline_document::Article;
use dateline_page::{Format, Options, PageError, read_html, read_text};

use super::find::at_most;
use super::{Content, Input, Origin, too_large};
use crate::failure::Failure;

/// Reads the page. The failure says where it stands.
pub fn load(input: Input, options: &Options) -> Result<Article, Failure> {
    let Input { origin, content } = input;
    let mut article = match content? {
        Content::File => {
            let path = origin.path.as_deref().expect("only standard input has no path");
            let bytes = page_bytes(path, &origin, options)?;
            page(&bytes, Format::sniff(&bytes, Some(path)), options)
        }
        Content::Page(format, bytes) => page(&bytes, format, options),
        Content::Story(article) => Ok(*article),
    }
    .map_err(|error| Failure::new(error).at(&origin))?;
    article.path = origin.path.map(|path| path.display().to_string());
    Ok(article)
}

fn page_bytes(path: &Path, origin: &Origin, options: &Options) -> Result<Vec<u8>, Failure> {
    let limits = &options.limits;
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    // The length is asked first so that a huge file is refused without being read.
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    if length > limits.page_bytes as u64 {
        return Err(too_large(length, limits).at(origin));
    }
    at_most(file, limits).map_err(|failure| failure.at(origin))
}

fn page(bytes: &[u8], format: Format, options: &Options) -> Result<Article, PageError> {
    match format {
        Format::Html => read_html(bytes, options),
        Format::Text | Format::JsonLines => read_text(bytes, options),
    }
}
