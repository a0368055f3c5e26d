//! One happening, one event: words of a sentence that tell the same thing are made one, and later
//! sentences that tell it again point back to the first.

use dateline_codebook::TriggerForm;
use dateline_document::{Document, Event, EventId, Party, Status, TokenId};

use super::{Draft, Story, are_joined};
use crate::grammar::{lemma, relation};

/// Drops readings that another one has spoken for, and joins those of one happening.
pub(crate) fn within_sentence(story: &Story, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::new();
    let is_claimed = |draft: &Draft| {
        drafts.iter().any(|by| claims(by, draft) && !(claims(draft, by) && outweighs(draft, by)))
    };
    for draft in drafts.iter().filter(|draft| !is_claimed(draft)) {
        match kept.iter().position(|earlier| is_same_happening(story, earlier, draft)) {
            Some(earlier) => {
                let into = &mut kept[earlier];
                fill(&mut into.event, &draft.event);
                let targets = targets(story, &into.event);
                if !targets.is_empty() {
                    into.event.recipients = targets;
                }
            }
            None => kept.push(draft.clone()),
        }
    }
    drop_posture(&mut kept);
    drop_calls(story.document, &mut kept);
    share_recipients(story.document, &mut kept);
    kept
}

/// A word inside another trigger tells nothing of its own; nor does the light verb over a noun,
/// unless it tells an event of another type: "demanded talks", "cancelled the visit".
fn claims(by: &Draft, draft: &Draft) -> bool {
    by.head != draft.head
        && (by.others.contains(&draft.head)
            || by.light_verb == Some(draft.head)
                && (by.event.event_type == draft.event.event_type || draft.others.contains(&by.head)))
}

/// Of two that claim each other the longer trigger stays, else the noun.
fn outweighs(draft: &Draft, other: &Draft) -> bool {
    (draft.others.len(), draft.form == TriggerForm::Noun)
        > (other.others.len(), other.form == TriggerForm::Noun)
}

/// Two words of one type whose parties do not contradict, the one governing or joined to the other.
pub(crate) fn is_same_happening(story: &Story, earlier: &Draft, later: &Draft) -> bool {
    let (ours, theirs) = (&earlier.event, &later.event);
    if ours.event_type != theirs.event_type || ours.rule != theirs.rule && earlier.head == later.head {
        return false;
    }
    let document = story.document;
    // "fired tear gas to disperse the crowd", "blocked a road to protest": what it is for is the same deed.
    let is_purpose = relation(document, later.head) == "advcl"
        && document.head(later.head) == Some(earlier.head)
        && ours.mode.is_some()
        && theirs.status == Status::Planned;
    let is_protest = is_purpose && ours.event_type == "PROTEST";
    if ours.mode.is_some() && theirs.mode.is_some() && ours.mode != theirs.mode && !is_protest {
        return false;
    }
    let touch = are_joined(document, earlier.head, later.head)
        || are_joined(document, later.head, earlier.head)
        // "the strike killed two": the noun is the verb's subject.
        || relation(document, earlier.head) == "nsubj" && document.head(earlier.head) == Some(later.head)
        || document.head(earlier.head).is_some() && document.head(earlier.head) == document.head(later.head)
        || is_means(document, earlier.head, later.head);
    if !touch {
        return false;
    }
    let noun_and_verb = earlier.form == TriggerForm::Noun && later.form == TriggerForm::Verb;
    // "killed three and wounded five": joined verbs of one deed may have their own victims.
    let joined_deeds = relation(document, later.head) == "conj"
        && ours.event_type == "ASSAULT"
        && ours.status == theirs.status;
    let actors_agree = agree(&ours.actors, &theirs.actors) || noun_and_verb && theirs.actors.is_empty();
    let recipients_agree = agree(&targets(story, ours), &targets(story, theirs)) || joined_deeds;
    // "denied killing", "promised to promise": of different status, they are two tellings.
    let status_agrees = ours.status == theirs.status || noun_and_verb || is_purpose;
    actors_agree && recipients_agree && status_agrees && lemma(document, earlier.head) != "say"
}

/// "the killing of X in an air strike", wherever the parser hung the "in".
fn is_means(document: &Document, earlier: TokenId, later: TokenId) -> bool {
    let Some(preposition) = document.head(later).filter(|_| relation(document, later) == "pobj") else {
        return false;
    };
    let is_means =
        matches!(document.word(preposition).to_lowercase().as_str(), "in" | "by" | "during" | "with");
    let above = document.head(preposition);
    let verb = document
        .head(earlier)
        .filter(|_| matches!(relation(document, earlier), "nsubj" | "nsubjpass" | "dobj"));
    is_means && preposition > earlier && above.is_some() && (above == verb || above == Some(earlier))
}

