//! JSON that is no JSON Lines: one story over many lines, or a list of stories with something
//! around it, as search interfaces answer. The file is cut into its stories without being parsed,
//! so that only one of them is held and a broken one breaks no other.

mod values;

use std::path::Path;

use dateline_document::{Article, PublishedBasis};
use dateline_page::{PageError, read_story};

use crate::clipping::{Clipping, Cut};
use crate::stream::Stream;
use crate::{ArchiveError, Format, Options, wire};
use values::Values;

/// Names under which lists of stories stand: GDELT and others "articles", Media Cloud "stories" and
/// "results", JSON Feed and ninjs "items".
const LISTS: [&str; 6] = ["articles", "stories", "results", "items", "posts", "documents"];

/// How an object is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// As the names of its fields tell; ninjs is told by its own.
    ByFields,
    Ninjs,
}

/// Which of the formats in JSON it is.
pub(crate) fn format(head: &str, path: Option<&Path>) -> Format {
    if head.starts_with('[') {
        return Format::Json;
    }
    let start = &head[..head.floor_char_boundary(4_000)];
    if start.contains("\"https://jsonfeed.org/version/") || start.contains("\"http://jsonfeed.org/version/") {
        return Format::Feed;
    }
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("jsonl" | "ndjson") => return Format::JsonLines,
        Some("json") => return Format::Json,
        _ => {}
    }
    let first = head.lines().next().unwrap_or_default().trim_end();
    let is_whole = head.len() > first.len() + 1 || first.ends_with('}');
    let is_list = LISTS.iter().any(|list| {
        let found = first.find(&format!("\"{list}\""));
        found.is_some_and(|at| {
            let value = first[at + list.len() + 2..].trim_start().strip_prefix(':').unwrap_or_default();
            value.trim_start().strip_prefix('[').is_some_and(|list| list.trim_start().starts_with('{'))
        })
    });
    if is_whole && first.ends_with('}') && !is_list { Format::JsonLines } else { Format::Json }
}

/// Reads one object, which begins `offset` bytes into the file.
pub(crate) fn read(
    bytes: &[u8],
    offset: u64,
    mapping: Mapping,
    options: &Options,
) -> Result<Article, ArchiveError> {
    let decoded = String::from_utf8_lossy(bytes);
    let json = decoded.trim_start_matches('\u{feff}').trim();
    if mapping == Mapping::Ninjs || wire::looks_like_ninjs(json) {
        let value =
            serde_json::from_str(json).map_err(|error| PageError::NotJson { reason: error.to_string() })?;
        if mapping == Mapping::Ninjs || wire::is_ninjs(&value) {
            return Ok(wire::ninjs(&value)?.into_article(&options.page)?);
        }
    }
    let mut article = read_story(json, &options.page)?;
    if json.len() == bytes.len() || decoded.len() == bytes.len() && std::str::from_utf8(bytes).is_ok() {
        article.shift_origins(offset + (json.as_ptr() as usize - decoded.as_ptr() as usize) as u64);
    } else {
        // What could not be decoded has moved what stands behind it.
        article.parts.iter_mut().for_each(|part| part.origin = None);
    }
    Ok(article)
}

/// The stories of a file.
pub(crate) struct Stories<'a> {
    values: Values<'a>,
    mapping: Mapping,
}

impl<'a> Stories<'a> {
    pub fn new(stream: Stream<'a>, limit: usize, mapping: Mapping) -> Stories<'a> {
        Stories { values: Values::new(stream, limit), mapping }
    }
}

impl Iterator for Stories<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let mapping = self.mapping;
        Some(self.values.next()?.map(|value| {
            Clipping::new(value.place, move |options| read(&value.bytes, value.offset, mapping, options))
        }))
    }
}

/// The items of a JSON Feed. What the feed says of itself stands before them.
pub(crate) struct FeedItems<'a> {
    values: Values<'a>,
    /// The feed's title, when its first item has been met.
    title: Option<Option<String>>,
}

impl<'a> FeedItems<'a> {
    pub fn new(stream: Stream<'a>, limit: usize) -> FeedItems<'a> {
        FeedItems { values: Values::new(stream, limit), title: None }
    }
}

impl Iterator for FeedItems<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        let value = match self.values.next()? {
            Ok(value) if value.is_listed => value,
            // A feed that lists nothing.
            Ok(_) => return self.next(),
            Err(rejected) => return Some(Err(rejected)),
        };
        let title = self.title.get_or_insert_with(|| {
            // The list is closed where it has just been opened.
            let head = format!("{}]}}", String::from_utf8_lossy(self.values.head()));
            let head: serde_json::Value = serde_json::from_str(&head).ok()?;
            Some(head.get("title")?.as_str()?.to_owned())
        });
        let title = title.clone();
        Some(Ok(Clipping::new(value.place, move |options| {
            let mut article = read(&value.bytes, value.offset, Mapping::ByFields, options)?;
            article.publisher = article.publisher.or(title);
            if let Some(published) = article.published_at.as_mut()
                && published.basis == PublishedBasis::Argument
                && options.page.published_at.is_none()
            {
                published.basis = PublishedBasis::Meta;
            }
            Ok(article)
        })))
    }
}
