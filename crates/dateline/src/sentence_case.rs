//! Sentence case: "Kenya Expels Three Russian Diplomats" → "Kenya expels three Russian diplomats".
//!
//! The pipeline has learnt from sentences, and takes most words of a headline in title case for names. So it
//! reads such a line as it would stand in a sentence; what is printed stays as it is.
//!
//! A word keeps its capital where the rest of the story prints it so, else where the gazetteer has it in a
//! name, where it follows a given name, and where no dictionary has it. Capitals are ASCII, so that no byte
//! moves.

use std::collections::HashSet;

use dateline_document::{Article, PartRole};
use dateline_gazetteer::given_name;

use crate::{Gazetteer, Pipeline};

/// Bytes of a line that may be a headline.
const LONGEST: usize = 250;
/// Words of a name that are looked up together.
const NAME_WORDS: usize = 5;

/// The article's text with its headlines in sentence case; `None` where none is in title case.
pub(crate) fn in_sentence_case(
    article: &Article,
    pipeline: &Pipeline,
    gazetteer: &Gazetteer,
) -> Option<String> {
    let is_alone = article.parts.len() == 1;
    let lines = article.parts.iter().filter(|part| {
        matches!(part.role, PartRole::Headline | PartRole::Subhead) || is_alone && part.role == PartRole::Body
    });
    let mut text: Option<String> = None;
    let mut seen: Option<Seen> = None;
    for part in lines {
        let (start, end) = (part.span.start as usize, part.span.end as usize);
        let Some(line) = article.text.get(start..end).filter(|line| is_in_title_case(line)) else { continue };
        let seen = seen.get_or_insert_with(|| Seen::in_body(article));
        for small in smaller(line, pipeline, gazetteer, seen) {
            let text = text.get_or_insert_with(|| article.text.to_string());
            let at = start + small;
            let letter = text[at..=at].to_ascii_lowercase();
            text.replace_range(at..=at, &letter);
        }
    }
    text
}

/// The words of a line, without the marks around them, and where they begin.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut found = Vec::new();
    for word in line.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let bare = bare(word);
        if !bare.is_empty() {
            found.push((at + word.find(bare).unwrap_or(0), bare));
        }
        at += word.len();
        at += line[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// The word without the marks around it and without a possessive's ending.
fn bare(word: &str) -> &str {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare)
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// "EU", "U.S.", "McCain": capitals of its own.
fn has_own_capitals(word: &str) -> bool {
    word.chars().skip(1).any(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit())
}

/// Whether all long words of the line have capitals, and some few are there.
fn is_in_title_case(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let words = words(line);
    let long = |&&(_, word): &&(usize, &str)| word.len() > 3 && word.chars().all(char::is_alphabetic);
    let capitals = words.iter().skip(1).filter(long).filter(|(_, word)| is_capitalised(word)).count();
    let is_shouted = words.iter().filter(|(_, word)| word.len() > 1).all(|(_, word)| has_own_capitals(word));
    let is_broken = words.iter().filter(|(_, word)| word.len() > 4).any(|(_, word)| !is_capitalised(word));
    capitals > 2 && !is_broken && !is_shouted
}

/// How the story's other words are printed.
#[derive(Default)]
struct Seen<'a> {
    small: HashSet<&'a str>,
    capital: HashSet<&'a str>,
}

