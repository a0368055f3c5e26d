//! Contexts: what an event is about, by the words of its sentence.

use dateline_codebook::Codebook;
use dateline_document::{Document, Sentence};
use smol_str::SmolStr;

use super::condition::lists_at;

/// An event has no more contexts than this; those with most words come first.
const MOST: usize = 3;

/// The contexts that the sentence's words tell, those with most words first.
pub(crate) fn contexts_of(document: &Document, codebook: &Codebook, sentence: &Sentence) -> Vec<SmolStr> {
    // For each context, how many words tell it, and the last of them.
    let mut hits = vec![(0usize, None); codebook.contexts.len()];
    for id in document.sentence_tokens(sentence) {
        for context in lists_at(document, codebook.context_phrases(), id) {
            let (count, last) = &mut hits[context];
            if *last != Some(id) {
                (*count, *last) = (*count + 1, Some(id));
            }
        }
    }
    let mut counted: Vec<(usize, &SmolStr)> = hits
        .iter()
        .zip(&codebook.contexts)
        .filter(|((count, _), _)| *count > 0)
        .map(|((count, _), context)| (*count, &context.name))
        .collect();
    counted.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
    counted.into_iter().take(MOST).map(|(_, name)| name.clone()).collect()
}
