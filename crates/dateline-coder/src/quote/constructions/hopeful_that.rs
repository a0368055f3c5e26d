//! Adjectives of belief and feeling: is hopeful that …, was adamant that …
//!
//! ```text
//! Doctors are hopeful that the boy will walk again.
//! ---
//! quote indirect "that the boy will walk again"
//!   cue      "hopeful"
//!   speaker  "Doctors"
//! ```
//!
//! ```text
//! The envoy was critical of the embargo.
//! ---
//! quote indirect "the embargo"
//!   cue      "critical of"
//!   speaker  "The envoy"
//! ```

use dateline_document::{Quote, TokenId};

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::attribution;
use crate::quote::story::Story;

pub(super) fn hopeful_that(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for adjective in document.token_ids().filter(|&id| story.relation(id) == "acomp") {
        let Some(copula) = document.head(adjective) else { continue };
        for preposition in document.children_by(adjective, "prep").chain(document.children_by(copula, "prep"))
        {
            let cue = format!("{} {}", story.lemma(adjective).to_lowercase(), story.lemma(preposition));
            if preposition < adjective || !has_frame(&cue, Frame::AdjectivePreposition) {
                continue;
            }
            let Some(object) = story.child_of(preposition, &["pobj", "pcomp"]) else { continue };
            let said = attribution(
                story,
                copula,
                document.token(adjective).span.cover(document.token(preposition).span),
            );
            if said.speaker.is_some() {
                found.extend(quote(story, &[document.subtree_span(object)], said, "hopeful_of"));
            }
            break;
        }
        if !has_frame(&story.lemma(adjective).to_lowercase(), Frame::Adjective) {
            continue;
        }
        let clause = complement(story, adjective)
            .or_else(|| complement(story, copula).filter(|&clause| clause > adjective));
        let Some(clause) = clause else { continue };
        let said = attribution(story, copula, document.token(adjective).span);
        if said.speaker.is_some() {
            found.extend(quote(story, &[document.subtree_span(clause)], said, "hopeful_that"));
        }
    }
}

fn complement(story: &Story, head: TokenId) -> Option<TokenId> {
    story.child_of(head, &["ccomp", "xcomp"])
}
