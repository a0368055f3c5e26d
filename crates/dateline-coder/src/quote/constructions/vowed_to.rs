//! What somebody promises, plans or refuses to do.
//!
//! ```text
//! The rebels vowed to hold the airport.
//! ---
//! quote indirect "to hold the airport"
//!   cue      "vowed"
//!   speaker  "The rebels"
//! ```
//!
//! Trying and starting are acts, not words:
//!
//! ```text
//! The rebels began to shell the airport.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn vowed_to(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && !is_passive(story, id)) {
        if !has_frame(story.lemma(verb), Frame::Infinitive) || story.child_of(verb, &["dobj"]).is_some() {
            continue;
        }
        let Some(act) = document.children_by(verb, "xcomp").find(|&act| {
            act > verb && document.children(act).iter().any(|&to| document.token(to).tag == "TO" && to < act)
        }) else {
            continue;
        };
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_some() {
            found.extend(quote(story, &[document.subtree_span(act)], said, "vowed_to"));
        }
    }
}
