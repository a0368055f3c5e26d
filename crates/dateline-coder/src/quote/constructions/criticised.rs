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

use dateline_document::{Quote, TokenId};

use crate::quote::content::{extended, quote};
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{attribution, is_passive};
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
            let Some(object) = object(story, verb) else { continue };
            if has_frame(story.lemma(verb), Frame::Light) && names_speech(story, object) {
                // "voiced the fear that …" is the noun's business.
                continue;
            }
            extended(story, verb, document.subtree_span(object), &["prep"])
        };
        found.extend(quote(story, &[whole], said, "criticised"));
    }
}

/// The direct object, or an act: "suggested closing the school".
fn object(story: &Story, verb: TokenId) -> Option<TokenId> {
    let document = story.document;
    let object = document.children_by(verb, "dobj").find(|&object| object > verb);
    let act =
        || document.children_by(verb, "xcomp").find(|&act| act > verb && document.token(act).tag == "VBG");
    object.or_else(act)
}

/// Whether a clause or a preposition tells what the noun reports: "the fear that …", "support for …".
fn names_speech(story: &Story, noun: TokenId) -> bool {
    story.document.children(noun).iter().any(|&child| match story.relation(child) {
        "acl" | "ccomp" => has_frame(story.lemma(noun), Frame::Noun),
        "prep" => has_frame(&format!("{} {}", story.lemma(noun), story.lemma(child)), Frame::NounPreposition),
        _ => false,
    })
}
