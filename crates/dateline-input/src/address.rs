//! From an address to the stories behind it.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_archive::{Clippings, Options, open};
use dateline_document::Article;
use dateline_fetch::{FetchError, Fetched, Fetcher, Page, Request};
use jiff::tz::Offset;

use crate::find::Flow;
use crate::{Content, Failure, Input, Origin};

/// Whether an argument is an address rather than a path.
pub fn is_address(argument: &Path) -> bool {
    let starts_with = |opening: &str| {
        let start = argument.to_str().and_then(|text| text.get(..opening.len()));
        start.is_some_and(|start| start.eq_ignore_ascii_case(opening))
    };
    starts_with("http://") || starts_with("https://")
}

/// Fetches what stands behind `addresses` and hands over its stories, in order.
pub(crate) fn fetch(
    addresses: &[PathBuf],
    fetcher: &Fetcher,
    options: &Options,
    each: &mut dyn FnMut(Input) -> Flow,
) -> Flow {
    let requests = addresses.iter().map(|address| Request::page(address.to_string_lossy()));
    fetcher.get_each(requests, |request, answer| {
        let origin = Origin::of_url(&request.url);
        match answer {
            Ok(Fetched::Page(page)) => stories(&origin, *page, options, each),
            // Nothing was known of it that it could be compared with.
            Ok(Fetched::Unchanged) => ControlFlow::Continue(()),
            Err(error) => {
                let failure = of_network(error).at(&origin);
                each(Input { origin, content: Err(failure) })
            }
        }
    })
}

/// The stories of what was fetched: one that is a page, or many, as in a file.
fn stories(origin: &Origin, page: Page, options: &Options, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    let (clippings, options) = opened(page, options);
    let format = clippings.format();
    for cut in clippings {
        let origin = origin.of_cut(format, &cut);
        let content = match cut {
            Ok(clipping) => Ok(Content::Fetched(clipping, options.clone())),
            Err(rejected) => Err(Failure::of(&rejected.error).at(&origin)),
        };
        each(Input { content, origin })?;
    }
    ControlFlow::Continue(())
}

/// The first story of what was fetched.
pub fn page(page: Page, options: &Options) -> Result<Article, Failure> {
    let (mut clippings, options) = opened(page, options);
    let empty = || Failure::new("there is no story in it");
    let clipping = clippings.next().ok_or_else(empty)?.map_err(|rejected| Failure::of(&rejected.error))?;
    clipping.read(&options).map_err(|rejected| Failure::of(&rejected.error))
}

/// Takes apart what was fetched, and says what is known of each story in it.
fn opened(page: Page, options: &Options) -> (Clippings<'static>, Arc<Options>) {
    let known = known_of(&page, &options.page);
    let path = page.url.split(['?', '#']).next().unwrap_or_default();
    let mut options = Options { name: Some(PathBuf::from(path)), page: known, ..options.clone() };
    let clippings = open(Cursor::new(page.bytes), options.clone());
    if !clippings.format().is_page() {
        // The address is the file's and no story's.
        options.page.url = None;
    }
    (clippings, Arc::new(options))
}

/// A failure to fetch: it decides on the exit status.
pub fn of_network(error: FetchError) -> Failure {
    Failure { is_of_network: true, ..Failure::new(error) }
}

/// What is known of a page because we fetched it ourselves.
pub fn known_of(page: &Page, options: &dateline_page::Options) -> dateline_page::Options {
    // A story cannot be younger than the fetch; where its publisher lives it may be tomorrow already.
    let furthest_east = Offset::constant(14).to_datetime(page.fetched_at);
    dateline_page::Options {
        url: Some(page.url.clone()),
        fetched_on: Some(furthest_east.date()),
        charset: page.charset.clone(),
        reservation: page.reservation.clone(),
        ..options.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_paths() {
        for address in ["https://example.org/a", "HTTP://example.org"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for path in ["https", "http:/a", "a.html", "-", "ftp://example.org", "é"] {
            assert!(!is_address(Path::new(path)), "{path}");
        }
    }
}
