//! Quotation marks: which stretches of a paragraph stand between them.
//!
//! ```text
//! “We came ‘home’ late,” she said.
//!  └────────────────────┘ one stretch; marks inside it are part of what was said
//! ```
//!
//! Curly, straight, doubled single (`''` and ` `` `), low (`„`) and angle (`«`) marks are read. Pairs
//! never cross a paragraph; a stretch that no mark closes ends with its paragraph.

use dateline_document::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// With the marks.
    pub outer: Span,
    /// Without the marks and the space inside them.
    pub inner: Span,
    /// False where the paragraph ends before a closing mark.
    pub is_closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opening,
    Closing,
    /// The same sign opens and closes.
    Straight,
    Single,
}

struct Open {
    start: usize,
    inner_start: usize,
    is_single: bool,
    /// Curly marks that have opened inside straight ones.
    nested: usize,
}

/// The stretches of one paragraph, in text order. Linear in its length.
pub(super) fn quoted_stretches(text: &str, paragraph: Span) -> Vec<Quoted> {
    let marks = marks_of(text, paragraph);
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    let mut closers_left = marks.iter().filter(|mark| is_single_closing(text, mark)).count();
    let balance = balances(&marks);
    for (index, mark) in marks.iter().enumerate() {
        let (at, end, kind) = *mark;
        let before = text[..at].chars().next_back().filter(|_| at > paragraph.start as usize);
        let after = text[end..].chars().next().filter(|_| end < paragraph.end as usize);
        let can_open = before.is_none_or(|c| !c.is_alphanumeric() && !",.!?%".contains(c));
        if is_single_closing(text, mark) {
            closers_left -= 1;
        }
        let opened = Open { start: at, inner_start: end, is_single: kind == Mark::Single, nested: 0 };
        match (&mut open, kind) {
            (None, Mark::Single) => {
                let opens = can_open && after.is_some_and(char::is_alphabetic) && closers_left > 0;
                if opens && !text[at..].starts_with('’') {
                    open = Some(opened);
                }
            }
            (None, _) => {
                if can_open && after.is_some() {
                    open = Some(opened);
                }
            }
            (Some(now), Mark::Single) => {
                if now.is_single && is_single_closing(text, mark) {
                    found.push(stretch(text, now, at, end, true));
                    open = None;
                }
            }
            (Some(now), _) if now.is_single => {}
            (Some(now), Mark::Closing) if now.nested > 0 => now.nested -= 1,
            (Some(now), Mark::Opening) if text[now.start..].starts_with('"') => now.nested += 1,
            // “They said “no” twice”: more marks close from here on than open.
            (Some(now), Mark::Opening)
                if can_open && balance[index..].first().is_some_and(|&left| left < 0) =>
            {
                now.nested += 1;
            }
            (Some(now), Mark::Opening) if !can_open && after.is_none_or(|c| !c.is_alphanumeric()) => {
                found.push(stretch(text, now, at, end, true));
                open = None;
            }
            (Some(now), Mark::Closing) => {
                found.push(stretch(text, now, at, end, true));
                open = None;
            }
            (Some(now), Mark::Straight) => {
                let reopens =
                    before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_alphanumeric);
                if reopens {
                    open = Some(opened);
                } else {
                    found.push(stretch(text, now, at, end, true));
                    open = None;
                }
            }
            (Some(now), Mark::Opening) => {
                // German „…“ closes with the sign that opens in English.
                if text[now.start..].starts_with('„') {
                    found.push(stretch(text, now, at, end, true));
                    open = None;
                } else {
                    open = Some(opened);
                }
            }
        }
    }
    if let Some(now) = open.filter(|now| !now.is_single) {
        let end = paragraph.end as usize;
        found.push(stretch(text, &now, end, end, false));
    }
    found.retain(|quoted| !quoted.inner.is_empty());
    found
}

/// For each mark, how many more double marks open than close from there to the end.
fn balances(marks: &[(usize, usize, Mark)]) -> Vec<i32> {
    let mut balances = vec![0; marks.len()];
    let mut left = 0;
    for (index, (_, _, kind)) in marks.iter().enumerate().rev() {
        left += match kind {
            Mark::Opening => 1,
            Mark::Closing => -1,
            Mark::Straight | Mark::Single => 0,
        };
        balances[index] = left;
    }
    balances
}

