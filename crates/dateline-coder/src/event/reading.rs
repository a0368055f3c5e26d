//! Readings: every rule that listens for a word, and what keeps it from telling an event there.

use dateline_codebook::{Condition, Page, Rule, TriggerForm, TriggerId};
use dateline_document::{Document, Party, TokenId};

use super::trigger::{Found, triggers_at};
use super::{Draft, Story, condition, drafts_of, parties};
use crate::grammar::{is_noun, subjects};

/// A rule's reading of a trigger.
pub(super) struct Reading<'a> {
    pub found: Found,
    pub page: &'a Page,
    pub rule: &'a Rule,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// Words of the trigger, conditions asked for, parties found: the greatest is taken.
    pub rank: (usize, usize, usize),
}

/// Why a rule tells nothing at a word it listens for.
#[derive(Clone, Copy)]
pub(super) enum Refusal<'a> {
    Unmet(&'a Condition),
    /// Nobody it is done to, where there must be somebody, or nobody at all.
    NobodyConcerned,
    /// Its subject is a thing: "the circumstances surrounding her arrest".
    DoneByAThing,
}

/// Each rule that listens for the word at `id`: its trigger there, and what it reads.
pub(super) fn readings<'a>(
    story: &Story<'a>,
    id: TokenId,
) -> impl Iterator<Item = (TriggerId, Result<Reading<'a>, Refusal<'a>>)> {
    triggers_at(story.document, story.codebook, id)
        .into_iter()
        .map(move |(trigger, found)| (trigger, read(story, trigger, found)))
}

fn read<'a>(story: &Story<'a>, trigger: TriggerId, found: Found) -> Result<Reading<'a>, Refusal<'a>> {
    let rule = story.codebook.rule(trigger.rule);
    let page = story.codebook.page_of(trigger.rule);
    let unmet = rule
        .conditions
        .iter()
        .find(|condition| !condition::holds(story.document, story.codebook, story.actors, &found, condition));
    if let Some(condition) = unmet {
        return Err(Refusal::Unmet(condition));
    }
    let actors = parties(story, &found, Some(page), &rule.actor, &[]);
    let recipients_at = |paths| parties(story, &found, Some(page), paths, &actors);
    // "France and Italy trained together", "accused each other": each with the other, where nobody stands on a
    // path before the one that they share.
    let shared = match rule.recipient.is_empty() || !is_reciprocal(story.document, found.head) {
        true => rule.recipient.iter().position(|path| rule.actor.contains(path)),
        // "accused each other of arming rebels": the rebels are not accused.
        false if story.document.children_by(found.head, "dobj").any(|id| is_other(story.document, id)) => {
            Some(0)
        }
        false => Some(rule.recipient.len()),
    };
    let recipients = match shared.filter(|_| actors.len() > 1) {
        Some(shared) => match recipients_at(&rule.recipient[..shared]) {
            nobody if nobody.is_empty() => actors.clone(),
            others => others,
        },
        None => recipients_at(&rule.recipient),
    };
    if recipients.is_empty() && (page.needs_recipient || actors.is_empty()) {
        return Err(Refusal::NobodyConcerned);
    }
    if actors.is_empty() && is_done_by_a_thing(story, &found, page) {
        return Err(Refusal::DoneByAThing);
    }
    let wanted = rule.conditions.iter().filter(|condition| condition.is_wanted).count();
    let told = usize::from(!recipients.is_empty()) + usize::from(!actors.is_empty());
    let rank = (found.others.len(), wanted, told);
    Ok(Reading { found, page, rule, actors, recipients, rank })
}

/// The reading with the longest trigger, then the most conditions, then the most parties; the first of equals.
pub(super) fn best<'a>(readings: impl Iterator<Item = Reading<'a>>) -> Option<Reading<'a>> {
    readings.reduce(|best, next| if next.rank > best.rank { next } else { best })
}

/// The events that the word at `id` tells, by the rule that fits it best.
pub(super) fn best_reading(story: &Story, id: TokenId) -> Vec<Draft> {
    let fitting = readings(story, id).filter_map(|(_, reading)| reading.ok());
    best(fitting).map(|reading| drafts_of(story, reading)).unwrap_or_default()
}

/// "each other", "one another" below the word.
fn is_reciprocal(document: &Document, head: TokenId) -> bool {
    let near =
        document.children(head).iter().flat_map(|child| document.children(*child).iter().chain([child]));
    near.copied().any(|id| is_other(document, id))
}

/// "other" of "each other", "another" of "one another".
fn is_other(document: &Document, id: TokenId) -> bool {
    let before = id.0.checked_sub(1).map(|before| document.word(TokenId(before)));
    match document.word(id) {
        "other" => before == Some("each"),
        "another" => before == Some("one"),
        _ => false,
    }
}

/// "the circumstances surrounding her arrest": material acts want somebody who acts; only assaults are
/// told by their weapons ("a shell killed two"), and only words by their papers ("the report accused").
fn is_done_by_a_thing(story: &Story, found: &Found, page: &Page) -> bool {
    found.form == TriggerForm::Verb
        && matches!(page.quad, 2 | 4)
        && page.event_type != "ASSAULT"
        && subjects(story.document, found.head).iter().any(|&subject| is_noun(story.document, subject))
}
