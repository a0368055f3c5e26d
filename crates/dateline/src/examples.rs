//! Examples: the sentences on a codebook's pages, held against what the reader says of them.
//!
//! A page's examples are its tests, whether the page is ours or a user's. Each is read as a story of
//! its own, published on [`PUBLISHED`].

use dateline_codebook::{Example, Page};
use dateline_document::{Article, Coding, PublishedAt, PublishedBasis};
use dateline_record::{plain, plain_event};
use jiff::civil::{Date, date};

use crate::Reader;

/// The day that every example was published: a Wednesday.
pub const PUBLISHED: Date = date(2024, 5, 15);

/// What became of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the reader says what the page expects.
    pub holds: bool,
    /// What the reader says, in the page's own form.
    pub said: String,
}

/// Reads an example and compares.
///
/// `nothing` expects no event at all, `no PROTEST` none of that type; anything else is the whole
/// coding of the sentence.
pub fn check_example(reader: &Reader, page: &Page, example: &Example) -> Outcome {
    let coding = read_example(reader, example);
    let expected = example.expected.trim();
    let said = plain(&coding);
    if let Some(event_type) = expected.strip_prefix("no ") {
        let event_type = event_type.split_whitespace().next().unwrap_or(&page.event_type);
        let told: Vec<_> = coding.events.iter().filter(|event| event.event_type == event_type).collect();
        let said = match told.as_slice() {
            [] => expected.to_string(),
            events => events.iter().map(|event| plain_event(&coding, event)).collect::<Vec<_>>().join("\n"),
        };
        return Outcome { holds: told.is_empty(), said };
    }
    Outcome { holds: lines(&said) == lines(expected), said }
}

fn read_example(reader: &Reader, example: &Example) -> Coding {
    let mut article = Article::from_text(&example.text.replace('\n', " "));
    article.published_at = Some(PublishedAt { date: PUBLISHED, time: None, basis: PublishedBasis::Argument });
    reader.read(article)
}

/// The lines without their indentation, words one space apart.
fn lines(coding: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    coding.lines().map(words).filter(|line| !line.is_empty()).collect()
}