/// Whether a character is a quotation mark of any kind.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '\'' | '`' | '‹' | '›')
}

fn stretch(text: &str, open: &Open, close: usize, close_end: usize, is_closed: bool) -> Quoted {
    let inside = &text[open.inner_start..close];
    let start = open.inner_start + (inside.len() - inside.trim_start().len());
    let end = start + inside.trim().len();
    Quoted { outer: Span::new(open.start, close_end), inner: Span::new(start, end), is_closed }
}

/// Where the marks are: start, end and kind.
fn marks_of(text: &str, paragraph: Span) -> Vec<(usize, usize, Mark)> {
    let base = paragraph.start as usize;
    let mut marks = Vec::new();
    let mut letters = text[paragraph].char_indices().peekable();
    while let Some((offset, c)) = letters.next() {
        let at = base + offset;
        let mut end = at + c.len_utf8();
        let kind = match c {
            '“' | '„' | '‟' | '«' => Mark::Opening,
            '”' | '»' => Mark::Closing,
            '"' => Mark::Straight,
            '\'' | '`' if letters.peek().is_some_and(|(_, next)| *next == c) => {
                letters.next();
                end += 1;
                if c == '`' { Mark::Opening } else { Mark::Straight }
            }
            '‘' | '’' | '\'' => Mark::Single,
            _ => continue,
        };
        marks.push((at, end, kind));
    }
    marks
}

/// Whether a single mark can close: it follows a word or a stop, and no letter follows it.
fn is_single_closing(text: &str, mark: &(usize, usize, Mark)) -> bool {
    let (at, end, kind) = *mark;
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    kind == Mark::Single
        && before.is_some_and(|c| !c.is_whitespace())
        && after.is_none_or(|c| !c.is_alphanumeric())
        && !text[at..].starts_with('‘')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = quoted_stretches(text, Span::new(0, text.len()));
        let inner: Vec<&str> = found.iter().map(|quoted| &text[quoted.inner]).collect();
        assert_eq!(inner, expected, "in {text:?}");
    }

    #[test]
    fn marks_of_many_kinds_pair() {
        check("“We won,” he said. “At last.”", &["We won,", "At last."]);
        check("\"We won,\" he said.", &["We won,"]);
        check("''We won,'' he said.", &["We won,"]);
        check("``We won,'' he said.", &["We won,"]);
        check("“We won?“ he said.", &["We won?"]);
        check("« We won », he said.", &["We won"]);
        check("„We won“, he said.", &["We won"]);
        check("‘We won’, he said.", &["We won"]);
        check("'We won', he said.", &["We won"]);
    }

    #[test]
    fn inner_marks_belong_to_the_outer_stretch() {
        check("“They said ‘no’ twice,” he said.", &["They said ‘no’ twice,"]);
        check("\"They said “no” twice,\" he said.", &["They said “no” twice,"]);
        check("“They said “no” twice,” he said. “Never.”", &["They said “no” twice,", "Never."]);
        check("'They said \"no\" twice', he said.", &["They said \"no\" twice"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("The workers' union didn't strike in the '90s.", &[]);
        check("It’s the union’s fault, the workers’ too.", &[]);
        check("\"It's the workers' day,\" she said.", &["It's the workers' day,"]);
    }

    #[test]
    fn an_open_stretch_ends_with_its_paragraph() {
        let text = "He said: “We won. Nobody left.";
        let found = quoted_stretches(text, Span::new(0, text.len()));
        assert_eq!(found.len(), 1);
        assert!(!found[0].is_closed);
        assert_eq!(&text[found[0].inner], "We won. Nobody left.");
    }

    #[test]
    fn a_second_opening_mark_gives_up_the_first() {
        check("The “gap widened. “We know,” he said.", &["We know,"]);
    }

    #[test]
    fn feet_and_inches_are_no_marks() {
        check("The plank is 6' by 9\" long.", &[]);
    }
}
