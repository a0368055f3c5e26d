//! What somebody calls for, warns of or talks about: the verb needs its preposition.
//!
//! ```text
//! Two ministers called for an early election.
//! ---
//! quote indirect "an early election"
//!   cue      "called for"
//!   speaker  "Two ministers"
//! ```
//!
//! ```text
//! The minister called on Monday.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn called_for(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && !is_passive(story, id)) {
        let lemma = story.lemma(verb);
        for preposition in document.children_by(verb, "prep").filter(|&preposition| preposition > verb) {
            if !has_frame(&format!("{lemma} {}", story.lemma(preposition)), Frame::Preposition) {
                continue;
            }
            let Some(object) = story.child_of(preposition, &["pobj", "pcomp"]) else { continue };
            if story.is_time(object) {
                continue;
            }
            let cue = document.token(verb).span;
            let is_next = preposition.0 - verb.0 <= 2;
            let cue = if is_next { cue.cover(document.token(preposition).span) } else { cue };
            let said = attribution(story, verb, cue);
            if said.speaker.is_some() {
                found.extend(quote(story, &[document.subtree_span(object)], said, "called_for"));
            }
            break;
        }
    }
}
