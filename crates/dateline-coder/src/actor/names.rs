//! Names in the text: countries, nationalities, organizations and offices, found by the gazetteer's
//! longest match over running words, so that "South Korean" is not Korea and "the National Bank of
//! Kenya" not only Kenya.

use dateline_document::{Document, TokenId};
use dateline_gazetteer::Gazetteer;
pub(crate) use dateline_gazetteer::Named as Known;

/// Longest name tried, in tokens.
const LONGEST: usize = 8;

/// For each token, the known name it is part of: first token, one past the last, what it is.
pub(crate) struct Names {
    at: Vec<Option<(TokenId, TokenId, Known)>>,
}

impl Names {
    pub(crate) fn find(document: &Document, gazetteer: &Gazetteer) -> Names {
        let mut at = vec![None; document.tokens.len()];
        let mut start = 0;
        while start < at.len() {
            start = match longest(document, gazetteer, TokenId(start as u32)) {
                Some((end, known)) => {
                    let entry = (TokenId(start as u32), end, known);
                    at[start..end.index()].fill(Some(entry));
                    end.index()
                }
                None => start + 1,
            };
        }
        Names { at }
    }

    pub(crate) fn of(&self, id: TokenId) -> Option<Known> {
        self.at[id.index()].map(|(_, _, known)| known)
    }

    /// The tokens of the name that `id` is part of.
    pub(crate) fn extent(&self, id: TokenId) -> Option<(TokenId, TokenId)> {
        self.at[id.index()].map(|(start, end, _)| (start, end))
    }
}

fn longest(document: &Document, gazetteer: &Gazetteer, start: TokenId) -> Option<(TokenId, Known)> {
    let first = document.token(start);
    let word = &document.text[first.span];
    if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && word != "al" {
        return None;
    }
    if begins_none(document, gazetteer, start) {
        return None;
    }
    let sentence_end = document.sentence_of(start).end;
    let last = sentence_end.0.min(start.0 + LONGEST as u32);
    for end in (start.0 + 1..=last).rev() {
        let span = first.span.cover(document.token(TokenId(end - 1)).span);
        let text = &document.text[span];
        // "U.S.-led", which is one token.
        let text = if end == start.0 + 1 { led_by(text).unwrap_or(text) } else { text };
        // The stop after a name is no part of it, but that of "U.S." is.
        let ends_in_stop = end > start.0 + 1 && document.token(TokenId(end - 1)).pos == "PUNCT";
        if text.len() > 80 || ends_in_stop || is_before_state_office(document, TokenId(end)) {
            continue;
        }
        if let Some(known) = gazetteer.named(text) {
            return Some((TokenId(end), known));
        }
    }
    None
}

/// Whether the word, of plain letters and by itself, is the first of no name: so most words are done with at once.
fn begins_none(document: &Document, gazetteer: &Gazetteer, start: TokenId) -> bool {
    let word = document.word(start);
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !word.eq_ignore_ascii_case("the");
    let after = document.text[document.token(start).span.end as usize..].chars().next();
    let is_apart = after.is_none_or(|after| after.is_whitespace() || matches!(after, ',' | '-'));
    is_apart && is_plain && !gazetteer.begins_name(word)
}

/// "U.S." of "U.S.-led".
fn led_by(word: &str) -> Option<&str> {
    ["-led", "-based", "-run", "-owned"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .filter(|leader| !leader.is_empty())
}

/// "Georgia Gov. Ann Lee": the office says that a state of the United States is meant.
fn is_before_state_office(document: &Document, next: TokenId) -> bool {
    next.index() < document.tokens.len()
        && matches!(document.word(next), "Gov." | "Sen." | "Rep." | "Lt. Gov." | "Democrat" | "Republican")
}
