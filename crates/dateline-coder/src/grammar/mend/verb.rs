//! "A court on Tuesday freed blogger Sam Otieno": the parser reads a court on a Tuesday, and a freed blogger
//! beside it, for want of the comma that other prose has. Undone only where nothing else can be the sentence's
//! verb.

use dateline_document::{Document, Sentence, Token, TokenId};

use crate::grammar::{is_noun, is_when, relation};

/// No name is followed over more words than this.
const LONGEST_NAME: usize = 8;

/// A sentence's verb that hangs on its object.
pub(super) struct Slip {
    /// What the parser took for the root: the verb's subject.
    subject: TokenId,
    verb: TokenId,
    object: TokenId,
}

pub(super) fn slip(document: &Document, sentence: &Sentence) -> Option<Slip> {
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
        let root = tokens[subject.index()].relation.clone();
        let mut hang = |id: TokenId, head: TokenId, relation: &str| {
            tokens[id.index()].head = head;
            tokens[id.index()].relation = relation.into();
        };
        hang(verb, verb, &root);
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
        tokens[verb.index()].tag = "VBD".into();
    }
}
