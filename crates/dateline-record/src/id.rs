//! Ids: of an article by its text, of an event by what it says.

use dateline_document::{Coding, Event, EventId};
use sha2::{Digest, Sha256};

/// SHA-256 of a text, in hex. That of an article's text is its id.
pub fn text_hash(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// The ids of the coding's events, in their order: 16 hex digits each.
///
/// An id rests on the article's text, the event's type, mode and status, its trigger and its
/// parties, so that a rule that renames or reorders other events leaves it alone. Later tellings
/// carry the id of the first.
pub(crate) fn event_ids(coding: &Coding, article_id: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(coding.events.len());
    for (index, event) in coding.events.iter().enumerate() {
        let id = match first_telling(coding, EventId(index as u32)) {
            first if (first.0 as usize) < index => ids[first.0 as usize].clone(),
            _ => unused(&ids, |attempt| own_id(article_id, event, attempt)),
        };
        ids.push(id);
    }
    ids
}

/// The earliest event that `id` is, by `same_as`, a telling of. Links that point forward are not
/// followed: they would let two events wait for each other.
pub(crate) fn first_telling(coding: &Coding, id: EventId) -> EventId {
    let mut at = id;
    while let Some(earlier) = coding.events[at.0 as usize].same_as.filter(|earlier| *earlier < at) {
        at = earlier;
    }
    at
}

fn own_id(article_id: &str, event: &Event, attempt: usize) -> String {
    let mut hash = Sha256::new();
    let mut feed = |field: &str| {
        hash.update(field);
        hash.update([0]);
    };
    feed(article_id);
    feed(&event.event_type);
    feed(event.mode.as_deref().unwrap_or_default());
    feed(event.status.name());
    feed(&format!("{}-{}", event.trigger.start, event.trigger.end));
    for (role, parties) in [("actor", &event.actors), ("recipient", &event.recipients)] {
        for party in parties {
            feed(&format!("{role} {}-{}", party.span.start, party.span.end));
        }
    }
    if attempt > 0 {
        feed(&attempt.to_string());
    }
    hex(&hash.finalize()[..8])
}

/// The first of the ids that `make` offers that nobody has yet.
fn unused(taken: &[String], make: impl Fn(usize) -> String) -> String {
    (0..).map(make).find(|id| !taken.contains(id)).expect("there are more attempts than events")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
