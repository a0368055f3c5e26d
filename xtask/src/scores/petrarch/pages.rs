//! A dictionary of verbs as pages of a codebook: one page a block, so that no two verbs are taken for one
//! telling, with a rule for each verb and each pattern.
//!
//! What is said in rules:
//! - a verb is a trigger by its lemma, with the words that belong to it; one that the dictionary prints in
//!   the past is held to its printed form;
//! - words of a pattern must stand in the verb's clause, in whatever order, those joined by `_` in a row; a
//!   set of synonyms is spelt out;
//! - a verb before the verb ("VOWED TO *") becomes the trigger, and the dictionary's own verb what must
//!   stand below it; the same words are also looked for in the clause;
//! - `$` and `+` say where the parties stand: before the verb, or after a preposition; `%` that those
//!   joined do it to each other.
//!
//! What isn't: the order of words; negations below another verb; words after a verb that itself stands in
//! a clause below; which of two skipped parties `^` means.

use std::fmt::Write as _;

use super::forms::lemmas;
use super::verbs::{Block, Item, Pattern, Verb, Verbs};

/// A page's file name, without its ending, and its text.
pub struct Page {
    pub name: String,
    pub text: String,
}

/// At the end of the name of a rule that speaks for the verb below its trigger.
pub const ABOVE: &str = "-above";

/// Where whoever it is done to stands, the nearest first.
const ANYWHERE: &str = "object, with, to, against, on, at, from, for, in, into, over, of, between, toward, towards, about, complement, below";

/// Words that say when, whether and how surely, but no deed.
const AUXILIARIES: &[&str] = &[
    "will", "would", "should", "may", "might", "must", "can", "could", "do", "does", "did", "have", "has",
    "had", "was", "were", "been", "be", "is", "are", "to",
];
const NEGATIONS: &[&str] = &["not", "never", "no", "neither", "n't", "don't"];
const PREPOSITIONS: &[&str] =
    &["with", "to", "from", "in", "on", "at", "against", "for", "about", "by", "over", "of"];

/// All pages.
pub fn pages(verbs: &Verbs) -> Vec<Page> {
    let mut pages = Vec::new();
    for (number, block) in verbs.blocks.iter().enumerate().filter(|(_, block)| !block.verbs.is_empty()) {
        // Letters alone make the name of a type.
        let letter = |digit: usize| char::from(b'A' + digit as u8);
        let name = format!("V_{}{}{}", letter(number / 676), letter(number / 26 % 26), letter(number % 26));
        let mut text = format!(
            "# {name}\n\nA block of a dictionary of verbs.\n\n- quad: 1\n- intensity: 0\n- cameo: 000\n- recipient: optional\n\n## Rules\n"
        );
        let mut writer = Writer { verbs, block, text: &mut text };
        for (number, pattern) in block.patterns.iter().enumerate() {
            writer.pattern(number, pattern);
        }
        for (number, verb) in block.verbs.iter().enumerate() {
            if let Some(code) = &verb.code {
                let roles = [("actor", "subject".to_owned()), ("recipient", ANYWHERE.to_owned())];
                writer.rule(&format!("verb-{number}"), verb, &[], Some(code), &roles);
            }
        }
        pages.push(Page { name, text });
    }
    pages
}

struct Writer<'a> {
    verbs: &'a Verbs,
    block: &'a Block,
    text: &'a mut String,
}

