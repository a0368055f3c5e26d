//! Bytes → text. The byte order mark is believed first, then what the page declares, then
//! whether the bytes are valid UTF-8, and at last the detector of Firefox (chardetng), which
//! guesses from the bytes alone.
//!
//! A declaration is checked: a page that says UTF-8 and isn't is read as what it is, and words
//! that were decoded wrongly before they were saved ("â€™" for "’") are noted.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::origin::Map;
use crate::{Limits, PageError};

/// A page's text, and what was odd about its bytes.
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub notes: Vec<String>,
    /// What the bytes were taken for.
    encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    mark: usize,
    /// Whether something could not be decoded.
    has_losses: bool,
}

impl Decoded<'_> {
    /// Which bytes the text came from, where that can be known.
    pub fn map(&self) -> Option<Map> {
        match self.encoding {
            _ if self.has_losses => None,
            encoding if encoding == UTF_8 => Some(Map::same(self.mark)),
            encoding => Map::decoded(&self.text, encoding, self.mark),
        }
    }
}

/// Decodes a page, or says why its bytes cannot be one. `charset` is what came with the page,
/// in the header of an HTTP response.
pub(crate) fn decode<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
    limits: &Limits,
) -> Result<Decoded<'a>, PageError> {
    if bytes.len() > limits.page_bytes {
        return Err(PageError::TooLarge { bytes: bytes.len() as u64, limit: limits.page_bytes as u64 });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(PageError::Empty);
    }
    if let Some(looks_like) = binary(bytes) {
        return Err(PageError::Binary { looks_like });
    }
    let decoded = decode_lossy(bytes, charset);
    if decoded.text.trim().is_empty() {
        return Err(PageError::Empty);
    }
    Ok(decoded)
}

/// Decodes whatever is there; what cannot be decoded becomes U+FFFD.
pub(crate) fn decode_lossy<'a>(bytes: &'a [u8], charset: Option<&str>) -> Decoded<'a> {
    let read_as = |encoding: &'static Encoding, mark: usize, notes: Vec<String>| {
        let (text, has_losses) = encoding.decode_without_bom_handling(&bytes[mark..]);
        Decoded { text, notes, encoding, mark, has_losses }
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return read_as(encoding, mark, Vec::new());
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return read_as(encoding, 0, Vec::new());
    }
    let sent_as = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let declared = sent_as.or_else(|| declared_encoding(bytes));
    // Escape-coded Japanese is valid UTF-8 too; only the declaration tells.
    if let Some(encoding) = declared.filter(|&encoding| encoding == ISO_2022_JP && bytes.is_ascii()) {
        return read_as(encoding, 0, Vec::new());
    }
    if std::str::from_utf8(bytes).is_ok() || mostly_utf_8(bytes) {
        return read_as(UTF_8, 0, Vec::new());
    }
    if let Some(encoding) = declared.filter(|&encoding| encoding != UTF_8) {
        let decoded = read_as(encoding, 0, Vec::new());
        if !decoded.has_losses {
            return decoded;
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let note = match declared {
        Some(declared) if declared != guessed => {
            Some(format!("declared as {}, read as {}", declared.name(), guessed.name()))
        }
        None if guessed != WINDOWS_1252 => Some(format!("no encoding declared, read as {}", guessed.name())),
        _ => None,
    };
    read_as(guessed, 0, note.into_iter().collect())
}

/// UTF-8 with a little damage, such as a page cut in the middle of a character.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > 50 * bad || (bad <= 3 && good == 0 && !bytes.last().is_some_and(u8::is_ascii))
}

/// The charset that a `<meta>` or an XML declaration names in the first 4 KB.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = find_ignoring_case(head, b"charset").or_else(|| find_ignoring_case(head, b"encoding"))?;
    let after = &head[at..];
    let equals = after.iter().take(12).position(|&byte| byte == b'=')?;
    let label: Vec<u8> = after[equals + 1..]
        .iter()
        .copied()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
        .collect();
    Encoding::for_label(&label)
}

