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
//! The one who makes the claim speaks, where nobody owns it:
//!
//! ```text
//! The rebels made the claim that the town had fallen.
//! ---
//! quote indirect "that the town had fallen"
//!   cue      "claim"
//!   speaker  "The rebels"
//! ```

use dateline_document::{Quote, TokenId};

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{Attribution, noun_speaker};
use crate::quote::story::Story;

pub(super) fn claim_that(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for noun in document.token_ids().filter(|&id| document.token(id).tag.starts_with("NN")) {
        if !has_frame(story.lemma(noun), Frame::Noun) {
            continue;
        }
        let Some(clause) =
            document.children(noun).iter().copied().find(|&clause| is_reported(story, noun, clause))
        else {
            continue;
        };
        let said = Attribution {
            cue: document.token(noun).span,
            speaker: noun_speaker(story, noun),
            addressee: None,
        };
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
