//! The constructions of reported speech and thought, one a file. Each looks through the story and adds
//! the quotes it finds; where two find the same words, the earlier in this list is kept.

mod direct;

mod according_to;
mod as_put_it;
mod headline_colon;
mod in_the_words_of;
mod named_turn;

mod accused_of;
mod call_for;
mod called_for;
mod called_names;
mod claim_that;
mod criticised;
mod described_as;
mod hopeful_that;
mod inserted;
mod said_that;
mod said_to;
mod urged_to;
mod vowed_to;

use dateline_document::Quote;

use super::story::Story;

pub(super) type Construction = fn(&Story, &mut Vec<Quote>);

/// In order of trust.
pub(super) const ALL: [Construction; 19] = [
    direct::direct,
    named_turn::named_turn,
    headline_colon::headline_colon,
    according_to::according_to,
    as_put_it::as_put_it,
    in_the_words_of::in_the_words_of,
    said_that::said_that,
    inserted::inserted,
    said_to::said_to,
    accused_of::accused_of,
    urged_to::urged_to,
    vowed_to::vowed_to,
    called_names::called_names,
    described_as::described_as,
    called_for::called_for,
    criticised::criticised,
    claim_that::claim_that,
    call_for::call_for,
    hopeful_that::hopeful_that,
];
