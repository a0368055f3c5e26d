//! Slips of the pipeline that newswire provokes often enough to be worth undoing: a verb taken for an attribute,
//! a list taken apart, a day taken for part of a party, words taken for another kind, and two of the recogniser's.

mod day;
mod list;
mod name;
mod nation;
mod verb;
mod word;

use std::borrow::Cow;

use dateline_document::{Document, Token, TokenId};
use smol_str::SmolStr;

use verb::{Slip, slip};

/// The document with such verbs at the root of their sentences, such lists whole and such people apart; itself
/// where there are none.
pub(crate) fn mended(document: &Document) -> Cow<'_, Document> {
    let slips: Vec<Slip> =
        document.sentences.iter().filter_map(|sentence| slip(document, sentence)).collect();
    let grafts: Vec<Graft> = document.token_ids().flat_map(|id| grafts(document, id)).collect();
    if slips.is_empty()
        && grafts.is_empty()
        && !document.names.iter().any(|name| name::is_slip(document, name))
    {
        return Cow::Borrowed(document);
    }
    let mut tokens = document.tokens.clone();
    for slip in &slips {
        slip.undo(document, &mut tokens);
    }
    for graft in grafts {
        graft.make(&document.text, &mut tokens);
    }
    let names = document.names.iter().flat_map(|name| name::mended(document, name)).collect();
    Cow::Owned(Document::new(document.text.clone(), tokens, document.sentences.clone(), names))
}

/// A word that is to hang elsewhere.
struct Graft {
    word: TokenId,
    head: TokenId,
    relation: SmolStr,
    /// Tag and part of speech, where it was taken for another kind of word.
    tag: Option<(&'static str, &'static str)>,
}

impl Graft {
    fn new(word: TokenId, head: TokenId, relation: &str) -> Graft {
        Graft { word, head, relation: relation.into(), tag: None }
    }

    fn into_noun(self) -> Graft {
        Graft { tag: Some(("NN", "NOUN")), ..self }
    }

    fn into_past(self) -> Graft {
        Graft { tag: Some(("VBD", "VERB")), ..self }
    }

    fn into_name(self) -> Graft {
        Graft { tag: Some(("NNP", "PROPN")), ..self }
    }

    /// Hangs the word there, unless the tree would bite its tail.
    fn make(self, text: &str, tokens: &mut [Token]) {
        let mut above = self.head;
        let is_root = self.head == self.word;
        for _ in 0..tokens.len() {
            if above == self.word && !is_root {
                return;
            }
            match tokens[above.index()].head {
                head if head == above => break,
                head => above = head,
            }
        }
        let token = &mut tokens[self.word.index()];
        token.head = self.head;
        token.relation = self.relation;
        if let Some((tag, pos)) = self.tag {
            token.tag = tag.into();
            token.pos = pos.into();
            if tag != "VBD" {
                token.lemma = text[token.span].into();
            }
        }
    }
}

fn grafts(document: &Document, id: TokenId) -> Vec<Graft> {
    [day::grafts, nation::grafts, name::grafts, word::grafts, list::grafts]
        .iter()
        .map(|grafts| grafts(document, id))
        .find(|grafts| !grafts.is_empty())
        .unwrap_or_default()
}
