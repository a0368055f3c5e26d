//! The explained form: every sentence that the codebook listens in, what it tells as an example of a page has
//! it, and beside that, after "#", why.
//!
//! ````text
//! Police in Lima arrested three dockers on Tuesday.
//! ---
//! COERCE/arrest "arrested"
//!   actor "Police in Lima" PER/COP
//!   recipient "three dockers" -/LAB
//!   # coerce.md#arrest
//!   #   actor: subject, arrested ↓nsubj Police
//!   #   recipient: object, arrested ↓dobj dockers
//!   # not coerce.md#seize-goods: if object: @goods
//! ````
//!
//! It can be corrected and pasted into a page as it stands: in an example, lines after "#" claim nothing.

use std::fmt::Write;

use dateline_document::{Coding, Considered, Event, Fate, Span, Tried};

use crate::plain::{plain_event, quoted};

/// A list in a condition is cut after so many characters.
const LONGEST_CONDITION: usize = 90;

/// Every sentence that tells an event or might, and under it what it tells and why.
pub fn explain(coding: &Coding, considered: &[Considered]) -> String {
    let mut sentences: Vec<Span> = coding.events.iter().map(|event| event.sentence).collect();
    sentences.extend(considered.iter().map(|word| word.sentence));
    sentences.sort();
    sentences.dedup();
    let mut out = String::new();
    for sentence in sentences {
        let _ = writeln!(out, "{}\n---", &coding.article.text[sentence]);
        let told: Vec<&Event> = coding.events.iter().filter(|event| event.sentence == sentence).collect();
        if told.is_empty() {
            out.push_str("nothing\n");
        }
        for event in &told {
            let _ = writeln!(out, "{}", plain_event(coding, event));
            of_event(&mut out, event, considered);
        }
        for word in considered.iter().filter(|word| word.sentence == sentence) {
            if !told.iter().any(|event| event.trigger == word.trigger) {
                let _ = writeln!(out, "# {} tells nothing", quoted(coding, word.trigger, sentence));
                word.tried.iter().for_each(|tried| not_told(&mut out, tried));
            }
        }
        out.push('\n');
    }
    out
}

/// The rule that tells it, the paths to its parties, and what else listened.
fn of_event(out: &mut String, event: &Event, considered: &[Considered]) {
    let _ = writeln!(out, "  # {}, confidence {:.2}", event.rule, event.confidence);
    if event.rule.contains("#judge:") {
        let _ = writeln!(out, "  #   so the learned reader says, from the codebook's examples");
    }
    let word = considered.iter().find(|word| word.trigger == event.trigger);
    for tried in word.into_iter().flat_map(|word| &word.tried) {
        match &tried.fate {
            Fate::Told { paths } if tried.rule == event.rule => {
                for path in paths {
                    let _ = writeln!(out, "  #   {path}");
                }
            }
            // Told by the same word: an event of its own.
            Fate::Told { .. } => {}
            _ => {
                out.push_str("  ");
                not_told(out, tried);
            }
        }
    }
}

fn not_told(out: &mut String, tried: &Tried) {
    let _ = write!(out, "# not {}: ", tried.rule);
    let _ = match &tried.fate {
        Fate::Told { .. } => writeln!(out, "merged with the event of another word"),
        Fate::Outweighed { by } => writeln!(out, "{by} says more of the word"),
        Fate::Unmet { condition } => writeln!(out, "{}", cut(condition)),
        Fate::NobodyConcerned => writeln!(out, "no party where it looks for one"),
        Fate::DoneByAThing => writeln!(out, "what acts is a thing"),
        Fate::ToldBesides => writeln!(out, "another word of the sentence tells it"),
        Fate::Judged { instead: Some(rule) } => writeln!(out, "{rule} in its place"),
        Fate::Judged { instead: None } => writeln!(out, "the learned reader sees no event"),
    };
}

/// A condition with the end of a long list left off.
fn cut(condition: &str) -> String {
    match condition.char_indices().nth(LONGEST_CONDITION) {
        Some((end, _)) => format!("{} …", condition[..end].trim_end_matches([',', ' '])),
        None => condition.to_string(),
    }
}
