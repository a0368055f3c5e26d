//! Headlines that put the speaker before or after a colon.
//!
//! ```text
//! # Minister: Talks will resume in May
//! ---
//! quote indirect "Talks will resume in May"
//!   cue      ":"
//!   speaker  "Minister"
//! ```
//!
//! ```text
//! # Talks will resume in May: minister
//! ---
//! quote indirect "Talks will resume in May"
//!   cue      ":"
//!   speaker  "minister"
//! ```
//!
//! A label or a topic is no speaker:
//!
//! ```text
//! # Analysis: Talks will resume in May
//! ---
//! no quotes
//! ```
//!
//! ```text
//! # Flood relief: Talks will resume in May
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::content::{quote_whole, trim};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::Attribution;
use crate::quote::story::{Paragraph, Story};

/// A longer name before the colon is a topic or a title.
const LONGEST_SPEAKER: usize = 6;

pub(super) fn headline_colon(story: &Story, found: &mut Vec<Quote>) {
    // In a text without marked parts, the first of several paragraphs is taken for the headline.
    let has_headline = story.paragraphs.iter().any(|paragraph| paragraph.is_headline);
    let first = story.paragraphs.first().filter(|_| !has_headline && story.paragraphs.len() > 1);
    for paragraph in story.paragraphs.iter().filter(|paragraph| paragraph.is_headline).chain(first) {
        found.extend(read(story, paragraph));
    }
}

fn read(story: &Story, paragraph: &Paragraph) -> Option<Quote> {
    let document = story.document;
    if paragraph.span.len() > 200 {
        return None;
    }
    let colon = document
        .tokens_in(paragraph.span)
        .find(|&id| document.word(id) == ":" && story.quoted_at(document.token(id).span.start).is_none())?;
    let cue = document.token(colon).span;
    let before = Span { start: paragraph.span.start, end: cue.start };
    let after = Span { start: cue.end, end: paragraph.span.end };
    let (speaker, content) = match (is_speaker(story, before), is_speaker(story, after)) {
        (true, false) => (before, after),
        (false, true) if has_verb(story, before) => (after, before),
        _ => return None,
    };
    if !has_verb(story, content) && story.quoted_in(content).is_empty() {
        return None;
    }
    let said = Attribution { cue, speaker: trim(story, speaker), addressee: None };
    quote_whole(story, &[content], said, "headline_colon")
}

/// A short noun phrase that can speak: "Finance minister", "Poll".
fn is_speaker(story: &Story, span: Span) -> bool {
    let document = story.document;
    let words: Vec<TokenId> = document.tokens_in(span).filter(|&id| !story.is_punctuation(id)).collect();
    let is_finite =
        |&id: &TokenId| matches!(document.token(id).tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD" | "CD");
    words.len() <= LONGEST_SPEAKER
        && !words.iter().any(is_finite)
        && words.last().is_some_and(|&last| can_speak(story, last))
}

/// A person, an organization, or a noun for one; not a topic ("Flood relief: …") and not a label
/// ("Analysis: …").
fn can_speak(story: &Story, last: TokenId) -> bool {
    let is_party =
        story.document.name_at(last).is_some_and(|name| matches!(name.label.as_str(), "PERSON" | "ORG"));
    is_party || has_frame(&story.lemma(last).to_lowercase(), Frame::Sayer)
}

fn has_verb(story: &Story, span: Span) -> bool {
    story.document.tokens_in(span).any(|id| story.is_verb(id) || story.document.token(id).tag == "MD")
}
