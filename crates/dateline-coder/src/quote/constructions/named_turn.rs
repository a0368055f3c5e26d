//! Turns of an interview: the speaker's name, a colon, and the words.
//!
//! ```text
//! REPORTER: Will you run again?
//! SATO: I have not decided.
//! ---
//! quote direct "Will you run again?"
//!   cue      ":"
//!   speaker  "REPORTER"
//! quote direct "I have not decided."
//!   cue      ":"
//!   speaker  "SATO"
//! ```
//!
//! A single line of that kind is a note or a list:
//!
//! ```text
//! Correction: The vote was on Tuesday.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, QuoteForm, Span};

use crate::quote::content::quote_whole;
use crate::quote::speaker::Attribution;
use crate::quote::story::{Paragraph, Story};

/// So many turns make an interview.
const FEWEST_TURNS: usize = 2;

pub(super) fn named_turn(story: &Story, found: &mut Vec<Quote>) {
    let turns: Vec<(Span, Span)> =
        story.paragraphs.iter().filter_map(|paragraph| turn(story, paragraph)).collect();
    if turns.len() < FEWEST_TURNS {
        return;
    }
    for (speaker, words) in turns {
        let cue = Span { start: speaker.end, end: speaker.end + 1 };
        let said = Attribution { cue, speaker: Some(speaker), addressee: None };
        if let Some(mut new) = quote_whole(story, &[words], said, "named_turn") {
            new.form = QuoteForm::Direct;
            new.content = words;
            new.more_content.clear();
            found.push(new);
        }
    }
}

/// "SATO: I have not decided." A name in capitals, or Q and A.
fn turn(story: &Story, paragraph: &Paragraph) -> Option<(Span, Span)> {
    let words = story.text(paragraph.span);
    let head = words.get(..words.len().min(60)).unwrap_or_else(|| {
        let end = (0..=60).rev().find(|&end| words.is_char_boundary(end)).unwrap_or(0);
        &words[..end]
    });
    let colon = head.find(':')?;
    let name = &head[..colon];
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_name = letters > 0
        && name.chars().all(|c| c.is_uppercase() || " .'’-".contains(c))
        && (letters > 1 || matches!(name, "Q" | "A"));
    let rest = words[colon + 1..].trim();
    if !is_name || !rest.chars().any(char::is_alphanumeric) {
        return None;
    }
    let start = paragraph.span.start as usize;
    let from = start + words.len() - words[colon + 1..].trim_start().len();
    Some((Span::new(start, start + colon), Span::new(from, from + rest.len())))
}
