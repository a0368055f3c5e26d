//! Contexts: what an event is about, by the words of its sentence.

use dateline_document::{Event, TokenId};
use smol_str::SmolStr;

use super::Story;
use super::condition::phrase_at;

/// An event has no more contexts than this; those with most words come first.
const MOST: usize = 3;

pub(crate) fn contexts_of(story: &Story, event: &Event) -> Vec<SmolStr> {
    let ids: Vec<TokenId> = story.document.tokens_in(event.sentence).collect();
    let mut counted: Vec<(usize, &SmolStr)> = story
        .codebook
        .contexts
        .iter()
        .map(|context| {
            let hits = ids
                .iter()
                .filter(|&&id| context.words.iter().any(|phrase| phrase_at(story.document, phrase, id)))
                .count();
            (hits, &context.name)
        })
        .filter(|(hits, _)| *hits > 0)
        .collect();
    counted.sort_by_key(|(hits, name)| (std::cmp::Reverse(*hits), *name));
    counted.into_iter().take(MOST).map(|(_, name)| name.clone()).collect()
}
