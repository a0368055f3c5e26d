//! Triggers: the words of the sentence that a rule of the codebook listens for.

use dateline_codebook::{Codebook, Trigger, TriggerForm, TriggerId};
use dateline_document::{Document, Span, TokenId};

use crate::grammar::{is_when, lemmas, relation, whole};

/// A trigger found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub form: TriggerForm,
    /// The word that the parties hang on.
    pub head: TokenId,
    /// The words besides it: "out" of "carried out".
    pub others: Vec<TokenId>,
}

impl Found {
    /// From the first to the last word of the trigger, where they stand together; else its head.
    pub(crate) fn span(&self, document: &Document) -> Span {
        let head = document.token(self.head).span;
        let mut span = head;
        let mut reach = (self.head.0, self.head.0);
        let mut rest = self.others.clone();
        rest.sort();
        while let Some(next) = rest.iter().position(|id| id.0 + 2 >= reach.0 && id.0 <= reach.1 + 2) {
            let id = rest.remove(next);
            reach = (reach.0.min(id.0), reach.1.max(id.0));
            span = span.cover(document.token(id).span);
        }
        span
    }
}

/// The triggers whose head is `id`, each with its number in the codebook.
pub(crate) fn triggers_at(document: &Document, codebook: &Codebook, id: TokenId) -> Vec<(TriggerId, Found)> {
    let token = document.token(id);
    let forms: &[TriggerForm] = match token.pos.as_str() {
        "VERB" | "AUX" => &[TriggerForm::Verb],
        "NOUN" | "PROPN" => &[TriggerForm::Noun],
        "ADJ" => &[TriggerForm::Adjective, TriggerForm::Verb],
        _ => return Vec::new(),
    };
    // "the jailed teachers", "the visiting king": background, not what the story tells.
    if relation(document, id) == "amod" && matches!(token.tag.as_str(), "VBN" | "VBG" | "VBD") {
        return Vec::new();
    }
    if is_part_of_a_name(document, id) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &form in forms {
        // A participle that became an adjective: "the besieged town".
        if form == TriggerForm::Verb && token.pos == "ADJ" && !matches!(token.tag.as_str(), "VBN" | "VBG") {
            continue;
        }
        let Some(listening) = lemmas(document, id).find_map(|lemma| codebook.triggers(form, &lemma)) else {
            continue;
        };
        let beside: Vec<TokenId> = match form {
            TriggerForm::Noun => modifiers(document, id, id).collect(),
            TriggerForm::Verb | TriggerForm::Adjective => below(document, id).collect(),
        };
        let words = beside.iter().flat_map(|&id| [document.token(id).lemma.as_str(), document.word(id)]);
        for trigger in listening.among(words) {
            if let Some(others) = words_beside(document, id, codebook.trigger(trigger)) {
                found.push((trigger, Found { form, head: id, others }));
            }
        }
    }
    found
}

/// "the Rapid *Support* Forces": a word of a body's name.
fn is_part_of_a_name(document: &Document, id: TokenId) -> bool {
    let is_inside = |head: TokenId| {
        document.name_at(id).is_some_and(|name| name.label == "ORG" && name.start <= head && head < name.end)
    };
    document.token(id).tag.starts_with("NNP")
        && relation(document, id) == "compound"
        && document.head(id).is_some_and(is_inside)
}

/// The tokens of the trigger's other words, if all are there.
fn words_beside(document: &Document, head: TokenId, trigger: &Trigger) -> Option<Vec<TokenId>> {
    let mut others = Vec::new();
    match trigger.form {
        TriggerForm::Noun => {
            let (_, before) = trigger.words.split_last()?;
            for word in before.iter().rev() {
                let anchor = others.last().copied().unwrap_or(head);
                others.push(modifiers(document, head, anchor).find(|&id| is_word(document, id, word))?);
            }
        }
        TriggerForm::Verb | TriggerForm::Adjective => {
            for word in &trigger.words[1..] {
                let anchor = others.last().copied().unwrap_or(head);
                let mut places = below(document, head).chain(below(document, anchor));
                others.push(places.find(|&id| is_word(document, id, word))?);
            }
        }
    }
    Some(others)
}

/// Where a word may stand before a noun, or before the word before it.
fn modifiers(document: &Document, head: TokenId, anchor: TokenId) -> impl Iterator<Item = TokenId> {
    let is_modifier = move |&child: &TokenId| {
        child < head && matches!(relation(document, child), "compound" | "amod" | "nmod" | "poss")
    };
    let children = document.children(head).iter().copied().filter(is_modifier);
    children.chain(anchor.0.checked_sub(1).map(TokenId))
}

/// Where a word may stand that goes with a verb or an adjective, the likeliest place first.
fn below(document: &Document, above: TokenId) -> impl Iterator<Item = TokenId> {
    let children = document.children(above).iter().copied();
    let own = children.clone().filter(|&child| !is_subject(document, child) && !is_of_time(document, child));
    // "handed over most of its weapons".
    let parts = children
        .clone()
        .filter(|&part| matches!(relation(document, part), "dobj" | "nsubjpass" | "pobj"))
        .flat_map(|part| whole(document, part));
    // "called a strike off", "under attack": the word may hang one step further down.
    let further = children
        .filter(|&child| matches!(relation(document, child), "prt" | "prep" | "dobj"))
        .flat_map(|child| document.children(child).iter().copied());
    own.chain(parts).chain(further)
}

/// "called on Sunday" is not *call on*.
fn is_of_time(document: &Document, preposition: TokenId) -> bool {
    document.child(preposition, "pobj").is_some_and(|object| is_when(document, object))
}

fn is_subject(document: &Document, id: TokenId) -> bool {
    matches!(relation(document, id), "nsubj" | "csubj")
}

fn is_word(document: &Document, id: TokenId, word: &str) -> bool {
    document.token(id).lemma.eq_ignore_ascii_case(word) || document.word(id).eq_ignore_ascii_case(word)
}
