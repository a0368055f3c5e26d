//! Nouns of speech and thought: the claim that …, her refusal to …
//!
//! ```text
//! The rebels' claim that the town had fallen was false.
//! ---
//! quote indirect "that the town had fallen"
//!   cue      "claim"
//!   speaker  "The rebels"
//! ```
//!
//! Some nouns take a preposition instead:
//!
//! ```text
//! Her call for a boycott was heard in every village.
//! ---
//! quote indirect "a boycott"
//!   cue      "call for"
//!   speaker  "Her"
//! ```
//!
//! The one who makes the claim speaks, where nobody owns it:
//!
//! ```text
//! The rebels made the claim that the town had fallen.
//! ---
//! quote indirect "that the town had fallen"
//!   cue      "claim"
//!   speaker  "The rebels"
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::clause::{Attribution, phrase, quote, subject, trim};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::story::Story;

pub(super) fn claim_that(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for noun in document.token_ids().filter(|&id| document.token(id).tag.starts_with("NN")) {
        if let Some(owner) = story.child_of(noun, &["poss"]) {
            for preposition in document.children_by(noun, "prep") {
                let cue = format!("{} {}", story.lemma(noun), story.lemma(preposition));
                if !has_frame(&cue, Frame::NounPreposition) || owner > noun {
                    continue;
                }
                let Some(object) = story.child_of(preposition, &["pobj", "pcomp"]) else { continue };
                let cue = document.token(noun).span.cover(document.token(preposition).span);
                let said = Attribution { cue, speaker: speaker(story, noun), addressee: None };
                found.extend(quote(story, &[document.subtree_span(object)], said, "call_for"));
                break;
            }
        }
        if !has_frame(story.lemma(noun), Frame::Noun) {
            continue;
        }
        let Some(clause) =
            document.children(noun).iter().copied().find(|&clause| is_reported(story, noun, clause))
        else {
            continue;
        };
        let said =
            Attribution { cue: document.token(noun).span, speaker: speaker(story, noun), addressee: None };
        found.extend(quote(story, &[document.subtree_span(clause)], said, "claim_that"));
    }
}

/// "that the town had fallen", "to leave"; not "that they made".
fn is_reported(story: &Story, noun: TokenId, clause: TokenId) -> bool {
    let document = story.document;
    if clause < noun || !matches!(story.relation(clause), "acl" | "ccomp" | "relcl") {
        return false;
    }
    let first = document.edges(clause).0;
    match document.word(first) {
        "that" | "whether" => story.relation(first) == "mark",
        "to" => document.token(first).tag == "TO" && document.token(first).head == clause,
        _ => false,
    }
}

/// Its owner, or who makes it.
fn speaker(story: &Story, noun: TokenId) -> Option<Span> {
    let document = story.document;
    if let Some(owner) = document.child(noun, "poss") {
        let owner = document.subtree_span(owner);
        let words = story.text(owner);
        let name = words.strip_suffix("’s").or_else(|| words.strip_suffix("'s")).unwrap_or(words);
        let name = name.strip_suffix(['’', '\'']).unwrap_or(name);
        return trim(story, Span { start: owner.start, end: owner.start + name.len() as u32 });
    }
    for preposition in document.children_by(noun, "prep") {
        if matches!(story.lemma(preposition), "by" | "from") {
            return phrase(story, document.child(preposition, "pobj")?);
        }
    }
    let verb = document.head(noun).filter(|&verb| story.is_verb(verb) && story.relation(noun) == "dobj")?;
    phrase(story, subject(story, verb)?).filter(|span| !span.contains(document.token(noun).span))
}
