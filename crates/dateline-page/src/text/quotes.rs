//! Words of others that a page sets apart from its story: a sentence in large type with who said it
//! below, and a post from elsewhere.
//!
//! ```text
//! We shall sail in any weather.            The ferry sails at noon! See you on the pier.
//! Osric Bane, captain of the ferry         — Harbour Office (@harbouroffice) March 4, 2021
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::{LineKind, weight};
use super::paragraphs::sentences;

/// The lines of such quotes.
pub(super) fn lines(lines: &[String], kinds: &[LineKind]) -> HashSet<usize> {
    let mut quotes = HashSet::new();
    for at in 1..lines.len() {
        let above = at - 1;
        let reads = |at: usize| matches!(kinds[at], LineKind::Prose | LineKind::Short);
        let is_post = POST.is_match(&lines[at]) && reads(above);
        let is_spoken =
            kinds[at] == LineKind::Short && names_speaker(&lines[at]) && is_quote(lines, kinds, above);
        if is_post || is_spoken {
            quotes.extend([above, at]);
        }
    }
    quotes
}

/// Who posted something, and when: "— Harbour Office (@harbouroffice) March 4, 2021".
static POST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[—–-]{1,2}\s?.{1,80}\(@\w{1,30}\)\s.{0,30}\d{4}$").expect("the pattern above is valid")
});

/// Who says it, with an office: "Osric Bane, captain of the ferry".
static SPEAKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[—–-]?\s?(?:Dr\.?\s|Prof\.?\s)*\p{Lu}[\p{L}.'’-]+(?:\s(?:de|del|der|van|von|da|al|bin))*(?:\s\p{Lu}[\p{L}.'’-]+){1,2},\s\p{L}[^.!?:|/©(]{2,90}$")
        .expect("the pattern above is valid")
});

fn names_speaker(line: &str) -> bool {
    line.len() < 140 && SPEAKER.is_match(line)
}

/// Whether the line is one sentence without the words of a story about it.
fn is_quote(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    matches!(kinds[at], LineKind::Prose | LineKind::Short)
        && (25..=QUOTE).contains(&weight(&lines[at]))
        && sentences(&lines[at]) <= 2
        && at > 0
        && kinds[at - 1] == LineKind::Prose
}

/// Letters of what is quoted in large type, at most.
const QUOTE: usize = 160;

#[cfg(test)]
mod tests {
    use super::super::lines::found_in;
    use super::*;

    fn quoted(page: &str) -> Vec<usize> {
        found_in(page, lines)
    }

    const BEFORE: &str = "The harbour office said on Thursday that tickets cost as much as before, and that the café has opened.";

    #[test]
    fn a_speaker_below_a_sentence_sets_it_apart() {
        let page = format!(
            "{BEFORE}\nWe shall sail in any weather, and we shall be on time as we have always been.\nOsric Bane, captain of the ferry\n{BEFORE}"
        );
        assert_eq!(quoted(&page), [1, 2]);
        assert_eq!(
            quoted(&page.replace("Osric Bane, captain of the ferry", "Back on the islands, at last")),
            [0; 0]
        );
    }

    #[test]
    fn a_post_ends_with_its_handle() {
        let page = format!(
            "{BEFORE}\nThe ferry sails at noon. See you on the pier, all of you, with flags and whistles!\n— Harbour Office (@harbouroffice) March 4, 2021\n{BEFORE}"
        );
        assert_eq!(quoted(&page), [1, 2]);
    }
}
