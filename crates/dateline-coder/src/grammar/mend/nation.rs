//! "French, German and Danish *diplomats*": several nations before one noun, of which the parser likes to take the
//! first for somebody by itself.

use dateline_document::{Document, TokenId};

use super::Graft;
use crate::grammar::relation;

/// No such list is longer.
const MOST: usize = 12;

/// What puts the nations that begin at `first` before their noun.
pub(super) fn grafts(document: &Document, first: TokenId) -> Vec<Graft> {
    if !is_nation(document, first) || is_further(document, first) {
        return Vec::new();
    }
    let Some((nations, noun)) = list(document, first) else { return Vec::new() };
    let is_inside = |id: TokenId| id == noun || nations.contains(&id);
    let outside = |id: TokenId| document.head(id).is_none_or(|head| !is_inside(head));
    let are_chained = nations[1..].iter().all(|&nation| relation(document, nation) == "conj");
    if are_chained && !nations.iter().any(|&nation| outside(nation)) {
        return Vec::new();
    }
    let has_place = |id: TokenId| {
        outside(id)
            && matches!(relation(document, id), "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj" | "ROOT")
    };
    // "dozens of Kenyan and Ugandan traders", and the traders joined to the dozens.
    let is_joined = relation(document, noun) == "conj";
    let before = nations.iter().copied().chain(is_joined.then_some(noun));
    let mut places = (!is_joined).then_some(noun).into_iter().chain(before);
    let Some(place) = places.find(|&id| has_place(id)) else { return Vec::new() };
    let mut grafts = Vec::new();
    if place != noun {
        let head = document.head(place).unwrap_or(noun);
        grafts.push(Graft::new(noun, head, relation(document, place)));
    }
    grafts.push(Graft::new(nations[0], noun, "amod"));
    grafts.extend(nations.windows(2).map(|two| Graft::new(two[1], two[0], "conj")));
    grafts
}

/// Nations from `first` on, parted by commas and an "and", and the noun right behind them.
fn list(document: &Document, first: TokenId) -> Option<(Vec<TokenId>, TokenId)> {
    let end = document.sentence_of(first).end;
    let mut nations = vec![first];
    let mut has_and = false;
    let mut at = TokenId(first.0 + 1);
    while at < end && nations.len() < MOST {
        match document.word(at) {
            "," => {}
            "and" | "or" => has_and = true,
            _ if is_capital(document, at) && !is_capital(document, TokenId(at.0 - 1)) => nations.push(at),
            _ => break,
        }
        at = TokenId(at.0 + 1);
    }
    let is_right_behind = nations.last().is_some_and(|&last| last.0 + 1 == at.0);
    let is_noun = at < end && document.token(at).tag == "NNS";
    (has_and && nations.len() > 1 && is_right_behind && is_noun).then_some((nations, at))
}

/// Whether another nation is told before: "French, *German*", "French and *German*".
fn is_further(document: &Document, id: TokenId) -> bool {
    let is_joint =
        |back: u32| id.0 >= back && matches!(document.word(TokenId(id.0 - back)), "," | "and" | "or");
    let reach = if is_joint(1) && is_joint(2) { 3 } else { 2 };
    is_joint(1) && id.0 >= reach && is_capital(document, TokenId(id.0 - reach))
}

/// An adjective or name by its capital: the recogniser may miss a nation among others.
fn is_capital(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).tag.as_str(), "JJ" | "NNP" | "NNPS")
        && document.word(id).starts_with(char::is_uppercase)
}

fn is_nation(document: &Document, id: TokenId) -> bool {
    is_capital(document, id)
        && document.name_at(id).is_some_and(|name| name.label == "NORP" && name.end.0 - name.start.0 == 1)
}
