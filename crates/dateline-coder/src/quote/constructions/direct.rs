//! Direct speech: words between quotation marks, and the "she said" before, after or between them.
//!
//! ```text
//! "We tried," the envoy said. "It was not enough."
//! ---
//! quote direct "We tried,"
//!   more     "It was not enough."
//!   cue      "said"
//!   speaker  "the envoy"
//! ```
//!
//! ```text
//! Asked about the strike, the mayor replied: "We will not give in."
//! ---
//! quote direct "We will not give in."
//!   cue      "replied"
//!   speaker  "the mayor"
//! ```
//!
//! A quote runs on over paragraphs until somebody else speaks:
//!
//! ```text
//! “The water rose at night,” said Olga Petrov, a teacher. “We climbed to the roof.
//! “In the morning a boat came.”
//! “It was the longest night of my life.”
//! ---
//! quote direct "The water rose at night,"
//!   more     "We climbed to the roof."
//!   more     "In the morning a boat came."
//!   more     "It was the longest night of my life."
//!   cue      "said"
//!   speaker  "Olga Petrov, a teacher"
//! ```
//!
//! ```text
//! The captain told reporters:
//! "We are going home."
//! ---
//! quote direct "We are going home."
//!   cue        "told"
//!   speaker    "The captain"
//!   addressee  "reporters"
//! ```
//!
//! ```text
//! "Without rain," he said, "the harvest is lost," adding: "Nobody helps us."
//! ---
//! quote direct "Without rain,"
//!   more     "the harvest is lost,"
//!   cue      "said"
//!   speaker  "he"
//! quote direct "Nobody helps us."
//!   cue      "adding"
//!   speaker  "he"
//! ```
//!
//! ```text
//! «Nous partons», said the captain. 'I agree', replied the mate.
//! ---
//! quote direct "Nous partons"
//!   cue      "said"
//!   speaker  "the captain"
//! quote direct "I agree"
//!   cue      "replied"
//!   speaker  "the mate"
//! ```
//!
//! ```text
//! “We will rebuild.” — Olga Petrov, mayor of Novi Sad
//! ---
//! quote direct "We will rebuild."
//!   cue      "—"
//!   speaker  "Olga Petrov, mayor of Novi Sad"
//! ```
//!
//! ```text
//! He said the city "will rise again," and left.
//! ---
//! quote mixed "the city "will rise again,""
//!   cue      "said"
//!   speaker  "He"
//! ```
//!
//! An unbalanced mark reaches no further than its paragraph:
//!
//! ```text
//! The mayor said: "We are tired.
//! The rain went on for a week.
//! ---
//! quote direct "We are tired."
//!   cue      "said"
//!   speaker  "The mayor"
//! ```
//!
//! Titles and scare quotes are nobody's speech:
//!
//! ```text
//! The "reform" closed the theatre where "The Long Road" was played.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, QuoteForm, Span, Speaker, TokenId};

use crate::quote::clause::{Attribution, quote_whole};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::marks::{Quoted, is_quotation_mark};
use crate::quote::story::{Paragraph, Story};
use crate::quote::tag::{Tag, tag_after, tag_before};

pub(super) fn direct(story: &Story, found: &mut Vec<Quote>) {
    // The quote that a stretch without a speaker of its own goes on.
    let mut current: Option<Current> = None;
    for (index, paragraph) in story.paragraphs.iter().enumerate() {
        let mut is_first = true;
        for at in paragraph.first_quoted..paragraph.end_quoted {
            let quoted = story.quoted[at];
            let from = if is_first { paragraph.span.start } else { story.quoted[at - 1].outer.end };
            let until = story.quoted.get(at + 1).filter(|_| at + 1 < paragraph.end_quoted);
            let until = until.map_or(paragraph.span.end, |next| next.outer.start);
            is_first = false;
            if let Some(read) = read(story, paragraph, index, &quoted, from, until, &mut current, found) {
                current = Some(read);
            }
        }
        if current
            .as_ref()
            .is_some_and(|current| index > current.paragraph || !current.reaches_end(story, paragraph))
        {
            current = lead_in(story, paragraph, index).or(None);
        } else if current.is_none() {
            current = lead_in(story, paragraph, index);
        }
    }
}

