//! What is said of somebody, by nobody in particular: "is said to be ill".
//!
//! ```text
//! The general is said to be ill.
//! ---
//! quote indirect "The general"
//!   more  "to be ill"
//!   cue   "said"
//! ```

use dateline_document::Quote;

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn said_to(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && is_passive(story, id)) {
        if !has_frame(story.lemma(verb), Frame::Hearsay) {
            continue;
        }
        let Some(subject) = story.child_of(verb, &["nsubjpass"]) else { continue };
        let Some(act) = document.children_by(verb, "xcomp").find(|&act| act > verb) else { continue };
        if document.token(subject).tag.starts_with('W') || document.child(act, "aux").is_none() {
            continue;
        }
        let pieces = [document.subtree_span(subject), document.subtree_span(act)];
        let said = attribution(story, verb, document.token(verb).span);
        found.extend(quote(story, &pieces, said, "said_to"));
    }
}
