//! Word sets: lists of lemmas with a name, shared by the rules of all pages.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

/// A named list of lemmas: `words weapon` of a page, `@weapon` in its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordSet {
    pub name: SmolStr,
    pub words: Arc<BTreeSet<SmolStr>>,
}

impl WordSet {
    pub fn contains(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}
