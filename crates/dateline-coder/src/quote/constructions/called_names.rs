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
//! ```text
//! His rival called him "a weathercock" on Monday.
//! ---
//! quote mixed "him "a weathercock""
//!   cue      "called"
//!   speaker  "His rival"
//! ```
//!
//! A name that is merely borne is left alone:
//!
//! ```text
//! A village called Dobro lies on the river.
//! ---
//! no quotes
//! ```
//!
//! A telephone call names nobody:
//!
//! ```text
//! The senator called his brother.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn called_names(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && !is_passive(story, id)) {
        if !has_frame(story.lemma(verb), Frame::Label) {
            continue;
        }
        let Some(whole) = quoted_name(story, verb).or_else(|| name(story, verb)) else { continue };
        let said = attribution(story, verb, document.token(verb).span);
        if said.speaker.is_some() {
            found.extend(quote(story, &[whole], said, "called_names"));
        }
    }
}

/// Object and name: "the vote a farce".
fn name(story: &Story, verb: TokenId) -> Option<Span> {
    let document = story.document;
    let after = || document.children(verb).iter().copied().filter(|&child| child > verb);
    let object = after().find(|&child| story.relation(child) == "dobj");
    let name = after().find(|&child| {
        matches!(story.relation(child), "oprd" | "acomp" | "attr")
            || matches!(story.relation(child), "ccomp" | "xcomp") && !story.is_verb(child)
            // Where the parser sees two objects, the second is the name.
            || object.is_some_and(|object| child > object && story.relation(child) == "dobj")
    })?;
    let object = object.or_else(|| after().find(|&child| story.relation(child) == "dative"));
    let named = document.subtree_span(name);
    Some(
        object
            .filter(|&object| object < name)
            .map_or(named, |object| document.subtree_span(object).cover(named)),
    )
}

/// 'called her "reckless"': whatever the parser makes of it, the name ends with its mark.
fn quoted_name(story: &Story, verb: TokenId) -> Option<Span> {
    let document = story.document;
    let object = document.children(verb).iter().copied().find(|&child| {
        child > verb
            && matches!(story.relation(child), "dobj" | "ccomp" | "nsubj" | "dative")
            && story.is_nominal(child)
    })?;
    let span = document.subtree_span(object);
    let next = document.token(object).span.end;
    // The mark stands next to the object, or a comma away from all of it.
    let quoted = [next, next + 1, span.end + 1, span.end + 2].iter().find_map(|&at| story.quoted_at(at))?;
    (quoted.outer.start >= next).then_some(Span { start: span.start, end: quoted.outer.end })
}
