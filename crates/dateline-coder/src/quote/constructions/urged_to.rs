//! What somebody asks another to do, or wants of him.
//!
//! ```text
//! The bishop urged both armies to lay down their weapons.
//! ---
//! quote indirect "both armies to lay down their weapons"
//!   cue        "urged"
//!   speaker    "The bishop"
//!   addressee  "both armies"
//! ```
//!
//! ```text
//! She called on the rebels to free the crew.
//! ---
//! quote indirect "the rebels to free the crew"
//!   cue        "called"
//!   speaker    "She"
//!   addressee  "the rebels"
//! ```
//!
//! ```text
//! The rain forced the players to leave the field.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, TokenId};

use crate::quote::content::{phrase, quote};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::attribution;
use crate::quote::story::Story;

pub(super) fn urged_to(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id)) {
        if !has_frame(story.lemma(verb), Frame::Order) {
            continue;
        }
        let Some(act) =
            document.children(verb).iter().copied().find(|&act| is_infinitive(story, act) && act > verb)
        else {
            continue;
        };
        let Some(urged) = urged(story, verb, act) else { continue };
        let start = document.subtree_span(urged).start;
        let whole = document.subtree_span(act);
        let mut said = attribution(story, verb, document.token(verb).span);
        said.addressee = phrase(story, urged);
        let span = dateline_document::Span { start: start.min(whole.start), end: whole.end };
        found.extend(quote(story, &[span], said, "urged_to"));
    }
}

/// "to lay down": a verb or copula with "to".
fn is_infinitive(story: &Story, act: TokenId) -> bool {
    matches!(story.relation(act), "xcomp" | "ccomp")
        && story.document.children(act).iter().any(|&to| story.document.token(to).tag == "TO")
}

/// Who is to do it: the object, the one called upon, or the subject of the infinitive.
fn urged(story: &Story, verb: TokenId, act: TokenId) -> Option<TokenId> {
    let document = story.document;
    let upon = document
        .children_by(verb, "prep")
        .filter(|&on| matches!(story.lemma(on), "on" | "upon" | "for") && on < act)
        .find_map(|on| document.child(on, "pobj"));
    story
        .child_of(verb, &["dobj"])
        .filter(|&object| object < act && object > verb)
        .or(upon)
        .or_else(|| story.child_of(act, &["nsubj"]).filter(|&subject| subject > verb))
}
