//! Pieces: tokens, and the parts of hyphened tokens, as a name may use them.
//!
//! "U.S.-Iraq" is one token to the pipeline and two names to a reader.

use dateline_document::{Document, Span, TokenId};

/// A token or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub span: Span,
    pub token: TokenId,
    /// The sentence's number, so that no name crosses its end.
    pub sentence: u32,
}

/// All pieces of the document, in text order, white space left out.
pub(crate) fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(document.tokens.len());
    for token in document.token_ids() {
        let span = document.token(token).span;
        let word = document.word(token);
        let sentence = document.token(token).sentence.0;
        if word.chars().all(char::is_whitespace) {
            continue;
        }
        let mut start = 0;
        for (at, separator) in
            word.char_indices().filter(|&(_, character)| matches!(character, '-' | '–' | '/'))
        {
            let end = at + separator.len_utf8();
            let is_between_words = word[start..at].chars().next().is_some_and(char::is_uppercase)
                && word[end..].chars().next().is_some_and(char::is_alphabetic);
            if is_between_words {
                pieces.push(Piece { span: part(span, start, at), token, sentence });
                pieces.push(Piece { span: part(span, at, end), token, sentence });
                start = end;
            }
        }
        pieces.push(Piece { span: part(span, start, word.len()), token, sentence });
    }
    pieces
}

fn part(span: Span, start: usize, end: usize) -> Span {
    Span::new(span.start as usize + start, span.start as usize + end)
}
