//! The judge's files: its linear table, and the vocabulary of its encoder.

#![no_main]

use dateline_judge::{Linear, WordPiece};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Linear::read(bytes);
    if let Ok(vocabulary) = std::str::from_utf8(bytes) {
        let _ = WordPiece::read(vocabulary);
    }
});
