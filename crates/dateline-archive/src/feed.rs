//! RSS, Atom and JSON Feed, an item at a time.
//!
//! feed-rs reads whole feeds. It is handed one item after another, each with the tags around it, so
//! that a feed of a million items takes the memory of one and a broken item breaks no other.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use dateline_document::Article;
use dateline_page::{Content, Picture, Story};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser;

use crate::clipping::{Clipping, Cut};
use crate::json::FeedItems;
use crate::stream::Stream;
use crate::xml::{Element, Elements};
use crate::{ArchiveError, Options, Place, Rejected};

/// The items of a feed.
pub(crate) fn items<'a>(mut stream: Stream<'a>, limit: usize) -> Box<dyn Iterator<Item = Cut> + 'a> {
    let head = stream.peek(512).unwrap_or_default();
    if head.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf))
        == Some(&b'{')
    {
        return Box::new(FeedItems::new(stream, limit));
    }
    let elements = Elements::new(stream, &["item", "entry"], limit);
    Box::new(Items { elements, about: None })
}

struct Items<'a> {
    elements: Elements<'a>,
    /// What the feed says of itself, when its first item has been met.
    about: Option<About>,
}

/// What a feed says of itself.
#[derive(Clone, Debug, Default)]
struct About {
    title: Option<String>,
    language: Option<String>,
    rights: Option<String>,
}

impl Iterator for Items<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let Element { place, text } = match self.elements.next() {
            Some(Ok(element)) => element,
            Some(Err(rejected)) => return Some(Err(rejected)),
            None if self.about.is_some() => return None,
            None => return self.nothing(),
        };
        let about = self.about.get_or_insert_with(|| about(&self.elements.head())).clone();
        let document = self.elements.wrap(&text);
        Some(Ok(Clipping::new(place, move |options| read(&document, about, options))))
    }
}

impl Items<'_> {
    /// A feed without items is no error; what is no feed at all is.
    fn nothing(&mut self) -> Option<Cut> {
        self.about = Some(About::default());
        let head = self.elements.head();
        if parser::parse(head.as_bytes()).is_ok() {
            return None;
        }
        let error = ArchiveError::NothingInside {
            nothing: "no item of a feed",
            hint: "a feed holds <item> or <entry> elements, or the \"items\" of JSON Feed",
        };
        Some(Err(Rejected { place: Place::default(), error }))
    }
}

fn about(head: &str) -> About {
    let Ok(feed) = parser::parse(head.as_bytes()) else { return About::default() };
    About {
        title: feed.title.map(|title| title.content),
        language: feed.language,
        rights: feed.rights.map(|rights| rights.content),
    }
}

/// Dates as the item prints them: feed-rs would keep the moment, and lose the publisher's own day.
type Printed = Arc<Mutex<Vec<(DateTime<Utc>, String)>>>;

/// Reads a feed of one item.
fn read(document: &str, about: About, options: &Options) -> Result<Article, ArchiveError> {
    let printed = Printed::default();
    let damaged =
        |what: String| ArchiveError::Damaged { what, hint: "the items before and after it are read" };
    let feed = parse(document, printed.clone())
        .map_err(|error| damaged(format!("the item cannot be read: {error}")))?;
    let entry = feed.entries.into_iter().next().ok_or_else(|| damaged("the item is empty".to_owned()))?;
    let printed = printed.lock().map(|dates| dates.clone()).unwrap_or_default();
    Ok(story(entry, about, &printed).into_article(&options.page)?)
}

fn parse(document: &str, printed: Printed) -> Result<Feed, parser::ParseFeedError> {
    let read_date = move |text: &str| {
        let moment = dateline_page::moment(text)?;
        let moment = DateTime::from_timestamp(moment.as_second(), 0)?;
        printed.lock().ok()?.push((moment, text.to_owned()));
        Some(moment)
    };
    // An id of feed-rs's own making says nothing.
    let builder = parser::Builder::new().timestamp_parser(read_date).id_generator(|_, _, _| String::new());
    builder.build().parse(document.as_bytes())
}

fn story(entry: Entry, about: About, printed: &[(DateTime<Utc>, String)]) -> Story {
    let as_printed = |moment: DateTime<Utc>| {
        let found = printed.iter().find(|(known, _)| *known == moment);
        found.map_or_else(|| moment.to_rfc3339(), |(_, text)| text.clone())
    };
    let link = entry.links.iter().find(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let full = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
    let summary = entry.summary.map(|summary| summary.content).filter(|text| !text.trim().is_empty());
    let (content, summary) = match (full, summary) {
        (Some(full), summary) => (content(full), summary),
        // Some feeds have no other place for the whole story.
        (None, Some(whole)) if whole.len() >= WHOLE => (content(whole), None),
        (None, summary) => (Content::None, summary),
    };
    let shown = match &content {
        Content::Markup(text) => text.as_str(),
        Content::Text(words) => &words.text,
        _ => "",
    };
    let pictures = entry.media.iter().filter_map(|media| {
        let caption = media.description.as_ref().map(|text| text.content.trim().to_owned());
        let caption = caption.filter(|caption| !caption.is_empty() && !shown.contains(caption.as_str()))?;
        let credit = media.credits.first().map(|credit| credit.entity.clone());
        Some(Picture { caption: Some(caption), credit })
    });
    Story {
        source_id: Some(entry.id).filter(|id| !id.is_empty()),
        url: link.map(|link| link.href.clone()),
        title: entry.title.map(|title| unescaped(&title.content).into()),
        pictures: pictures.collect(),
        bylines: entry.authors.into_iter().filter_map(|author| author.name).map(bare_name).collect(),
        publisher: about.title,
        rights: entry.rights.map(|rights| rights.content).or(about.rights),
        language: entry.language.or(about.language),
        published: entry.published.or(entry.updated).map(as_printed),
        updated: entry.updated.filter(|updated| entry.published != Some(*updated)).map(as_printed),
        is_metadata: true,
        summary: summary.map(|text| if is_markup(&text) { text } else { unescaped(&text) }.into()),
        content,
        ..Story::default()
    }
}

/// Bytes of a description that is no summary any more.
const WHOLE: usize = 1500;

fn content(text: String) -> Content {
    if is_markup(&text) || text.contains("&#") || text.contains("&amp;") {
        Content::Markup(text)
    } else {
        Content::Text(text.into())
    }
}

fn is_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic()))
}

/// Feeds escape twice what they should escape once.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

/// RSS has authors as "ana@post.example (Ana Ruiz)".
fn bare_name(author: String) -> String {
    let within = author.split_once('(').filter(|(before, _)| before.contains('@'));
    match within.and_then(|(_, name)| name.split(')').next()) {
        Some(name) => name.trim().to_owned(),
        None => author,
    }
}
