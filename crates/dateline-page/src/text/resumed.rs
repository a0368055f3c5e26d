//! A story's last paragraph, below a box of links that is longer than the paragraph's worth: it speaks
//! of what the story speaks of, and not of what the links above it name, as a teaser would.

use std::collections::HashSet;

use super::lines::{LineKind, says_published, weight};
use crate::html::opens_comments;
use crate::talk::speaks_of_the_site;

/// The line below the stretch of prose with which the story resumes.
pub(super) fn line(lines: &[String], kinds: &[LineKind], story: std::ops::Range<usize>) -> Option<usize> {
    let near = story.end..lines.len().min(story.end + BOX);
    let ends = |at: &usize| opens_comments(&lines[*at]) || says_published(&lines[*at]);
    let at = near.clone().take_while(|at| !ends(at)).find(|&at| {
        kinds[at] == LineKind::Prose
            && LETTERS.contains(&weight(&lines[at]))
            && !speaks_of_the_site(&lines[at])
    })?;
    let own = words(&lines[at]);
    let told: HashSet<String> =
        story.filter(|&at| kinds[at] == LineKind::Prose).flat_map(|at| words(&lines[at])).collect();
    let linked: HashSet<String> =
        (near.start.max(at.saturating_sub(3))..at).flat_map(|above| words(&lines[above])).collect();
    (own.intersection(&told).count() >= SHARED && own.is_disjoint(&linked)).then_some(at)
}

/// Lines of such a box, at most.
const BOX: usize = 11;

/// Letters of the paragraph, fewest and most.
const LETTERS: std::ops::RangeInclusive<usize> = 100..=400;

/// Words that the paragraph and the story have in common, at least.
const SHARED: usize = 4;

/// The longer words of a line, in lower case.
fn words(line: &str) -> HashSet<String> {
    let words = line.split(|mark: char| !mark.is_alphanumeric());
    words.filter(|word| word.chars().count() >= 5).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines::kinds_of;
    use super::*;

    const STORY: &str = "The ferry across the bay sailed again on Thursday, the harbour office said, and the mayor was on board.\n\
        Tickets cost as much as before, and the islanders had the café on the pier to themselves for an hour.";

    fn resumed(box_of: &str, paragraph: &str) -> Option<usize> {
        let page = format!("{STORY}\n{box_of}\n{paragraph}\nContact");
        let (page, kinds) = kinds_of(&page);
        line(&page, &kinds, 0..2)
    }

    #[test]
    fn the_last_paragraph_speaks_of_the_story() {
        let links = "Most read\nSchool wins the chess cup\nRain until Sunday";
        let last = "The islanders will have to wait for the second ferry, the harbour office said: the mayor wants it to be \
                    built on the islands, and by nobody else.";
        assert_eq!(resumed(links, last), Some(5));
        let teaser = "Forty pupils of the school took part in the chess cup, and the youngest of them won it on Sunday night \
                      in the rain, to the delight of all.";
        assert_eq!(resumed(links, teaser), None);
        assert_eq!(resumed("Comments", last), None);
    }
}
