//! Why: for every word that rules listened for, which of them tells an event and where it found the parties,
//! and what kept the others from it. Made anew for those who ask; coding does not wait for it.

use dateline_codebook::RolePath;
use dateline_document::{Considered, Document, Event, Fate, Party, Sentence, TokenId, Tried};

use super::judge::Asked;
use super::reading::{Reading, Refusal, best, readings};
use super::trigger::Found;
use super::{Story, asked, role, rule_name};
use crate::grammar::relation;

/// No path through a parse is told beyond this many steps.
const LONGEST_PATH: usize = 12;

/// What was considered in a story of which `events` came.
pub(crate) fn considered(story: &Story, events: &[Event]) -> Vec<Considered> {
    let put_to_the_judge: Vec<(TokenId, String)> = asked(story, false)
        .into_iter()
        .filter_map(Asked::found)
        .map(|draft| (draft.head, draft.event.rule))
        .collect();
    let document = story.document;
    let words = |sentence: &Sentence| document.sentence_tokens(sentence);
    let every_word =
        document.sentences.iter().flat_map(|sentence| words(sentence).map(move |id| (sentence, id)));
    every_word.filter_map(|(sentence, id)| of_word(story, sentence, id, events, &put_to_the_judge)).collect()
}

fn of_word(
    story: &Story,
    sentence: &Sentence,
    id: TokenId,
    events: &[Event],
    put_to_the_judge: &[(TokenId, String)],
) -> Option<Considered> {
    let name_of = |rule| rule_name(story.codebook.page_of(rule), story.codebook.rule(rule));
    let mut fitting: Vec<Reading> = Vec::new();
    let mut tried: Vec<Tried> = Vec::new();
    for (trigger, reading) in readings(story, id) {
        let fate = match reading {
            Ok(reading) => {
                fitting.push(reading);
                continue;
            }
            Err(Refusal::Unmet(condition)) => Fate::Unmet { condition: condition.to_string() },
            Err(Refusal::NobodyConcerned) => Fate::NobodyConcerned,
            Err(Refusal::DoneByAThing) => Fate::DoneByAThing,
        };
        tried.push(Tried { rule: name_of(trigger.rule), fate });
    }
    let names: Vec<String> = fitting.iter().map(|reading| rule_name(reading.page, reading.rule)).collect();
    let Some(taken) = best(fitting.into_iter()) else {
        return (!tried.is_empty()).then(|| Considered {
            trigger: story.document.token(id).span,
            sentence: sentence.span,
            tried: once_each(tried),
        });
    };
    let trigger = taken.found.span(story.document);
    let rule = rule_name(taken.page, taken.rule);
    let told: Vec<&Event> = events.iter().filter(|event| event.trigger == trigger).collect();
    let fate = if told.iter().any(|event| event.rule == rule) {
        Fate::Told { paths: paths(story, &taken) }
    } else if put_to_the_judge.iter().any(|(head, put)| *head == id && *put == rule) {
        Fate::Judged { instead: told.first().map(|event| event.rule.clone()) }
    } else {
        Fate::ToldBesides
    };
    let outweighed = names
        .into_iter()
        .filter(|name| *name != rule)
        .map(|name| Tried { rule: name, fate: Fate::Outweighed { by: rule.clone() } });
    let first = Tried { rule: rule.clone(), fate };
    let tried = once_each([first].into_iter().chain(outweighed).chain(tried).collect());
    Some(Considered { trigger, sentence: sentence.span, tried })
}

/// A rule may listen for a word with several triggers: the best that came of it stands first.
fn once_each(tried: Vec<Tried>) -> Vec<Tried> {
    let mut once: Vec<Tried> = Vec::new();
    for one in tried {
        if !once.iter().any(|earlier| earlier.rule == one.rule) {
            once.push(one);
        }
    }
    once
}

/// Where each party of a reading was found: "actor: subject, arrested ↓nsubj police".
fn paths(story: &Story, reading: &Reading) -> Vec<String> {
    let roles = [
        ("actor", &reading.rule.actor, &reading.actors),
        ("recipient", &reading.rule.recipient, &reading.recipients),
    ];
    let found = &reading.found;
    roles
        .into_iter()
        .flat_map(|(name, alternatives, parties)| {
            let to = |party| path_to(story, found, alternatives, party).map(|path| format!("{name}: {path}"));
            parties.iter().filter_map(to).collect::<Vec<_>>()
        })
        .collect()
}

fn path_to(story: &Story, found: &Found, alternatives: &[Vec<RolePath>], party: &Party) -> Option<String> {
    let document = story.document;
    alternatives.iter().flatten().find_map(|place| {
        let heads = role::fillers(document, story.actors, found, place);
        // The party itself, or the thing that it stands behind.
        let head = heads
            .iter()
            .find(|&&head| party.span.contains(document.token(head).span))
            .or_else(|| heads.iter().find(|&&head| document.subtree_span(head).overlaps(party.span)))?;
        Some(format!("{place}, {}", walk(document, found.head, *head)))
    })
}

/// "arrested ↑conj said ↓nsubj police": up to the word that both hang below, and down again.
fn walk(document: &Document, from: TokenId, to: TokenId) -> String {
    let up: Vec<TokenId> = std::iter::once(from).chain(document.ancestors(from).take(LONGEST_PATH)).collect();
    let down: Vec<TokenId> = std::iter::once(to).chain(document.ancestors(to).take(LONGEST_PATH)).collect();
    let mut path = document.word(from).to_string();
    let Some((rise, fall)) =
        up.iter().enumerate().find_map(|(rise, id)| Some((rise, down.iter().position(|other| other == id)?)))
    else {
        return format!("{path} … {}", document.word(to));
    };
    for &id in &up[..rise] {
        let head = document.token(id).head;
        path.push_str(&format!(" ↑{} {}", relation(document, id), document.word(head)));
    }
    for &id in down[..fall].iter().rev() {
        path.push_str(&format!(" ↓{} {}", relation(document, id), document.word(id)));
    }
    path
}
