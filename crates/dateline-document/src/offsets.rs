//! Offsets: spans as Python and JavaScript count them.
//!
//! Spans are bytes, because that is how Rust slices. Python slices by code points, JavaScript (like
//! Java and C#) by units of UTF-16. Whoever crosses the border converts there, and only there:
//!
//! ```
//! use dateline_document::{CodePoints, Span, Utf16};
//!
//! let text = "São Tomé 🇸🇹 voted.";
//! let voted = Span::new(20, 25);
//! assert_eq!(&text[voted], "voted");
//! // Python: text[12:17]
//! assert_eq!(CodePoints::new(text).range(voted), 12..17);
//! // JavaScript: text.slice(14, 19)
//! assert_eq!(Utf16::new(text).range(voted), 14..19);
//! // And back, where somebody hands in offsets of theirs.
//! assert_eq!(CodePoints::new(text).span(12..17), Some(voted));
//! ```

use std::ops::Range;

use crate::Span;

/// Offsets in code points, as Python's `str` has them. Made once for a text, asked for each span.
#[derive(Clone, Debug)]
pub struct CodePoints<'text>(Counts<'text>);

/// Offsets in units of UTF-16, as JavaScript's strings have them. A character outside the basic
/// plane, such as most emoji, is two units.
#[derive(Clone, Debug)]
pub struct Utf16<'text>(Counts<'text>);

impl<'text> CodePoints<'text> {
    /// Takes time that grows with the text, and a number for each 64 bytes of it.
    pub fn new(text: &'text str) -> CodePoints<'text> {
        CodePoints(Counts::new(text, |byte| u32::from(starts_character(byte))))
    }

    /// `span` in code points. Its ends must lie between characters, as those of every [`Span`] do
    /// that was made for this text; one inside a character counts as the character's end.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.0.range(span)
    }

    /// The bytes of a range of code points; `None` where the text does not reach so far.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        self.0.span(range)
    }
}

impl<'text> Utf16<'text> {
    /// Takes time that grows with the text, and a number for each 64 bytes of it.
    pub fn new(text: &'text str) -> Utf16<'text> {
        Utf16(Counts::new(text, |byte| u32::from(starts_character(byte)) + u32::from(byte >= 0xf0)))
    }

    /// `span` in units of UTF-16. Its ends must lie between characters, as those of every [`Span`]
    /// do that was made for this text; one inside a character counts as the character's end.
    pub fn range(&self, span: Span) -> Range<usize> {
        self.0.range(span)
    }

    /// The bytes of a range of units; `None` where the text does not reach so far, or the range
    /// cuts a character in two.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        self.0.span(range)
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn starts_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Bytes between two counts that are kept.
const STEP: usize = 64;

#[derive(Clone, Debug)]
struct Counts<'text> {
    text: &'text str,
    /// Units that a byte begins: none unless it is the first of its character.
    units: fn(u8) -> u32,
    /// Units before byte 0, 64, 128, …
    before: Vec<u32>,
}

impl<'text> Counts<'text> {
    fn new(text: &'text str, units: fn(u8) -> u32) -> Counts<'text> {
        let mut before = vec![0];
        let mut count = 0;
        for bytes in text.as_bytes().chunks(STEP) {
            count += bytes.iter().map(|&byte| units(byte)).sum::<u32>();
            before.push(count);
        }
        Counts { text, units, before }
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.units_before(span.start as usize)..self.units_before(span.end as usize)
    }

    fn units_before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let step = byte / STEP;
        let rest = &self.text.as_bytes()[step * STEP..byte];
        (self.before[step] + rest.iter().map(|&byte| (self.units)(byte)).sum::<u32>()) as usize
    }

    fn span(&self, range: Range<usize>) -> Option<Span> {
        let (start, end) = (self.byte_at(range.start)?, self.byte_at(range.end)?);
        (start <= end).then(|| Span::new(start, end))
    }

    /// The byte before which there are exactly so many units.
    fn byte_at(&self, units: usize) -> Option<usize> {
        let units = u32::try_from(units).ok()?;
        let step = self.before.partition_point(|&before| before < units).saturating_sub(1);
        let mut count = self.before[step];
        let mut at = step * STEP;
        let bytes = self.text.as_bytes();
        loop {
            if count == units && self.text.is_char_boundary(at) {
                return Some(at);
            }
            if count > units {
                return None;
            }
            count += (self.units)(*bytes.get(at)?);
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_text_is_found_both_ways() {
        let text = "aé漢🇸🇹 ".repeat(40);
        let (points, utf16) = (CodePoints::new(&text), Utf16::new(&text));
        let mut units = 0;
        for (number, (at, c)) in text.char_indices().enumerate() {
            let span = Span::new(at, at + c.len_utf8());
            assert_eq!(points.range(span), number..number + 1);
            assert_eq!(points.span(number..number + 1), Some(span));
            assert_eq!(utf16.range(span), units..units + c.len_utf16());
            assert_eq!(utf16.span(units..units + c.len_utf16()), Some(span));
            units += c.len_utf16();
        }
        assert_eq!(units, text.encode_utf16().count());
    }

    #[test]
    fn offsets_that_the_text_has_not_are_none() {
        assert_eq!(CodePoints::new("Lima").span(2..9), None);
        assert_eq!(CodePoints::new("Lima").span(4..4), Some(Span::new(4, 4)));
        assert_eq!(CodePoints::new("").span(0..0), Some(Span::new(0, 0)));
        // Half of a pair.
        assert_eq!(Utf16::new("👍").span(0..1), None);
        assert_eq!(Utf16::new("👍").span(0..2), Some(Span::new(0, 4)));
    }
}
