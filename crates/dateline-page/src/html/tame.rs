//! The page without what nobody reads and without what would make the parser slow, before it sees it.
//!
//! Programs, style sheets and comments are half of most pages; the parser would go through them letter
//! by letter. And html5ever compares each attribute of a tag with all before it, so that one tag with a
//! million attributes would take a million million steps. No page needs more than a few dozen.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

/// Attributes that one tag may have.
const ATTRIBUTES: usize = 512;

/// The page without programs, style sheets and comments, and with the attributes over the limit cut
/// from its tags. Scripts that hold JSON are kept. What is left parses to the same tree, but for what a
/// browser makes of tags in a script within a drawing or a menu, which nobody reads either.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut tamed = String::new();
    let mut copied = 0;
    let mut cut = |from: usize, to: usize| {
        if tamed.is_empty() {
            tamed.reserve(html.len() / 2);
        }
        tamed.push_str(&html[copied..from]);
        copied = to;
    };
    let mut at = 0;
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|found| at + found) {
        at = open + 1;
        if bytes[at..].starts_with(b"!--") {
            let (close, end) = comment_end(bytes, open);
            // The marks stay: what stands before and behind them must not come together as a tag.
            if close > open + 4 {
                cut(open + 4, close);
            }
            at = end;
            continue;
        }
        match bytes.get(at..at + 2) {
            Some([b'/', first]) if first.is_ascii_alphabetic() => at = tag_end(bytes, at).1,
            // Declarations, and what the tokenizer takes for comments up to the next `>`.
            Some([b'!' | b'?', _] | [b'/', _]) => {
                at = memchr(b'>', &bytes[at + 1..]).map_or(bytes.len(), |found| at + 1 + found);
            }
            _ => {}
        }
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (limit, end) = tag_end(bytes, at);
        if limit < end {
            cut(limit, end);
        }
        let tag = &bytes[at..end];
        at = end;
        let Some(name) = RAW.iter().find(|name| is_tag(tag, name)) else { continue };
        let inside = (end + 1).min(bytes.len());
        // Without an end tag all the rest of the page is the element's.
        let Some(close) = raw_end(bytes, inside, name) else { break };
        if *name == b"script" && may_go_on(&bytes[inside..close]) {
            break;
        }
        if close > inside && is_code(name, tag) {
            cut(inside, close);
        }
        at = close;
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    tamed.push_str(&html[copied..]);
    Cow::Owned(tamed)
}

/// Elements within which a `<` opens nothing.
const RAW: [&[u8]; 9] =
    [b"script", b"style", b"noscript", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes"];

/// Whether what stands behind a `<` or `</` is the name of a tag and its end.
fn is_tag(tag: &[u8], name: &[u8]) -> bool {
    let ends = |after: &u8| matches!(after, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>');
    tag.get(..name.len()).is_some_and(|opening| opening.eq_ignore_ascii_case(name))
        && tag.get(name.len()).is_none_or(ends)
}

/// Where the end tag of a raw element stands; `None` if it has none.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> Option<usize> {
    memmem::find_iter(&bytes[from..], b"</")
        .map(|found| from + found)
        .find(|&close| is_tag(&bytes[close + 2..], name))
}

/// Whether what a raw element holds is a program or a style sheet.
fn is_code(name: &[u8], tag: &[u8]) -> bool {
    let says_json = || tag.windows(4).any(|window| window.eq_ignore_ascii_case(b"json"));
    name == b"style" || (name == b"script" && !says_json())
}

/// Whether a script may go on behind its first end tag: within `<!--` it may hold another script.
fn may_go_on(inside: &[u8]) -> bool {
    let Some(comment) = memmem::find(inside, b"<!--") else { return false };
    inside[comment..].windows(7).any(|window| window.eq_ignore_ascii_case(b"<script"))
}

/// Where a comment's end mark stands, and where it ends, as the tokenizer of HTML sees it (WHATWG,
/// "comment start state"): `<!-->` is a comment, and `--!>` ends one.
fn comment_end(bytes: &[u8], open: usize) -> (usize, usize) {
    let inside = open + 4;
    for short in [b">".as_slice(), b"->"] {
        if bytes[inside..].starts_with(short) {
            return (inside, inside + short.len());
        }
    }
    let closed = memchr_iter(b'>', &bytes[inside..]).map(|found| inside + found).find_map(|end| {
        let mark = [b"--".as_slice(), b"--!"].into_iter().find(|mark| bytes[inside..end].ends_with(mark))?;
        Some((end - mark.len(), end + 1))
    });
    closed.unwrap_or((bytes.len(), bytes.len()))
}

/// Where the tag's attributes reach the limit, and where the tag ends; the same place for all but
/// hostile tags.
fn tag_end(bytes: &[u8], start: usize) -> (usize, usize) {
    let mut attributes = 0;
    let mut limit = None;
    // The last byte that was no white space: behind `=` a quotation mark opens a value.
    let mut last = 0;
    let mut at = start;
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'>' => break,
            b'"' | b'\'' if last == b'=' => {
                at = memchr(byte, &bytes[at + 1..]).map_or(bytes.len(), |found| at + 1 + found);
            }
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'"' | b'\'' => {
                attributes += 1;
                if attributes > ATTRIBUTES && limit.is_none() {
                    limit = Some(at);
                }
            }
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    let end = at.min(bytes.len());
    (limit.unwrap_or(end), end)
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

    #[test]
    fn code_and_comments_are_cut_and_words_are_not() {
        let check = |page: &str, tamed: &str| assert_eq!(tame(page), tamed);
        check("<script>if (a < b) {}</script><p>It sails.", "<script></script><p>It sails.");
        check("<STYLE media=all>p {}</Style >It sails.", "<STYLE media=all></Style >It sails.");
        check("<p><!-- <p> -->It<!-->sails<!---->.<!--a--!>", "<p><!---->It<!-->sails<!---->.<!----!>");
        check("It sails.<!-- and then", "It sails.<!--");
        check("It <<!-- not -->p>sails.", "It <<!---->p>sails.");
        let kept = [
            "<script type=application/ld+json>{\"a\": 1}</script>",
            "<script><!-- document.write('<script></script>') --></script><p>It sails.",
            "<script-loader>It sails.</script-loader>",
            "<title>The <script> tag</title>It sails.<script></script>",
            "<noscript><!-- </noscript><p>It sails. -->",
            "<script>without an end, it sails",
            "<p title = 'a > b <script>'>It sails.</p><script></script>",
        ];
        for page in kept {
            check(page, page);
        }
    }

    #[test]
    fn many_raw_elements_without_an_end_take_no_longer() {
        let page = "<title><textarea><style>".repeat(100_000);
        assert_eq!(tame(&page), page);
    }
}