impl<'a> Seen<'a> {
    /// Within sentences: the first word of one has a capital in any case.
    fn in_body(article: &'a Article) -> Seen<'a> {
        let mut seen = Seen::default();
        for part in article.parts.iter().filter(|part| part.role == PartRole::Body) {
            let body = article.text.get(part.span.start as usize..part.span.end as usize).unwrap_or_default();
            if is_in_title_case(body) {
                continue;
            }
            let mut is_first = true;
            for word in body.split_whitespace() {
                let bare = bare(word);
                if !is_capitalised(bare) {
                    seen.small.insert(bare);
                } else if !is_first {
                    seen.capital.insert(bare);
                }
                is_first =
                    word.ends_with(['.', '?', '!', ':', '”', '"']) || word.starts_with(['“', '"', '‘']);
            }
        }
        seen
    }

    /// Whether the story has the word small, or large; nothing where it has both or neither.
    fn is_small(&self, word: &str, lower: &str) -> Option<bool> {
        match (self.small.contains(lower), self.capital.contains(word)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }
}

/// Where the words begin that would have no capital in a sentence.
fn smaller(line: &str, pipeline: &Pipeline, gazetteer: &Gazetteer, seen: &Seen) -> Vec<usize> {
    let words = words(line);
    let mut found = Vec::new();
    let mut name_ends = 0;
    let mut follows_given_name = false;
    for (number, &(at, word)) in words.iter().enumerate() {
        if gazetteer.begins_name(word) {
            let mut reach = (2..=NAME_WORDS.min(words.len() - number)).rev();
            let name = reach.find(|&length| {
                let (last, end) = words[number + length - 1];
                gazetteer.named(&line[at..last + end.len()]).is_some()
            });
            name_ends = name_ends.max(name.map_or(0, |length| number + length));
        }
        let lower = word.to_ascii_lowercase();
        let is_known = pipeline.knows_word(&lower);
        let next = words.get(number + 1).map(|(_, next)| *next);
        let is_given = given_name(word).is_some()
            && (!is_known
                || next.is_some_and(|next| {
                    is_capitalised(next) && !pipeline.knows_word(&next.to_ascii_lowercase())
                }));
        let is_name = || {
            number < name_ends
                || has_own_capitals(word)
                || is_given
                || follows_given_name && is_capitalised(word)
                || CALENDAR.contains(&word)
                || gazetteer.named(word).is_some()
                || gazetteer.region(word).is_some()
                || gazetteer.division(word).is_some()
                || !gazetteer.leader(word, None).is_empty()
                || !is_known
        };
        let is_small = number > 0
            && is_capitalised(word)
            && (PARTICLES.contains(&lower.as_str())
                || number >= name_ends && seen.is_small(word, &lower).unwrap_or_else(|| !is_name()));
        if is_small {
            found.push(at);
        }
        follows_given_name = is_given;
    }
    found
}

/// Small words that headlines print large at times, and that are in no table of the dictionary's.
const PARTICLES: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "nor", "if", "as", "at", "by", "for", "from", "in", "into", "of",
    "off", "on", "onto", "out", "over", "to", "up", "with", "is", "are", "was", "were", "be", "been", "has",
    "have", "had", "its", "his", "her", "their", "it", "he", "she", "they", "that", "than", "will", "would",
    "could", "not", "no", "after", "before", "amid", "against", "during", "since", "until", "near",
    "outside", "how", "why", "what", "who", "when", "where", "while", "more", "most",
];

const CALENDAR: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Christmas",
    "Easter",
    "Ramadan",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_they_are_said_to() {
        let line = "“Élysée’s Plan” – U.S.-Led Force ’s Out…  'Tis";
        for (at, word) in words(line) {
            assert_eq!(&line[at..at + word.len()], word);
        }
        let found: Vec<&str> = words(line).into_iter().map(|(_, word)| word).collect();
        assert_eq!(found, ["Élysée", "Plan", "U.S", "Led", "Force", "s", "Out", "Tis"]);
        assert!(words("’s – ’’ \u{1f4f0}").len() < 2);
    }

    #[test]
    fn a_line_is_in_title_case_where_all_its_long_words_are_large() {
        assert!(is_in_title_case("Rebels Free 40 Miners in Northern Mali"));
        assert!(!is_in_title_case("Rebels free 40 miners in northern Mali"));
        assert!(!is_in_title_case("REBELS FREE MINERS IN MALI"));
        assert!(!is_in_title_case("Kwabena Osei of Accra"), "too few to tell");
        assert!(!is_in_title_case("The Ghana Rural Bank and the Volta River Authority signed it"));
    }
}
