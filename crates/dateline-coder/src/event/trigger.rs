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
    let lemmas = lemmas(document, id);
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
        let known =
            lemmas.iter().map(|lemma| codebook.triggers(form, lemma)).find(|triggers| !triggers.is_empty());
        for &trigger in known.unwrap_or_default() {
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
                others.push(modifier(document, head, anchor, word)?);
            }
        }
        TriggerForm::Verb | TriggerForm::Adjective => {
            for word in &trigger.words[1..] {
                let anchor = others.last().copied().unwrap_or(head);
                let next = below(document, head, word).or_else(|| below(document, anchor, word))?;
                others.push(next);
            }
        }
    }
    Some(others)
}

fn modifier(document: &Document, head: TokenId, anchor: TokenId, word: &str) -> Option<TokenId> {
    let child = document.children(head).iter().copied().find(|&child| {
        child < head
            && matches!(relation(document, child), "compound" | "amod" | "nmod" | "poss")
            && is_word(document, child, word)
    });
    child.or_else(|| anchor.0.checked_sub(1).map(TokenId).filter(|&before| is_word(document, before, word)))
}

fn below(document: &Document, above: TokenId, word: &str) -> Option<TokenId> {
    let mut children = document.children(above).iter().copied();
    let found = children.find(|&child| {
        !is_subject(document, child) && is_word(document, child, word) && !is_of_time(document, child)
    });
    // "handed over most of its weapons".
    let in_part = || {
        let parts = document.children(above).iter().copied();
        let mut parts =
            parts.filter(|&part| matches!(relation(document, part), "dobj" | "nsubjpass" | "pobj"));
        parts.find_map(|part| whole(document, part).into_iter().find(|&whole| is_word(document, whole, word)))
    };
    // "called a strike off", "under attack": the word may hang one step further down.
    found.or_else(in_part).or_else(|| {
        document
            .children(above)
            .iter()
            .filter(|&&child| matches!(relation(document, child), "prt" | "prep" | "dobj"))
            .flat_map(|&child| document.children(child))
            .copied()
            .find(|&child| is_word(document, child, word))
    })
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
