//! Three slips of the pipeline that newswire provokes often enough to be worth undoing.
//!
//! "A court on Tuesday freed blogger Sam Otieno": the parser reads a court on a Tuesday, and a freed
//! blogger beside it, for want of the comma that other prose has. Undone only where nothing else can be the
//! sentence's verb.
//!
//! "Obama and Texas Gov. Greg Abbott": the recogniser takes both for one person.
//!
//! "President Petro": it takes him for a town.

use std::borrow::Cow;

use dateline_document::{Document, NamedSpan, Sentence, Token, TokenId};

use super::{is_noun, is_when, relation};

/// The document with such verbs at the root of their sentences and such people apart; itself where there
/// are none.
pub(crate) fn mended(document: &Document) -> Cow<'_, Document> {
    let slips: Vec<Slip> =
        document.sentences.iter().filter_map(|sentence| slip(document, sentence)).collect();
    let is_slip = |name| joint(document, name).is_some() || is_titled_place(document, name);
    if slips.is_empty() && !document.names.iter().any(is_slip) {
        return Cow::Borrowed(document);
    }
    let mut tokens = document.tokens.clone();
    for slip in &slips {
        slip.undo(document, &mut tokens);
    }
    let names = document.names.iter().flat_map(|name| apart(document, name)).collect();
    Cow::Owned(Document::new(document.text.clone(), tokens, document.sentences.clone(), names))
}

/// The "and" between two people in one name.
fn joint(document: &Document, name: &NamedSpan) -> Option<TokenId> {
    let inside = (name.start.0 + 1..name.end.0.saturating_sub(1)).map(TokenId);
    inside.filter(|_| name.label == "PERSON").find(|&id| document.token(id).pos == "CCONJ")
}

/// Titles that stand before a person's name and before no place's.
const TITLES: &[&str] = &[
    "President",
    "Minister",
    "Premier",
    "Chancellor",
    "Governor",
    "Gov.",
    "Senator",
    "Sen.",
    "Rep.",
    "Gen.",
    "General",
    "Col.",
    "Colonel",
    "Capt.",
    "Captain",
    "Lt.",
    "Maj.",
    "Major",
    "Sgt.",
    "Judge",
    "Justice",
    "King",
    "Queen",
    "Emir",
    "Sultan",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Mr",
    "Mrs",
    "Ms",
    "Dr.",
    "Prof.",
    "Bishop",
    "Archbishop",
    "Cardinal",
    "Rev.",
    "Ambassador",
    "Secretary",
    "Commissioner",
    "Spokesman",
    "Spokeswoman",
];

/// A place's name that a title stands right before.
fn is_titled_place(document: &Document, name: &NamedSpan) -> bool {
    matches!(name.label.as_str(), "GPE" | "LOC")
        && name.start.0 > 0
        && TITLES.contains(&document.word(TokenId(name.start.0 - 1)))
}

/// The people that a name holds, each by themselves.
fn apart(document: &Document, name: &NamedSpan) -> Vec<NamedSpan> {
    if is_titled_place(document, name) {
        return vec![NamedSpan { label: "PERSON".into(), ..name.clone() }];
    }
    let Some(and) = joint(document, name) else { return vec![name.clone()] };
    let part = |start: TokenId, end: TokenId| NamedSpan {
        start,
        end,
        span: document.token(start).span.cover(document.token(TokenId(end.0 - 1)).span),
        label: name.label.clone(),
    };
    vec![part(name.start, and), part(TokenId(and.0 + 1), name.end)]
}

/// A sentence's verb that hangs on its object.
struct Slip {
    /// What the parser took for the root: the verb's subject.
    subject: TokenId,
    verb: TokenId,
    object: TokenId,
}

fn slip(document: &Document, sentence: &Sentence) -> Option<Slip> {
    let subject = document.root(sentence).filter(|&root| is_noun(document, root))?;
    let verb = document.sentence_tokens(sentence).find(|&id| {
        id > subject && matches!(document.token(id).tag.as_str(), "VBD" | "VBN") && is_attribute(document, id)
    })?;
    let noun = document.head(verb)?;
    let before = TokenId(verb.0 - 1);
    let opens_the_object = document.children(noun).first() == Some(&verb);
    // "blogger Sam Otieno" hangs on the last of the names.
    let is_before_a_name = |&id: &TokenId| relation(document, id) == "compound";
    let object =
        std::iter::successors(Some(noun), |id| document.head(*id).filter(|_| is_before_a_name(id))).last()?;
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
    fn undo(&self, document: &Document, tokens: &mut [Token]) {
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
