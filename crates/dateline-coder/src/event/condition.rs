//! Conditions: whether the words beside a trigger are those that a rule asks for.

use dateline_codebook::{Codebook, Condition, Matcher, Phrases, RolePath};
use dateline_document::{Document, TokenId};
use smol_str::{SmolStr, StrExt};

use super::role::{complements, fillers};
use super::trigger::{Found, triggers_at};
use crate::actor::Actors;
use crate::grammar::{counted, is_verb, lemma};

pub(crate) fn holds(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors,
    found: &Found,
    condition: &Condition,
) -> bool {
    let there: Vec<TokenId> = match condition.role {
        // Its auxiliaries too: "said the rebels must disarm".
        RolePath::Complement => complements(document, found)
            .into_iter()
            .flat_map(|below| document.children_by(below, "aux").chain([below]))
            .collect(),
        _ => fillers(document, actors, found, &condition.role),
    };
    let fits = |id: TokenId| {
        condition.matchers.iter().any(|matcher| matches(document, codebook, actors, matcher, id))
    };
    // "The army says it is striking": what "it" stands for decides. "dozens of icons": so does what is counted.
    let matches = there.iter().any(|&id| {
        fits(id) || actors.antecedent(id).is_some_and(fits) || counted(document, id).into_iter().any(fits)
    });
    matches == condition.is_wanted
}

fn matches(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors,
    matcher: &Matcher,
    id: TokenId,
) -> bool {
    match matcher {
        Matcher::Words(phrases) => lists_at(document, phrases, id).next().is_some(),
        Matcher::Set(set) => {
            let word = lemma(document, id).to_lowercase_smolstr();
            set.contains(&word)
                || !set.phrases.is_empty() && lists_at(document, &set.phrases, id).next().is_some()
        }
        Matcher::EventType(event_type) => tells(document, codebook, event_type, id),
        Matcher::Person => actors.is_person(id),
        Matcher::Party => actors.has_party(id),
        Matcher::State => actors.is_state(id),
        Matcher::Thing => !actors.has_party(id),
        Matcher::Any => true,
    }
}

/// The numbers of the lists that have a single lemma at `id`, or a phrase that ends in it or begins with
/// it; a number comes twice where two phrases do.
pub(crate) fn lists_at<'a>(
    document: &'a Document,
    phrases: &'a Phrases,
    id: TokenId,
) -> impl Iterator<Item = usize> + 'a {
    let lemma = document.token(id).lemma.to_lowercase_smolstr();
    let word = document.word(id).to_lowercase_smolstr();
    // Rule lemmatizers take "staged" for *stag*.
    let is_past = matches!(document.token(id).tag.as_str(), "VBD" | "VBN");
    let stem = word.strip_suffix('d').filter(|stem| is_past && *stem != lemma && stem.ends_with('e'));
    let stem = stem.map(SmolStr::new);
    let printed = (word != lemma).then_some(word);
    [Some(lemma), stem, printed]
        .into_iter()
        .flatten()
        .flat_map(|key| phrases.with(&key))
        .filter(move |(_, phrase)| phrase_at(document, phrase, id))
        .map(|(list, _)| list)
}

fn phrase_at(document: &Document, words: &[SmolStr], id: TokenId) -> bool {
    let is = |id: TokenId, word: &str| {
        document.token(id).lemma.eq_ignore_ascii_case(word)
            || document.word(id).eq_ignore_ascii_case(word)
            || document.word(id).strip_suffix('d').is_some_and(|stem| stem.eq_ignore_ascii_case(word))
    };
    let run = |start: u32| {
        words.iter().enumerate().all(|(offset, word)| {
            let at = start as usize + offset;
            at < document.tokens.len() && is(TokenId(at as u32), word)
        })
    };
    run(id.0) || (id.0 + 1).checked_sub(words.len() as u32).is_some_and(run)
}

/// Whether the words at `id` could tell an event of this type, conditions aside.
fn tells(document: &Document, codebook: &Codebook, event_type: &str, id: TokenId) -> bool {
    let tells = |id: TokenId| {
        triggers_at(document, codebook, id)
            .iter()
            .any(|(trigger, _)| codebook.page_of(trigger.rule).event_type == event_type)
    };
    // "hold talks", "carry out strikes": the light verb's noun.
    tells(id) || is_verb(document, id) && document.child(id, "dobj").is_some_and(tells)
}
