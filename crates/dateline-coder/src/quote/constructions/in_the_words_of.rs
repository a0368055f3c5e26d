//! "In her view", "in the words of the judge": the sentence around it is what was said.
//!
//! ```text
//! In the mayor's view, the dam will not hold.
//! ---
//! quote indirect "the dam will not hold"
//!   cue      "view"
//!   speaker  "the mayor"
//! ```
//!
//! ```text
//! The dam, in the words of an engineer, is a bathtub.
//! ---
//! quote indirect "The dam"
//!   more     "is a bathtub"
//!   cue      "in the words"
//!   speaker  "an engineer"
//! ```
//!
//! ```text
//! The dam is in view of the town.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::content::{around, phrase, quote_whole};
use crate::quote::joints::LONGEST_CHAIN;
use crate::quote::speaker::{Attribution, noun_speaker};
use crate::quote::story::Story;

pub(super) fn in_the_words_of(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for preposition in
        document.token_ids().filter(|&id| story.lemma(id) == "in" && story.relation(id) == "prep")
    {
        let Some(noun) = document.child(preposition, "pobj") else { continue };
        let is_view = matches!(document.word(noun), "words" | "view" | "opinion" | "telling" | "estimation");
        if !is_view || !is_set_off(story, preposition) {
            continue;
        }
        let Some(speaker) = owner(story, noun) else { continue };
        let above = std::iter::once(preposition).chain(document.ancestors(preposition)).take(LONGEST_CHAIN);
        let top = above.last().unwrap_or(preposition);
        if !story.is_verb(top) && document.token(top).pos != "AUX" {
            continue;
        }
        let hole = document.subtree_span(preposition);
        let noun_only = document.token(noun).span;
        let with_preposition = document.token(preposition).span.cover(noun_only);
        let cue = if with_preposition.overlaps(speaker) { noun_only } else { with_preposition };
        let said = Attribution { cue, speaker: Some(speaker), addressee: None };
        let pieces = around(story, document.subtree_span(top), hole);
        found.extend(quote_whole(story, &pieces, said, "in_the_words_of"));
    }
}

/// First in its sentence, or after a comma.
fn is_set_off(story: &Story, preposition: TokenId) -> bool {
    let sentence = story.document.sentence_of(preposition);
    preposition == sentence.start || story.document.word(TokenId(preposition.0 - 1)) == ","
}

/// Whose view it is: "her view", "the view of the judge".
fn owner(story: &Story, noun: TokenId) -> Option<Span> {
    let document = story.document;
    if document.child(noun, "poss").is_some() {
        return noun_speaker(story, noun);
    }
    let of = document.children_by(noun, "prep").find(|&of| story.lemma(of) == "of")?;
    phrase(story, document.child(of, "pobj")?).filter(|_| story.document.child(noun, "det").is_some())
}
