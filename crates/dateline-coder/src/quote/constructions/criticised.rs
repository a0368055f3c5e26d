//! What somebody speaks or thinks of, in a noun phrase: criticism, praise, support, announcements.
//!
//! ```text
//! The union criticised the new law.
//! ---
//! quote indirect "the new law"
//!   cue      "criticised"
//!   speaker  "The union"
//! ```
//!
//! ```text
//! The new law was criticised by the union.
//! ---
//! quote indirect "The new law"
//!   cue      "criticised"
//!   speaker  "the union"
//! ```
//!
//! ```text
//! The union built a new hall.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::clause::{attribution, extended, is_passive, quote};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::story::Story;

pub(super) fn criticised(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id)) {
        if !has_frame(story.lemma(verb), Frame::Object) {
            continue;
        }
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_none() {
            continue;
        }
        let whole = if is_passive(story, verb) {
            let Some(subject) = story.child_of(verb, &["nsubjpass"]) else { continue };
            document.subtree_span(subject)
        } else {
            let Some(object) = document.children_by(verb, "dobj").find(|&object| object > verb) else {
                continue;
            };
            extended(story, verb, document.subtree_span(object), &["prep"])
        };
        found.extend(quote(story, &[whole], said, "criticised"));
    }
}
