//! Encoder: all-MiniLM-L6-v2 with what it learnt of events, forward only.
//!
//! Six layers of a BERT of width 384. A sentence is read once for all its candidates; a candidate is the mean
//! of the sentence's pieces, of its trigger's, of its actors' and of its recipients', side by side, and a linear
//! layer says what it tells. The published weights are not changed on disk: the low-rank changes that
//! training made (`train/encoder.py`) are added when they are opened.

mod functions;

use std::fs;
use std::path::{Path, PathBuf};

use dateline_document::Document;
use dateline_language::Linear;

use self::functions::{Attention, Norm, add_and_norm, attend, gelu_all};
use crate::safetensors::Tensors;
use crate::window::SentencePieces;
use crate::{Candidate, LABELS, LONGEST_WINDOW, Window, WordPiece};

const WIDTH: usize = 384;
const INNER: usize = 1536;
const HEADS: usize = 12;
const LAYERS: usize = 6;
/// Sentence, trigger, actors, recipients.
const SEEN: usize = 4 * WIDTH;

/// Sentences that are read together.
const BATCH: usize = 16;

/// What training made of the published weights.
pub(crate) static LEARNT: &[u8] = include_bytes!("../weights/encoder.safetensors");

/// The published files, with what was learnt added.
pub struct Encoder {
    tokenizer: WordPiece,
    words: Vec<f32>,
    /// With the type of a first sentence.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    head: Linear,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    mixed: Linear,
    mixed_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

/// The encoder's files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    #[error("cannot read {path}: {error}")]
    File { path: PathBuf, error: std::io::Error },
    #[error("{path} is no file of all-MiniLM-L6-v2: {problem}")]
    Damaged { path: PathBuf, problem: String },
}

/// What each label has for a candidate, before any of it is a probability.
pub type Logits = [f32; LABELS.len()];

impl Encoder {
    /// Opens a folder with `model.safetensors` and `vocab.txt`, as published.
    ///
    /// # Errors
    ///
    /// A file that is missing, or is another.
    pub fn open(folder: &Path) -> Result<Encoder, EncoderError> {
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read(&path)
                .map(|bytes| (path.clone(), bytes))
                .map_err(|error| EncoderError::File { path, error })
        };
        let (path, vocabulary) = read("vocab.txt")?;
        let tokenizer = String::from_utf8(vocabulary)
            .ok()
            .and_then(|vocabulary| WordPiece::read(&vocabulary))
            .ok_or(EncoderError::Damaged { path, problem: "it is no vocabulary".into() })?;
        let (path, weights) = read("model.safetensors")?;
        Encoder::build(tokenizer, &weights, LEARNT).map_err(|problem| EncoderError::Damaged { path, problem })
    }

    fn build(tokenizer: WordPiece, weights: &[u8], learnt: &[u8]) -> Result<Encoder, String> {
        let published = Tensors::read(weights)?;
        let learnt = Tensors::read(learnt)?;
        let words = published.floats("embeddings.word_embeddings.weight", &[30522, WIDTH])?;
        let mut positions = published.floats("embeddings.position_embeddings.weight", &[512, WIDTH])?;
        let types = published.floats("embeddings.token_type_embeddings.weight", &[2, WIDTH])?;
        positions.truncate(LONGEST_WINDOW * WIDTH);
        for row in positions.chunks_exact_mut(WIDTH) {
            row.iter_mut().zip(&types).for_each(|(value, more)| *value += more);
        }
        let source = Source { published: &published, learnt: &learnt };
        let layers = (0..LAYERS).map(|number| source.layer(number)).collect::<Result<_, _>>()?;
        let head = learnt.floats("head.weight", &[LABELS.len(), SEEN])?;
        let head_bias = learnt.floats("head.bias", &[LABELS.len()])?;
        Ok(Encoder {
            tokenizer,
            words,
            positions,
            norm: source.norm("embeddings.LayerNorm")?,
            layers,
            head: Linear::new(&head, &head_bias, SEEN, LABELS.len()),
        })
    }

    /// What the candidates of a document tell. Those of one sentence are best asked together.
    pub fn logits(&self, document: &Document, candidates: &[&Candidate]) -> Vec<Logits> {
        let mut windows: Vec<Window> = Vec::with_capacity(candidates.len());
        let mut sentence: Option<SentencePieces> = None;
        for candidate in candidates {
            let start = document.sentence_of(candidate.trigger).span.start;
            if sentence.as_ref().is_none_or(|sentence| sentence.start != start) {
                sentence = Some(SentencePieces::cut(&self.tokenizer, document, candidate));
            }
            let pieces = sentence.as_ref().expect("it was cut just now");
            windows.push(Window::of(&self.tokenizer, document, candidate, pieces));
        }
        let mut logits = Vec::with_capacity(windows.len());
        let sentences: Vec<&[Window]> = windows.chunk_by(|one, other| one.ids == other.ids).collect();
        for batch in sentences.chunks(BATCH) {
            let ids: Vec<&[u32]> = batch.iter().map(|same| same[0].ids.as_slice()).collect();
            let mut rows = self.read(&ids).into_iter();
            for same in batch {
                let rows: Vec<f32> = rows.by_ref().take(same[0].ids.len() * WIDTH).collect();
                logits.extend(same.iter().map(|window| self.judge(window, &rows)));
            }
        }
        logits
    }

    /// One row of numbers a piece, sentence after sentence. Read together, they share the way of the weights
    /// through memory, which is what takes the time.
    fn read(&self, sentences: &[&[u32]]) -> Vec<f32> {
        let lengths: Vec<usize> = sentences.iter().map(|ids| ids.len()).collect();
        let rows = lengths.iter().sum();
        let mut x = Vec::with_capacity(rows * WIDTH);
        for &id in sentences.iter().copied().flatten() {
            x.extend_from_slice(&self.words[id as usize * WIDTH..][..WIDTH]);
        }
        let mut first = 0;
        for length in &lengths {
            let size = length * WIDTH;
            add_and_norm(&mut x[first..first + size], &self.positions[..size], &self.norm);
            first += size;
        }
        let mut scratch = Scratch::of(rows);
        for layer in &self.layers {
            layer.apply(&mut x, &lengths, &mut scratch);
        }
        x
    }

    fn judge(&self, window: &Window, rows: &[f32]) -> Logits {
        let all: Vec<u32> = (0..window.ids.len() as u32).collect();
        let mut seen = Vec::with_capacity(SEEN);
        for numbers in [&all, &window.trigger, &window.actors, &window.recipients] {
            let mut mean = [0.0f32; WIDTH];
            for &number in numbers {
                let row = &rows[number as usize * WIDTH..][..WIDTH];
                mean.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
            let count = numbers.len().max(1) as f32;
            seen.extend(mean.iter().map(|sum| sum / count));
        }
        let mut out = vec![0.0; self.head.out_stride()];
        self.head.apply(&seen, 1, &mut out);
        std::array::from_fn(|label| out[label])
    }
}

