//! Judge: what is asked of the learned reader, and what is made of its answers.
//!
//! It may say that a rule's event is of another type or none, and that a word no rule listens for tells one
//! between the two parties beside it. Either way the event keeps its words, and its rule says who decided:
//! "aid.md#judge:linear".

use dateline_codebook::Page;
use dateline_judge::{Candidate, RuleVote, Verdict, label_of};

use super::propose::Proposal;
use super::{Draft, Story, event_at, merge, mode_by_words, sector_of_states, set_page};

/// What is asked about, in the order of the sentences.
pub(crate) enum Asked {
    Found(Box<Draft>),
    Proposed(Proposal),
}

/// A rule's reading as the judge sees it.
fn of_draft(draft: &Draft) -> Candidate {
    let event = &draft.event;
    let rule = RuleVote {
        event_type: event.event_type.clone(),
        status: event.status,
        words: draft.weight.0,
        conditions: draft.weight.1,
    };
    Candidate {
        trigger: draft.head,
        others: draft.others.clone(),
        actors: event.actors.clone(),
        recipients: event.recipients.clone(),
        rule: Some(rule),
    }
}

fn of_proposal(proposal: &Proposal) -> Candidate {
    Candidate {
        trigger: proposal.found.head,
        others: proposal.found.others.clone(),
        actors: proposal.actors.clone(),
        recipients: proposal.recipients.clone(),
        rule: None,
    }
}

/// The events that the judge lets stand, in the order of their triggers.
pub(crate) fn weigh(story: &Story, asked: Vec<Asked>) -> Vec<Draft> {
    let Some(ask) = story.ask else {
        return asked.into_iter().filter_map(Asked::found).collect();
    };
    let candidates: Vec<Candidate> = asked.iter().map(Asked::candidate).collect();
    let verdicts = ask(story.document, &candidates);
    let shared: Vec<bool> = (0..asked.len()).map(|at| is_shared(&candidates, at)).collect();
    let mut drafts: Vec<Draft> = Vec::with_capacity(asked.len());
    for ((asked, verdict), is_shared) in asked.into_iter().zip(verdicts).zip(shared) {
        match asked {
            Asked::Found(draft) => drafts.extend(weigh_draft(story, *draft, verdict, is_shared)),
            Asked::Proposed(proposal) => {
                let proposed = weigh_proposal(story, proposal, verdict);
                let is_told = |draft: &Draft, by: &Draft| merge::is_same_happening(story, by, draft);
                drafts.extend(proposed.filter(|draft| {
                    !drafts.iter().rev().take(20).any(|by| is_told(draft, by) || is_told(by, draft))
                }));
            }
        }
    }
    drafts.sort_by_key(|draft| draft.head);
    drafts
}

/// Whether another event is told by the same word: "will not release" tells a REJECT and a RETREAT denied.
/// Which of the two an answer means is not known.
fn is_shared(candidates: &[Candidate], at: usize) -> bool {
    let neighbours = at.saturating_sub(3)..candidates.len().min(at + 4);
    neighbours.into_iter().any(|other| other != at && candidates[other].trigger == candidates[at].trigger)
}

fn weigh_draft(story: &Story, mut draft: Draft, verdict: Verdict, is_shared: bool) -> Option<Draft> {
    // Types of a user's own are unknown to the judge.
    if label_of(&draft.event.event_type).is_none() || is_shared {
        return Some(draft);
    }
    let event_type = verdict.event_type?;
    draft.event.confidence = verdict.confidence;
    if draft.event.event_type != event_type
        && let Some(page) = story.codebook.page(event_type)
    {
        turn(story, &mut draft, page, verdict.by);
    }
    Some(draft)
}

/// Makes an event one of another page.
fn turn(story: &Story, draft: &mut Draft, page: &Page, by: &str) {
    let mode = mode_by_words(story, page, draft.head);
    set_page(&mut draft.event, page, mode);
    draft.event.rule = format!("{}#{by}", page.file);
    sector_of_states(story, &mut draft.event);
}

fn weigh_proposal(story: &Story, proposal: Proposal, verdict: Verdict) -> Option<Draft> {
    let Proposal { found, actors, recipients } = proposal;
    let page = story.codebook.page(verdict.event_type?)?;
    let mode = mode_by_words(story, page, found.head);
    let rule = format!("{}#{}", page.file, verdict.by);
    let mut event = event_at(story, &found, page, mode, (actors, recipients), rule);
    event.confidence = verdict.confidence;
    Some(Draft {
        head: found.head,
        form: found.form,
        event,
        others: found.others,
        light_verb: None,
        weight: (0, 0),
    })
}

impl Asked {
    pub(crate) fn found_by_rule(draft: Draft) -> Asked {
        Asked::Found(Box::new(draft))
    }

    /// What the judge is asked.
    pub(crate) fn candidate(&self) -> Candidate {
        match self {
            Asked::Found(draft) => of_draft(draft),
            Asked::Proposed(proposal) => of_proposal(proposal),
        }
    }

    /// The event of a rule.
    pub(super) fn found(self) -> Option<Draft> {
        match self {
            Asked::Found(draft) => Some(*draft),
            Asked::Proposed(_) => None,
        }
    }
}
