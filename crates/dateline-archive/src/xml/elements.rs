//! A document cut into the elements that are its stories.
//!
//! Only tags, comments and the like are told apart; nothing is checked. An element that is broken
//! inside is for whoever reads it to refuse, and one that never closes ends where the next begins.

use std::io::{self, BufRead};

use dateline_page::PageError;
use encoding_rs::Encoding;
use quick_xml::encoding::DecodingReader;

use crate::stream::Stream;
use crate::{ArchiveError, Place, Rejected};

/// One element, as text with its tags.
pub(crate) struct Element {
    pub place: Place,
    pub text: String,
}

/// What stands before the first element, at most. A feed says in a page who it is.
const HEAD: usize = 1 << 18;

/// Names of elements are shorter.
const NAME: usize = 128;

/// Tags that stand open around an element, at most.
const OPEN: usize = 64;

/// The elements of a document that have one of some names, wherever they stand.
pub(crate) struct Elements<'a> {
    bytes: Bytes<'a>,
    encoding: &'static Encoding,
    names: &'static [&'static str],
    limit: usize,
    /// All that stands outside the elements, as far as it is kept.
    head: Kept,
    /// The tags that are open around the next element, and the names in them.
    open: Vec<(String, Vec<u8>)>,
    /// The tag that was read last, and where it stands.
    tag: Kept,
    tag_place: Place,
    /// Whether that tag begins the next element.
    is_begun: bool,
    has_ended: bool,
}

/// The document's bytes: as they are, where a bracket is a byte; else decoded.
enum Bytes<'a> {
    AsTheyAre(Stream<'a>),
    Decoded(DecodingReader<Stream<'a>>, u64),
}

impl Bytes<'_> {
    #[inline]
    fn next(&mut self) -> io::Result<Option<u8>> {
        match self {
            Bytes::AsTheyAre(stream) => stream.byte(),
            Bytes::Decoded(reader, taken) => {
                let byte = reader.fill_buf()?.first().copied();
                if byte.is_some() {
                    reader.consume(1);
                    *taken += 1;
                }
                Ok(byte)
            }
        }
    }

    /// The place of the byte that comes next.
    fn place(&mut self) -> Place {
        match self {
            Bytes::AsTheyAre(stream) => {
                Place { byte: stream.position(), is_unpacked: stream.is_packed(), line: None }
            }
            Bytes::Decoded(_, taken) => Place { byte: *taken, is_unpacked: true, line: None },
        }
    }

    fn place_of_break(&self) -> Place {
        match self {
            Bytes::AsTheyAre(stream) => stream.place_of_break(),
            Bytes::Decoded(_, taken) => Place { byte: *taken, is_unpacked: true, line: None },
        }
    }
}

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Markup {
    Opening,
    Closing,
    Empty,
    /// Comments, CDATA, declarations: they go with the text.
    Other,
}

/// Bytes that are kept up to a limit and counted beyond it.
struct Kept {
    bytes: Vec<u8>,
    length: u64,
    limit: usize,
}

impl Kept {
    fn new(limit: usize) -> Kept {
        Kept { bytes: Vec::new(), length: 0, limit }
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.length += 1;
        if self.bytes.len() < self.limit {
            self.bytes.push(byte);
        }
    }

    fn append(&mut self, other: &Kept) {
        self.length += other.length;
        let room = self.limit - self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes[..other.bytes.len().min(room)]);
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.length = 0;
    }
}