/// The recipients that are more than the place where it happened.
fn targets(story: &Story, event: &Event) -> Vec<Party> {
    let place = event.place.map(|place| story.places[place.place.0 as usize].span);
    event
        .recipients
        .iter()
        .filter(|party| place.is_none_or(|place| !party.span.overlaps(place)))
        .cloned()
        .collect()
}

/// Whether two lists of parties may be the same people: one empty, or somebody in both.
fn agree(ours: &[Party], theirs: &[Party]) -> bool {
    ours.is_empty() || theirs.is_empty() || share_somebody(ours, theirs)
}

fn share_somebody(ours: &[Party], theirs: &[Party]) -> bool {
    ours.iter().any(|party| theirs.iter().any(|other| is_same_party(party, other)))
}

fn is_same_party(ours: &Party, theirs: &Party) -> bool {
    ours.span == theirs.span
        || ours.entity.is_some() && ours.entity == theirs.entity
        || ours.span.overlaps(theirs.span)
}

fn fill(into: &mut Event, from: &Event) {
    for party in &from.recipients {
        if !into.recipients.iter().chain(&into.actors).any(|known| is_same_party(known, party)) {
            into.recipients.push(party.clone());
        }
    }
    if into.actors.is_empty() {
        let free = from
            .actors
            .iter()
            .filter(|party| !into.recipients.iter().any(|known| is_same_party(known, party)));
        into.actors = free.cloned().collect();
    }
    into.mode = into.mode.take().or_else(|| from.mode.clone());
    if into.mode == from.mode && from.mode.is_some() {
        into.cameo = from.cameo.clone();
        into.intensity = from.intensity;
    }
    into.date = into.date.or(from.date);
    into.place = into.place.or(from.place);
    into.counts.killed = into.counts.killed.or(from.counts.killed);
    into.counts.injured = into.counts.injured.or(from.counts.injured);
    into.counts.arrested = into.counts.arrested.or(from.counts.arrested);
    into.counts.size = into.counts.size.or(from.counts.size);
    for context in &from.contexts {
        if !into.contexts.contains(context) {
            into.contexts.push(context.clone());
        }
    }
    into.confidence = into.confidence.max(from.confidence);
}

/// PLOVER codes no MOBILIZE inside an ASSAULT by the same actor.
fn drop_posture(drafts: &mut Vec<Draft>) {
    let attackers: Vec<Party> = drafts
        .iter()
        .filter(|draft| draft.event.event_type == "ASSAULT")
        .flat_map(|draft| draft.event.actors.clone())
        .collect();
    drafts.retain(|draft| {
        draft.event.event_type != "MOBILIZE" || !share_somebody(&draft.event.actors, &attackers)
    });
}

/// "rang the emir to congratulate him": the call is how it was said, and no talk besides.
fn drop_calls(document: &Document, drafts: &mut Vec<Draft>) {
    let is_said_in = |call: &Draft, said: &Draft| {
        let purpose = std::iter::once(said.head)
            .chain(document.ancestors(said.head).take(3))
            .find(|&id| document.head(id) == Some(call.head));
        call.event.status == said.event.status
            && purpose.is_some_and(|purpose| matches!(relation(document, purpose), "advcl" | "xcomp"))
            && share_somebody(&call.event.actors, &said.event.actors)
            && share_somebody(&call.event.recipients, &said.event.recipients)
    };
    let is_call =
        |draft: &Draft| draft.event.event_type == "CONSULT" && draft.event.mode.as_deref() == Some("phone");
    let calls: Vec<Draft> = drafts.iter().filter(|draft| is_call(draft)).cloned().collect();
    for call in calls {
        let mut has_said = false;
        for said in drafts.iter_mut().filter(|draft| !is_call(draft)) {
            if is_said_in(&call, said) {
                has_said = true;
                said.event.date = said.event.date.or(call.event.date);
                said.event.place = said.event.place.or(call.event.place);
            }
        }
        if has_said {
            drafts.retain(|draft| draft.head != call.head || !is_call(draft));
        }
    }
}

