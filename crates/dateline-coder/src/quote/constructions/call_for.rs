//! Nouns of speech and thought that take a preposition: her call for …, their opposition to …
//!
//! ```text
//! Her call for a boycott was heard in every village.
//! ---
//! quote indirect "a boycott"
//!   cue      "call for"
//!   speaker  "Her"
//! ```
//!
//! ```text
//! The bishops voiced concern about the new law.
//! ---
//! quote indirect "the new law"
//!   cue      "concern about"
//!   speaker  "The bishops"
//! ```
//!
//! Where nobody owns the noun or utters it, it is a topic:
//!
//! ```text
//! Support for the law fell in May.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{Attribution, noun_speaker};
use crate::quote::story::Story;

pub(super) fn call_for(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for noun in document.token_ids().filter(|&id| document.token(id).tag.starts_with("NN")) {
        let is_owned = story.child_of(noun, &["poss"]).is_some_and(|owner| owner < noun);
        let is_uttered = story.relation(noun) == "dobj"
            && document.head(noun).is_some_and(|verb| has_frame(story.lemma(verb), Frame::Light));
        if !is_owned && !is_uttered {
            continue;
        }
        for preposition in document.children_by(noun, "prep") {
            let cue = format!("{} {}", story.lemma(noun), story.lemma(preposition));
            if !has_frame(&cue, Frame::NounPreposition) {
                continue;
            }
            let Some(object) = story.child_of(preposition, &["pobj", "pcomp"]) else { continue };
            let cue = document.token(noun).span.cover(document.token(preposition).span);
            let said = Attribution { cue, speaker: noun_speaker(story, noun), addressee: None };
            if said.speaker.is_some() {
                found.extend(quote(story, &[document.subtree_span(object)], said, "call_for"));
            }
            break;
        }
    }
}