fn find_ignoring_case(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

/// UTF-16 that lost its mark: text in a European script has a zero in every other byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros_at = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let half = head.len() / 2;
    match () {
        () if odd * 10 >= half * 7 && even * 10 <= half => Some(UTF_16LE),
        () if even * 10 >= half * 7 && odd * 10 <= half => Some(UTF_16BE),
        () => None,
    }
}

/// What a file that is no text begins with.
const SIGNATURES: [(&[u8], &str); 13] = [
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
];

/// What the bytes look like if they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    if Encoding::for_bom(bytes).is_some() || utf_16_without_mark(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(16_384)];
    let control = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    (control * 50 > head.len()).then_some("binary data")
}

/// What the story's words show of how their bytes were read.
///
/// UTF-8 once read as windows-1252 shows as pairs like "Ã©" and "â€™" that no language writes.
pub(crate) fn oddities(text: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        notes.push(format!("{lost} characters could not be decoded"));
    }
    let pairs = text
        .chars()
        .zip(text.chars().skip(1))
        .filter(|pair| {
            matches!(pair, ('â', '€') | ('Ã', '\u{a0}'..='¿') | ('Â', '\u{a0}'..='¿') | ('Ð', '\u{a0}'..='¿'))
        })
        .count();
    if pairs >= 3 {
        notes.push("some words look as if they were decoded wrongly before they were saved".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        decode(bytes, None, &Limits::default())
            .map(|decoded| decoded.text.into_owned())
            .unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn marks_declarations_and_guesses_are_all_read() {
        let russian = "Паром снова ходит через залив, сообщили в порту. Рейсы отменяли с января.";
        let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(text_of(&windows), russian, "undeclared windows-1251");

        let french = "<meta charset=iso-8859-1><p>Le bac a été réparé";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(french);
        assert_eq!(text_of(&latin), french, "declared latin-1");

        let japanese = "<meta charset=iso-2022-jp><p>渡し船が再開した";
        let (escaped, _, _) = encoding_rs::ISO_2022_JP.encode(japanese);
        assert_eq!(text_of(&escaped), japanese, "escape-coded Japanese");

        let utf_16: Vec<u8> = "\u{feff}Déjà".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&utf_16), "Déjà", "UTF-16 with a mark");
        let unmarked: Vec<u8> = "The ferry runs again.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&unmarked), "The ferry runs again.", "UTF-16 without one");

        let sent = decode(&windows, Some("windows-1251"), &Limits::default()).expect("it is text");
        assert_eq!((&*sent.text, sent.notes.len()), (russian, 0), "sent as windows-1251");

        assert_eq!(text_of("<meta charset=latin1>Köln".as_bytes()), "<meta charset=latin1>Köln", "a lie");
    }

    #[test]
    fn a_page_cut_within_a_character_is_still_utf_8() {
        let page = "Das Schiff fährt wieder über den Fluss, hieß es am Freitag in Köln".repeat(20) + "ü";
        let cut = &page.as_bytes()[..page.len() - 1];
        assert!(text_of(cut).starts_with("Das Schiff fährt"));
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert!(text_of(b"%PDF-1.7 ...").contains("a PDF"));
        assert!(text_of(b"\x00\x01\x02\x03 and so on \x00\x00").contains("binary data"));
        assert!(text_of(b" \n\t ").contains("empty"));
        assert!(text_of(b"").contains("empty"));
        let small = Limits { page_bytes: 10, ..Limits::default() };
        assert!(
            decode(b"eleven bytes", None, &small)
                .is_err_and(|error| error.to_string().contains("limit of 10"))
        );
    }

    #[test]
    fn words_that_were_decoded_twice_are_noted() {
        assert_eq!(oddities("The mayorâ€™s aide said â€œnoâ€").len(), 1);
        assert_eq!(oddities("Âge d’or, déjà vu, Köln, SÃO PAULO").len(), 0);
        assert_eq!(oddities("K\u{fffd}ln"), ["1 characters could not be decoded"]);
    }
}
