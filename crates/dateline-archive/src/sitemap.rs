//! Sitemaps: addresses of pages, or of further sitemaps. A news sitemap tells the headline, the
//! publisher and the time of publication of each page, too: that is a story of which only the
//! headline is known, and it is read as one. Any other address is listed as rejected, by itself:
//! there is a page to fetch, and no story to read.
//!
//! ```
//! use dateline_archive::sitemap;
//!
//! let map = br#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
//!   <url><loc>https://post.example/ferry</loc><lastmod>2021-03-04</lastmod></url></urlset>"#;
//! let addresses: Vec<_> = sitemap::addresses(&map[..], Default::default()).collect::<Result<_, _>>()?;
//! assert_eq!(addresses[0].url, "https://post.example/ferry");
//! # Ok::<(), dateline_archive::Rejected>(())
//! ```

mod walk;

use std::io::{BufRead, Read};

use dateline_page::{Story, Words};

use crate::clipping::{Clipping, Cut};
use crate::stream::Stream;
use crate::xml::{Element, Elements, Node};
use crate::{ArchiveError, Limits, Place, Rejected};

pub use walk::Walk;

/// What a sitemap says of one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub place: Place,
    pub url: String,
    /// Whether a sitemap stands there, not a page.
    pub is_sitemap: bool,
    /// As printed.
    pub modified: Option<String>,
    pub news: Option<News>,
}

/// What a news sitemap says of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    /// As printed.
    pub published: Option<String>,
}

/// Bytes of one entry. The protocol's addresses are shorter than 2,048.
const ENTRY: usize = 1 << 20;

/// The addresses of a sitemap, a sitemap index or a text file with an address a line.
pub fn addresses<'a>(
    reader: impl Read + 'a,
    limits: Limits,
) -> impl Iterator<Item = Result<Address, Rejected>> + 'a {
    read(Stream::new(reader, limits), limits)
}

fn read(mut stream: Stream<'_>, limits: Limits) -> Box<dyn Iterator<Item = Result<Address, Rejected>> + '_> {
    let is_xml = stream.peek(1024).is_ok_and(|head| head.contains(&b'<'));
    if is_xml {
        let elements = Elements::new(stream, &["url", "sitemap"], ENTRY);
        return Box::new(elements.map(move |element| address(element?, limits.depth)));
    }
    Box::new(Lines { stream, has_ended: false })
}

fn address(element: Element, depth: usize) -> Result<Address, Rejected> {
    let Element { place, text } = element;
    let rejected = |error| Rejected { place, error };
    let node = Node::parse(&text, depth).map_err(rejected)?;
    let url = node.at("loc").and_then(Node::text).ok_or_else(|| {
        rejected(ArchiveError::Damaged {
            what: "the entry has no address".to_owned(),
            hint: "the entries before and after it are read",
        })
    })?;
    let text = |path: &str| node.at(path).and_then(Node::text);
    let news = node.at("news").map(|_| News {
        title: text("news/title"),
        publisher: text("news/publication/name"),
        language: text("news/publication/language"),
        published: text("news/publication_date"),
    });
    Ok(Address { place, url, is_sitemap: node.name == "sitemap", modified: text("lastmod"), news })
}

/// A text file with an address a line.
struct Lines<'a> {
    stream: Stream<'a>,
    has_ended: bool,
}

impl Iterator for Lines<'_> {
    type Item = Result<Address, Rejected>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.has_ended {
            let place =
                Place { byte: self.stream.position(), is_unpacked: self.stream.is_packed(), line: None };
            let mut line = Vec::new();
            match self.stream.by_ref().take(ENTRY as u64).read_until(b'\n', &mut line) {
                Ok(0) => self.has_ended = true,
                Ok(_) => {
                    let url = String::from_utf8_lossy(&line).trim_start_matches('\u{feff}').trim().to_owned();
                    if !url.is_empty() {
                        return Some(Ok(Address { place, url, ..Address::default() }));
                    }
                }
                Err(error) => {
                    self.has_ended = true;
                    return Some(Err(Rejected { place: self.stream.place_of_break(), error: error.into() }));
                }
            }
        }
        None
    }
}

/// The stories of a sitemap: those whose headline it tells.
pub(crate) fn stories(stream: Stream<'_>, limits: Limits) -> impl Iterator<Item = Cut> + '_ {
    let mut count = 0u64;
    let mut is_over = false;
    let mut addresses = read(stream, limits);
    std::iter::from_fn(move || {
        if let Some(address) = addresses.next() {
            count += 1;
            return Some(address.and_then(headline));
        }
        if count > 0 || std::mem::replace(&mut is_over, true) {
            return None;
        }
        let error = ArchiveError::NothingInside {
            nothing: "no address",
            hint: "a sitemap holds <url> or <sitemap> elements, or an address a line",
        };
        Some(Err(Rejected { place: Place::default(), error }))
    })
}

fn headline(address: Address) -> Cut {
    let Address { place, url, modified, news, .. } = address;
    let Some(News { title: Some(title), publisher, language, published }) = news else {
        return Err(Rejected { place, error: ArchiveError::OnlyAddress { url } });
    };
    Ok(Clipping::new(place, move |options| {
        let story = Story {
            url: Some(url),
            title: Some(Words::from(title)),
            publisher,
            language,
            published,
            updated: modified,
            is_metadata: true,
            ..Story::default()
        };
        Ok(story.into_article(&options.page)?)
    }))
}
