//! Slips of the pipeline that newswire provokes often enough to be worth undoing: a verb taken for an attribute,
//! and two of the recogniser's.
//!
//! "Obama and Texas Gov. Greg Abbott": the recogniser takes both for one person.
//!
//! "President Petro": it takes him for a town.

mod verb;

use std::borrow::Cow;

use dateline_document::{Document, NamedSpan, TokenId};

use verb::{Slip, slip};

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
