//! Phrases: exceptions that the affix rules cut apart, put together again after all is cut.
//!
//! Only exceptions that some affix rule touches can need this: emoticons, most of all.

use hashbrown::{HashMap, HashSet};

use super::Piece;
use crate::lexicon::{LexemeId, Lexicon};

/// Exceptions as the words that the affix rules make of them, by the first word.
#[derive(Default)]
pub(super) struct Phrases {
    by_first: HashMap<u64, Vec<Box<[u64]>>>,
}

/// Tokens `start..end` that read like an exception.
#[derive(Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
}

impl Phrases {
    /// Adds an exception by the string ids of its words.
    pub(super) fn add(&mut self, words: &[u64]) {
        let Some(&first) = words.first() else { return };
        let phrases = self.by_first.entry(first).or_default();
        if !phrases.iter().any(|phrase| **phrase == *words) {
            phrases.push(words.into());
        }
    }

    pub(super) fn starts(&self) -> HashSet<u64> {
        self.by_first.keys().copied().collect()
    }

    /// Replaces the words of each phrase by those of its exception, longest phrase first, and of
    /// equal length the leftmost. White space between the words does not matter for finding one, but
    /// its text must be an exception letter by letter to be replaced.
    pub(super) fn apply(
        &self,
        text: &str,
        specials: &HashMap<Box<str>, Box<[LexemeId]>>,
        lexicon: &Lexicon,
        pieces: &mut Vec<Piece>,
    ) {
        let mut found = self.find(lexicon, pieces);
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|found| (std::cmp::Reverse(found.end - found.start), found.start));
        let mut seen = HashSet::new();
        let mut chosen = Vec::new();
        for found in found {
            if !seen.contains(&found.start) && !seen.contains(&(found.end - 1)) {
                chosen.push(found);
            }
            // The words of a phrase that lost are taken as well, as in spaCy.
            seen.extend(found.start..found.end);
        }
        chosen.sort_by_key(|found| found.start);

        let mut replaced = Vec::with_capacity(pieces.len() + 8);
        let mut next = 0;
        for Found { start, end } in chosen {
            let (first, last) = (pieces[start], pieces[end - 1]);
            let Some(words) = specials.get(&text[first.start as usize..last.end as usize]) else { continue };
            replaced.extend_from_slice(&pieces[next..start]);
            super::push_words(words, first.start as usize, lexicon, &mut replaced);
            if let Some(word) = replaced.last_mut() {
                word.space_after = last.space_after;
            }
            next = end;
        }
        replaced.extend_from_slice(&pieces[next..]);
        *pieces = replaced;
    }

    fn find(&self, lexicon: &Lexicon, pieces: &[Piece]) -> Vec<Found> {
        let mut found = Vec::new();
        for (start, piece) in pieces.iter().enumerate() {
            let lexeme = lexicon.get(piece.lexeme);
            if !lexeme.starts_phrase {
                continue;
            }
            let orth = |at: usize| pieces.get(at).map(|piece| lexicon.get(piece.lexeme).orth);
            for phrase in self.by_first.get(&lexeme.orth).into_iter().flatten() {
                if (1..phrase.len()).all(|ahead| orth(start + ahead) == Some(phrase[ahead])) {
                    found.push(Found { start, end: start + phrase.len() });
                }
            }
        }
        found
    }
}
