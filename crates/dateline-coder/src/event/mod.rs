//! Events: triggers found, parties attached, status judged, told-twice made one.
//!
//! For each word that a rule listens for, every rule that its conditions admit competes; the most
//! specific wins. What it found is then dated, placed and counted from the words around it.

mod attitudes;
mod circumstance;
mod condition;
mod context;
mod derive;
mod judge;
mod merge;
mod propose;
mod reading;
mod role;
mod status;
mod trigger;
mod why;

use dateline_codebook::{Codebook, Page, RolePath, Rule, TriggerForm};
use dateline_document::{
    Article, DateExpression, Document, Event, Party, PlaceMention, Quote, QuoteId, Sector, TokenId,
};
use dateline_judge::{Candidate, Verdict, rule_confidence};
use smol_str::SmolStr;

use self::judge::Asked;
use self::reading::{Reading, best_reading};
use self::trigger::Found;
use crate::actor::Actors;
use crate::grammar::{LightUse, counted, is_noun, light_use, relation, words_below};

/// Puts candidates of a document to a judge, who gives a verdict on each.
pub type Ask<'a> = dyn Fn(&Document, &[Candidate]) -> Vec<Verdict> + 'a;

pub(crate) use why::considered;

/// What the events are read from.
pub(crate) struct Story<'a> {
    pub article: &'a Article,
    pub document: &'a Document,
    pub codebook: &'a Codebook,
    pub actors: &'a Actors<'a>,
    pub dates: &'a [DateExpression],
    pub places: &'a [PlaceMention],
    pub quotes: &'a [Quote],
    /// Who weighs what the rules find; nobody where the pages alone are to decide.
    pub ask: Option<&'a Ask<'a>>,
}

/// An event with the words it was read from, while it may still be merged.
#[derive(Clone)]
pub(crate) struct Draft {
    pub head: TokenId,
    pub form: TriggerForm,
    pub event: Event,
    /// Words of the trigger besides its head.
    pub others: Vec<TokenId>,
    /// The verb that lends a noun its subject.
    pub light_verb: Option<TokenId>,
    /// Words and conditions of the rule that the reading rests on.
    pub weight: (u8, u8),
}

/// The events of a story, in the order of their triggers.
pub(crate) fn find_events(story: &Story) -> Vec<Event> {
    let asked = asked(story, story.ask.is_some());
    let mut events = judge::weigh(story, asked);
    for told in events.chunk_by_mut(|one, other| one.event.sentence == other.event.sentence) {
        let sentence = story.document.sentence_of(told[0].head);
        let contexts = context::contexts_of(story.document, story.codebook, sentence);
        told.iter_mut().for_each(|draft| draft.event.contexts = contexts.clone());
    }
    merge::across_story(story, &mut events);
    events.into_iter().map(|draft| draft.event).collect()
}

/// What a judge would be asked: the events that the rules find, and words between two parties where they
/// find none.
pub(crate) fn candidates(story: &Story) -> Vec<Candidate> {
    asked(story, true).iter().map(Asked::candidate).collect()
}

/// The events that the rules find, sentence by sentence, and after those of each, where it is wanted, words
/// between two parties where they find none.
fn asked(story: &Story, with_proposals: bool) -> Vec<Asked> {
    let mut asked = Vec::new();
    for sentence in &story.document.sentences {
        let words = story.document.sentence_tokens(sentence);
        let drafts: Vec<Draft> = words.flat_map(|id| best_reading(story, id)).collect();
        let proposals =
            if with_proposals { propose::proposals(story, sentence, &drafts) } else { Vec::new() };
        asked.extend(merge::within_sentence(story, drafts).into_iter().map(Asked::found_by_rule));
        asked.extend(proposals.into_iter().map(Asked::Proposed));
    }
    asked
}

