//! Quotes: how reported speech and thought are found, and who spoke.
//!
//! A [`Quote`] has a cue ("said", "according to"), the words that were said (its content) and, where the
//! text names one, a speaker. Each construction of the language that reports speech has a file of its own
//! in `constructions/`, with examples; this file lets them all read the story and keeps what agrees.
//!
//! What counts is what the attribution corpora count (PARC 3, PolNeAR): speech, writing, belief, feeling
//! and intention. A content keeps its "that" and "to", and loses the quotation marks around it.
//!
//! Deliberately absent: whom a speaker stands for (the actors' room) and when it was said.

mod constructions;
mod cues;

mod story;

mod marks;
mod tag;

mod dialogue;

mod content;
mod joints;
mod speaker;

mod settle;

use dateline_document::{Article, Document, Quote};

use story::Story;

/// The quotes of a story, in text order. Linear in its length.
pub fn find_quotes(article: &Article, document: &Document) -> Vec<Quote> {
    let story = Story::new(article, document);
    let mut found = Vec::new();
    for construction in constructions::ALL {
        construction(&story, &mut found);
    }
    settle::settle(&story, found)
}
