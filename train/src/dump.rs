//! Dump: the questions as JSON Lines, cut into pieces, for the encoder's trainer in Python.

use std::io::Write;

use anyhow::Result;
use dateline_document::{Document, Party};
use dateline_judge::{Candidate, Window, WordPiece};
use serde_json::json;

use crate::examples::{Answer, Case, name};

pub fn write(out: &mut dyn Write, tokenizer: &WordPiece, cases: &[Case]) -> Result<()> {
    for case in cases {
        let (is, is_not) = match case.answer {
            Answer::Is(label) => (Some(name(label)), None),
            Answer::IsNot(label) => (None, Some(name(label))),
        };
        let mut line = question(tokenizer, &case.document, &case.candidate);
        line["name"] = json!(case.name);
        line["is"] = json!(is);
        line["is_not"] = json!(is_not);
        line["kept"] = json!(case.is_kept);
        line["asked"] = json!(case.is_asked);
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The pieces around a candidate, and which of them are its words.
pub fn question(tokenizer: &WordPiece, document: &Document, candidate: &Candidate) -> serde_json::Value {
    let window = Window::around(tokenizer, document, candidate);
    let text = |parties: &[Party]| -> Vec<String> {
        parties.iter().map(|party| document.text[party.span].to_string()).collect()
    };
    let rule = candidate.rule.as_ref();
    json!({
        "ids": window.ids, "trigger": window.trigger, "actors": window.actors, "recipients": window.recipients,
        "rule": rule.map(|rule| rule.event_type.as_str()),
        "status": rule.map(|rule| rule.status.name()),
        "words": rule.map(|rule| rule.words), "conditions": rule.map(|rule| rule.conditions),
        "trigger_text": document.word(candidate.trigger),
        "actor_text": text(&candidate.actors), "recipient_text": text(&candidate.recipients),
        "actor_name": candidate.actors.iter().map(|party| party.name.clone()).collect::<Vec<_>>(),
        "recipient_name": candidate.recipients.iter().map(|party| party.name.clone()).collect::<Vec<_>>(),
    })
}
