//! The stretch of lines in which prose outweighs the rest: the maximum-sum run (Bentley 1984).
//!
//! Paragraphs of a story follow each other; a teaser of another story is one sentence or two
//! between a headline and the next. So prose counts in full only next to prose, and short prose
//! on its own counts against the stretch. Comments are prose too: what opens them ends the story.

use super::lines::{LineKind, opens_comment, says_published, weight};
use super::paragraphs::ends_sentence;
use crate::html::{opens_afterword, opens_comments};
use crate::talk::speaks_of_the_site;

/// The story's stretch: after the line that repeats the window title, if there is prose after it.
pub(super) fn find(lines: &[String], kinds: &[LineKind], titled: &[usize]) -> (usize, usize) {
    let weighed = Weighed::of(lines, kinds);
    let (whole, range) = weighed.best(0);
    let after_title = titled.iter().take(20).map(|&at| weighed.best(at + 1));
    let best = after_title.max_by(|one, other| one.0.total_cmp(&other.0));
    match best {
        Some((sum, after)) if sum > 150.0 && sum * 4.0 > whole => after,
        _ => range,
    }
}

/// What each line counts for or against a stretch, and which ones no story goes beyond.
struct Weighed {
    values: Vec<f32>,
    is_end: Vec<bool>,
    /// Readers' names, each with a verb of saying: two of them are a page's comments.
    voices: Vec<usize>,
}

impl Weighed {
    fn of(lines: &[String], kinds: &[LineKind]) -> Weighed {
        let all = 0..lines.len();
        let is_end = |at: usize| match kinds[at] {
            LineKind::Short => opens_comments(&lines[at]),
            LineKind::Date => says_published(&lines[at]),
            _ => false,
        };
        Weighed {
            values: all.clone().map(|at| value(lines, kinds, at)).collect(),
            is_end: all.clone().map(is_end).collect(),
            voices: all.filter(|&at| opens_comment(&lines[at])).collect(),
        }
    }

    /// The best stretch from a line on, and what it weighs.
    fn best(&self, from: usize) -> (f32, (usize, usize)) {
        let voices = &self.voices[self.voices.partition_point(|&at| at < from)..];
        let comments = if voices.len() >= 2 { voices } else { &[] };
        let (mut best, mut range) = (0.0, (from, self.values.len()));
        let (mut sum, mut start) = (0.0, from);
        for at in from..self.values.len() {
            if best > STORY && (self.is_end[at] || comments.contains(&at)) {
                break;
            }
            if sum <= 0.0 {
                (sum, start) = (0.0, at);
            }
            sum += self.values[at];
            if sum > best {
                (best, range) = (sum, (start, at + 1));
            }
        }
        (best, range)
    }
}

fn value(lines: &[String], kinds: &[LineKind], at: usize) -> f32 {
    let line = &lines[at];
    let weight = weight(line) as f32;
    match kinds[at] {
        LineKind::Prose if speaks_of_the_site(line) => -60.0,
        LineKind::Prose if stands_alone(lines, kinds, at) && weight < 200.0 => -15.0,
        LineKind::Prose if stands_alone(lines, kinds, at) => 0.4 * weight.min(500.0),
        LineKind::Prose => weight.min(500.0),
        LineKind::Short if opens_comments(line) => -600.0,
        // A box's prose is the page's, but it ends nothing.
        LineKind::Boxed => 0.0,
        LineKind::Short | LineKind::Prompt if opens_afterword(line) => -100.0,
        LineKind::Short if ends_sentence(line) => 0.0,
        LineKind::Short => -40.0,
        LineKind::Prompt => -25.0,
        LineKind::Rights => -60.0,
        LineKind::Date => -80.0,
        LineKind::Counter | LineKind::Caption | LineKind::Credit | LineKind::Byline => -10.0,
    }
}

/// Whether no sentence stands before or after the line; captions, counters and prompts between two
/// paragraphs part nothing.
fn stands_alone(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    let is_sentence = |at: usize| {
        kinds[at] == LineKind::Prose || (kinds[at] == LineKind::Short && ends_sentence(&lines[at]))
    };
    let parts = |at: &usize| {
        matches!(kinds[*at], LineKind::Prose | LineKind::Short | LineKind::Date | LineKind::Byline)
    };
    let before = (at.saturating_sub(6)..at).rev().find(parts);
    let after = (at + 1..lines.len().min(at + 7)).find(parts);
    !before.is_some_and(is_sentence) && !after.is_some_and(is_sentence)
}

/// Letters of prose that are enough for a story: what follows a heading of comments is no more, nor is
/// what follows when another story was published, as on pages that scroll on and on.
const STORY: f32 = 600.0;