/// A quote that may go on.
struct Current {
    /// Its number among those found; `None` where only its "he said:" has been read.
    number: Option<usize>,
    /// The "he said" of a quote still to come.
    lead: Option<Tag>,
    paragraph: usize,
    /// Where its last words or its tag end.
    end: u32,
    /// The cue it was read by.
    cue: TokenId,
    /// Its opening mark; `None` where no mark has been read yet.
    mark: Option<char>,
}

impl Current {
    /// Whether nothing but its tag's sentence stands between the quote and its paragraph's end.
    fn reaches_end(&self, story: &Story, paragraph: &Paragraph) -> bool {
        sentence_stops(story, Span { start: self.end.min(paragraph.span.end), end: paragraph.span.end }) <= 1
    }
}

#[allow(clippy::too_many_arguments)]
fn read(
    story: &Story,
    paragraph: &Paragraph,
    index: usize,
    quoted: &Quoted,
    from: u32,
    until: u32,
    current: &mut Option<Current>,
    found: &mut Vec<Quote>,
) -> Option<Current> {
    if !is_speech(story, quoted, paragraph) {
        return None;
    }
    let gap = Span { start: from, end: quoted.outer.start };
    let after = Span { start: quoted.outer.end, end: until };
    let goes_on = |current: &Current| {
        if current.paragraph == index {
            is_own_tag(story, current, Span { start: current.end.min(gap.end), end: gap.end })
        } else {
            let is_same_mark = current.mark.is_none() || current.mark == mark(story, quoted);
            current.paragraph + 1 == index && gap_is_empty(story, gap) && is_same_mark
        }
    };
    let is_new = |tag: &Tag, current: &Option<Current>| {
        current.as_ref().is_none_or(|now| now.cue != tag.verb || now.lead.is_some())
    };
    if let Some(tag) = tag_after(story, quoted, after).filter(|tag| is_new(tag, current)) {
        let lead = lead_words(story, gap, paragraph);
        let read = add(story, quoted, tag, index, found)?;
        if let (Some(start), Some(new)) = (lead, found.last_mut()) {
            new.content.start = start;
        }
        return Some(read);
    }
    if let Some(tag) = tag_before(story, quoted, gap).filter(|tag| is_new(tag, current)) {
        return add(story, quoted, tag, index, found);
    }
    let now = current.take().filter(goes_on)?;
    if let Some(lead) = now.lead {
        return add(story, quoted, lead, index, found);
    }
    let number = now.number?;
    found[number].more_content.push(quoted.inner);
    Some(Current {
        paragraph: index,
        end: quoted.outer.end,
        number: Some(number),
        lead: None,
        cue: now.cue,
        mark: now.mark,
    })
}

/// Where the speaker's words begin that a comma parts from the mark: 'Without rain, "we starve," he said.'
fn lead_words(story: &Story, gap: Span, paragraph: &Paragraph) -> Option<u32> {
    let document = story.document;
    if !story.text(gap).trim_end().ends_with(',') {
        return None;
    }
    let tokens: Vec<TokenId> =
        document.tokens_in(gap).filter(|&id| document.token(id).span.end <= gap.end).collect();
    let stop = tokens.iter().rposition(|&id| matches!(document.word(id), "." | "?" | "!"));
    let ends_before =
        story.text(Span { start: paragraph.span.start, end: gap.start }).trim_end_matches(is_quotation_mark);
    let is_whole =
        stop.is_some() || gap.start == paragraph.span.start || ends_before.ends_with(['.', '?', '!']);
    let words = &tokens[stop.map_or(0, |stop| stop + 1)..];
    let has_cue = words.iter().any(|&id| story.is_verb(id) && has_frame(story.lemma(id), Frame::Quoted));
    let first = words.iter().copied().find(|&id| !story.is_punctuation(id))?;
    (is_whole && !has_cue).then(|| document.token(first).span.start)
}

