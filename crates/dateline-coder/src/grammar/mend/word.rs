//! Words taken for another kind of word: "killed in Israeli tank *shelling*", read as somebody who shells; "an
//! *anti-* Peru march", cut at the end of a line; "*Fornost* and Peru welcome it", where a name is an adjective; "they *imposed* a
//! ban", read as one that they imposed.

use dateline_document::{Document, TokenId};

use super::Graft;
use crate::grammar::{is_noun, relation};

pub(super) fn grafts(document: &Document, id: TokenId) -> Vec<Graft> {
    match document.token(id).tag.as_str() {
        "VBG" => shelling(document, id),
        "VBN" | "VBD" | "VBZ" | "VBP" => told(document, id),
        "NN" | "NNP" => cut_off(document, id),
        "JJ" => name(document, id).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// "The U.S., EU and U.K. *imposed* sanctions", "U.S. *lifts* travel ban": an attribute or a part of a name that
/// has a subject is the sentence's verb.
fn told(document: &Document, id: TokenId) -> Vec<Graft> {
    let is_present = matches!(document.token(id).tag.as_str(), "VBZ" | "VBP");
    let is_part = relation(document, id) == "amod"
        || is_present && matches!(relation(document, id), "compound" | "nmod");
    let noun = document.head(id).filter(|&noun| noun > id && is_part);
    let is_subject =
        |&child: &TokenId| relation(document, child) == "nsubj" && child < id && is_noun(document, child);
    let (Some(noun), Some(_)) = (noun, document.children(id).iter().copied().find(is_subject)) else {
        return Vec::new();
    };
    let above = document.head(noun).unwrap_or(id);
    match relation(document, noun) {
        "ROOT" | "ccomp" | "conj" | "advcl" | "parataxis" => {
            let verb = Graft::new(id, above, relation(document, noun));
            vec![if is_present { verb } else { verb.into_past() }, Graft::new(noun, id, "dobj")]
        }
        _ => Vec::new(),
    }
}

/// A noun of shooting behind another noun, under which people are killed.
fn shelling(document: &Document, id: TokenId) -> Vec<Graft> {
    let is_shooting = matches!(
        document.word(id),
        "shelling" | "bombing" | "shooting" | "firing" | "rocketing" | "strafing"
    );
    let is_alone = || document.children(id).iter().all(|&child| relation(document, child) == "prep");
    if !is_shooting || !matches!(relation(document, id), "advcl" | "acl") || id.0 == 0 || !is_alone() {
        return Vec::new();
    }
    let before = TokenId(id.0 - 1);
    let Some(preposition) = document.head(before).filter(|_| relation(document, before) == "pobj") else {
        return Vec::new();
    };
    if !matches!(document.word(preposition), "in" | "by" | "during" | "amid" | "under") {
        return Vec::new();
    }
    let mut grafts =
        vec![Graft::new(id, preposition, "pobj").into_noun(), Graft::new(before, id, "compound")];
    let describe = document.children(before).iter().filter(|&&child| child < before);
    grafts.extend(describe.map(|&child| Graft::new(child, id, relation(document, child))));
    grafts
}

/// "anti-" and "pro-" before a name, with the noun behind taken for another word for them.
fn cut_off(document: &Document, id: TokenId) -> Vec<Graft> {
    if !matches!(document.word(id), "anti-" | "pro-" | "Anti-" | "Pro-") {
        return Vec::new();
    }
    let noun = document.child(id, "appos").filter(|&noun| noun > id);
    let (Some(noun), Some(above)) = (noun, document.head(id)) else { return Vec::new() };
    let before = document.children(id).iter().filter(|&&child| child < id);
    let mut grafts = vec![Graft::new(noun, above, relation(document, id)), Graft::new(id, noun, "compound")];
    grafts.extend(before.map(|&child| Graft::new(child, noun, relation(document, child))));
    grafts
}

/// A capitalised adjective in a noun's place that the recogniser knows for a name.
fn name(document: &Document, id: TokenId) -> Option<Graft> {
    let is_noun = matches!(relation(document, id), "nsubj" | "nsubjpass" | "dobj" | "pobj");
    let is_name = || {
        document.name_at(id).is_some_and(|name| {
            matches!(name.label.as_str(), "PERSON" | "GPE" | "ORG") && name.end.0 == id.0 + 1
        })
    };
    let head = document.head(id)?;
    (is_noun && document.word(id).starts_with(char::is_uppercase) && is_name())
        .then(|| Graft::new(id, head, relation(document, id)).into_name())
}
