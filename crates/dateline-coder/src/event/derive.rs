//! Derived events: refusing an act is an act, and so is promising it. The codebook's pages say which:
//! "will not release the crew" is a REJECT besides a RETREAT denied, "said it will release the crew" an
//! AGREE besides a RETREAT planned.

use dateline_codebook::{DerivedWhen, Page, Rule};
use dateline_document::{Document, Status, TokenId};

use super::{Draft, Story, rule_name, set_page, set_rule};
use crate::grammar::{is_verb, lemma, relation, surface_subjects};

/// The events that `draft` tells besides itself.
pub(crate) fn derived(story: &Story, draft: &Draft) -> Vec<Draft> {
    let rules = story
        .codebook
        .derived_rules()
        .iter()
        .map(|&id| (story.codebook.page_of(id), story.codebook.rule(id)));
    let fits = |(_, rule): &(&Page, &Rule)| {
        rule.derived.as_ref().is_some_and(|derived| {
            derived.event_types.contains(&draft.event.event_type)
                && match derived.attitude {
                    DerivedWhen::Refused => is_refused(story.document, draft.head),
                    DerivedWhen::Promised => is_promised(story, draft),
                }
        })
    };
    rules.filter(fits).map(|(page, rule)| derive(draft, page, rule)).collect()
}

fn derive(draft: &Draft, page: &Page, rule: &Rule) -> Draft {
    let mut derived = draft.clone();
    let event = &mut derived.event;
    set_page(event, page, rule.mode.clone());
    set_rule(event, rule);
    event.status = Status::Asserted;
    event.rule = rule_name(page, rule);
    event.date = None;
    event.place = None;
    derived
}

fn auxiliary(document: &Document, verb: TokenId, words: &[&str]) -> bool {
    document.children_by(verb, "aux").any(|aux| words.contains(&document.word(aux).to_lowercase().as_str()))
}

/// "will not", "won't", "would not" before the verb itself.
fn is_refused(document: &Document, verb: TokenId) -> bool {
    is_verb(document, verb)
        && document.child(verb, "neg").is_some()
        && auxiliary(document, verb, &["will", "wo", "would", "'ll", "’ll"])
}

/// "X said it will": the clause of a verb of saying whose subject is the one who will.
fn is_promised(story: &Story, draft: &Draft) -> bool {
    let document = story.document;
    let verb = draft.head;
    let says = document.head(verb).filter(|&head| {
        relation(document, verb) == "ccomp"
            && matches!(lemma(document, head), "say" | "announce" | "state" | "declare" | "confirm")
    });
    let Some(says) = says.filter(|_| is_verb(document, verb)) else { return false };
    let is_open =
        auxiliary(document, verb, &["will", "would", "'ll", "’ll"]) && document.child(verb, "neg").is_none();
    let speakers: Vec<_> =
        surface_subjects(document, says).into_iter().filter_map(|id| story.actors.entity_of(id)).collect();
    is_open
        && draft
            .event
            .actors
            .iter()
            .any(|actor| actor.entity.is_some_and(|entity| speakers.contains(&entity)))
}