/// The parties at the first alternative that finds any, each entity once and none of `taken`; `page` is that
/// of the rule, where one listens for the word.
fn parties(
    story: &Story,
    found: &Found,
    page: Option<&Page>,
    alternatives: &[Vec<RolePath>],
    taken: &[Party],
) -> Vec<Party> {
    // Whoever shells a village shells those who live there.
    let is_suffered = page.is_some_and(|page| matches!(page.event_type.as_str(), "ASSAULT" | "AID"));
    let is_of_moves = page
        .is_some_and(|page| matches!(page.event_type.as_str(), "RETREAT" | "AGREE" | "MOBILIZE" | "CONCEDE"));
    let is_new = |known: &[Party], party: &Party| {
        !known.iter().chain(taken).any(|other| {
            other.span.overlaps(party.span) || other.entity.is_some() && other.entity == party.entity
        })
    };
    for paths in alternatives {
        let mut parties: Vec<Party> = Vec::new();
        for path in paths {
            for head in role::fillers(story.document, story.actors, found, path) {
                let is_means = *path == RolePath::Object && role::is_fired(story.document, found.head, head);
                if head == found.head || is_means || story.actors.is_where_it_lies(head) {
                    continue;
                }
                let members = story.actors.members(head);
                if !members.is_empty() {
                    for party in members {
                        if is_new(&parties, &party) {
                            parties.push(party);
                        }
                    }
                    continue;
                }
                let direct = speaking(story, head).or_else(|| story.actors.party(head));
                let dwellers = || match path {
                    RolePath::Object | RolePath::Preposition(_) if is_suffered => story.actors.dwellers(head),
                    _ => None,
                };
                // "detained 40 of them".
                let of_them =
                    || counted(story.document, head).into_iter().find_map(|id| story.actors.party(id));
                let party = direct.or_else(dwellers).or_else(of_them).or_else(|| behind(story, head));
                let Some(party) = party else { continue };
                // "promised to withdraw its troops": an army that somebody moves is not whom it is done to.
                let owner =
                    story.actors.possessor(head).filter(|_| is_of_moves && party.sector == Some(Sector::Mil));
                if owner.is_some_and(|owner| taken.iter().any(|actor| actor.entity == Some(owner))) {
                    continue;
                }
                if is_new(&parties, &party) {
                    parties.push(party);
                    let span = story.document.token(head).span;
                    let others = story.actors.others_of(head).iter();
                    parties.extend(others.map(|&other| story.actors.party_of_entity(other, span)));
                    // "thousands of British and French troops", "dozens of workers and students".
                    let counted = counted(story.document, head);
                    let nouns = counted.first().copied().into_iter().chain([head]);
                    let sharing = nouns.map(|noun| story.actors.sharing(noun)).find(|all| !all.is_empty());
                    parties.extend(sharing.unwrap_or_default());
                    let others = counted.into_iter().skip(1).filter_map(|other| story.actors.party(other));
                    for other in others {
                        if is_new(&parties, &other) {
                            parties.push(other);
                        }
                    }
                }
            }
        }
        if !parties.is_empty() {
            return parties;
        }
    }
    Vec::new()
}

/// "I" and "we" inside a quote are whoever says it.
fn speaking(story: &Story, head: TokenId) -> Option<Party> {
    let span = story.document.token(head).span;
    const SPEAKING: &[&str] = &["i", "we", "me", "us", "my", "our", "ourselves", "myself"];
    let word = story.document.word(head);
    if !SPEAKING.iter().any(|speaking| word.eq_ignore_ascii_case(speaking)) {
        return None;
    }
    let quote = quote_around(story, head)?;
    let speaker = story.quotes[quote.0 as usize].speaker.as_ref()?;
    Some(story.actors.party_of_entity(speaker.entity?, span))
}

/// Whoever stands behind a thing that a verb is done to: condemning a ministry's decision is condemning
/// the ministry. Of a deed ("the killing of X") it is the doer, never the victim.
fn behind(story: &Story, thing: TokenId) -> Option<Party> {
    if !is_noun(story.document, thing) {
        return None;
    }
    let lemma = story.document.token(thing).lemma.to_lowercase();
    let is_deed = story.codebook.triggers(TriggerForm::Noun, &lemma).is_some();
    story.actors.owner(thing, is_deed)
}

/// How an event names the rule that made it: "aid.md#provide".
fn rule_name(page: &Page, rule: &Rule) -> String {
    format!("{}#{}", page.file, rule.name)
}

fn drafts_of(story: &Story, reading: Reading) -> Vec<Draft> {
    let Reading { found, page, rule, actors, recipients, rank } = reading;
    let mode = mode_of(story, &found, page, rule);
    let light_verb = is_noun(story.document, found.head)
        .then(|| light_use(story.document, found.head).map(LightUse::verb))
        .flatten();
    let mut codings = vec![(page.event_type.clone(), mode, rule_name(page, rule))];
    for (event_type, mode) in &rule.also {
        codings.push((event_type.clone(), mode.clone(), rule_name(page, rule)));
    }
    let weight = (rank.0.min(255) as u8, rank.1.min(255) as u8);
    let make = |(event_type, mode, rule_name): (SmolStr, Option<SmolStr>, String)| {
        let page = story.codebook.page(&event_type)?;
        let is_own = rule_name.starts_with(page.file.as_str());
        let parties = (actors.clone(), recipients.clone());
        let mut event = event_at(story, &found, page, mode, parties, rule_name);
        if is_own {
            set_rule(&mut event, rule);
        }
        event.confidence = rule_confidence(weight.0, weight.1);
        Some(Draft {
            head: found.head,
            form: found.form,
            event,
            others: found.others.clone(),
            light_verb,
            weight,
        })
    };
    let drafts: Vec<Draft> = codings.into_iter().filter_map(make).collect();
    drafts
        .into_iter()
        .flat_map(|draft| derive::derived(story, &draft).into_iter().chain([draft]).collect::<Vec<_>>())
        .collect()
}