impl Writer<'_> {
    fn pattern(&mut self, number: usize, pattern: &Pattern) {
        let roles = roles(pattern);
        for (at, verb) in self.block.verbs.iter().enumerate() {
            let conditions: Vec<_> = pattern
                .before
                .iter()
                .chain(&pattern.after)
                .filter_map(|item| self.condition(item, verb))
                .collect();
            self.rule(&format!("pattern-{number}-{at}"), verb, &conditions, pattern.code.as_deref(), &roles);
        }
        self.above(number, pattern);
    }

    /// "VOWED TO *": the verb before, with ours below it.
    fn above(&mut self, number: usize, pattern: &Pattern) {
        let before: Vec<&String> = pattern.before.iter().filter_map(Item::words).flatten().collect();
        let Some(first) = before.iter().find(|word| !AUXILIARIES.contains(&word.as_str())) else { return };
        let is_negated = before.iter().any(|word| NEGATIONS.contains(&word.as_str()));
        if is_negated || !self.is_verb(first) {
            return;
        }
        let ours: Vec<String> = self.block.verbs.iter().flat_map(|verb| lemmas(&verb.word)).collect();
        let mut conditions = vec![format!("if complement: {}", ours.join(", "))];
        for word in before.iter().filter(|word| word != &first && !["*", "to"].contains(&word.as_str())) {
            let place = if AUXILIARIES.contains(&word.as_str()) { "complement" } else { "clause" };
            conditions.push(format!("if {place}: {word}"));
        }
        let upper = Verb { word: first.to_string(), ..Verb::default() };
        conditions.extend(pattern.after.iter().filter_map(|item| self.condition(item, &upper)));
        let source_is_below = pattern.before.contains(&Item::Source);
        let actor = if source_is_below { "complement" } else { "subject" };
        let recipient = format!("complement, {ANYWHERE}");
        let roles = [("actor", actor.to_owned()), ("recipient", recipient)];
        self.rule(&format!("pattern-{number}{ABOVE}"), &upper, &conditions, pattern.code.as_deref(), &roles);
    }

    /// Whether the dictionary knows the word as a verb, or it looks like the past of one.
    fn is_verb(&self, word: &str) -> bool {
        let known = |lemma: &String| {
            let mut verbs = self.verbs.blocks.iter().flat_map(|block| &block.verbs);
            verbs.any(|verb| lemmas(&verb.word).contains(lemma))
        };
        word.ends_with("ed") || lemmas(word).iter().any(known)
    }

    fn condition(&self, item: &Item, verb: &Verb) -> Option<String> {
        let mut phrases = vec![String::new()];
        for word in item.words()? {
            let choices = match word.as_str() {
                "*" => lemmas(&verb.word),
                _ if word.starts_with('&') => self.verbs.synonyms.get(word).cloned().unwrap_or_default(),
                _ => vec![word.clone()],
            };
            let longer = |phrase: &String| {
                choices.iter().map(|choice| format!("{phrase} {choice}")).collect::<Vec<_>>()
            };
            phrases = phrases.iter().flat_map(longer).collect();
        }
        let phrases: Vec<_> = phrases.iter().map(|phrase| phrase.trim().to_owned()).collect();
        (!phrases.is_empty()).then(|| format!("if clause: {}", phrases.join(", ")))
    }

    fn rule(
        &mut self,
        name: &str,
        verb: &Verb,
        conditions: &[String],
        code: Option<&str>,
        roles: &[(&str, String)],
    ) {
        let forms = lemmas(&verb.word);
        let triggers: Vec<_> = forms
            .iter()
            .map(|form| [form.clone()].iter().chain(&verb.after).cloned().collect::<Vec<_>>().join(" "))
            .collect();
        let text = &mut *self.text;
        let _ =
            write!(text, "\n```rule {name}\nverb {}\ncameo {}\n", triggers.join(", "), code.unwrap_or("---"));
        for (role, paths) in roles {
            let _ = writeln!(text, "{role} {paths}");
        }
        if forms.len() > 1 {
            let _ = writeln!(text, "if clause: {}", verb.word);
        }
        for word in &verb.before {
            let _ = writeln!(text, "if clause: {word}");
        }
        for condition in conditions {
            let _ = writeln!(text, "{condition}");
        }
        text.push_str("```\n");
    }
}

impl Item {
    fn words(&self) -> Option<&Vec<String>> {
        match self {
            Item::Words(words) | Item::Joined(words) => Some(words),
            _ => None,
        }
    }
}

/// Where the parties stand.
fn roles(pattern: &Pattern) -> [(&'static str, String); 2] {
    let place = |item: &Item, otherwise: &str| {
        let Some(at) = pattern.after.iter().position(|other| other == item) else {
            return otherwise.to_owned();
        };
        let before = at.checked_sub(1).and_then(|before| pattern.after[before].words()?.last());
        match before.filter(|word| PREPOSITIONS.contains(&word.as_str())) {
            Some(preposition) => format!("{preposition}, {ANYWHERE}"),
            None => ANYWHERE.to_owned(),
        }
    };
    let target_is_first = pattern.before.contains(&Item::Target);
    let actor = place(&Item::Source, if target_is_first { ANYWHERE } else { "subject" });
    let recipient = match () {
        () if target_is_first => "object, subject".to_owned(),
        () if pattern.before.contains(&Item::Compound) => "subject".to_owned(),
        () if pattern.after.contains(&Item::Compound) => place(&Item::Compound, ANYWHERE),
        () => place(&Item::Target, ANYWHERE),
    };
    [("actor", actor), ("recipient", recipient)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scores::petrarch::verbs;

    fn page(text: &str) -> String {
        pages(&verbs::read(text)).remove(0).text
    }

    #[test]
    fn a_verb_is_a_trigger() {
        let text = page("--- HUM [010] ---\nHUM\n+SING_ALONG [011]\n");
        assert!(text.contains("```rule verb-0\nverb hum\ncameo 010\nactor subject\nrecipient object,"));
        assert!(text.contains("verb sing along\ncameo 011\n"));
    }

    #[test]
    fn words_are_conditions_and_marks_are_places() {
        let text = page(
            "&METAL\n+GOLD\n+WHITE_SILVER\n\n--- KEPT [---] ---\nKEPT\n- + WAS * FRESH_&METAL FROM $ [071]\n",
        );
        assert!(text.contains("verb kept, keep\ncameo 071\nactor from, object,"));
        assert!(text.contains("recipient object, subject\nif clause: kept\nif clause: was\nif clause: fresh gold, fresh white silver\nif clause: from\n"));
        assert!(!text.contains("rule verb-0"), "without a code the verb alone tells nothing");
    }

    #[test]
    fn a_verb_above_becomes_the_trigger() {
        let text = page("--- HUM [010] ---\nHUM\n- VOWED WOULD * [012]\n- VOWED NOT * [013]\n");
        assert!(text.contains("```rule pattern-0-above\nverb vowed, vow, vowe\ncameo 012\n"));
        assert!(text.contains("if complement: hum\nif complement: would\n"));
        assert!(!text.contains("pattern-1-above"));
    }
}