fn add(story: &Story, quoted: &Quoted, tag: Tag, index: usize, found: &mut Vec<Quote>) -> Option<Current> {
    let said = Attribution { cue: tag.cue, speaker: tag.speaker, addressee: tag.addressee };
    let end = quoted.outer.end;
    let mut new = quote_whole(story, &[quoted.outer], said, "direct")?;
    new.content = quoted.inner;
    new.form = QuoteForm::Direct;
    new.speaker = tag.speaker.map(|span| Speaker { span, entity: None });
    found.push(new);
    Some(Current {
        number: Some(found.len() - 1),
        lead: None,
        paragraph: index,
        end,
        cue: tag.verb,
        mark: mark(story, quoted),
    })
}

/// A paragraph that ends in "he said:", for the quote of the next one.
fn lead_in(story: &Story, paragraph: &Paragraph, index: usize) -> Option<Current> {
    let words = story.text(paragraph.span).trim_end();
    if !words.ends_with(':') {
        return None;
    }
    let tag = crate::quote::tag::tag_at_end(story, paragraph.span)?;
    let cue = tag.verb;
    Some(Current {
        number: None,
        lead: Some(tag),
        paragraph: index,
        end: paragraph.span.end,
        cue,
        mark: None,
    })
}

/// Whether the words between the marks could be somebody's: a sentence, or what a comma parts from
/// "he said". A word or a title is neither.
fn is_speech(story: &Story, quoted: &Quoted, paragraph: &Paragraph) -> bool {
    let words = story.text(quoted.inner);
    let first = words.chars().find(|c| c.is_alphanumeric());
    let starts_sentence =
        first.is_none_or(|c| c.is_uppercase() || c.is_numeric()) || words.starts_with(['.', '…', '(', '[']);
    let ends_clause = words.ends_with([',', '.', '?', '!', '…', '-', '—', '–', ';', '\'', '’']);
    let follows = story.text(Span { start: quoted.outer.end, end: paragraph.span.end });
    let is_parted = follows.starts_with(',') || follows.starts_with(['.', '?', '!']);
    let leads = story.text(Span { start: paragraph.span.start, end: quoted.outer.start });
    let is_led = leads.trim_end().ends_with([':', ',']) || leads.trim().is_empty();
    let has_verb = story
        .document
        .tokens_in(quoted.inner)
        .any(|id| matches!(story.document.token(id).tag.as_str(), "VBD" | "VBP" | "VBZ" | "MD" | "VB"));
    !quoted.is_closed && is_led
        || ends_clause && (starts_sentence || is_led || has_verb)
        || is_parted && (starts_sentence || has_verb)
        || starts_sentence && has_verb
}

/// How many sentences end in the span.
fn sentence_stops(story: &Story, span: Span) -> usize {
    let document = story.document;
    document.tokens_in(span).filter(|&id| matches!(document.word(id), "." | "?" | "!")).count()
}

/// Whether nothing parts the quote from the next marks but its own "she said" or an "and".
fn is_own_tag(story: &Story, current: &Current, gap: Span) -> bool {
    let document = story.document;
    let words: Vec<TokenId> =
        document.tokens_in(gap).filter(|&id| document.token(id).pos != "SPACE").collect();
    let is_word = |id: &&TokenId| !story.is_punctuation(**id);
    let is_stop = |id: &TokenId| matches!(document.word(*id), "." | "?" | "!" | ";");
    if words.iter().filter(is_word).all(|&id| document.token(id).pos == "CCONJ") {
        return true;
    }
    let since_stop = words.iter().position(is_stop).map_or(&[][..], |stop| &words[stop..]);
    gap.contains(document.token(current.cue).span) && since_stop.iter().filter(is_word).count() == 0
}

fn mark(story: &Story, quoted: &Quoted) -> Option<char> {
    story.text(quoted.outer).chars().next()
}

fn gap_is_empty(story: &Story, gap: Span) -> bool {
    !story.text(gap).chars().any(char::is_alphanumeric)
}
