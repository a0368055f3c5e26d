//! Boxes that pages put between the paragraphs of a story: other stories in brief, offers of the
//! site's own, facts to look up. Told by what closes them, for by themselves their sentences read like
//! any other.
//!
//! ```text
//! Islanders greet the ferry                      Harbour Letter                               Facts about ramps
//! Hundreds stood on the pier on Thursday.        All that moves the islands, once a week.     A ramp is let down at the bow.
//! Read more: Islanders greet the ferry           Sign up for our newsletter                   Source: Harbour Museum
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::{LineKind, weight};
use super::paragraphs::ends_sentence;
use crate::talk::speaks_of_the_site;

/// Lines of a box, at most.
const LINES: usize = 8;

/// Letters of an offer's only sentence, at most.
const OFFER: usize = 120;

/// The lines of such boxes.
pub(super) fn lines(lines: &[String], kinds: &[LineKind]) -> HashSet<usize> {
    let mut boxes = HashSet::new();
    for at in 0..lines.len() {
        if let Some(end) = teaser_end(lines, kinds, at) {
            boxes.extend(at..=end);
        }
        if is_offer(lines, kinds, at) {
            boxes.insert(at);
        }
        if let Some(start) = facts_start(lines, kinds, at) {
            boxes.extend(start..=at);
        }
    }
    boxes
}

/// Where the box ends whose heading is at `at`: a prompt below repeats the heading.
fn teaser_end(lines: &[String], kinds: &[LineKind], at: usize) -> Option<usize> {
    let heading = lines[at].as_str();
    if !matches!(kinds[at], LineKind::Short | LineKind::Prose) || weight(heading) < 20 {
        return None;
    }
    let below = at + 1..lines.len().min(at + LINES);
    let repeats = |below: usize| {
        kinds[below] == LineKind::Prompt
            && lines[below].len() > heading.len()
            && lines[below].ends_with(heading)
    };
    below.into_iter().find(|&below| repeats(below))
}

/// Where something is from: "Quelle: dpa".
static SOURCES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:quellen?|sources?|fuentes?|fonti?|kilder?|källor|källa|lähde|bron|źródło)\s*:")
        .expect("the pattern above is valid")
});

/// The heading over facts: "Facts about ramps", or the word that is explained, "Ramp:".
static FACTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:quick |key )?facts?(?: ?box)?\b|fakta\w*|infobox\b|zur person\b|stichwort\b|datos\b|repères\b|\S+(?: \S+)?:$).{0,60}$")
        .expect("the pattern above is valid")
});

/// Whether the line says where something is from.
pub(super) fn names_sources(line: &str) -> bool {
    line.len() < 120 && SOURCES.is_match(line)
}

/// Where the box of facts begins that ends with a source at `at`.
fn facts_start(lines: &[String], kinds: &[LineKind], at: usize) -> Option<usize> {
    if !names_sources(&lines[at]) {
        return None;
    }
    let opens =
        |at: usize| kinds[at] == LineKind::Short && lines[at].len() < 80 && FACTS.is_match(&lines[at]);
    (at.saturating_sub(FACT_LINES)..at).rev().find(|&above| opens(above))
}

/// Lines of a box of facts, at most.
const FACT_LINES: usize = 12;

/// Whether the line is the sentence between the name of a newsletter and what the site asks for.
fn is_offer(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    let is_name = |at: usize| {
        kinds[at] == LineKind::Short && !ends_sentence(&lines[at]) && !speaks_of_the_site(&lines[at])
    };
    let is_sentence = matches!(kinds[at], LineKind::Prose | LineKind::Short)
        && ends_sentence(&lines[at])
        && weight(&lines[at]) <= OFFER;
    is_sentence
        && at > 0
        && is_name(at - 1)
        && (at + 1..lines.len().min(at + 3)).any(|below| speaks_of_the_site(&lines[below]))
}

#[cfg(test)]
mod tests {
    use super::super::lines::found_in;
    use super::*;

    fn boxed(page: &str) -> Vec<usize> {
        found_in(page, lines)
    }

    #[test]
    fn a_story_in_brief_ends_with_its_heading() {
        let page = "The harbour office said on Thursday that tickets cost as much as before, and that the café has opened.\n\
            Islanders greet the ferry with flags\nHundreds stood on the pier on Thursday as the ferry came in from the sea.\n\
            Read more: Islanders greet the ferry with flags\nThe ferry had been in dock since a storm tore the ramp from the pier.";
        assert_eq!(boxed(page), [1, 2, 3]);
        assert_eq!(boxed(&page.replace("Read more: Islanders", "Read more: Fishermen")), [0; 0]);
    }

    #[test]
    fn facts_end_with_their_source() {
        let page = "The harbour office said on Thursday that tickets cost as much as before, and that the café has opened.\n\
            Facts about ramps\nA ramp is let down at the bow of a ferry, so that cars can drive ashore at once.\n\
            It wears out in thirty years.\nSource: Harbour Museum\n\
            The ferry had been in dock since a storm tore the ramp from the pier.";
        assert_eq!(boxed(page), [1, 2, 3, 4]);
        assert_eq!(boxed(&page.replace("Facts about ramps", "Ramp:")), [1, 2, 3, 4]);
        assert_eq!(boxed(&page.replace("Facts about ramps", "Back on the pier")), [0; 0]);
    }

    #[test]
    fn a_sentence_above_a_form_is_an_offer() {
        let page = "Harbour Letter\nAll that moves the islands, once a week, and not a word about the mainland.\n\
            Sign up for our newsletter";
        assert_eq!(boxed(page), [1]);
        assert_eq!(boxed(&page.replace("Sign up for our newsletter", "The captain spoke")), [0; 0]);
    }
}
