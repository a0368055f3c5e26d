//! What somebody calls another.
//!
//! ```text
//! The senator called the vote a farce.
//! ---
//! quote indirect "the vote a farce"
//!   cue      "called"
//!   speaker  "The senator"
//! ```
//!
//! A telephone call names nobody:
//!
//! ```text
//! The senator called his brother.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::clause::{attribution, is_passive, quote};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::story::Story;

pub(super) fn called_names(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && !is_passive(story, id)) {
        if !has_frame(story.lemma(verb), Frame::Label) {
            continue;
        }
        let Some(name) = document.children(verb).iter().copied().find(|&name| {
            matches!(story.relation(name), "oprd" | "ccomp" | "xcomp" | "acomp") && name > verb
        }) else {
            continue;
        };
        let named = document.subtree_span(name);
        let object = story.child_of(verb, &["dobj"]).filter(|&object| object < name && object > verb);
        let whole = object.map_or(named, |object| document.subtree_span(object).cover(named));
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_some() {
            found.extend(quote(story, &[whole], said, "called_names"));
        }
    }
}
