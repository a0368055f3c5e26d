//! Word sets: lists of lemmas with a name, shared by the rules of all pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashSet;
use smol_str::SmolStr;

use crate::Phrases;

/// A named list of lemmas: `words weapon` of a page, `@weapon` in its rules.
#[derive(Clone, Debug, PartialEq)]
pub struct WordSet {
    pub name: SmolStr,
    pub words: Arc<HashSet<SmolStr>>,
    /// Those of `words` that are several words.
    pub phrases: Arc<Phrases>,
}

impl WordSet {
    pub fn new(name: &str, words: BTreeSet<SmolStr>) -> WordSet {
        let several = words.iter().filter(|word| word.contains(' '));
        let phrases: Vec<Vec<SmolStr>> =
            several.map(|phrase| phrase.split(' ').map(SmolStr::new).collect()).collect();
        let phrases = Arc::new(Phrases::of_lists([phrases.as_slice()]));
        WordSet { name: name.into(), words: Arc::new(words.into_iter().collect()), phrases }
    }

    pub fn contains(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}
