//! What somebody says, asks or believes in a clause of its own, with or without "that".
//!
//! ```text
//! The envoy told reporters on Monday that the talks had failed.
//! ---
//! quote indirect "that the talks had failed"
//!   cue        "told"
//!   speaker    "The envoy"
//!   addressee  "reporters"
//! ```
//!
//! The clause may stand first:
//!
//! ```text
//! The bridge is safe, the engineers said.
//! ---
//! quote indirect "The bridge is safe"
//!   cue      "said"
//!   speaker  "the engineers"
//! ```
//!
//! A clause that is not said by anybody is left alone:
//!
//! ```text
//! The rain made the river rise.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::clause::{addressee, attribution, extended, is_passive, phrase, quote, resumes};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::story::Story;

pub(super) fn said_that(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id)) {
        if !has_frame(story.lemma(verb), Frame::Clause) {
            continue;
        }
        let Some(clause) = reported_clause(story, verb) else { continue };
        let cue = document.token(verb).span;
        let mut said = attribution(story, verb, cue);
        if is_passive(story, verb) {
            let told = story
                .child_of(verb, &["nsubjpass"])
                .filter(|_| has_frame(story.lemma(verb), Frame::Addressee));
            said.addressee = told.and_then(|told| phrase(story, told));
        } else if has_frame(story.lemma(verb), Frame::Addressee) {
            said.addressee = addressee(story, verb);
        }
        found.extend(quote(story, &pieces(story, verb, clause), said, "said_that"));
    }
}

/// The clause that is the verb's object.
fn reported_clause(story: &Story, verb: TokenId) -> Option<TokenId> {
    let clauses = story.document.children_by(verb, "ccomp");
    let mut before = None;
    for clause in clauses {
        if clause > verb {
            return Some(clause);
        }
        before = before.or(Some(clause));
    }
    before
}

/// The clause's words, without the cue where that stands in the midst of them.
fn pieces(story: &Story, verb: TokenId, clause: TokenId) -> Vec<Span> {
    let document = story.document;
    let whole = document.subtree_span(clause);
    if clause > verb {
        let start = whole.start.max(document.token(verb).span.end);
        if let Some(end) = resumed_at(story, clause) {
            return vec![Span { start, end: end.max(start) }];
        }
        return vec![extended(story, verb, Span { start, end: whole.end.max(start) }, &["advcl", "ccomp"])];
    }
    let own = own_words(story, verb, clause);
    if own.start >= whole.end {
        return vec![whole];
    }
    crate::quote::clause::around(story, whole, own)
}

/// Where the reporter goes on to a cue of the same speaker: "… and warned that".
fn resumed_at(story: &Story, clause: TokenId) -> Option<u32> {
    let document = story.document;
    let next = document.children_by(clause, "conj").find(|&next| resumes(story, next).is_some())?;
    let joint = document.children_by(clause, "cc").filter(|&joint| joint < next).last();
    Some(document.token(joint.unwrap_or(document.edges(next).0)).span.start)
}

/// The verb with its subject and adjuncts, without the clause.
fn own_words(story: &Story, verb: TokenId, clause: TokenId) -> Span {
    let document = story.document;
    let mut span = document.token(verb).span;
    for &child in document.children(verb) {
        if child != clause && child > clause && !story.is_punctuation(child) {
            span = span.cover(document.subtree_span(child));
        }
    }
    span
}
