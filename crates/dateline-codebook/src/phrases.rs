//! Phrases: lists of words and phrases, found by the word they begin or end with, so that a sentence
//! pays for its own words and not for the length of the lists.

use hashbrown::HashMap;
use smol_str::{SmolStr, StrExt};

/// Numbered lists of phrases; a phrase is one lemma or several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// Each phrase with the number of its list.
    all: Vec<(u16, Vec<SmolStr>)>,
    by_word: HashMap<SmolStr, Vec<u32>>,
}

impl Phrases {
    /// ```
    /// use dateline_codebook::Phrases;
    ///
    /// let phrases = Phrases::of_lists([&[vec!["air".into(), "raid".into()]][..], &[vec!["raid".into()]][..]]);
    /// let lists: Vec<usize> = phrases.with("raid").map(|(list, _)| list).collect();
    /// assert_eq!(lists, [0, 1]);
    /// assert!(phrases.with("rain").next().is_none());
    /// ```
    pub fn of_lists<'a>(lists: impl IntoIterator<Item = &'a [Vec<SmolStr>]>) -> Phrases {
        let mut phrases = Phrases::default();
        for (list, words) in lists.into_iter().enumerate() {
            for phrase in words.iter().filter(|phrase| !phrase.is_empty()) {
                let number = phrases.all.len() as u32;
                for word in [phrase.first(), phrase.last()].into_iter().flatten() {
                    let with_word = phrases.by_word.entry(word.to_lowercase_smolstr()).or_default();
                    if with_word.last() != Some(&number) {
                        with_word.push(number);
                    }
                }
                phrases.all.push((list as u16, phrase.clone()));
            }
        }
        phrases
    }

    /// The phrases that begin or end with `word`, in lower case, each with the number of its list.
    pub fn with<'a>(&'a self, word: &str) -> impl Iterator<Item = (usize, &'a [SmolStr])> + use<'a> {
        let numbers = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|&number| {
            let (list, phrase) = &self.all[number as usize];
            (usize::from(*list), phrase.as_slice())
        })
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
