//! "On *Friday* Togo's president rang", "In *2019* Chinese officials came": without a comma behind it the parser
//! takes the day for part of who does it, and leaves the preposition alone.

use dateline_document::{Document, TokenId};

use super::Graft;
use crate::grammar::{is_when, relation};

pub(super) fn grafts(document: &Document, day: TokenId) -> Vec<Graft> {
    let is_part = matches!(relation(document, day), "nmod" | "nummod" | "compound" | "amod" | "npadvmod")
        && document.head(day).is_some_and(|head| head > day);
    if !is_part || !(is_when(document, day) || is_year(document.word(day))) {
        return Vec::new();
    }
    // The "4" of "June 4" stands further off.
    let first = document.edges(day).0;
    let preposition = first.0.checked_sub(1).map(TokenId).filter(|&before| {
        relation(document, before) == "prep"
            && document.children(before).is_empty()
            && document.head(before).is_some_and(|above| above > day)
    });
    preposition.map(|preposition| Graft::new(day, preposition, "pobj")).into_iter().collect()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit())
}
