//! Slips of the recogniser, and one of the parser's that goes with them.
//!
//! "Obama and Texas Gov. Greg Abbott": it takes both for one person, and the parser the first for part of the
//! second's name.
//!
//! "Velmor, Quist and Zandria": it takes several for one firm.
//!
//! "President Petro": it takes him for a town.

use dateline_document::{Document, NamedSpan, TokenId};

use super::Graft;
use crate::grammar::relation;

/// Titles that stand before a person's name and before no place's.
pub(super) const TITLES: &[&str] = &[
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

/// Whether the name is several, or somebody's and no place's.
pub(super) fn is_slip(document: &Document, name: &NamedSpan) -> bool {
    is_titled_place(document, name) || !joints(document, name).is_empty()
}

/// The names that a name holds, each by itself.
pub(super) fn mended(document: &Document, name: &NamedSpan) -> Vec<NamedSpan> {
    if is_titled_place(document, name) {
        return vec![NamedSpan { label: "PERSON".into(), ..name.clone() }];
    }
    let part = |start: TokenId, end: TokenId| NamedSpan {
        start,
        end,
        span: document.token(start).span.cover(document.token(TokenId(end.0 - 1)).span),
        label: name.label.clone(),
    };
    let joints = joints(document, name);
    let starts = std::iter::once(name.start).chain(joints.iter().map(|joint| TokenId(joint.0 + 1)));
    let ends = joints.iter().copied().chain([name.end]);
    starts.zip(ends).filter(|(start, end)| start < end).map(|(start, end)| part(start, end)).collect()
}

/// A place's name that a title stands right before.
fn is_titled_place(document: &Document, name: &NamedSpan) -> bool {
    matches!(name.label.as_str(), "GPE" | "LOC")
        && name.start.0 > 0
        && TITLES.contains(&document.word(TokenId(name.start.0 - 1)))
}

/// The words between those that a name holds: the "and" between two people, the commas of a list.
fn joints(document: &Document, name: &NamedSpan) -> Vec<TokenId> {
    let inside = || (name.start.0 + 1..name.end.0.saturating_sub(1)).map(TokenId);
    match name.label.as_str() {
        "PERSON" => inside().filter(|&id| document.token(id).pos == "CCONJ").take(1).collect(),
        "ORG" | "GPE" if is_list(document, name) => inside().filter(|&id| is_joint(document, id)).collect(),
        _ => Vec::new(),
    }
}

fn is_joint(document: &Document, id: TokenId) -> bool {
    document.word(id) == "," || document.token(id).pos == "CCONJ"
}

/// Single names between commas, each joined to the one before: no "Ministry of Trade, Industry and Energy".
fn is_list(document: &Document, name: &NamedSpan) -> bool {
    let words = (name.start.0..name.end.0).map(TokenId);
    let mut members = words.clone().filter(|&id| !is_joint(document, id));
    let is_alone = |id: TokenId| id == name.start || is_joint(document, TokenId(id.0 - 1));
    let is_member = |id: TokenId| {
        document.token(id).tag.starts_with("NNP") && is_alone(id) && !TITLES.contains(&document.word(id))
    };
    words.clone().any(|id| document.word(id) == ",")
        && members.clone().count() > 1
        && members.all(is_member)
        && words.skip(1).all(|id| is_joint(document, id) || relation(document, id) == "conj")
        && !matches!(relation(document, name.start), "compound" | "nmod")
}

/// "*Trump* and Georgia Gov. Brian Kemp": the first by himself, and the second joined to him.
pub(super) fn grafts(document: &Document, first: TokenId) -> Vec<Graft> {
    let second = document.head(first).filter(|&second| {
        second > first && matches!(relation(document, first), "compound" | "nmod" | "amod")
    });
    let Some(second) = second else { return Vec::new() };
    let and = TokenId(first.0 + 1);
    let is_person = |id: TokenId| document.name_at(id).is_some_and(|name| name.label == "PERSON");
    if document.token(and).tag != "CC" || !is_person(second) || !document.token(first).tag.starts_with("NNP")
    {
        return Vec::new();
    }
    // "Trade and Industry Minister Tom Ruto" is one, "Trump and Georgia Gov. Brian Kemp" two.
    let is_of_state = document.name_at(TokenId(and.0 + 1)).is_some_and(|name| {
        matches!(name.label.as_str(), "GPE" | "NORP") && TITLES.contains(&document.word(name.end))
    });
    if !is_person(first) && !is_of_state {
        return Vec::new();
    }
    let place = document.head(second).unwrap_or(first);
    let mut grafts =
        vec![Graft::new(first, place, relation(document, second)), Graft::new(second, first, "conj")];
    let between = document.children_by(first, "conj").filter(|&id| id < second);
    grafts.extend(between.map(|id| Graft::new(id, second, "compound")));
    grafts
}