/// An event of a page at a trigger, with what the words around it say of it.
fn event_at(
    story: &Story,
    found: &Found,
    page: &Page,
    mode: Option<SmolStr>,
    (actors, recipients): (Vec<Party>, Vec<Party>),
    rule: String,
) -> Event {
    let part = story.article.part_of(story.document.token(found.head).span).map(|part| part.role);
    let status = status::status_of(story.document, found.head, part);
    let mut event = Event {
        event_type: page.event_type.clone(),
        cameo: page.cameo.clone(),
        intensity: page.intensity,
        quad: page.quad,
        mode: None,
        contexts: Vec::new(),
        status,
        trigger: found.span(story.document),
        sentence: story.document.sentence_of(found.head).span,
        actors,
        recipients,
        date: circumstance::date_of(story, found.head, status),
        place: circumstance::place_of(story, found.head, status),
        counts: circumstance::counts_of(story, found.head),
        quote: quote_around(story, found.head),
        because_of: None,
        same_as: None,
        confidence: 0.0,
        rule,
    };
    set_page(&mut event, page, mode);
    if event.place.as_ref().is_some_and(|place| is_goal(story, &event, place)) {
        event.place = None;
    }
    sector_of_states(story, &mut event);
    event
}

/// Makes an event one of this page and mode, with what these give it.
fn set_page(event: &mut Event, page: &Page, mode: Option<SmolStr>) {
    let mode_page = mode.as_ref().and_then(|mode| page.mode(mode));
    event.event_type = page.event_type.clone();
    event.quad = page.quad;
    event.cameo = mode_page.and_then(|mode| mode.cameo.clone()).unwrap_or_else(|| page.cameo.clone());
    event.intensity = mode_page.and_then(|mode| mode.intensity).unwrap_or(page.intensity);
    event.mode = mode;
}

/// What a rule has of its own goes before what its mode and page have.
fn set_rule(event: &mut Event, rule: &Rule) {
    if let Some(cameo) = &rule.cameo {
        event.cameo = cameo.clone();
    }
    if let Some(intensity) = rule.intensity {
        event.intensity = intensity;
    }
}

/// "sold to Serbia", "lashed out at Washington": whom it is for is not where it was.
fn is_goal(story: &Story, event: &Event, place: &dateline_document::EventPlace) -> bool {
    let span = story.places[place.place.0 as usize].span;
    let mut parties = event.recipients.iter().chain(&event.actors);
    let preposition = story.document.head_of_span(span).and_then(|head| story.document.head(head));
    event.event_type != "CONSULT"
        && parties.any(|party| party.span.overlaps(span))
        && preposition
            .is_some_and(|word| matches!(story.document.word(word), "to" | "into" | "on" | "at" | "over"))
}

/// The mode of the rule; else the first whose condition holds; else one whose words stand in the clause.
fn mode_of(story: &Story, found: &Found, page: &Page, rule: &Rule) -> Option<SmolStr> {
    if let Some(by_condition) = rule
        .mode_conditions
        .iter()
        .find(|mode| condition::holds(story.document, story.codebook, story.actors, found, &mode.condition))
    {
        return Some(by_condition.mode.clone());
    }
    if rule.mode.is_some() {
        return rule.mode.clone();
    }
    mode_by_words(story, page, found.head)
}

/// The first mode of a page whose words stand in the trigger's clause.
fn mode_by_words(story: &Story, page: &Page, head: TokenId) -> Option<SmolStr> {
    let words = role::clause(story.document, head);
    let near = words_below(story.document, head);
    // The trigger's own phrase first, then the whole clause.
    let first = [near, words].iter().find_map(|ids| {
        ids.iter().flat_map(|&id| condition::lists_at(story.document, &page.mode_phrases, id)).min()
    });
    first.map(|mode| page.modes[mode].name.clone())
}

/// A state that attacks or arms does so by its forces; one that is spoken to is its government.
fn sector_of_states(story: &Story, event: &mut Event) {
    let is_force = matches!(event.event_type.as_str(), "ASSAULT" | "MOBILIZE");
    for party in &mut event.actors {
        let head = story.document.head_of_span(party.span);
        if head.is_some_and(|head| story.actors.is_state(head))
            && matches!(party.sector, None | Some(Sector::Gov))
        {
            party.sector = Some(if is_force { Sector::Mil } else { Sector::Gov });
        }
    }
    for party in &mut event.recipients {
        if party.sector.is_none()
            && story.document.head_of_span(party.span).is_some_and(|head| story.actors.is_state(head))
        {
            party.sector = Some(Sector::Gov);
        }
    }
}

fn quote_around(story: &Story, head: TokenId) -> Option<QuoteId> {
    let at = story.document.token(head).span;
    story
        .quotes
        .iter()
        .position(|quote| {
            quote.content.contains(at) || quote.more_content.iter().any(|more| more.contains(at))
        })
        .map(|number| QuoteId(number as u32))
}

/// Whether two words stand in one clause, or one right below the other.
pub(crate) fn are_joined(document: &dateline_document::Document, above: TokenId, below: TokenId) -> bool {
    let mut at = below;
    for _ in 0..6 {
        let Some(head) = document.head(at) else { return false };
        if head == above {
            return true;
        }
        if matches!(relation(document, at), "relcl" | "ccomp" | "parataxis") {
            return false;
        }
        at = head;
    }
    false
}
