//! JSON Lines: one story a line, `{"id": …, "text": …, "title": …, "url": …, "published_at": …}`.
//!
//! The words of `text` are kept as they are. Its line breaks end paragraphs, unless the text was
//! wrapped to a width; then they are spaces.

use std::io::{BufRead, Read as _};

use dateline_document::{Article, PartRole, PublishedAt, PublishedBasis};
use serde_json::{Map, Value};

use crate::assemble::{Piece, assemble, one_line};
use crate::{Limits, Options, PageError, html, names, text, when};

/// Field names by which other programs call what we call by the first.
const TEXT: [&str; 7] = ["text", "body", "maintext", "plain_text", "content", "articleBody", "story"];
const TITLE: [&str; 3] = ["title", "headline", "name"];
const PUBLISHED: [&str; 7] =
    ["published_at", "publish_date", "date_publish", "publishing_date", "published", "datePublished", "date"];
const PUBLISHER: [&str; 4] = ["publisher", "source_domain", "sitename", "media_name"];
const BYLINES: [&str; 4] = ["bylines", "authors", "author", "byline"];

/// Reads one line of JSON Lines.
///
/// ```
/// use dateline_page::{Options, read_story};
///
/// let line = r#"{"id": 7, "title": "Ferry runs again", "text": "OSTRAVIK - It sailed.\nIt rained."}"#;
/// let article = read_story(line, &Options::default())?;
/// assert_eq!(article.source_id.as_deref(), Some("7"));
/// assert_eq!(&*article.text, "Ferry runs again\n\nOSTRAVIK - It sailed.\n\nIt rained.");
/// # Ok::<(), dateline_page::PageError>(())
/// ```
///
/// # Errors
///
/// When the line is no JSON object, or has neither `text` nor `html`.
pub fn read_story(json_line: &str, options: &Options) -> Result<Article, PageError> {
    if json_line.len() > options.limits.page_bytes {
        return Err(PageError::TooLarge {
            bytes: json_line.len() as u64,
            limit: options.limits.page_bytes as u64,
        });
    }
    let story: Map<String, Value> =
        serde_json::from_str(json_line).map_err(|error| PageError::NotJson { reason: error.to_string() })?;
    let field = |names: &[&str]| names.iter().find_map(|name| printed(story.get(*name)?));
    let title = field(&TITLE).map(|title| one_line(&title)).filter(|title| !title.is_empty());
    let url = field(&["url"]);
    let published_at = field(&PUBLISHED).and_then(|printed| when::parse(&printed)).map(|when| PublishedAt {
        date: when.date,
        time: when.time,
        basis: PublishedBasis::Argument,
    });
    let known = Options {
        published_at: options.published_at.clone().or_else(|| published_at.clone()),
        url: options.url.clone().or(url),
        ..options.clone()
    };
    let mut article = match (field(&TEXT), field(&["html"])) {
        (Some(text), _) if !text.trim().is_empty() => read_words(&text, title.as_deref()),
        (_, Some(page)) if !page.trim().is_empty() => html::read_decoded(&page, &known),
        _ => return Err(PageError::NoText),
    };
    article.source_id = field(&["id", "source_id", "_id"]);
    article.title = title.or(article.title);
    article.url = known.url.clone().or(article.url);
    article.publisher = field(&PUBLISHER).or(article.publisher);
    let printed_by = article.publisher.as_deref().and_then(names::agency).map(str::to_owned);
    article.agency = field(&["agency"]).or(article.agency).or(printed_by);
    article.language = field(&["language", "lang"]).filter(|code| code.len() == 2).or(article.language);
    article.rights = field(&["rights"]).or(article.rights);
    if let Some(names) = BYLINES.iter().find_map(|name| story.get(*name)) {
        article.bylines = bylines(names, article.publisher.as_deref());
    }
    article.published_at = known.published_at.or(article.published_at).or_else(|| {
        let when = when::in_url(article.url.as_deref()?)?;
        Some(PublishedAt { date: when.date, time: None, basis: PublishedBasis::Url })
    });
    Ok(article)
}

