//! What somebody describes another as.
//!
//! ```text
//! The report described the camp as a ruin.
//! ---
//! quote indirect "the camp as a ruin"
//!   cue      "described"
//!   speaker  "The report"
//! ```

use dateline_document::Quote;

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn described_as(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && !is_passive(story, id)) {
        if !has_frame(story.lemma(verb), Frame::As) {
            continue;
        }
        let Some(role) = document
            .children_by(verb, "prep")
            .find(|&role| document.word(role).eq_ignore_ascii_case("as") && role > verb)
        else {
            continue;
        };
        // "refer to the camp as a ruin"
        let object = story.child_of(verb, &["dobj"]).or_else(|| {
            let to = document.children_by(verb, "prep").find(|&to| story.lemma(to) == "to")?;
            document.child(to, "pobj")
        });
        let Some(object) = object.filter(|&object| object > verb && object < role) else { continue };
        let whole = document.subtree_span(object).cover(document.subtree_span(role));
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_some() {
            found.extend(quote(story, &[whole], said, "described_as"));
        }
    }
}
