//! From an input to its article.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use dateline_archive::{Format, Options};
use dateline_document::Article;
use dateline_page::{Limits, PageError, read_html, read_text};

use crate::{Content, Failure, Input, Origin, too_large};

/// Reads the page. The failure says where it stands.
pub fn load(input: Input, options: &Options) -> Result<Article, Failure> {
    let Input { origin, content } = input;
    let mut article = match content? {
        Content::File(format) => {
            let path = origin.path.as_deref().expect("only standard input has no path");
            let bytes = page_bytes(path, &origin, &options.page)?;
            page(&bytes, format, &options.page).map_err(|error| Failure::new(error).at(&origin))
        }
        Content::Fetched(clipping, options) => {
            clipping.read(&options).map_err(|rejected| Failure::of(&rejected.error).at(&origin))
        }
        Content::Clipping(clipping) => {
            clipping.read(options).map_err(|rejected| Failure::of(&rejected.error).at(&origin))
        }
    }?;
    article.path = origin.path.map(|path| path.display().to_string());
    Ok(article)
}

fn page_bytes(path: &Path, origin: &Origin, options: &dateline_page::Options) -> Result<Vec<u8>, Failure> {
    let limits = &options.limits;
    let file = File::open(path).map_err(|error| Failure::file(path, &error))?;
    // The length is asked first so that a huge file is refused without being read.
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    if length > limits.page_bytes as u64 {
        return Err(too_large(length, limits).at(origin));
    }
    at_most(file, limits).map_err(|failure| failure.at(origin))
}

fn page(bytes: &[u8], format: Format, options: &dateline_page::Options) -> Result<Article, PageError> {
    match format {
        Format::Html => read_html(bytes, options),
        _ => read_text(bytes, options),
    }
}

/// All of `source`, refused when it is more than a page may be.
fn at_most(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source.take(limits.page_bytes as u64 + 1).read_to_end(&mut bytes).map_err(Failure::new)?;
    if bytes.len() > limits.page_bytes {
        return Err(too_large(bytes.len() as u64, limits));
    }
    Ok(bytes)
}
