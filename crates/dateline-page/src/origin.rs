//! Origin: from a part's words back to the bytes they were read from.
//!
//! A page is decoded, and a JSON string unescaped, before its words are read; a [`Map`] remembers
//! in runs which bytes each stretch of the decoded text came from. The parts are then found in the
//! stretch of text that the reader took them from, so that what is written down has been compared.

use std::ops::Range;

use dateline_document::Origin;
use encoding_rs::Encoding;

use crate::assemble::{is_invisible, one_line};

/// Which bytes a decoded text came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map {
    runs: Vec<Run>,
}

/// A run of characters that are all `per_text` bytes long in the text and `per_bytes` in the bytes.
#[derive(Clone, Copy, Debug)]
struct Run {
    text: u32,
    bytes: u32,
    per_text: u8,
    per_bytes: u8,
}

impl Map {
    /// The text is the bytes from `offset` on.
    pub fn same(offset: usize) -> Map {
        Map { runs: vec![Run { text: 0, bytes: offset as u32, per_text: 1, per_bytes: 1 }] }
    }

    /// The text was decoded from `encoding`, after a mark of `mark` bytes. Of encodings whose
    /// characters take one byte, two or four; of others it is not known what came from where.
    pub fn decoded(text: &str, encoding: &'static Encoding, mark: usize) -> Option<Map> {
        let is_wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&encoding);
        if !is_wide && !encoding.is_single_byte() {
            return None;
        }
        let mut map = Map::default();
        let mut bytes = mark;
        for (at, character) in text.char_indices() {
            let length = if is_wide { character.len_utf16() * 2 } else { 1 };
            map.add(at, bytes, character.len_utf8(), length);
            bytes += length;
        }
        Some(map)
    }

    /// The text of a JSON string whose inside, between the quotation marks, is `inside` and begins
    /// at byte `offset`; with what the text is.
    pub fn of_json_string(inside: &str, offset: usize) -> Option<(String, Map)> {
        let mut map = Map::default();
        let mut text = String::with_capacity(inside.len());
        let mut at = 0;
        while at < inside.len() {
            let (character, length) = json_character(&inside[at..])?;
            map.add(text.len(), offset + at, character.len_utf8(), length);
            text.push(character);
            at += length;
        }
        Some((text, map))
    }

    fn add(&mut self, text: usize, bytes: usize, per_text: usize, per_bytes: usize) {
        // Where text and bytes advance alike, characters of any length make one run.
        let (per_text, per_bytes) =
            if per_text == per_bytes { (1, 1) } else { (per_text as u8, per_bytes as u8) };
        let goes_on =
            self.runs.last().is_some_and(|run| run.per_text == per_text && run.per_bytes == per_bytes);
        if !goes_on {
            self.runs.push(Run { text: text as u32, bytes: bytes as u32, per_text, per_bytes });
        }
    }

    /// The byte from which the text at `at`, a character's boundary, came.
    fn byte_of(&self, at: usize) -> Option<u64> {
        let found = self.runs.partition_point(|run| run.text as usize <= at).checked_sub(1)?;
        let run = self.runs[found];
        let into = (at - run.text as usize) / usize::from(run.per_text) * usize::from(run.per_bytes);
        Some(u64::from(run.bytes) + into as u64)
    }

    /// The bytes from which a stretch of the text came. The bytes after its last character may
    /// belong to another run: that is why the end is counted from there.
    pub fn bytes_of(&self, stretch: Range<usize>, text: &str) -> Option<Origin> {
        let last = text.get(stretch.clone())?.char_indices().next_back()?;
        let found =
            self.runs.partition_point(|run| run.text as usize <= stretch.start + last.0).checked_sub(1)?;
        let run = self.runs[found];
        let length = last.1.len_utf8() / usize::from(run.per_text) * usize::from(run.per_bytes);
        let end = self.byte_of(stretch.start + last.0)? + length as u64;
        Some(Origin { start: self.byte_of(stretch.start)?, end })
    }
}

