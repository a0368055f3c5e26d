//! What is said of somebody in the passive, where nobody is named who says it.
//!
//! ```text
//! The banker was accused of hiding the money.
//! ---
//! quote indirect "The banker"
//!   more  "hiding the money"
//!   cue   "accused"
//! ```
//!
//! ```text
//! The deal was seen as a defeat.
//! ---
//! quote indirect "The deal"
//!   more  "as a defeat"
//!   cue   "seen"
//! ```

use dateline_document::{Quote, TokenId};

use crate::quote::content::quote;
use crate::quote::cues::{Frame, has_frame};
use crate::quote::speaker::{Attribution, is_passive};
use crate::quote::story::Story;

pub(super) fn accused_of(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for verb in document.token_ids().filter(|&id| story.is_verb(id) && is_passive(story, id)) {
        if story.child_of(verb, &["agent"]).is_some() {
            continue;
        }
        let Some(subject) = story.child_of(verb, &["nsubjpass"]) else { continue };
        let Some(said) = said_of(story, verb) else { continue };
        let pieces = [document.subtree_span(subject), document.subtree_span(said)];
        let attribution = Attribution { cue: document.token(verb).span, speaker: None, addressee: None };
        found.extend(quote(story, &pieces, attribution, "accused_of"));
    }
}

/// "of [hiding the money]", "[as a defeat]", "[a traitor]"
fn said_of(story: &Story, verb: TokenId) -> Option<TokenId> {
    let document = story.document;
    let lemma = story.lemma(verb);
    if has_frame(lemma, Frame::Label)
        && let Some(name) = story.child_of(verb, &["oprd"]).filter(|&name| name > verb)
    {
        return Some(name);
    }
    document.children_by(verb, "prep").filter(|&preposition| preposition > verb).find_map(|preposition| {
        match story.lemma(preposition) {
            "of" | "for" if has_frame(lemma, Frame::Charge) => {
                story.child_of(preposition, &["pcomp", "pobj"])
            }
            // "was quoted as saying" reports what was said, not what he is.
            "as" if has_frame(lemma, Frame::As) && lemma != "quote" => Some(preposition),
            _ => None,
        }
    })
}