/// A text as given, with its headline before it.
fn read_words(text: &str, title: Option<&str>) -> Article {
    let mut pieces: Vec<Piece> =
        text::paragraphs(text).into_iter().map(|paragraph| Piece::new(PartRole::Body, paragraph)).collect();
    if let Some(title) = title {
        match pieces.first_mut() {
            Some(first) if first.text == title => first.role = PartRole::Headline,
            Some(first) if first.text.starts_with(title) => {}
            _ => pieces.insert(0, Piece::new(PartRole::Headline, title)),
        }
    }
    let article = Article { title: title.map(str::to_owned), ..Article::from_text("") };
    assemble(article, &pieces)
}

fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn bylines(value: &Value, publisher: Option<&str>) -> Vec<String> {
    let listed = match value {
        Value::Array(names) => names.as_slice(),
        name => std::slice::from_ref(name),
    };
    listed.iter().filter_map(Value::as_str).flat_map(|name| names::people(name, publisher)).collect()
}

/// The stories of a JSON Lines file, each with the number of its line, counted from 1.
pub struct Stories<R> {
    reader: R,
    options: Options,
    line: u64,
    has_ended: bool,
}

/// Reads stories one by one. A broken line is returned as an error by its number; the lines after
/// it are read. Blank lines are passed over.
pub fn read_stories<R: BufRead>(reader: R, options: Options) -> Stories<R> {
    Stories { reader, options, line: 0, has_ended: false }
}

impl<R: BufRead> Iterator for Stories<R> {
    type Item = (u64, Result<Article, PageError>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.has_ended {
            self.line += 1;
            match next_line(&mut self.reader, self.options.limits) {
                Ok(None) => return None,
                Ok(Some(Line::TooLong(bytes))) => {
                    let limit = self.options.limits.page_bytes as u64;
                    return Some((self.line, Err(PageError::TooLarge { bytes, limit })));
                }
                Ok(Some(Line::Whole(bytes))) => {
                    let words = String::from_utf8_lossy(&bytes);
                    let words = words.trim_start_matches('\u{feff}').trim();
                    if !words.is_empty() {
                        return Some((self.line, read_story(words, &self.options)));
                    }
                }
                Err(error) => {
                    self.has_ended = true;
                    return Some((self.line, Err(PageError::Unreadable { reason: error.to_string() })));
                }
            }
        }
        None
    }
}

enum Line {
    Whole(Vec<u8>),
    /// Longer than the limit; this many bytes long.
    TooLong(u64),
}

/// The next line, held in memory only up to the limit.
fn next_line(reader: &mut impl BufRead, limits: Limits) -> std::io::Result<Option<Line>> {
    let limit = limits.page_bytes as u64 + 1;
    let mut bytes = Vec::new();
    if reader.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.ends_with(b"\n") || (bytes.len() as u64) < limit {
        return Ok(Some(Line::Whole(bytes)));
    }
    let rest = reader.skip_until(b'\n')?;
    Ok(Some(Line::TooLong(bytes.len() as u64 + rest as u64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_rejected_by_its_number_and_the_others_are_read() {
        let lines = "{\"id\": \"a\", \"text\": \"It sailed.\"}\n\nnot json\n{\"id\": 2}\n{\"id\": 3, \"text\": \"It rained.\"}";
        let read: Vec<String> = read_stories(lines.as_bytes(), Options::default())
            .map(|(line, story)| match story {
                Ok(article) => format!("{line} {}", article.source_id.unwrap_or_default()),
                Err(error) => format!("{line} {}", error.to_string().lines().next().unwrap_or_default()),
            })
            .collect();
        assert_eq!(
            read,
            [
                "1 a",
                "3 the line is not a JSON object: expected ident at line 1 column 2",
                "4 the story has neither text nor HTML",
                "5 3"
            ]
        );
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        let lines = format!(
            "{{\"id\": 1, \"text\": \"{}\"}}\n{{\"id\": 2, \"text\": \"It rained.\"}}\n",
            "a".repeat(500)
        );
        let limits = Limits { page_bytes: 100, ..Limits::default() };
        let read: Vec<_> = read_stories(lines.as_bytes(), Options { limits, ..Options::default() }).collect();
        assert!(
            matches!(read[0], (1, Err(PageError::TooLarge { bytes: 500.., limit: 100 }))),
            "{:?}",
            read[0]
        );
        assert!(read[1].1.is_ok());
    }
}
