//! "A court on Tuesday freed blogger Sam Otieno": the parser reads a court on a Tuesday, and a freed blogger
//! beside it, for want of the comma that other prose has. Undone only where nothing else can be the sentence's
//! verb.
//!
//! "U.S. lifts travel ban": a verb with a subject of its own, taken for part of its object.

use dateline_document::{Document, Sentence, Token, TokenId};

use crate::grammar::{is_noun, is_when, relation};

/// No name is followed over more words than this.
const LONGEST_NAME: usize = 8;

/// A sentence's verb that hangs on its object.
pub(super) struct Slip {
    subject: TokenId,
    verb: TokenId,
    object: TokenId,
}

pub(super) fn slip(document: &Document, sentence: &Sentence) -> Option<Slip> {
    with_a_subject(document, sentence).or_else(|| behind_a_day(document, sentence))
}

fn with_a_subject(document: &Document, sentence: &Sentence) -> Option<Slip> {
    let object = document.root(sentence).filter(|&root| is_noun(document, root))?;
    let is_finite = |id: TokenId| matches!(document.token(id).tag.as_str(), "VBZ" | "VBD" | "VBP");
    document.children(object).iter().copied().find_map(|verb| {
        let is_part = matches!(relation(document, verb), "compound" | "amod" | "nmod") && verb < object;
        let subject = document.child(verb, "nsubj").filter(|&subject| subject < verb)?;
        (is_part && is_finite(verb)).then_some(Slip { subject, verb, object })
    })
}

fn behind_a_day(document: &Document, sentence: &Sentence) -> Option<Slip> {
    let subject = document.root(sentence).filter(|&root| is_noun(document, root))?;
    let verb = document.sentence_tokens(sentence).find(|&id| {
        id > subject && matches!(document.token(id).tag.as_str(), "VBD" | "VBN") && is_attribute(document, id)
    })?;
    let noun = document.head(verb)?;
    let before = TokenId(verb.0 - 1);
    let opens_the_object = document.children(noun).first() == Some(&verb);
    // "blogger Sam Otieno" hangs on the last of the names.
    let is_before_a_name = |&id: &TokenId| relation(document, id) == "compound";
    let names = std::iter::successors(Some(noun), |id| document.head(*id).filter(|_| is_before_a_name(id)));
    let object = names.take(LONGEST_NAME).last()?;
    (is_when(document, before)
        && document.word(before).ends_with("day")
        && opens_the_object
        && document.ancestors(object).any(|above| above == subject))
    .then_some(Slip { subject, verb, object })
}

fn is_attribute(document: &Document, id: TokenId) -> bool {
    relation(document, id) == "amod" && document.head(id).is_some_and(|noun| noun > id)
}

impl Slip {
    pub(super) fn undo(&self, document: &Document, tokens: &mut [Token]) {
        let Slip { subject, verb, object } = *self;
        let is_finite = matches!(tokens[verb.index()].tag.as_str(), "VBZ" | "VBP");
        let mut hang = |id: TokenId, head: TokenId, relation: &str| {
            tokens[id.index()].head = head;
            tokens[id.index()].relation = relation.into();
        };
        hang(verb, verb, "ROOT");
        hang(subject, verb, "nsubj");
        // "on Tuesday", whose noun the parser had found in the object.
        if let Some(preposition) = document.head(object).filter(|_| relation(document, object) == "pobj") {
            for &day in document.children_by(verb, "npadvmod").collect::<Vec<_>>().iter() {
                hang(day, preposition, "pobj");
            }
        }
        hang(object, verb, "dobj");
        for &after in document.children(subject).iter().filter(|&&child| child > verb && child != object) {
            hang(after, verb, relation(document, after));
        }
        if !is_finite {
            tokens[verb.index()].tag = "VBD".into();
        }
    }
}
