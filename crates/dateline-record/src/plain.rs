//! The plain form: a coding as the codebook's pages write it, so that what the engine says can be
//! pasted under an example, and an example be compared with what it says.
//!
//! ````text
//! PROTEST/demo "marched"
//!   actor "Thousands of teachers" -/EDU
//!   recipient "the education ministry" PER/GOV
//!   place "Lima"
//!   date "Tuesday"
//! ````

use std::fmt::Write;

use dateline_document::{Coding, Event, Party, Span, Status};

/// Every event of the coding in plain form, in text order; "nothing" where there is none.
pub fn plain(coding: &Coding) -> String {
    if coding.events.is_empty() {
        return "nothing".into();
    }
    let lines: Vec<_> = coding.events.iter().map(|event| plain_event(coding, event)).collect();
    lines.join("\n")
}

/// One event in plain form, without a line break at its end.
pub fn plain_event(coding: &Coding, event: &Event) -> String {
    let mut out = event.event_type.to_string();
    if let Some(mode) = &event.mode {
        let _ = write!(out, "/{mode}");
    }
    let _ = write!(out, " {}", quoted(coding, event.trigger, event.sentence));
    for (role, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for party in parties {
            let _ = write!(out, "\n  {role} {}", plain_party(coding, party, event.sentence));
        }
    }
    if let Some(place) = event.place {
        let _ = write!(
            out,
            "\n  place {}",
            quoted(coding, coding.places[place.place.0 as usize].span, event.sentence)
        );
    }
    if let Some(span) = event.date.and_then(|date| date.span) {
        let _ = write!(out, "\n  date {}", quoted(coding, span, event.sentence));
    }
    if event.status != Status::Asserted {
        let _ = write!(out, "\n  status {}", event.status.name());
    }
    out
}

/// The party's words, its name where that is another, and its codes.
fn plain_party(coding: &Coding, party: &Party, sentence: Span) -> String {
    let words = &coding.article.text[party.span];
    let mut out = quoted(coding, party.span, sentence);
    let is_pronoun =
        words.split_whitespace().count() == 1 && !party.name.contains(words) && !words.contains(&party.name);
    let is_name = coding_entity_is_named(coding, party);
    if is_pronoun && is_name {
        let _ = write!(out, " = \"{}\"", party.name);
    }
    let country = party.country.as_deref().unwrap_or("-");
    let sector = party.sector.map_or("-", |sector| sector.code());
    let _ = write!(out, " {country}/{sector}");
    out
}

/// Countries stand under their own name already; "American" needs no "United States".
fn coding_entity_is_named(coding: &Coding, party: &Party) -> bool {
    use dateline_document::{EntityType, MentionForm};
    party.entity.is_some_and(|id| {
        let entity = &coding.entities[id.0 as usize];
        entity.entity_type == EntityType::Person
            && entity.mentions.iter().any(|mention| mention.form == MentionForm::Name)
    })
}

/// The words in quotation marks; with "@2" where they are the second of their kind in the sentence.
pub(crate) fn quoted(coding: &Coding, span: Span, sentence: Span) -> String {
    let text = &coding.article.text;
    let words = &text[span];
    let before =
        if sentence.contains(span) { &text[sentence.start as usize..span.start as usize] } else { "" };
    let is_whole = |at: usize| {
        let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !joins(before[..at].chars().next_back()) && !joins(before[at + words.len()..].chars().next())
    };
    let earlier = before.match_indices(words).filter(|(at, _)| is_whole(*at)).count();
    match earlier {
        0 => format!("\"{words}\""),
        _ => format!("\"{words}\"@{}", earlier + 1),
    }
}
