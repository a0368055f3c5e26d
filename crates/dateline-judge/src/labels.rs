//! Labels: the answers that the judge knows. The first is that the candidate tells no event.

/// "nothing", and PLOVER's event types.
pub const LABELS: [&str; 17] = [
    "nothing",
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];

/// The number of an event type; `None` for types that the judge has not learnt.
pub fn label_of(event_type: &str) -> Option<usize> {
    LABELS.iter().skip(1).position(|&label| label == event_type).map(|number| number + 1)
}
