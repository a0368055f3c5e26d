//! Line breaks → paragraphs. Every line is a paragraph, except in text that was wrapped to a
//! width (mail, wire copy), where the line breaks within a paragraph are spaces.

use std::ops::Range;

use crate::names;

/// Narrowest and widest lines that are taken for wrapped ones, in characters.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=100;

/// A paragraph, and the stretch of the text that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub text: String,
    pub stretch: Range<usize>,
}

/// The text's paragraphs, each on one line.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    joined(text, true)
}

/// The lines of a page, in which a headline may be followed by "by …": lines go on only where the
/// whole text was wrapped.
pub(super) fn lines(text: &str) -> (Vec<String>, Vec<Range<usize>>) {
    joined(text, false).into_iter().map(|line| (line.text, line.stretch)).unzip()
}

fn joined(text: &str, by_case: bool) -> Vec<Paragraph> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let width = wrap_width(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous = "";
    for &line in &lines {
        if line.is_empty() {
            previous = "";
            continue;
        }
        // Lines are slices of the text: where they are in it is where they are in memory.
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        match paragraphs.last_mut() {
            Some(paragraph) if !previous.is_empty() && goes_on(previous, line, width, by_case) => {
                paragraph.text.push(' ');
                paragraph.text.push_str(line);
                paragraph.stretch.end = start + line.len();
            }
            _ => paragraphs.push(Paragraph { text: line.to_owned(), stretch: start..start + line.len() }),
        }
        previous = line;
    }
    paragraphs
}

/// The width that the text was wrapped to: the longest line, if most lines that another follows
/// come near it and few of them end a sentence.
fn wrap_width(lines: &[&str]) -> Option<usize> {
    let length = |line: &str| line.chars().count();
    let width = lines.iter().map(|line| length(line)).max()?;
    if !WRAPPED.contains(&width) {
        return None;
    }
    let followed: Vec<&str> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| pair[0])
        .collect();
    let full = followed.iter().filter(|line| length(line) * 4 >= width * 3).count();
    let open = followed.iter().filter(|line| !ends_sentence(line)).count();
    (followed.len() >= 2 && full * 10 >= followed.len() * 6 && open * 10 >= followed.len() * 6)
        .then_some(width)
}

/// Whether `line` goes on with the paragraph that `previous` belongs to.
fn goes_on(previous: &str, line: &str, width: Option<usize>, by_case: bool) -> bool {
    let length = previous.chars().count();
    match width {
        // The last line of a paragraph is short and ends its sentence.
        Some(width) => !ends_sentence(previous) || (length * 4 >= width * 3 && !line.starts_with(['"', '“'])),
        None => {
            by_case
                && WRAPPED.contains(&length)
                && !ends_sentence(previous)
                && line.starts_with(|first: char| first.is_lowercase())
        }
    }
}

/// Whether the line ends where a sentence does, quotation marks and the signature of an agency or a
/// writer set aside: "The ferry sails again. (hp)".
pub(super) fn ends_sentence(line: &str) -> bool {
    has_stop(line) || unsigned(line).is_some_and(has_stop) || without_initials(line).is_some_and(has_stop)
}

/// How many sentences the line has: stops behind a small letter or a bracket, before a capital or
/// the end. Ordinals ("the 50. race") and initials end none.
pub(super) fn sentences(line: &str) -> usize {
    let marks: Vec<char> = line.chars().filter(|mark| !QUOTES.contains(mark)).collect();
    let ends = |at: usize| {
        let before = at.checked_sub(1).map(|before| marks[before]);
        let is_end = before.is_some_and(|before| before.is_lowercase() || matches!(before, ')' | ']'));
        let next = marks[at + 1..].iter().find(|mark| !mark.is_whitespace());
        matches!(marks[at], '.' | '!' | '?' | '…')
            && next.is_none_or(|next| is_end && marks[at + 1].is_whitespace() && !next.is_lowercase())
    };
    (0..marks.len()).filter(|&at| ends(at)).count()
}

