//! Lexemes: the words and numbers that date expressions are written in.
//!
//! Tokenizers differ on "1914–18", "10/27/89", "mid-October" and "9 a.m."; a rule should not. So
//! the document's tokens are cut once more, always alike: words, whole numbers, quantities,
//! ordinals, decades and single marks. Each lexeme knows its token, and through it the parse.

use dateline_document::{Document, Span, TokenId};
use smol_str::SmolStr;

/// A word longer than this names no date.
const LONGEST_WORD: usize = 24;

/// Words that keep their dot.
const ABBREVIATIONS: [&str; 24] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue",
    "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "ca", "st",
];

#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub span: Span,
    pub token: TokenId,
    pub form: Form,
    /// A word in lower case, without the dots of an abbreviation; empty for all else.
    pub lower: SmolStr,
    /// Whether a word begins with a capital letter.
    pub is_capital: bool,
    /// Whether white space stands before it.
    pub is_spaced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    Word,
    /// Digits and nothing else: "17", "1988".
    Number {
        value: u32,
        digits: u8,
    },
    /// A number that can be neither day nor year: "1,500", "2.5".
    Quantity(f64),
    /// "17th".
    Ordinal(u32),
    /// "1990s", "80s".
    Decade {
        value: u32,
        digits: u8,
    },
    Mark(char),
    /// The end of a paragraph; nothing is read across it.
    Break,
}

/// Cuts the tokens of a document into lexemes, in text order.
pub(crate) fn lexemes(document: &Document) -> Vec<Lexeme> {
    let mut found = Vec::with_capacity(document.tokens.len() + 16);
    let mut end = 0;
    for id in document.token_ids() {
        let span = document.token(id).span;
        let word = &document.text[span];
        if word.trim().is_empty() {
            continue;
        }
        let gap = document.text.get(end..span.start as usize).unwrap_or_default();
        if gap.bytes().filter(|&byte| byte == b'\n').count() > 1 {
            found.push(Lexeme { form: Form::Break, ..mark('\n', Span::new(end, end), id) });
        }
        let is_spaced = !gap.is_empty() || end == 0;
        cut(word, span.start as usize, id, is_spaced, &mut found);
        end = span.end as usize;
    }
    found
}

fn cut(word: &str, start: usize, token: TokenId, is_spaced: bool, found: &mut Vec<Lexeme>) {
    if let Some(lower) = dotted(word) {
        let span = Span::new(start, start + word.len());
        found.push(Lexeme {
            lower,
            form: Form::Word,
            is_capital: is_capital(word),
            is_spaced,
            ..mark(' ', span, token)
        });
        return;
    }
    let mut at = 0;
    while let Some(first) = word[at..].chars().next() {
        let rest = &word[at..];
        let (mut form, length) = if first.is_ascii_digit() {
            number(rest, word[..at].ends_with('.'))
        } else if first.is_alphabetic() {
            (Form::Word, run(rest, char::is_alphabetic))
        } else {
            (Form::Mark(first), first.len_utf8())
        };
        let mut length = length;
        if first.is_whitespace() {
            at += length;
            continue;
        }
        let mut lower = SmolStr::default();
        if form == Form::Word {
            if length <= LONGEST_WORD {
                lower = rest[..length].to_lowercase().into();
            }
            // "Aug." is one lexeme, dot and all.
            if ABBREVIATIONS.contains(&lower.as_str()) && word[at + length..].starts_with('.') {
                length += 1;
            }
        } else if let Form::Number { value, digits } = form {
            let letters = run(&rest[length..], char::is_alphabetic);
            match &rest[length..length + letters] {
                "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => {
                    form = Form::Ordinal(value);
                    length += letters;
                }
                "s" => {
                    form = Form::Decade { value, digits };
                    length += letters;
                }
                _ => {}
            }
        }
        let span = Span::new(start + at, start + at + length);
        let is_spaced = if at == 0 { is_spaced } else { word[..at].ends_with(char::is_whitespace) };
        found.push(Lexeme { span, token, form, lower, is_capital: first.is_uppercase(), is_spaced });
        at += length;
    }
}

fn mark(sign: char, span: Span, token: TokenId) -> Lexeme {
    let form = Form::Mark(sign);
    Lexeme { span, token, form, lower: SmolStr::default(), is_capital: false, is_spaced: true }
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// "a.m." and "B.C." without their dots.
fn dotted(word: &str) -> Option<SmolStr> {
    if word.len() < 3 || word.len() > 8 {
        return None;
    }
    let is_dotted = word.bytes().enumerate().all(|(index, byte)| match index % 2 {
        0 => byte.is_ascii_alphabetic(),
        _ => byte == b'.',
    });
    is_dotted.then(|| word.replace('.', "").to_ascii_lowercase().into())
}

/// Bytes of the leading characters that are `wanted`.
fn run(text: &str, wanted: fn(char) -> bool) -> usize {
    text.find(|letter| !wanted(letter)).unwrap_or(text.len())
}

/// A run of digits; after a dot ("2.2021" in "28.2.2021") it is no decimal.
fn number(text: &str, is_after_dot: bool) -> (Form, usize) {
    let digits = run(text, |letter| letter.is_ascii_digit());
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut length = digits;
    while bytes.get(length) == Some(&b',')
        && (1..4).all(|ahead| is_digit(length + ahead))
        && !is_digit(length + 4)
    {
        length += 4;
    }
    let is_grouped = length > digits;
    // "2.5", but neither "17.08.2020" nor "8.30.15".
    let fraction = text.get(length + 1..).map_or(0, |rest| run(rest, |letter| letter.is_ascii_digit()));
    let is_last = bytes.get(length + 1 + fraction) != Some(&b'.');
    let is_decimal = !is_after_dot && bytes.get(length) == Some(&b'.') && fraction > 0 && is_last;
    if is_decimal {
        length += 1 + fraction;
    }
    if is_grouped || is_decimal || digits > 9 {
        let value = text[..length].replace(',', "").parse().unwrap_or(f64::INFINITY);
        return (Form::Quantity(value), length);
    }
    let value = text[..digits].parse().unwrap_or(u32::MAX);
    (Form::Number { value, digits: digits as u8 }, digits)
}
