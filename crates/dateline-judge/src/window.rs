//! Window: the pieces of a sentence that the encoder reads for a candidate, and which of them are its words.

use dateline_document::{Document, Span};

use crate::{Candidate, Piece, WordPiece};

/// Pieces that are read at once, with the two marks around them. Longer sentences are cut around the trigger.
pub const LONGEST_WINDOW: usize = 96;

/// What the encoder is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    pub ids: Vec<u32>,
    /// Numbers of pieces.
    pub trigger: Vec<u32>,
    pub actors: Vec<u32>,
    pub recipients: Vec<u32>,
}

impl Window {
    /// Cuts the candidate's sentence.
    pub fn around(tokenizer: &WordPiece, document: &Document, candidate: &Candidate) -> Window {
        let pieces = SentencePieces::cut(tokenizer, document, candidate);
        Window::of(tokenizer, document, candidate, &pieces)
    }

    /// The window on a sentence that is cut already.
    pub(crate) fn of(
        tokenizer: &WordPiece,
        document: &Document,
        candidate: &Candidate,
        sentence: &SentencePieces,
    ) -> Window {
        let most = LONGEST_WINDOW - 2;
        let at = document.token(candidate.trigger).span.start - sentence.start;
        let trigger = sentence.pieces.partition_point(|piece| piece.end <= at);
        let last = sentence.pieces.len().saturating_sub(most);
        // Steps of half a window, so that the candidates of a long sentence share theirs.
        let first = match sentence.pieces.len() > most {
            true => (trigger.saturating_sub(most / 4) / (most / 2) * (most / 2)).min(last),
            false => 0,
        };
        let end = sentence.pieces.len().min(first + most);
        let inside = &sentence.pieces[first..end];
        let within = |spans: &mut dyn Iterator<Item = Span>| -> Vec<u32> {
            let mut numbers: Vec<u32> = Vec::new();
            for span in spans {
                let (start, end) =
                    (span.start.saturating_sub(sentence.start), span.end.saturating_sub(sentence.start));
                let from = inside.partition_point(|piece| piece.end <= start);
                let to = inside.partition_point(|piece| piece.start < end);
                numbers.extend((from as u32..to.max(from) as u32).map(|number| number + 1));
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers
        };
        let words = candidate.words();
        let ids = std::iter::once(tokenizer.start)
            .chain(inside.iter().map(|piece| piece.id))
            .chain([tokenizer.end])
            .collect();
        Window {
            ids,
            trigger: within(&mut words.iter().map(|&id| document.token(id).span)),
            actors: within(&mut candidate.actors.iter().map(|party| party.span)),
            recipients: within(&mut candidate.recipients.iter().map(|party| party.span)),
        }
    }
}

/// A sentence's pieces, with the byte that it begins at.
pub(crate) struct SentencePieces {
    pub start: u32,
    pub pieces: Vec<Piece>,
}

impl SentencePieces {
    pub(crate) fn cut(tokenizer: &WordPiece, document: &Document, candidate: &Candidate) -> SentencePieces {
        let span = document.sentence_of(candidate.trigger).span;
        SentencePieces { start: span.start, pieces: tokenizer.pieces(&document.text[span]) }
    }
}