impl<'a> Elements<'a> {
    pub fn new(mut stream: Stream<'a>, names: &'static [&'static str], limit: usize) -> Elements<'a> {
        let (encoding, _) = super::encoding(stream.peek(512).unwrap_or_default());
        let bytes = if encoding.is_ascii_compatible() {
            Bytes::AsTheyAre(stream)
        } else {
            Bytes::Decoded(DecodingReader::new(stream), 0)
        };
        Elements {
            bytes,
            encoding,
            names,
            limit,
            head: Kept::new(HEAD),
            open: Vec::new(),
            tag: Kept::new(limit),
            tag_place: Place::default(),
            is_begun: false,
            has_ended: false,
        }
    }

    /// What the document says before its first element, with the tags that are open there closed.
    pub fn head(&self) -> String {
        let closing = self.open.iter().rev().map(|(name, _)| format!("</{name}>"));
        self.decode(&self.head.bytes) + &closing.collect::<String>()
    }

    /// An element with the tags around it that are open where the document's elements stand: a
    /// document that is nothing but this element.
    pub fn wrap(&self, element: &str) -> String {
        let opening: String = self.open.iter().map(|(_, tag)| self.decode(tag)).collect();
        let closing: String = self.open.iter().rev().map(|(name, _)| format!("</{name}>")).collect();
        opening + element + &closing
    }

    fn decode(&self, bytes: &[u8]) -> String {
        match self.bytes {
            Bytes::AsTheyAre(_) => self.encoding.decode_with_bom_removal(bytes).0.into_owned(),
            Bytes::Decoded(..) => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// Cuts the next element out.
    fn cut(&mut self) -> Result<Option<Element>, Rejected> {
        if !self.is_begun {
            match self.find_opening().map_err(|error| self.broken(error))? {
                Some(Markup::Opening) => {}
                Some(_) => {
                    let mut kept = Kept::new(self.limit);
                    kept.append(&self.tag);
                    return self.finish(self.tag_place, kept).map(Some);
                }
                None => return Ok(None),
            }
        }
        self.is_begun = false;
        let place = self.tag_place;
        let name = name_of(&self.tag.bytes[1..]).to_vec();
        let mut kept = Kept::new(self.limit);
        kept.append(&self.tag);
        loop {
            let markup = match self.read(&mut kept) {
                Ok(Some(markup)) => markup,
                Ok(None) => return Err(self.broken(ArchiveError::Truncated { within: "an element" }.into())),
                Err(error) => return Err(self.broken(error)),
            };
            match markup {
                Markup::Opening if name_of(&self.tag.bytes[1..]) == name => {
                    // The last one was never closed.
                    self.is_begun = true;
                    return self.finish(place, kept).map(Some);
                }
                Markup::Closing if name_of(&self.tag.bytes[2..]) == name => {
                    kept.append(&self.tag);
                    return self.finish(place, kept).map(Some);
                }
                Markup::Other => {}
                _ => kept.append(&self.tag),
            }
        }
    }

    fn finish(&self, place: Place, kept: Kept) -> Result<Element, Rejected> {
        if kept.length > self.limit as u64 {
            let error = PageError::TooLarge { bytes: kept.length, limit: self.limit as u64 }.into();
            return Err(Rejected { place, error });
        }
        Ok(Element { place, text: self.decode(&kept.bytes) })
    }

    /// Reads on to the tag of an element of ours, keeping what is open around it. `None` at the end.
    fn find_opening(&mut self) -> io::Result<Option<Markup>> {
        let mut text = Kept::new(HEAD);
        loop {
            text.clear();
            let Some(markup) = self.read(&mut text)? else { return Ok(None) };
            self.head.append(&text);
            if markup == Markup::Other {
                continue;
            }
            let is_closing = markup == Markup::Closing;
            let name = name_of(&self.tag.bytes[1 + usize::from(is_closing)..]);
            let local = name.rsplit(|&byte| byte == b':').next().unwrap_or_default();
            if !is_closing && self.names.iter().any(|ours| ours.as_bytes() == local) {
                return Ok(Some(markup));
            }
            let name = String::from_utf8_lossy(name).into_owned();
            match markup {
                Markup::Opening if self.open.len() < OPEN && self.tag.length < HEAD as u64 => {
                    self.open.push((name, self.tag.bytes.clone()));
                }
                Markup::Closing => {
                    if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
                        self.open.truncate(at);
                    }
                }
                _ => {}
            }
            self.head.append(&self.tag);
        }
    }

    /// Reads text, and the piece of markup after it: a tag is then in `tag`, all else goes with the
    /// text. `None` at the end.
    fn read(&mut self, text: &mut Kept) -> io::Result<Option<Markup>> {
        loop {
            self.tag_place = self.bytes.place();
            match self.bytes.next()? {
                None => return Ok(None),
                Some(b'<') => break,
                Some(byte) => text.push(byte),
            }
        }
        let Some(first) = self.bytes.next()? else { return Ok(None) };
        if first == b'!' || first == b'?' {
            text.push(b'<');
            text.push(first);
            return self.read_other(first, text);
        }
        self.tag.clear();
        self.tag.push(b'<');
        let (mut quote, mut before, mut byte) = (None, first, first);
        loop {
            self.tag.push(byte);
            match quote {
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None if byte == b'>' => break,
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                None => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            match self.bytes.next()? {
                Some(next) => byte = next,
                None => return Ok(None),
            }
        }
        Ok(Some(match (first, before) {
            (b'/', _) => Markup::Closing,
            (_, b'/') => Markup::Empty,
            _ => Markup::Opening,
        }))
    }

    /// Reads a comment, CDATA, an instruction or a declaration to its end.
    fn read_other(&mut self, first: u8, text: &mut Kept) -> io::Result<Option<Markup>> {
        let mut opening = [first, 0, 0];
        let (mut seen, mut length, mut brackets) = ([0; 3], 0usize, 0u32);
        loop {
            let Some(byte) = self.bytes.next()? else { return Ok(None) };
            text.push(byte);
            length += 1;
            if length < 3 {
                opening[length] = byte;
            }
            seen = [seen[1], seen[2], byte];
            let ends = match opening {
                [b'?', ..] => seen[1..] == *b"?>",
                [b'!', b'-', b'-'] => length >= 5 && seen == *b"-->",
                [b'!', b'[', _] => seen == *b"]]>",
                _ => {
                    // A document type, which may hold other declarations in square brackets.
                    match byte {
                        b'[' => brackets += 1,
                        b']' => brackets = brackets.saturating_sub(1),
                        _ => {}
                    }
                    byte == b'>' && brackets == 0
                }
            };
            if ends {
                return Ok(Some(Markup::Other));
            }
        }
    }

    fn broken(&mut self, error: io::Error) -> Rejected {
        self.has_ended = true;
        Rejected { place: self.bytes.place_of_break(), error: error.into() }
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Element, Rejected>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let cut = self.cut().transpose();
        self.has_ended |= cut.is_none();
        cut
    }
}

/// The name that a tag begins with, after its bracket.
fn name_of(tag: &[u8]) -> &[u8] {
    let end =
        tag.iter().take(NAME).position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    &tag[..end.unwrap_or(tag.len().min(NAME))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    fn cut(document: &[u8], limit: usize) -> Vec<String> {
        let mut elements = Elements::new(Stream::new(document, Limits::default()), &["item"], limit);
        let mut shown = Vec::new();
        while let Some(element) = elements.next() {
            shown.push(match element {
                Ok(element) => format!("{} {}", element.place.byte, elements.wrap(&element.text)),
                Err(rejected) => rejected.to_string().lines().next().unwrap_or_default().to_owned(),
            });
        }
        shown
    }

    #[test]
    fn elements_keep_the_tags_around_them() {
        let document = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a '<item>'>]><r a='>'><b><t>T</t><x:item q=\"</x:item>\">\
            <!-- </x:item> --><![CDATA[</x:item>]]>1</x:item><item/></b></r>";
        assert_eq!(
            cut(document, 200),
            [
                "76 <r a='>'><b><x:item q=\"</x:item>\"><!-- </x:item> --><![CDATA[</x:item>]]>1</x:item></b></r>",
                "147 <r a='>'><b><item/></b></r>"
            ]
        );
    }

    #[test]
    fn one_that_is_too_large_or_never_closes_breaks_no_other() {
        let document = format!("<r><item>{}</item><item>1<item>2</item><item>3", "x".repeat(500));
        assert_eq!(
            cut(document.as_bytes(), 100),
            [
                "byte 3: the page has 513 bytes, more than the limit of 100",
                "516 <r><item>1</r>",
                "523 <r><item>2</item></r>",
                "byte 544: the file breaks off within an element"
            ]
        );
    }

    #[test]
    fn two_bytes_a_character_are_decoded_first() {
        let document: Vec<u8> =
            "\u{feff}<r><item>é</item></r>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cut(&document, 100), ["3 <r><item>é</item></r>"]);
    }
}
