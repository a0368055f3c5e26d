//! "As the mayor put it": the speaker stands in a clause with "as", the content beside it.
//!
//! ```text
//! As the mayor put it, the city has run out of time.
//! ---
//! quote indirect "the city has run out of time"
//!   cue      "put"
//!   speaker  "the mayor"
//! ```
//!
//! ```text
//! As long as the mayor said nothing, the city waited.
//! ---
//! no quotes
//! ```

use dateline_document::Quote;

use crate::quote::content::{around, quote_whole};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::attribution;
use crate::quote::story::Story;

pub(super) fn as_put_it(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && story.relation(id) == "advcl") {
        let is_as = document.children_by(verb, "mark").any(|mark| {
            // Not "as long as".
            story.lemma(mark) == "as" && document.edges(verb).0 == mark
        });
        if !is_as || story.child_of(verb, &["ccomp", "xcomp"]).is_some() {
            continue;
        }
        let object = document.child(verb, "dobj");
        let puts_it = story.lemma(verb) == "put" && object.is_some_and(|it| story.lemma(it) == "it");
        let says = has_frame(story.lemma(verb), Frame::Quoted) && object.is_none();
        if !puts_it && !says {
            continue;
        }
        let Some(head) = document.head(verb) else { continue };
        let pieces = around(story, document.subtree_span(head), document.subtree_span(verb));
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_some() {
            found.extend(quote_whole(story, &pieces, said, "as_put_it"));
        }
    }
}
