//! Triggers by their main words, so that a sentence pays for those it may hold and not for all there are.

use hashbrown::HashMap;
use smol_str::{SmolStr, StrExt};

use crate::{Trigger, TriggerForm, TriggerId};

/// All triggers of a codebook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triggers {
    of_form: [HashMap<SmolStr, Listening>; 3],
}

/// The triggers of one main word, in the order of the pages.
#[derive(Clone, Debug, Default)]
pub struct Listening {
    /// Those that are the main word and no more.
    alone: Vec<TriggerId>,
    /// The others, by the word next to the main one, in lower case.
    beside: HashMap<SmolStr, Vec<TriggerId>>,
}

impl Triggers {
    pub(crate) fn add(&mut self, id: TriggerId, trigger: &Trigger) {
        let of_head = self.of_form[trigger.form as usize].entry(trigger.head().clone()).or_default();
        match trigger.next() {
            Some(next) => of_head.beside.entry(next.to_ascii_lowercase_smolstr()).or_default().push(id),
            None => of_head.alone.push(id),
        }
    }

    pub(crate) fn of(&self, form: TriggerForm, lemma: &str) -> Option<&Listening> {
        self.of_form[form as usize].get(lemma)
    }
}

impl Listening {
    /// Those that may stand where `words` do beside the main word, in the order of the pages.
    pub fn among<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<TriggerId> {
        let mut found = self.alone.clone();
        if !self.beside.is_empty() {
            let with = words.filter_map(|word| self.beside.get(&word.to_ascii_lowercase_smolstr()));
            found.extend(with.flatten());
            found.sort_unstable();
            found.dedup();
        }
        found
    }
}
