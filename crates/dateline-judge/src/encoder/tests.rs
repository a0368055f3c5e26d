//! The encoder beside Python: the same pieces, and the same numbers to a ten-thousandth.

use std::fs;

use dateline_parts::{Cache, ENCODER};
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Reference {
    sentence: String,
    ids: Vec<u32>,
    /// In characters, as Python counts.
    offsets: Vec<(usize, usize)>,
    /// Every sixteenth number of the mean over the pieces.
    mean: Vec<f32>,
}

fn folder() -> PathBuf {
    let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
    cache.part_folder(&ENCODER)
}

/// The published weights with a head that has learnt nothing.
fn published() -> Encoder {
    let numbers = LABELS.len() * SEEN * 4;
    let end = numbers + LABELS.len() * 4;
    let header = format!(
        r#"{{"head.weight":{{"dtype":"F32","shape":[{0},{SEEN}],"data_offsets":[0,{numbers}]}},"head.bias":{{"dtype":"F32","shape":[{0}],"data_offsets":[{numbers},{end}]}}}}"#,
        LABELS.len()
    );
    let learnt = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &vec![0; end]].concat();
    let read = |name: &str| {
        fs::read(folder().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}\nhint: cargo xtask fetch"))
    };
    let tokenizer = WordPiece::read(&String::from_utf8(read("vocab.txt")).unwrap()).unwrap();
    Encoder::build(tokenizer, &read("model.safetensors"), &learnt).unwrap()
}

#[test]
fn python_cuts_and_reads_sentences_alike() {
    let references: Vec<Reference> =
        serde_json::from_str(include_str!("../../tests/reference.json")).unwrap();
    let encoder = published();
    // All together: what stands beside a sentence changes nothing in it.
    let all: Vec<&[u32]> = references.iter().map(|reference| reference.ids.as_slice()).collect();
    let mut together = encoder.read(&all).into_iter();
    for Reference { sentence, ids, offsets, mean } in &references {
        let pieces = encoder.tokenizer.pieces(sentence);
        let ours: Vec<u32> = std::iter::once(encoder.tokenizer.start)
            .chain(pieces.iter().map(|piece| piece.id))
            .chain([encoder.tokenizer.end])
            .collect();
        assert_eq!(&ours, ids, "{sentence}");
        let characters = |at: u32| sentence[..at as usize].chars().count();
        let spans: Vec<_> =
            pieces.iter().map(|piece| (characters(piece.start), characters(piece.end))).collect();
        assert_eq!(&spans, offsets, "{sentence}");
        let rows = encoder.read(&[ids]);
        let beside: Vec<f32> = together.by_ref().take(rows.len()).collect();
        assert_eq!(rows, beside, "{sentence}");
        for (number, expected) in mean.iter().enumerate() {
            let column = rows.iter().skip(number * 16).step_by(WIDTH);
            let found = column.sum::<f32>() / ids.len() as f32;
            assert!((found - expected).abs() < 1e-4, "{sentence}: {found} instead of {expected}");
        }
    }
}

#[test]
fn what_training_left_is_read() {
    let encoder = Encoder::open(&folder()).unwrap_or_else(|error| panic!("{error}\nhint: cargo xtask fetch"));
    assert_eq!(encoder.layers.len(), LAYERS);
}

#[test]
fn another_folder_is_told() {
    let error = Encoder::open(Path::new("nowhere")).err().expect("there is nothing").to_string();
    assert!(error.contains("nowhere"), "{error}");
}