/// The first character of the inside of a JSON string, and how many bytes it is written in.
fn json_character(inside: &str) -> Option<(char, usize)> {
    let first = inside.chars().next()?;
    if first != '\\' {
        return Some((first, first.len_utf8()));
    }
    let unit = |at: usize| inside.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    Some(match inside.as_bytes().get(1)? {
        b'n' => ('\n', 2),
        b't' => ('\t', 2),
        b'r' => ('\r', 2),
        b'b' => ('\u{8}', 2),
        b'f' => ('\u{c}', 2),
        b'u' => {
            let high = unit(2)?;
            if (0xd800..0xdc00).contains(&high) && inside.get(6..8) == Some("\\u") {
                let low = unit(8).filter(|low| (0xdc00..0xe000).contains(low))?;
                (char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))?, 12)
            } else {
                (char::from_u32(high)?, 6)
            }
        }
        &other => (char::from(other), 2),
    })
}

/// Where `words`, which are one line, stand within `stretch` of `text`. White space may be printed
/// differently there, and characters that nobody sees may stand between.
pub(crate) fn find(text: &str, stretch: Range<usize>, words: &str) -> Option<Range<usize>> {
    let looked_at = text.get(stretch.clone())?;
    // Mostly the words stand there as they are.
    if let Some(at) = looked_at.find(words) {
        let start = stretch.start + at;
        return Some(start..start + words.len());
    }
    let is_seen =
        |character: &char| !character.is_whitespace() && !character.is_control() && !is_invisible(*character);
    let wanted: String = words.chars().filter(is_seen).collect();
    let mut seen = String::with_capacity(looked_at.len());
    let mut places: Vec<(u32, u32)> = Vec::new();
    for (at, character) in looked_at.char_indices().filter(|(_, character)| is_seen(character)) {
        places.push((seen.len() as u32, at as u32));
        seen.push(character);
    }
    let place = |at: usize| {
        let found = places.binary_search_by_key(&(at as u32), |place| place.0).ok()?;
        Some(places[found].1 as usize)
    };
    let mut from = 0;
    while let Some(found) = seen[from..].find(&wanted).filter(|_| !wanted.is_empty()) {
        let start = place(from + found)?;
        let last = wanted.chars().next_back()?;
        let end = place(from + found + wanted.len() - last.len_utf8())? + last.len_utf8();
        if one_line(&looked_at[start..end]) == words {
            return Some(stretch.start + start..stretch.start + end);
        }
        from += found + seen[from + found..].chars().next()?.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_string_s_words_are_found_behind_its_escapes() {
        let json = r#"Caf\u00e9 \ud83d\ude00 \"open\"\nagain"#;
        let (text, map) = Map::of_json_string(json, 0).expect("it is well formed");
        assert_eq!(text, "Café 😀 \"open\"\nagain");
        for (words, written) in [
            ("Café", r"Caf\u00e9"),
            ("😀", r"\ud83d\ude00"),
            ("\"open\"", r#"\"open\""#),
            ("again", "again"),
            ("é 😀", r"\u00e9 \ud83d\ude00"),
        ] {
            let stretch = find(&text, 0..text.len(), words).expect("the words stand there");
            let origin = map.bytes_of(stretch, &text).expect("they came from somewhere");
            assert_eq!(&json[origin.start as usize..origin.end as usize], written);
        }
    }

    #[test]
    fn white_space_and_unseen_characters_may_differ() {
        let text = "The fer\u{ad}ry \n sailed\u{a0}again. The ferry.";
        assert_eq!(find(text, 0..text.len(), "ferry sailed again."), Some(4..28));
        assert_eq!(find(text, 0..text.len(), "fer rysailed"), None);
        assert_eq!(find(text, 0..text.len(), ""), Some(0..0));
    }

    #[test]
    fn of_encodings_with_fixed_lengths_the_bytes_are_known() {
        let text = "Köln ist da";
        let map = Map::decoded(text, encoding_rs::WINDOWS_1252, 0).expect("one byte a character");
        assert_eq!(map.bytes_of(0..5, text), Some(Origin { start: 0, end: 4 }));
        let map = Map::decoded(text, encoding_rs::UTF_16LE, 2).expect("two bytes a character");
        assert_eq!(map.bytes_of(6..9, text), Some(Origin { start: 12, end: 18 }));
        assert!(Map::decoded(text, encoding_rs::SHIFT_JIS, 0).is_none());
    }
}
