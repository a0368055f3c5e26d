//! The standfirst: the few sentences between the headline and the story that say why to read it.
//!
//! ```text
//! Ferry runs again                      Ferry runs again
//! After two months in dock it sails.    After two months it sails. Tickets cost no more. Why not?
//! By Ana Ruiz                           The ferry across the bay, which a storm tore from its moorings
//! The ferry across the bay …            in March, left the pier on Thursday with the mayor on board …
//! ```

use std::ops::Range;

use super::boxes::names_sources;
use super::lines::{LineKind, weight};
use super::paragraphs::{ends_sentence, sentences};
use crate::dateline;
use crate::talk::speaks_of_the_site;

/// The line of the standfirst, if there is one.
pub(super) fn line(
    lines: &[String],
    kinds: &[LineKind],
    headline: Option<usize>,
    story: Range<usize>,
) -> Option<usize> {
    headline
        .and_then(|at| below_headline(lines, kinds, at, story.end))
        .or_else(|| signed(lines, kinds, story.clone()))
        .or_else(|| brief(lines, kinds, story))
}

/// Letters of a standfirst, fewest and most.
const LETTERS: (usize, usize) = (40, 420);

/// A sentence right below the headline, with a byline, a date or a picture between it and the story.
/// Where the story goes on at once it can't be told from the first paragraph by this.
fn below_headline(lines: &[String], kinds: &[LineKind], headline: usize, end: usize) -> Option<usize> {
    use LineKind::{Byline, Caption, Counter, Credit, Date, Prose, Short};
    let parts = |at: &usize| matches!(kinds[*at], Byline | Caption | Counter | Credit | Date);
    let reads = |at: &usize| kinds[*at] == Prose || (kinds[*at] == Short && weight(&lines[*at]) >= LETTERS.0);
    let at = (headline + 1..end.min(headline + 4)).find(|at| reads(at) || parts(at))?;
    let next = (at + 1..end).find(|&next| kinds[next] == Prose)?;
    let is_one = reads(&at) && weight(&lines[at]) <= LETTERS.1 && !speaks_of_the_site(&lines[at]);
    (is_one && (at + 1..next).any(|between| parts(&between))).then_some(at)
}

/// One that opens the stretch of prose: whoever wrote the story, or took its picture, signs below it, or
/// the paragraph below begins with a dateline.
fn signed(lines: &[String], kinds: &[LineKind], story: Range<usize>) -> Option<usize> {
    let at = story.clone().next().filter(|&at| kinds[at] == LineKind::Prose)?;
    let below =
        (at + 1..story.end).find(|&below| !matches!(kinds[below], LineKind::Prompt | LineKind::Boxed))?;
    let is_signed = matches!(kinds[below], LineKind::Byline | LineKind::Date | LineKind::Credit)
        || names_sources(&lines[below])
        || opens_byline(&lines[below])
        || (dateline::at_start(&lines[below]).is_some() && dateline::at_start(&lines[at]).is_none());
    (is_signed && (LETTERS.0..=LETTERS.1).contains(&weight(&lines[at]))).then_some(at)
}

/// Whether the line is what stands over a writer's name, "Von", or "von Ana Ruiz".
fn opens_byline(line: &str) -> bool {
    let (word, name) = line.split_once(' ').unwrap_or((line, ""));
    let is_short = name.is_empty() || (name.starts_with(char::is_uppercase) && weight(name) <= NAMES);
    BY.contains(&word.to_lowercase().as_str()) && is_short && !ends_sentence(line)
}

const BY: [&str; 8] = ["by", "von", "par", "por", "di", "door", "av", "af"];

/// Letters of writers' names, at most.
const NAMES: usize = 60;

/// Two short sentences or more, above a paragraph that is longer than all of them: a story's first
/// paragraph is one long sentence, or as long as those that follow it.
fn brief(lines: &[String], kinds: &[LineKind], story: Range<usize>) -> Option<usize> {
    let at = story.clone().next().filter(|&at| kinds[at] == LineKind::Prose)?;
    let below = (at + 1..story.end).find(|&below| kinds[below] == LineKind::Prose)?;
    let (letters, count) = (weight(&lines[at]), sentences(&lines[at]));
    let is_brief = count >= 2 && letters <= BRIEF && letters <= count * SENTENCE;
    (is_brief && weight(&lines[below]) >= letters && dateline::at_start(&lines[at]).is_none()).then_some(at)
}

/// Letters of a standfirst in short sentences, at most, and of each sentence.
const BRIEF: usize = 215;
const SENTENCE: usize = 80;

#[cfg(test)]
mod tests {
    use super::super::lines::kinds_of;
    use super::*;

    /// The standfirst of a story whose headline is the first line.
    fn found(page: &str) -> Option<usize> {
        let (page, kinds) = kinds_of(page);
        let start = kinds.iter().position(|kind| *kind == LineKind::Prose).unwrap_or(page.len());
        line(&page, &kinds, Some(0), start..page.len())
    }

    const LEAD: &str = "The ferry across the bay, which a storm tore from its moorings in March, left the pier on Thursday with \
                        the mayor on board and a band that played until the islands were out of sight.";

    #[test]
    fn short_sentences_above_a_long_paragraph_are_one() {
        let brief =
            "After two months in dock the ferry sails again. Tickets cost no more than before. Why so?";
        assert_eq!(found(&format!("Ferry runs again\n{brief}\n{LEAD}")), Some(1));
        let one = "After two months in dock the ferry sails again, and tickets cost no more than they did before the storm.";
        assert_eq!(
            found(&format!("Ferry runs again\n{one}\n{LEAD}")),
            None,
            "one sentence may well be the lead"
        );
        assert_eq!(found(&format!("Ferry runs again\n{brief}\nIt rained, and nobody minded.\n")), None);
        let placed = format!("Ferry runs again\nLIMA — {brief}\n{LEAD}");
        assert_eq!(found(&placed), None, "a dateline opens the story");
    }

    #[test]
    fn one_is_signed_below() {
        let one = "After two months in dock the ferry sails again, and tickets cost no more than they did before the storm.";
        for signed in ["By Ana Ruiz", "Von\nAna Ruiz", "Source: HP", "Ana Ruiz/Getty Images"] {
            assert_eq!(found(&format!("Ferry runs again\n{one}\n{signed}\n{LEAD}")), Some(1), "{signed}");
        }
    }
}
