//! How far the events that were found are those expected.

use std::collections::BTreeSet;

use super::records::Triple;

/// Of the expected triples: how many there are, and how many were found in part or whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub sentences: usize,
    /// Those of which exactly the expected triples were found, or none where none are.
    pub whole_sentences: usize,
    pub expected: usize,
    pub found: usize,
    pub source: usize,
    pub target: usize,
    pub event: usize,
    pub triple: usize,
}

/// A part of a triple that is the same.
pub trait Alike {
    fn party(&self, ours: &str, theirs: &str) -> bool;
    fn event(&self, ours: &str, theirs: &str) -> bool;
}

/// Code for code.
pub struct Exactly;

impl Alike for Exactly {
    fn party(&self, ours: &str, theirs: &str) -> bool {
        ours == theirs
    }

    fn event(&self, ours: &str, theirs: &str) -> bool {
        ours == theirs
    }
}

impl Tally {
    /// Adds a sentence. `partial` are all readings, `told` those of them that count as events; each reading
    /// answers for one expected triple, the likest first.
    pub fn add(
        &mut self,
        expected: &[Triple],
        partial: &[Triple],
        told: &BTreeSet<Triple>,
        alike: &dyn Alike,
    ) -> bool {
        let parts = |ours: &Triple, theirs: &Triple| {
            [
                alike.party(&ours.source, &theirs.source),
                alike.party(&ours.target, &theirs.target),
                alike.event(&ours.event, &theirs.event),
            ]
        };
        let mut left: Vec<&Triple> = partial.iter().collect();
        let mut open: Vec<&Triple> = expected.iter().collect();
        let mut right = 0;
        for wanted in (1..=3).rev() {
            open.retain(|theirs| {
                let equal = |ours: &&Triple| parts(ours, theirs).iter().filter(|is_equal| **is_equal).count();
                let Some(at) = left.iter().position(|ours| equal(ours) == wanted) else { return true };
                let [source, target, event] = parts(left.remove(at), theirs);
                self.source += usize::from(source);
                self.target += usize::from(target);
                self.event += usize::from(event);
                right += usize::from(wanted == 3);
                false
            });
        }
        let is_whole = right == expected.len() && told.len() == expected.len();
        self.sentences += 1;
        self.whole_sentences += usize::from(is_whole);
        self.expected += expected.len();
        self.found += told.len();
        self.triple += right;
        is_whole
    }

    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            sentences: self.sentences + other.sentences,
            whole_sentences: self.whole_sentences + other.whole_sentences,
            expected: self.expected + other.expected,
            found: self.found + other.found,
            source: self.source + other.source,
            target: self.target + other.target,
            event: self.event + other.event,
            triple: self.triple + other.triple,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triple(text: &str) -> Triple {
        let mut parts = text.split(' ').map(str::to_owned);
        let mut next = || parts.next().unwrap();
        Triple { source: next(), target: next(), event: next() }
    }

    #[test]
    fn each_reading_answers_for_the_triple_it_is_likest_to() {
        let expected = [triple("A B 010"), triple("A C 010")];
        let partial = [triple("A C 010"), triple("A X 010"), triple("Y Z 090")];
        let told = partial.iter().cloned().collect();
        let mut tally = Tally::default();
        assert!(!tally.add(&expected, &partial, &told, &Exactly));
        let Tally { source, target, event, triple, found, .. } = tally;
        assert_eq!((source, target, event, triple, found), (2, 1, 2, 1, 3));
    }

    #[test]
    fn nothing_told_is_right_where_nothing_is_expected() {
        let mut tally = Tally::default();
        assert!(tally.add(&[], &[triple("A - 010")], &BTreeSet::new(), &Exactly));
        assert_eq!((tally.sentences, tally.whole_sentences), (1, 1));
    }
}
