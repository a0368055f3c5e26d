//! A clause that "he said" interrupts, or follows after a comma, without being its head.
//!
//! ```text
//! The talks, the envoy said, will resume in May.
//! ---
//! quote indirect "The talks"
//!   more     "will resume in May"
//!   cue      "said"
//!   speaker  "the envoy"
//! ```
//!
//! A clause before the interruption belongs to the content too:
//!
//! ```text
//! If the rain stays away, he said, the harvest is lost.
//! ---
//! quote indirect "If the rain stays away"
//!   more     "the harvest is lost"
//!   cue      "said"
//!   speaker  "he"
//! ```

use dateline_document::Quote;

use crate::quote::content::{around, quote, tag_words};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::attribution;
use crate::quote::story::Story;

pub(super) fn inserted(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && story.relation(id) == "parataxis") {
        let lemma = story.lemma(verb);
        if !has_frame(lemma, Frame::Clause) && !has_frame(lemma, Frame::Quoted) {
            continue;
        }
        if story.child_of(verb, &["ccomp", "dobj"]).is_some() {
            continue;
        }
        let Some(clause) = document.head(verb) else { continue };
        let whole = document.subtree_span(clause).cover(document.subtree_span(verb));
        let pieces = around(story, whole, tag_words(story, verb, None));
        let said = attribution(story, verb, document.token(verb).span);
        found.extend(quote(story, &pieces, said, "inserted"));
    }
}
