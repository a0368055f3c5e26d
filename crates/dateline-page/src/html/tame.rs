//! Tags that would make the parser slow, made harmless before it sees them.
//!
//! html5ever compares each attribute of a tag with all before it, so that one tag with a million
//! attributes would take a million million steps. No page needs more than a few dozen.

use std::borrow::Cow;

/// Attributes that one tag may have.
const ATTRIBUTES: usize = 512;

/// The page with the attributes over the limit cut from its tags.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut tamed = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(open) = bytes[at..].iter().position(|&byte| byte == b'<').map(|found| at + found) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (limit, end) = tag_end(bytes, at);
        if limit < end {
            tamed.push_str(&html[copied..limit]);
            copied = end;
        }
        at = end;
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    tamed.push_str(&html[copied..]);
    Cow::Owned(tamed)
}

/// Where the tag's attributes reach the limit, and where the tag ends; the same place for all but
/// hostile tags.
fn tag_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let mut attributes = 0;
    let mut limit = None;
    let mut quote = None;
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None => match byte {
                b'>' => break,
                b'"' | b'\'' if bytes[at - 1] == b'=' => quote = Some(byte),
                b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'"' | b'\'' => {
                    attributes += 1;
                    if attributes > ATTRIBUTES && limit.is_none() {
                        limit = Some(at);
                    }
                }
                _ => {}
            },
        }
        at += 1;
    }
    (limit.unwrap_or(at), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hostile_tags_are_cut() {
        let page = "<p class=\"a > b\" title='x'>1 < 2 and 3 > 2</p>";
        assert!(matches!(tame(page), Cow::Borrowed(_)));
        let names: String = (0..5_000).map(|number| format!(" a{number}=1")).collect();
        let tamed = tame(&format!("<p>One<b{names}>two</b>")).into_owned();
        assert!(tamed.ends_with(">two</b>") && tamed.len() < 10_000, "{}", tamed.len());
    }
}
