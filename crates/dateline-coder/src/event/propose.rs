//! Proposals: words that no rule listens for, between two parties. The judge says what they tell.
//!
//! "Kenya *airlifted* its nationals out of Juba" or "the ministry *poured scorn* on the union": a verb, or a
//! noun of doing, with somebody who does it and somebody else it is done to.

use std::sync::LazyLock;

use dateline_codebook::{RolePath, TriggerForm};
use dateline_document::{Sentence, TokenId};

use super::trigger::Found;
use super::{Draft, Story, parties};
use crate::grammar::{is_noun, is_verb, light_use, relation};

/// A word with the parties around it.
pub(crate) struct Proposal {
    pub found: Found,
    pub actors: Vec<dateline_document::Party>,
    pub recipients: Vec<dateline_document::Party>,
}

/// Where a party stands beside a word that no page knows.
static ACTOR: LazyLock<Vec<Vec<RolePath>>> =
    LazyLock::new(|| vec![vec![RolePath::Subject], vec![RolePath::Preposition("by".into())]]);
/// Of a noun also whoever does the verb above it; of a verb that is who tells of it: "was killed, the army said".
static ACTOR_OF_NOUN: LazyLock<Vec<Vec<RolePath>>> =
    LazyLock::new(|| ACTOR.iter().cloned().chain([vec![RolePath::Governor]]).collect());
static RECIPIENT: LazyLock<Vec<Vec<RolePath>>> = LazyLock::new(|| {
    let after = |word: &str| vec![RolePath::Preposition(word.into())];
    let words =
        ["to", "with", "against", "on", "for", "from", "at", "of", "toward", "towards", "into", "over", "in"];
    let first = [vec![RolePath::Object]];
    first.into_iter().chain(words.map(after)).chain([vec![RolePath::Complement]]).collect()
});

/// Words that carry another verb's sense, or none.
const EMPTY: &[&str] = &["be", "have", "do", "include", "seem", "become"];

/// The candidates of a sentence at words that `drafts` do not speak for.
pub(crate) fn proposals(story: &Story, sentence: &Sentence, drafts: &[Draft]) -> Vec<Proposal> {
    let is_taken = |id: TokenId| {
        drafts
            .iter()
            .any(|draft| draft.head == id || draft.others.contains(&id) || draft.light_verb == Some(id))
    };
    story
        .document
        .sentence_tokens(sentence)
        .filter(|&id| !is_taken(id))
        .filter_map(|id| proposal(story, id))
        .collect()
}

fn proposal(story: &Story, id: TokenId) -> Option<Proposal> {
    let document = story.document;
    let form =
        if is_verb(document, id) && relation(document, id) != "aux" && relation(document, id) != "auxpass" {
            TriggerForm::Verb
        } else if is_noun(document, id) && document.token(id).pos == "NOUN" && is_done(story, id) {
            TriggerForm::Noun
        } else {
            return None;
        };
    if EMPTY.contains(&document.token(id).lemma.as_str()) {
        return None;
    }
    let found = Found { form, head: id, others: particles(story, id) };
    let stands = if form == TriggerForm::Noun { &*ACTOR_OF_NOUN } else { &*ACTOR };
    let actors = parties(story, &found, None, stands, &[]);
    if actors.is_empty() {
        return None;
    }
    let recipients = parties(story, &found, None, &RECIPIENT, &actors);
    (!recipients.is_empty()).then_some(Proposal { found, actors, recipients })
}

/// A noun that somebody does: under a light verb, or between a possessor and a preposition.
fn is_done(story: &Story, noun: TokenId) -> bool {
    let document = story.document;
    let has = |wanted: &str| document.child(noun, wanted).is_some();
    light_use(document, noun).is_some() || (has("poss") || has("amod") || has("compound")) && has("prep")
}

/// "out" of "carried out".
fn particles(story: &Story, id: TokenId) -> Vec<TokenId> {
    story.document.children_by(id, "prt").collect()
}
