//! XML, as far as feeds, sitemaps and wires need it. A document is cut into the elements that are
//! its stories without being parsed ([`elements`]); one element becomes a [`tree`].
//!
//! Entities that a document declares itself are never expanded: no wire needs them, and bombs are
//! made of them.

mod elements;
mod tree;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

pub(crate) use elements::{Element, Elements};
pub(crate) use tree::Node;

/// The bytes as text, by their mark, their zeros or what they declare; else as UTF-8.
pub(crate) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, mark) = encoding(bytes);
    encoding.decode_without_bom_handling(&bytes[mark..]).0
}

/// The encoding of a document and the length of its byte order mark.
pub(crate) fn encoding(head: &[u8]) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(head) {
        return marked;
    }
    match head {
        [b'<', 0, ..] => return (UTF_16LE, 0),
        [0, b'<', ..] => return (UTF_16BE, 0),
        _ => {}
    }
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml").unwrap_or_default();
    let end = declaration.windows(2).take(200).position(|pair| pair == b"?>").unwrap_or(0);
    let declaration = String::from_utf8_lossy(&declaration[..end]);
    let declared = declaration.split_once("encoding").and_then(|(_, after)| {
        let value = after.trim_start().strip_prefix('=')?.trim_start();
        let label = value.get(1..)?.split(['"', '\'']).next()?;
        Encoding::for_label(label.as_bytes())
    });
    // A declaration that could be read is not in two bytes a character, whatever it says.
    (declared.filter(|&declared| declared.is_ascii_compatible()).unwrap_or(UTF_8), 0)
}

/// The local name of the document's element, in a head that begins with a bracket.
pub(crate) fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        let ending = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!DOCTYPE") => {
                let brackets = rest.find('[').filter(|&at| rest.find('>').is_none_or(|end| at < end));
                if brackets.is_some() { "]>" } else { ">" }
            }
            _ => break,
        };
        rest = rest[rest.find(ending)? + ending.len()..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|character: char| character.is_whitespace() || matches!(character, '>' | '/'))?;
    let name = &name[..end];
    Some(name.rsplit(':').next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_behind_what_may_precede_it() {
        let root = |head| root(head).unwrap_or("none");
        assert_eq!(
            root("<?xml version='1.0'?>\n<!-- a > b --><!DOCTYPE nitf [<!ENTITY a 'b'>]>\n<nitf>"),
            "nitf"
        );
        assert_eq!(root("<!DOCTYPE rss><rdf:RDF xmlns='x'>"), "RDF");
        assert_eq!(root("<feed/>"), "feed");
        assert_eq!(root("<!-- never closed <rss>"), "none");
    }

    #[test]
    fn encodings_are_declared_marked_or_seen() {
        let name = |head: &[u8]| encoding(head).0.name();
        assert_eq!(name(b"<?xml version='1.0' encoding='koi8-r'?><rss/>"), "KOI8-R");
        assert_eq!(name(b"<?xml version='1.0' encoding=\"UTF-16\"?><rss/>"), "UTF-8");
        assert_eq!(name(b"\xff\xfe<\0r\0"), "UTF-16LE");
        assert_eq!(name(b"<\0r\0"), "UTF-16LE");
        assert_eq!(name(b"<rss/>"), "UTF-8");
    }
}
