//! Dialogue: which words in quotation marks are somebody's, and which go on a quote begun before.
//!
//! ```text
//! “We tried,” she said. “It failed.     ← the tag, and the quote goes on after it
//! “Now we wait.”                        ← and in the next paragraph
//! ```

use dateline_document::{Quote, QuoteForm, Span, Speaker, TokenId};

use super::content::quote_whole;
use super::cues::{Frame, has_frame};
use super::marks::{Quoted, is_quotation_mark};
use super::speaker::Attribution;
use super::story::{Paragraph, Story};
use super::tag::{Tag, tag_after, tag_at_end, tag_before};

/// Reads the marks of a story, paragraph by paragraph.
pub(super) struct Dialogue<'s, 'a> {
    story: &'s Story<'a>,
    found: &'s mut Vec<Quote>,
    current: Option<Current>,
    /// Whether `current` was begun or carried on in the paragraph being read.
    is_fresh: bool,
}

/// A quote that may go on.
struct Current {
    /// Its number among those found, or else the "he said:" of a quote still to come.
    begun: Begun,
    /// Where its last words end.
    end: u32,
    /// The cue it was read by.
    cue: TokenId,
    /// Its opening mark; `None` where no mark has been read yet.
    mark: Option<char>,
}

enum Begun {
    Number(usize),
    Lead(Tag),
}

impl<'s, 'a> Dialogue<'s, 'a> {
    pub fn new(story: &'s Story<'a>, found: &'s mut Vec<Quote>) -> Dialogue<'s, 'a> {
        Dialogue { story, found, current: None, is_fresh: false }
    }

    pub fn read(&mut self, paragraph: &Paragraph) {
        self.is_fresh = false;
        let stretches = &self.story.quoted[paragraph.first_quoted..paragraph.end_quoted];
        let mut from = paragraph.span.start;
        for (at, quoted) in stretches.iter().enumerate() {
            let until = stretches.get(at + 1).map_or(paragraph.span.end, |next| next.outer.start);
            let before = Span { start: from, end: quoted.outer.start };
            let after = Span { start: quoted.outer.end, end: until };
            if is_speech(self.story, quoted, paragraph) {
                self.read_stretch(paragraph, quoted, before, after);
            }
            from = quoted.outer.end;
        }
        let is_over = |now: &Current| !now.reaches_end(self.story, paragraph);
        if !self.is_fresh || self.current.as_ref().is_none_or(is_over) {
            self.current = lead_in(self.story, paragraph);
        }
    }

    fn read_stretch(&mut self, paragraph: &Paragraph, quoted: &Quoted, before: Span, after: Span) {
        let story = self.story;
        let before_tag = || tag_before(story, quoted, before);
        // 'He said: "We lost," adding that …': a participle says more of what "said" has begun.
        let is_sequel = |tag: &Tag| story.document.token(tag.verb).tag == "VBG" && before_tag().is_some();
        let after_tag = tag_after(story, quoted, after).filter(|tag| self.is_new(tag) && !is_sequel(tag));
        if let Some(tag) = after_tag {
            self.begin(quoted, tag);
            if let (Some(start), Some(new)) = (lead_words(story, before, paragraph), self.found.last_mut()) {
                new.content.start = start;
            }
            return;
        }
        if let Some(tag) = before_tag().filter(|tag| self.is_new(tag)) {
            return self.begin(quoted, tag);
        }
        let Some(now) = self.current.take() else { return };
        let goes_on = if self.is_fresh {
            is_own_tag(story, &now, Span { start: now.end.min(before.end), end: before.end })
        } else {
            let is_same_mark = now.mark.is_none_or(|own| own == mark(story, quoted));
            is_same_mark && !story.text(before).chars().any(char::is_alphanumeric)
        };
        match now.begun {
            Begun::Lead(tag) if goes_on => self.begin(quoted, tag),
            Begun::Number(number) if goes_on => {
                self.found[number].more_content.push(quoted.inner);
                self.current = Some(Current { end: quoted.outer.end, ..now });
                self.is_fresh = true;
            }
            _ => {}
        }
    }

    /// Whether a tag is another one than that of the quote being read.
    fn is_new(&self, tag: &Tag) -> bool {
        self.current.as_ref().is_none_or(|now| now.cue != tag.verb || matches!(now.begun, Begun::Lead(_)))
    }

    fn begin(&mut self, quoted: &Quoted, tag: Tag) {
        let said = Attribution { cue: tag.cue, speaker: tag.speaker, addressee: tag.addressee };
        let Some(mut new) = quote_whole(self.story, &[quoted.outer], said, "direct") else { return };
        new.content = quoted.inner;
        new.form = QuoteForm::Direct;
        new.speaker = tag.speaker.map(|span| Speaker { span, entity: None });
        self.current = Some(Current {
            begun: Begun::Number(self.found.len()),
            end: quoted.outer.end,
            cue: tag.verb,
            mark: Some(mark(self.story, quoted)),
        });
        self.is_fresh = true;
        self.found.push(new);
    }
}

impl Current {
    /// Whether nothing but its tag's sentence stands between the quote and its paragraph's end.
    fn reaches_end(&self, story: &Story, paragraph: &Paragraph) -> bool {
        let rest = Span { start: self.end.min(paragraph.span.end), end: paragraph.span.end };
        let document = story.document;
        document.tokens_in(rest).filter(|&id| matches!(document.word(id), "." | "?" | "!")).count() <= 1
    }
}

/// A paragraph that ends in "he said:", for the quote of the next one.
fn lead_in(story: &Story, paragraph: &Paragraph) -> Option<Current> {
    if !story.text(paragraph.span).trim_end().ends_with(':') {
        return None;
    }
    let tag = tag_at_end(story, paragraph.span)?;
    Some(Current { cue: tag.verb, begun: Begun::Lead(tag), end: paragraph.span.end, mark: None })
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

/// Whether nothing parts the quote from the next marks but its own "she said" or an "and".
fn is_own_tag(story: &Story, now: &Current, gap: Span) -> bool {
    let document = story.document;
    let words: Vec<TokenId> =
        document.tokens_in(gap).filter(|&id| document.token(id).pos != "SPACE").collect();
    let is_word = |id: &&TokenId| !story.is_punctuation(**id);
    let is_stop = |id: &TokenId| matches!(document.word(*id), "." | "?" | "!" | ";");
    if words.iter().filter(is_word).all(|&id| document.token(id).pos == "CCONJ") {
        return true;
    }
    let since_stop = words.iter().position(is_stop).map_or(&[][..], |stop| &words[stop..]);
    gap.contains(document.token(now.cue).span) && since_stop.iter().filter(is_word).count() == 0
}

fn mark(story: &Story, quoted: &Quoted) -> char {
    story.text(quoted.outer).chars().next().unwrap_or_default()
}
