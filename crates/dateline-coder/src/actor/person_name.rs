//! Names of people: what of a span is the name, once titles, honorifics and stray marks are off.
//!
//! "— Sir Keir Starmer's" is *Keir Starmer*; "Datuk Seri Anwar Ibrahim" is *Anwar Ibrahim*.

use dateline_document::{Document, TokenId};

/// Words of courtesy before a name, in many places. Offices and ranks are the gazetteer's.
const HONORIFICS: &[&str] = &[
    "sir",
    "dame",
    "lord",
    "lady",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "dr",
    "dr.",
    "prof",
    "prof.",
    "datuk",
    "dato",
    "dato'",
    "dato’",
    "seri",
    "sri",
    "tan",
    "tun",
    "tengku",
    "sheikh",
    "sheik",
    "shaikh",
    "imam",
    "ayatollah",
    "mullah",
    "maulana",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "rev",
    "rev.",
    "madame",
    "monsieur",
    "herr",
    "frau",
    "señor",
    "señora",
    "don",
    "dona",
    "brother",
    "comrade",
    "baroness",
    "baron",
    "count",
    "mufti",
    "rabbi",
    "hon",
    "hon.",
    "honourable",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "de", "da", "do", "dos", "del", "della", "der", "den", "van", "von",
    "la", "le", "di", "du", "ter", "y", "e", "ul", "ur", "abu",
];

/// First and last token of the name within `start..end`, if there is one.
pub(crate) fn name_within(document: &Document, start: TokenId, end: TokenId) -> Option<(TokenId, TokenId)> {
    let word = |at: u32| document.word(TokenId(at));
    let is_name = |at: u32| {
        let word = word(at);
        word.starts_with(char::is_uppercase) || PARTICLES.contains(&word)
    };
    let mut first = start.0;
    while first < end.0 && (!is_name(first) || HONORIFICS.contains(&word(first).to_lowercase().as_str())) {
        first += 1;
    }
    let mut last = first;
    while last < end.0 {
        let joins =
            matches!(word(last), "-" | "’" | "'" | "." | "\u{2011}") && last + 1 < end.0 && is_name(last + 1);
        if !is_name(last) && !joins {
            break;
        }
        last += 1;
    }
    while last > first && !word(last - 1).starts_with(char::is_uppercase) {
        last -= 1;
    }
    (last > first).then(|| (TokenId(first), TokenId(last - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_document::{Sentence, SentenceId, Span, Token};

    /// A document of words one space apart, each its own root.
    fn words(text: &str) -> Document {
        let mut at = 0;
        let tokens: Vec<Token> = text
            .split(' ')
            .enumerate()
            .map(|(number, word)| {
                let span = Span::new(at, at + word.len());
                at += word.len() + 1;
                Token {
                    span,
                    lemma: word.into(),
                    tag: "NNP".into(),
                    pos: "PROPN".into(),
                    morph: "".into(),
                    head: TokenId(number as u32),
                    relation: "ROOT".into(),
                    sentence: SentenceId(0),
                }
            })
            .collect();
        let end = TokenId(tokens.len() as u32);
        let sentence = Sentence { start: TokenId(0), end, span: Span::new(0, text.len()) };
        Document::new(text.into(), tokens, vec![sentence], Vec::new())
    }

    fn name(text: &str) -> Option<String> {
        let document = words(text);
        let (first, last) = name_within(&document, TokenId(0), TokenId(document.tokens.len() as u32))?;
        Some(document.text[document.token(first).span.cover(document.token(last).span)].to_string())
    }

    #[test]
    fn honorifics_and_marks_are_no_part_of_a_name() {
        assert_eq!(name("— Sir Hugh Carrow").as_deref(), Some("Hugh Carrow"));
        assert_eq!(name("Datuk Seri Halim Osman").as_deref(), Some("Halim Osman"));
        assert_eq!(name("Sheikh Tamer al - Fahim 's").as_deref(), Some("Tamer al - Fahim"));
        assert_eq!(name("Ludwig van Ooster").as_deref(), Some("Ludwig van Ooster"));
        assert_eq!(name("Hugh tens"), Some("Hugh".into()));
        assert_eq!(name("the man"), None);
    }
}