const QUOTES: [char; 12] = ['"', '”', '“', '„', '’', '‘', '»', '«', '›', '‹', '\'', '`'];

fn has_stop(line: &str) -> bool {
    let line = line.trim_end_matches(|mark: char| is_invisible(mark) || mark.is_whitespace());
    line.trim_end_matches(['"', '”', '“', '’', '‘', '»', '«', '›', '‹', ')', '\'', ']', '」', '』', '）'])
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔'])
}

/// Marks that nobody sees: soft hyphens, and spaces and joiners without width.
fn is_invisible(mark: char) -> bool {
    matches!(mark, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The line without the initials at its end: "The ferry sails again. HP".
fn without_initials(line: &str) -> Option<&str> {
    let (text, initials) = line.trim_end().rsplit_once(' ')?;
    let are_initials =
        (2..=3).contains(&initials.len()) && initials.bytes().all(|letter| letter.is_ascii_uppercase());
    (are_initials && text.len() >= 80).then_some(text)
}

/// The line without the signature in brackets at its end.
fn unsigned(line: &str) -> Option<&str> {
    let open = match line.chars().next_back()? {
        ')' => line.rfind('('),
        '】' => line.rfind('【'),
        '］' => line.rfind('［'),
        _ => None,
    }?;
    let signature = &line[open..];
    // Initials or an agency; other names in parentheses are those of photographers.
    let name = signature.trim_matches(['(', ')']);
    let is_short =
        name.len() <= 8 && name.chars().all(|character| character.is_lowercase() || character == '/');
    let is_one = match signature.starts_with('(') {
        true => is_short || names::agency(name).is_some(),
        false => signature.chars().count() <= 24,
    };
    is_one.then(|| line[..open].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped = "The ferry across the bay resumed service on Thursday, the harbour\n\
                       office said, after two months in which the islanders had to take\n\
                       the long way round.\n\
                       Tickets cost as much as before, the ferrymen said, and the\ncafé on the pier has opened.";
        assert_eq!(paragraphs(wrapped).len(), 2, "{:?}", paragraphs(wrapped));
        let mail = "The ferry across the bay resumed service on Thursday, the harbour\noffice said in a note to the islanders, who had long waited for\nit.\n\nIt rained.";
        assert_eq!(paragraphs(mail).len(), 2);
    }

    #[test]
    fn sentences_end_behind_small_letters() {
        assert_eq!(sentences("It is old. “It is cheap!” Will it sail in the 50. winter of J. Bane?"), 3);
        assert_eq!(sentences("It sails"), 0);
    }

    #[test]
    fn whoever_signs_ends_no_sentence() {
        let long = "The ferry sails again, and nobody on the islands has to take the long way round by road or by plane.";
        assert!(ends_sentence("The ferry sails again. (hp)"));
        assert!(ends_sentence("The ferry sails again.\u{feff}"));
        assert!(ends_sentence(&format!("{long} HP")));
        assert!(!ends_sentence("The harbour office sued the U.S. EPA"));
    }

    #[test]
    fn lines_of_their_own_are_paragraphs() {
        let lines =
            "The ferry runs again.\nIt rained.\nThe café on the pier has opened its doors to all who wait.";
        assert_eq!(paragraphs(lines).len(), 3);
        let apart: Vec<String> = paragraphs("Ferry runs again\n\nIt sailed on Thursday.")
            .into_iter()
            .map(|paragraph| format!("{:?} {}", paragraph.stretch, paragraph.text))
            .collect();
        assert_eq!(apart, ["0..16 Ferry runs again", "18..40 It sailed on Thursday."]);
    }

    #[test]
    fn quotation_marks_and_signatures_stand_behind_the_stop() {
        for line in [
            "The ferry sails.",
            "»It sails.«",
            "He said: «It sails.»",
            "It sails. (hp/dpa)",
            "船が出た。【佐藤】",
        ] {
            assert!(ends_sentence(line), "{line}");
        }
        for line in ["The ferry sails", "The ferry in dock. (Ana Ruiz)", "Islands (north)"] {
            assert!(!ends_sentence(line), "{line}");
        }
    }
}