/// Room for what a layer computes on the way.
struct Scratch {
    queries: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    mixed: Vec<f32>,
    out: Vec<f32>,
    inner: Vec<f32>,
}

impl Scratch {
    fn of(rows: usize) -> Scratch {
        let room = || vec![0.0; rows * WIDTH];
        Scratch {
            queries: room(),
            keys: room(),
            values: room(),
            mixed: room(),
            out: room(),
            inner: vec![0.0; rows * INNER],
        }
    }
}

impl Layer {
    fn apply(&self, x: &mut [f32], lengths: &[usize], scratch: &mut Scratch) {
        let rows = x.len() / WIDTH;
        self.query.apply(x, rows, &mut scratch.queries);
        self.key.apply(x, rows, &mut scratch.keys);
        self.value.apply(x, rows, &mut scratch.values);
        let mut first = 0;
        for &length in lengths {
            let shape = Attention { rows: length, width: WIDTH, heads: HEADS };
            let part = first..first + length * WIDTH;
            let Scratch { queries, keys, values, mixed, .. } = scratch;
            let [queries, keys, values] = [queries, keys, values].map(|all| &all[part.clone()]);
            attend(shape, queries, keys, values, &mut mixed[part.clone()]);
            first = part.end;
        }
        self.mixed.apply(&scratch.mixed, rows, &mut scratch.out);
        add_and_norm(x, &scratch.out, &self.mixed_norm);
        self.inner.apply(x, rows, &mut scratch.inner);
        gelu_all(&mut scratch.inner);
        self.outer.apply(&scratch.inner, rows, &mut scratch.out);
        add_and_norm(x, &scratch.out, &self.outer_norm);
    }
}

/// The published weights beside what was learnt.
struct Source<'a> {
    published: &'a Tensors<'a>,
    learnt: &'a Tensors<'a>,
}

impl Source<'_> {
    fn layer(&self, number: usize) -> Result<Layer, String> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let square = |part: &str| self.linear(&name(part), WIDTH, WIDTH);
        Ok(Layer {
            query: square("attention.self.query")?,
            key: square("attention.self.key")?,
            value: square("attention.self.value")?,
            mixed: square("attention.output.dense")?,
            mixed_norm: self.norm(&name("attention.output.LayerNorm"))?,
            inner: self.linear(&name("intermediate.dense"), WIDTH, INNER)?,
            outer: self.linear(&name("output.dense"), INNER, WIDTH)?,
            outer_norm: self.norm(&name("output.LayerNorm"))?,
        })
    }

    /// The published matrix, plus `up · down` where training changed it.
    fn linear(&self, name: &str, inputs: usize, outputs: usize) -> Result<Linear, String> {
        let mut weights = self.published.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = self.published.floats(&format!("{name}.bias"), &[outputs])?;
        if self.learnt.has(&format!("{name}.up")) {
            let rank = self.learnt.floats("rank", &[1])?[0] as usize;
            let up = self.learnt.floats(&format!("{name}.up"), &[outputs, rank])?;
            let down = self.learnt.floats(&format!("{name}.down"), &[rank, inputs])?;
            for (row, up) in weights.chunks_exact_mut(inputs).zip(up.chunks_exact(rank)) {
                for (factor, down) in up.iter().zip(down.chunks_exact(inputs)) {
                    row.iter_mut()
                        .zip(down)
                        .for_each(|(weight, down)| *weight = factor.mul_add(*down, *weight));
                }
            }
        }
        Ok(Linear::new(&weights, &bias, inputs, outputs))
    }

    fn norm(&self, name: &str) -> Result<Norm, String> {
        Ok(Norm {
            gain: self.published.floats(&format!("{name}.weight"), &[WIDTH])?,
            bias: self.published.floats(&format!("{name}.bias"), &[WIDTH])?,
        })
    }
}

#[cfg(test)]
mod tests;
