//! Characters: the classes that spaCy asks Python for.
//!
//! Python's answers differ from Rust's in ways that change embeddings, so the tables are Python's.

mod tables;

use tables::{ALPHA, DIGIT};

/// `str.isspace` of one character: Unicode white space, and U+001C to U+001F.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// `str.isalpha` of one character: a letter, but not a mark.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_in(ALPHA, c) }
}

/// `str.isdigit` of one character: superscripts and circled digits too.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { is_in(DIGIT, c) }
}

fn is_in(ranges: &[(u32, u32)], c: char) -> bool {
    let code = c as u32;
    let after = ranges.partition_point(|&(first, _)| first <= code);
    after > 0 && code <= ranges[after - 1].1
}

/// The word's shape: "Xxxxx" for "Baghdad", "dd.d" for "12.5". Runs are cut at four.
pub(crate) fn shape(word: &str) -> String {
    if word.len() >= 100 && word.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len().min(24));
    let mut last = None;
    let mut run = 0;
    for c in word.chars() {
        let class = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(class) { run + 1 } else { 0 };
        last = Some(class);
        if run < 4 {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_spacys() {
        assert_eq!(shape("Baghdad"), "Xxxxx");
        assert_eq!(shape("12.5%"), "dd.d%");
        assert_eq!(shape("m²"), "xd");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }

    #[test]
    fn classes_are_pythons() {
        assert!(is_space('\x1c') && !'\x1c'.is_whitespace());
        assert!(!is_alpha('\u{0345}') && '\u{0345}'.is_alphabetic());
        assert!(is_digit('①') && is_digit('٣') && !is_digit('½'));
    }
}