/// "is willing to send shells along with food to Chad": a promise, a threat or a refusal is about whom its deed
/// is about.
fn share_recipients(document: &Document, drafts: &mut [Draft]) {
    for said in 0..drafts.len() {
        let Draft { head, event, .. } = &drafts[said];
        let is_word = matches!(event.event_type.as_str(), "AGREE" | "REJECT" | "THREATEN");
        if !is_word || !event.recipients.is_empty() {
            continue;
        }
        let is_its_deed = |deed: &&Draft| {
            matches!(relation(document, deed.head), "xcomp" | "ccomp")
                && document.head(deed.head) == Some(*head)
                && !deed.event.recipients.is_empty()
                && agree(&event.actors, &deed.event.actors)
        };
        if let Some(deed) = drafts.iter().find(is_its_deed) {
            drafts[said].event.recipients = deed.event.recipients.clone();
        }
    }
}

/// Later tellings of an event point to the first: same type, somebody the same on each side, no
/// contradiction in mode, status or date.
pub(crate) fn across_story(story: &Story, drafts: &mut [Draft]) {
    for later in 1..drafts.len() {
        let first = (later.saturating_sub(200)..later).find(|&earlier| {
            drafts[earlier].event.same_as.is_none()
                && is_told_again(&drafts[earlier].event, &drafts[later].event)
        });
        drafts[later].event.same_as = first.map(|first| EventId(first as u32));
    }
    causes(story, drafts);
}

fn is_told_again(first: &Event, again: &Event) -> bool {
    let same_entity = |ours: &[Party], theirs: &[Party]| {
        ours.iter()
            .any(|party| party.entity.is_some() && theirs.iter().any(|other| other.entity == party.entity))
    };
    let sides =
        |ours: &[Party], theirs: &[Party]| same_entity(ours, theirs) || ours.is_empty() && theirs.is_empty();
    let dates_agree = match (first.date, again.date) {
        (Some(ours), Some(theirs)) => {
            ours.interval.from <= theirs.interval.to && theirs.interval.from <= ours.interval.to
        }
        _ => true,
    };
    let modes_agree = first.mode.is_none() || again.mode.is_none() || first.mode == again.mode;
    first.event_type == again.event_type
        && first.status == again.status
        && first.sentence != again.sentence
        && dates_agree
        && modes_agree
        && sides(&first.actors, &again.actors)
        && sides(&first.recipients, &again.recipients)
        && (!first.recipients.is_empty() || dates_agree && first.date.is_some() && again.date.is_some())
}

/// A cause stands in the sentence of its effect, so among so many events before or after it.
const NEAR: usize = 50;

/// "The killing prompted demands", "in response to the raid": what the text itself says follows.
fn causes(story: &Story, drafts: &mut [Draft]) {
    let document = story.document;
    for effect in 0..drafts.len() {
        let head = drafts[effect].head;
        let near = effect.saturating_sub(NEAR)..drafts.len().min(effect + NEAR);
        let cause = near.into_iter().filter(|&cause| cause != effect).find(|&cause| {
            let before = drafts[cause].head;
            if document.token(before).sentence != document.token(head).sentence {
                return false;
            }
            let by_verb = document.head(head).is_some_and(|verb| {
                let links = matches!(relation(document, head), "dobj" | "pobj");
                let verb = if relation(document, head) == "pobj" {
                    document.head(verb).unwrap_or(verb)
                } else {
                    verb
                };
                links
                    && matches!(
                        lemma(document, verb),
                        "prompt"
                            | "trigger"
                            | "cause"
                            | "spark"
                            | "provoke"
                            | "ignite"
                            | "fuel"
                            | "draw"
                            | "lead"
                    )
                    && relation(document, before) == "nsubj"
                    && document.head(before) == Some(verb)
            });
            by_verb || answers(story, head, before)
        });
        drafts[effect].event.because_of = cause.map(|cause| EventId(cause as u32));
    }
}

/// "retaliated … for", "in response to", "in retaliation for" the cause.
fn answers(story: &Story, effect: TokenId, cause: TokenId) -> bool {
    let document = story.document;
    let Some(preposition) = document.head(cause).filter(|_| relation(document, cause) == "pobj") else {
        return false;
    };
    let Some(noun) = document.head(preposition) else { return false };
    matches!(
        lemma(document, noun),
        "response" | "retaliation" | "reaction" | "revenge" | "reprisal" | "answer" | "because"
    ) && document.ancestors(noun).take(4).any(|above| above == effect)
}
