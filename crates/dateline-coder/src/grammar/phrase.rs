//! Noun phrases: what stands joined, what stands after a preposition, and how far a phrase reaches.

use dateline_document::{Document, Span, TokenId};

use super::{is_nominal, lemma, relation};

/// A head and everything joined to it: "Egypt, Qatar and the United States" from "Egypt", "the minister,
/// along with two aides".
pub(crate) fn conjuncts(document: &Document, head: TokenId) -> Vec<TokenId> {
    let mut joined = vec![head];
    let mut next = 0;
    while next < joined.len() && joined.len() < 32 {
        for child in document.children_by(joined[next], "conj").chain(alongside(document, joined[next])) {
            if is_nominal(document, child) && !joined.contains(&child) {
                joined.push(child);
            }
        }
        next += 1;
    }
    joined
}

/// Who comes "along with" or "together with" the one at `head`.
fn alongside(document: &Document, head: TokenId) -> impl Iterator<Item = TokenId> {
    let with = document.children_by(head, "prep").filter_map(|preposition| {
        match document.word(preposition).to_lowercase().as_str() {
            "along" => document.children_by(preposition, "prep").find(|&with| document.word(with) == "with"),
            "with" => document
                .children_by(preposition, "advmod")
                .any(|word| matches!(document.word(word), "together" | "along"))
                .then_some(preposition),
            _ => None,
        }
    });
    with.flat_map(|with| document.children_by(with, "pobj"))
}

/// What stands after `preposition` below `head`, conjuncts included. Particles and the two-word
/// prepositions that the parser chains ("out of", "because of") are looked through.
pub(crate) fn prepositional_objects(document: &Document, head: TokenId, preposition: &str) -> Vec<TokenId> {
    let mut found = Vec::new();
    for &child in document.children(head) {
        match relation(document, child) {
            "prep" | "dative" | "agent" | "prt" | "advmod" => {
                if document.word(child).eq_ignore_ascii_case(preposition) {
                    found.extend(objects_of(document, child));
                }
                for inner in document.children_by(child, "prep") {
                    if document.word(inner).eq_ignore_ascii_case(preposition) {
                        found.extend(objects_of(document, inner));
                    }
                }
            }
            _ => {}
        }
    }
    // "gave Mali the trucks": the receiver without its "to".
    if preposition == "to" {
        for child in document.children_by(head, "dative") {
            if is_nominal(document, child) {
                found.extend(conjuncts(document, child));
            }
        }
    }
    found
}

fn objects_of(document: &Document, preposition: TokenId) -> Vec<TokenId> {
    let mut found = Vec::new();
    for object in document.children_by(preposition, "pobj") {
        found.extend(conjuncts(document, object));
    }
    for second in document.children_by(preposition, "conj") {
        for object in document.children_by(second, "pobj") {
            found.extend(conjuncts(document, object));
        }
    }
    found
}

/// Words that count or measure what stands behind their "of".
const QUANTITY: &[&str] = &[
    "dozen",
    "hundred",
    "thousand",
    "number",
    "group",
    "million",
    "billion",
    "score",
    "piece",
    "all",
    "batch",
    "contingent",
    "couple",
    "handful",
    "majority",
    "consignment",
    "shipment",
    "load",
    "ton",
    "tonne",
    "lot",
    "worth",
    "pair",
    "series",
];

/// "dozens of protesters", "the batch of peacekeepers": what a word of number or quantity counts.
pub(crate) fn counted(document: &Document, id: TokenId) -> Vec<TokenId> {
    match QUANTITY.contains(&lemma(document, id)) || document.token(id).pos == "NUM" {
        true => prepositional_objects(document, id, "of"),
        false => Vec::new(),
    }
}

/// Words for a part of what stands behind their "of".
const FRACTION: &[&str] = &[
    "percent",
    "%",
    "most",
    "part",
    "half",
    "third",
    "quarter",
    "rest",
    "portion",
    "bulk",
    "share",
    "remainder",
    "some",
];

/// "most of its weapons", "40 percent of the troops": what a part is a part of.
pub(crate) fn whole(document: &Document, part: TokenId) -> Vec<TokenId> {
    match FRACTION.contains(&lemma(document, part)) {
        true => prepositional_objects(document, part, "of"),
        false => Vec::new(),
    }
}

/// Whether a number or an article of the phrase stands after one of its modifiers.
fn counts_after(document: &Document, modifier: TokenId, head: TokenId) -> bool {
    let mut between = document.children(head).iter().filter(|&&child| child > modifier && child < head);
    between.any(|&child| matches!(relation(document, child), "nummod" | "det" | "poss" | "quantmod"))
}

/// A noun phrase as a reader would underline it: determiner to head, and an "of" phrase right
/// behind it; without relative clauses, appositions and conjuncts.
pub(crate) fn phrase_span(document: &Document, head: TokenId) -> Span {
    let mut first = head;
    for &child in document.children(head) {
        if child > head {
            break;
        }
        let belongs = matches!(
            relation(document, child),
            "det"
                | "amod"
                | "compound"
                | "nmod"
                | "poss"
                | "nummod"
                | "quantmod"
                | "predet"
                | "npadvmod"
                | "advmod"
        );
        // "shot dead seven protesters": no phrase has an adjective before its number.
        let is_left_over =
            document.word(child) == "dead" && first == head && counts_after(document, child, head);
        if belongs && !is_left_over {
            first = first.min(document.edges(child).0);
        }
    }
    let mut span = document.token(first).span.cover(document.token(head).span);
    let mut last = head;
    for &child in document.children(head) {
        if child < head
            || relation(document, child) != "prep"
            || child.0 != last.0 + 1
            || lemma(document, child) != "of"
            || is_of_the_verb(document, head)
        {
            continue;
        }
        if let Some(object) = document.child(child, "pobj") {
            span = span.cover(phrase_span(document, object));
            last = document.tokens_in(span).next_back().unwrap_or(last);
        }
    }
    span
}

/// "accused Peru of theft": the verb's own "of", which the parser gives to the noun.
fn is_of_the_verb(document: &Document, noun: TokenId) -> bool {
    let is_object = matches!(relation(document, noun), "dobj" | "nsubjpass");
    let verb = document.head(noun).filter(|_| is_object);
    verb.is_some_and(|verb| {
        matches!(
            lemma(document, verb),
            "accuse" | "convict" | "suspect" | "acquit" | "rob" | "strip" | "deprive" | "rid" | "absolve"
        )
    })
}

/// "anti-government", "anti-American", "anti- American": whom it is against.
pub(crate) fn is_opposed(document: &Document, id: TokenId) -> bool {
    id.0.checked_sub(1).is_some_and(|anti| document.word(TokenId(anti)).eq_ignore_ascii_case("anti-"))
        || is_opposed_by_hyphen(document, id)
}

fn is_opposed_by_hyphen(document: &Document, id: TokenId) -> bool {
    id.0.checked_sub(2).is_some_and(|anti| document.word(TokenId(anti)).eq_ignore_ascii_case("anti"))
        && document.word(TokenId(id.0 - 1)) == "-"
}

/// Of what hangs below `head`, itself included, the words nearest to it by the tree, in text order: all in
/// any sentence that people write, so that one of ten thousand words costs no more than its length.
pub(crate) fn words_below(document: &Document, head: TokenId) -> Vec<TokenId> {
    const MOST: usize = 200;
    let mut words = vec![head];
    let mut next = 0;
    while next < words.len() && words.len() < MOST {
        words.extend_from_slice(document.children(words[next]));
        next += 1;
    }
    words.sort_unstable();
    words
}
