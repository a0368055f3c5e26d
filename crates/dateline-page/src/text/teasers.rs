//! Other stories in brief, between the paragraphs of this one: a heading and a sentence or two that
//! say the same, and a mark that they lead elsewhere.
//!
//! ```text
//! Read also                        WATCH | Islanders greet the ferry       Islanders greet the ferry
//! Islanders greet the ferry        Hundreds of islanders stood …           Hundreds of islanders stood …
//! Hundreds of islanders stood …                                            more
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::{LineKind, weight};
use super::paragraphs::ends_sentence;
use crate::html::is_prompt;

/// The lines of such boxes.
pub(super) fn lines(lines: &[String], kinds: &[LineKind]) -> HashSet<usize> {
    let mut boxes = HashSet::new();
    for at in 1..lines.len() {
        let reads = kinds[at] == LineKind::Prose
            || (kinds[at] == LineKind::Short && ends_sentence(&lines[at]) && weight(&lines[at]) >= SENTENCE);
        if reads
            && !boxes.contains(&(at - 1))
            && weight(&lines[at]) <= TEASER
            && let Some(heading) = heading(lines, kinds, at)
            && (heading..at).any(|above| share_a_word(&lines[above], &lines[at]))
        {
            boxes.extend(heading..=at);
        }
    }
    boxes
}

/// Letters of the sentences in such a box, fewest and most, and of its heading.
const SENTENCE: usize = 40;
const TEASER: usize = 400;
const HEADING: usize = 130;

/// Where the heading over `at` begins, if something about the two leads elsewhere.
fn heading(lines: &[String], kinds: &[LineKind], at: usize) -> Option<usize> {
    let is_heading = |above: usize| {
        let is_label = above + 1 == at || weight(&lines[above]) <= LABEL;
        let is_title = !ends_sentence(&lines[above]) || lines[above].ends_with('?');
        let names_writer = BYLINE.is_match(&lines[above]);
        is_label && is_title && !names_writer && !is_prompt(&lines[above]) && weight(&lines[above]) <= HEADING
    };
    let invited = (at.saturating_sub(3)..at).rev().find(|&above| INVITES.is_match(&lines[above]));
    if let Some(invited) = invited.filter(|&invited| invited + 1 < at && (invited + 1..at).all(is_heading)) {
        return Some(invited);
    }
    let above = at - 1;
    if kinds[above] != LineKind::Short || ends_sentence(&lines[above]) {
        return None;
    }
    let below = lines.get(at + 1).map_or("", String::as_str);
    // A headline, a standfirst and a byline open the page's own story too.
    let goes_on = (at.saturating_sub(5)..above)
        .any(|near| kinds[near] == LineKind::Prose && weight(&lines[near]) >= PARAGRAPH);
    let is_signed = kinds.get(at + 1) == Some(&LineKind::Byline) && goes_on;
    let leads = MEDIUM.is_match(&lines[above]) || MORE.is_match(below) || is_signed;
    leads.then_some(above)
}

/// Letters of the topic over a heading, at most; and of a paragraph of the story, at least.
const LABEL: usize = 30;
const PARAGRAPH: usize = 150;

/// Who wrote what the heading leads to: "von Ana Ruiz".
static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)\s\p{Lu}").expect("the pattern above is valid")
});

/// What invites to read something else, on a line of its own.
static INVITES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\s*(?:read\s+(?:also|more|next) | also\s+read | lesen\s+sie\s+(?:auch|mehr) | lies\s+auch | mehr\s+zum\s+thema | lire\s+aussi | à\s+lire\s+aussi | lea\s+también | lee\s+también
        | leggi\s+anche | leia\s+também | lees\s+ook | les\s+også | läs\s+(?:också|även|mer) | læs\s+også | czytaj\s+(?:też|także|więcej) | čtěte\s+také | читайте\s+(?:также|також))\s*:?\s*$",
    )
    .expect("the pattern above is valid")
});

/// A heading that says what it leads to is no text: "WATCH | Islanders greet the ferry".
static MEDIUM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:watch|listen|video|audio|podcast|interview|gallery|in pictures)\s*[|:]\s")
        .expect("the pattern above is valid")
});

/// The link below a teaser.
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:mehr|more|plus|más|mais|mer|meer)\s*[…>»]*$").expect("the pattern above is valid")
});

/// Whether the two have a word of some length in common, endings aside.
fn share_a_word(one: &str, other: &str) -> bool {
    let stems = |line: &str| -> HashSet<String> {
        let words = line.split(|mark: char| !mark.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() >= STEM);
        long.map(|word| word.chars().take(STEM).flat_map(char::to_lowercase).collect()).collect()
    };
    !stems(one).is_disjoint(&stems(other))
}

/// Letters by which two words are told to be the same.
const STEM: usize = 5;

#[cfg(test)]
mod tests {
    use super::super::lines::found_in;
    use super::*;

    fn boxed(page: &str) -> Vec<usize> {
        found_in(page, lines)
    }

    const BEFORE: &str = "The harbour office said on Thursday that tickets cost as much as before, and that the café has opened.";
    const AFTER: &str =
        "The ferry had been in dock since a storm tore the ramp from the pier in the first week of March.";

    #[test]
    fn an_invitation_opens_a_teaser() {
        let teaser = "Islanders greet the ferry\nHundreds of islanders stood on the pier on Thursday as the ferry came in.";
        assert_eq!(boxed(&format!("{BEFORE}\nRead also:\n{teaser}\n{AFTER}")), [1, 2, 3]);
        assert_eq!(boxed(&format!("{BEFORE}\n{teaser}\n{AFTER}")), [0; 0], "a subhead");
        let other = "Islanders wed at sea\nThe ramp was mended by noon, the harbour office said, and nobody was hurt at all.";
        assert_eq!(boxed(&format!("{BEFORE}\nRead also:\n{other}\n{AFTER}")), [0; 0], "the story goes on");
    }

    #[test]
    fn a_heading_or_a_link_leads_elsewhere() {
        let teaser = "Hundreds of islanders stood on the pier on Thursday as the ferry came in from the sea.";
        assert_eq!(boxed(&format!("{BEFORE}\nWATCH | Islanders greet the ferry\n{teaser}\n{AFTER}")), [1, 2]);
        assert_eq!(boxed(&format!("{BEFORE}\nIslanders greet the ferry\n{teaser}\nmore\n{AFTER}")), [1, 2]);
    }
}
