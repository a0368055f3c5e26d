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
//! It goes on after the cue, and stops where the speaker's next cue begins:
//!
//! ```text
//! The bridge is safe, the engineers said, but the road is closed.
//! ---
//! quote indirect "The bridge is safe"
//!   more     "but the road is closed"
//!   cue      "said"
//!   speaker  "the engineers"
//! ```
//!
//! ```text
//! The coach said the team was tired and blamed the long flight.
//! ---
//! quote indirect "the team was tired"
//!   cue      "said"
//!   speaker  "The coach"
//! quote indirect "the long flight"
//!   cue      "blamed"
//!   speaker  "The coach"
//! ```
//!
//! ```text
//! The minister said the port was safe, adding that ships would return.
//! ---
//! quote indirect "the port was safe"
//!   cue      "said"
//!   speaker  "The minister"
//! quote indirect "that ships would return"
//!   cue      "adding"
//!   speaker  "The minister"
//! ```
//!
//! ```text
//! Asked if the port was safe, the minister said it was.
//! ---
//! quote indirect "if the port was safe"
//!   cue  "Asked"
//! quote indirect "it was"
//!   cue      "said"
//!   speaker  "the minister"
//! ```
//!
//! ```text
//! A letter saying that the school would close reached the parents.
//! ---
//! quote indirect "that the school would close"
//!   cue      "saying"
//!   speaker  "A letter"
//! ```
//!
//! A day after the cue is the cue's:
//!
//! ```text
//! The minister said on Monday the deficit had doubled.
//! ---
//! quote indirect "the deficit had doubled"
//!   cue      "said"
//!   speaker  "The minister"
//! ```
//!
//! ```text
//! State radio reported that twelve people had died, citing the army.
//! ---
//! quote indirect "that twelve people had died"
//!   cue      "reported"
//!   speaker  "State radio"
//! quote indirect "the army"
//!   cue      "citing"
//!   speaker  "State radio"
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

use crate::quote::content::{around, extended, phrase, quote};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::joints::{resumes, starts_anew};
use crate::quote::speaker::{addressee, attribution, is_passive};
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
        let is_bare = said.speaker.is_none() && matches!(document.token(verb).tag.as_str(), "VB" | "VBP");
        if is_bare && !is_passive(story, verb) {
            // "Ask yourself whether", "to say that": nobody has said it.
            continue;
        }
        if said.speaker.is_some_and(|speaker| is_picture(story, speaker)) {
            continue;
        }
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

/// A caption's "photo shows" describes the photo.
fn is_picture(story: &Story, speaker: Span) -> bool {
    story.document.head_of_span(speaker).is_some_and(|head| {
        let pictures = ["photo", "photograph", "picture", "image", "combination", "footage", "frame"];
        pictures.contains(&story.lemma(head).to_lowercase().as_str())
    })
}

/// The clause that is the verb's object.
fn reported_clause(story: &Story, verb: TokenId) -> Option<TokenId> {
    let clauses = story.document.children_by(verb, "ccomp");
    let mut before = None;
    for clause in clauses {
        if clause > verb {
            return Some(clause).filter(|&clause| !follows_object(story, verb, clause));
        }
        before = before.or(Some(clause));
    }
    before
}

/// "declared victory, the guns fall silent": a clause after another object is no object, unless "that"
/// says so or the object is who was told.
fn follows_object(story: &Story, verb: TokenId, clause: TokenId) -> bool {
    let document = story.document;
    let has_object = document.children_by(verb, "dobj").any(|object| verb < object && object < clause);
    has_object
        && !has_frame(story.lemma(verb), Frame::Addressee)
        && story.child_of(clause, &["mark"]).is_none()
}

/// The clause's words, without the cue where that stands in the midst of them.
fn pieces(story: &Story, verb: TokenId, clause: TokenId) -> Vec<Span> {
    let document = story.document;
    let whole = document.subtree_span(clause);
    if clause > verb {
        let start = whole.start.max(document.token(verb).span.end);
        let start = after_day(story, verb, clause).unwrap_or(start);
        if let Some(end) = resumed_at(story, clause) {
            return vec![Span { start, end: end.max(start) }];
        }
        return vec![extended(story, verb, Span { start, end: whole.end.max(start) }, &["advcl", "ccomp"])];
    }
    let own = own_words(story, verb, clause);
    let mut pieces = if own.start >= whole.end { vec![whole] } else { around(story, whole, own) };
    pieces.extend(goes_on(story, verb));
    pieces
}

/// Where a clause that stood before "she said" goes on after it: "…, she said, but the road is closed".
fn goes_on(story: &Story, verb: TokenId) -> Option<Span> {
    let document = story.document;
    let next =
        document.children(verb).iter().copied().find(|&next| next > verb && is_second_half(story, next))?;
    let joint = document.children_by(verb, "cc").filter(|&joint| joint > verb && joint < next).last();
    let whole = document.subtree_span(next);
    Some(joint.map_or(whole, |joint| whole.cover(document.token(joint).span)))
}

fn is_second_half(story: &Story, next: TokenId) -> bool {
    let first = story.document.edges(next).0;
    match story.relation(next) {
        "conj" => {
            let is_cue =
                has_frame(story.lemma(next), Frame::Clause) || has_frame(story.lemma(next), Frame::Quoted);
            !is_cue || story.child_of(next, &["nsubj", "nsubjpass", "expl"]).is_some()
        }
        "advcl" => matches!(story.document.word(first), "because" | "if" | "unless" | "so" | "since"),
        _ => false,
    }
}

/// "said on Monday the deficit had doubled": the day after the cue is the cue's. Where it ends.
fn after_day(story: &Story, verb: TokenId, clause: TokenId) -> Option<u32> {
    let document = story.document;
    let first = document.children(clause).iter().copied().find(|&child| child > verb && child < clause)?;
    let day = match story.relation(first) {
        "npadvmod" => first,
        "prep" => document.child(first, "pobj")?,
        _ => return None,
    };
    let (start, end) = document.edges(first);
    let is_next = start.0 == verb.0 + 1 && story.is_time(day);
    // "said on Monday, …": parted by commas, it may be either's.
    let is_parted = document.tokens.get(end.index() + 1).is_some_and(|next| next.pos == "PUNCT");
    (is_next && !is_parted).then(|| document.token(end).span.end)
}

/// Where the reporter goes on to a cue of the same speaker: "… and warned that".
fn resumed_at(story: &Story, clause: TokenId) -> Option<u32> {
    let document = story.document;
    let next = document
        .children_by(clause, "conj")
        .find(|&next| resumes(story, next).is_some() || starts_anew(story, next))?;
    let joint = document.children_by(clause, "cc").filter(|&joint| joint < next).last();
    Some(document.token(joint.unwrap_or(document.edges(next).0)).span.start)
}

/// The verb with its subject and adjuncts, without the clause and what goes on with it.
fn own_words(story: &Story, verb: TokenId, clause: TokenId) -> Span {
    let document = story.document;
    let mut span = document.token(verb).span;
    for &child in document.children(verb).iter().filter(|&&child| child > clause) {
        let goes_on = child > verb && (story.relation(child) == "cc" || is_second_half(story, child));
        if !story.is_punctuation(child) && !goes_on {
            span = span.cover(document.subtree_span(child));
        }
    }
    span
}
