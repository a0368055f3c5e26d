//! Encoder: residual layers that mix each word with its neighbours (MaxoutWindowEncoder).
//!
//! Long documents are encoded in stretches. A stretch is read with as many words on either side as
//! the layers can see, so the result is that of the whole document, to the bit. At the document's
//! ends the words beyond are rows of zeros that go through the layers as spaCy's padding does.
//!
//! The first layer sees nothing but embeddings, so its products are those of single words: they are
//! kept for the frequent ones, and a window is three products added up.

use std::ops::Range;

use super::kernel::{InstructionSet, for_each_set};
use super::norm::LayerNorm;
use super::packed::Packed;
use super::rows::RowCache;
use super::window::{Window, WindowScratch};
use crate::OpenError;
use crate::weights::{Layer, Tensor, Weights};

/// The encoder's layers see one neighbour on either side.
const WINDOW: usize = 1;

pub(super) struct Encoder {
    width: usize,
    first: Option<(FirstLayer, LayerNorm)>,
    others: Vec<(Window, LayerNorm)>,
}

/// A layer by what each word adds to the windows it stands in.
struct FirstLayer {
    /// As left neighbour, as middle, as right neighbour: each for each piece, the outputs.
    products: Packed,
    /// For each piece, the outputs.
    bias: Vec<f32>,
}

#[derive(Default)]
pub(super) struct EncoderScratch {
    /// Rows with a row of zeros before them and two after.
    rows: Vec<f32>,
    mixed: Vec<f32>,
    missing: Vec<u32>,
    input: Vec<f32>,
    window: WindowScratch,
}

/// Words encoded at a time. An even number: from where a stretch starts, words are taken in pairs, and
/// a pair must be the same whatever the stretch.
pub(super) const STRETCH: usize = 512;

/// Words whose products are kept: with three pieces and a width of 96, 14 MB.
const MAX_PRODUCTS: usize = 4096;

impl Encoder {
    /// Reads the encoder's layers: every `maxout` and `layernorm` but the first, the embedding's.
    pub(super) fn read(weights: &Weights, width: usize) -> Result<Encoder, OpenError> {
        for layer in weights.all("expand_window") {
            let window = weights.uint(layer, "window_size")?;
            if window != WINDOW {
                return Err(weights.unsupported(format!("a window of {window} words to either side")));
            }
        }
        let depth = weights.all("maxout").count().saturating_sub(1);
        let mut encoder = Encoder { width, first: None, others: Vec::new() };
        for nth in 1..=depth {
            let layer = weights.nth("maxout", nth)?;
            let norm = LayerNorm::read(weights, nth, width)?;
            let (matrix, bias) = read_maxout(weights, layer, width)?;
            if encoder.first.is_none() {
                encoder.first = Some((FirstLayer::new(matrix, bias), norm));
            } else {
                encoder.others.push((Window::new(matrix, bias), norm));
            }
        }
        Ok(encoder)
    }

    /// A cache for the first layer's products.
    pub(super) fn product_cache(&self) -> RowCache {
        RowCache::new(self.first.as_ref().map_or(0, |(first, _)| first.products.outputs()), MAX_PRODUCTS)
    }

    /// How many words to either side a word's vector depends on.
    fn reach(&self) -> usize {
        WINDOW * (self.others.len() + usize::from(self.first.is_some()))
    }

    /// A document of `count` words in stretches of `size`, each with the words that it depends on.
    pub(super) fn stretches(
        &self,
        count: usize,
        size: usize,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + use<> {
        let reach = self.reach();
        (0..count).step_by(size).map(move |start| {
            let end = (start + size).min(count);
            (start..end, start.saturating_sub(reach)..(end + reach).min(count))
        })
    }

    /// Encodes the words `stretch` of a document into `out`, row after row. `keys` and `embeddings`
    /// are of the words `seen`, which [`Encoder::stretches`] gave with it.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn apply(
        &self,
        set: InstructionSet,
        stretch: Range<usize>,
        seen: Range<usize>,
        keys: &[u32],
        embeddings: &RowCache,
        products: &mut RowCache,
        scratch: &mut EncoderScratch,
        out: &mut [f32],
    ) {
        let width = self.width;
        let reach = self.reach();
        // Row `r` of the buffer, after one of zeros, is word `stretch.start + r - reach`.
        let rows = stretch.len() + 2 * reach;
        let row_of = |word: usize| word + reach - stretch.start;
        scratch.rows.clear();
        scratch.rows.resize((rows + 3) * width, 0.0);
        scratch.mixed.resize((rows * width).max(scratch.mixed.len()), 0.0);
        let first_row = row_of(seen.start);
        for (row, &key) in scratch.rows[(first_row + 1) * width..].chunks_exact_mut(width).zip(keys) {
            row.copy_from_slice(embeddings.row(key));
        }
        // With each layer, the outermost rows are of use no more.
        let mut margin = reach;
        if let Some((first, norm)) = &self.first {
            margin -= WINDOW;
            first.compute_missing(set, keys, embeddings, products, scratch);
            for row in reach - margin..rows - (reach - margin) {
                let product = |row: usize| {
                    let at = row.checked_sub(first_row)?;
                    keys.get(at).map(|&key| products.row(key))
                };
                let near = [row.checked_sub(1).and_then(product), product(row), product(row + 1)];
                first.fold(set, near, &mut scratch.mixed[row * width..][..width]);
            }
            let used = (reach - margin) * width..(rows - (reach - margin)) * width;
            norm.add(set, &mut scratch.mixed[used.clone()], &mut scratch.rows[width..][used]);
        }
        for (layer, norm) in &self.others {
            margin -= WINDOW;
            let used = (reach - margin) * width..(rows - (reach - margin)) * width;
            let mixed = &mut scratch.mixed[used.clone()];
            layer.apply(set, &scratch.rows[used.start..], &mut scratch.window, mixed);
            norm.add(set, mixed, &mut scratch.rows[width..][used]);
        }
        let at = (reach + 1) * width;
        out.copy_from_slice(&scratch.rows[at..at + stretch.len() * width]);
    }
}

/// The matrix `[output][piece][input]` and the bias of one layer.
fn read_maxout<'a>(
    weights: &Weights,
    layer: &'a Layer,
    width: usize,
) -> Result<(&'a Tensor, &'a Tensor), OpenError> {
    let matrix = weights.param(layer, "W", &[width, 0, (2 * WINDOW + 1) * width])?;
    Ok((matrix, weights.param(layer, "b", &[width, matrix.shape[1]])?))
}

impl FirstLayer {
    fn new(matrix: &Tensor, bias: &Tensor) -> FirstLayer {
        let (width, pieces) = (matrix.shape[0], matrix.shape[1]);
        let places = 2 * WINDOW + 1;
        let mut rows = Vec::with_capacity(matrix.data.len());
        for place in 0..places {
            for piece in 0..pieces {
                for output in 0..width {
                    let row = &matrix.data[(output * pieces + piece) * places * width..];
                    rows.extend_from_slice(&row[place * width..][..width]);
                }
            }
        }
        let by_piece = (0..pieces).flat_map(|piece| (0..width).map(move |output| output * pieces + piece));
        FirstLayer {
            products: Packed::linear(&rows, &[], width, places * pieces * width),
            bias: by_piece.map(|at| bias.data[at]).collect(),
        }
    }

    /// Computes the products of the words that have none yet.
    fn compute_missing(
        &self,
        set: InstructionSet,
        keys: &[u32],
        embeddings: &RowCache,
        products: &mut RowCache,
        scratch: &mut EncoderScratch,
    ) {
        scratch.missing.clear();
        scratch.missing.extend(keys.iter().copied().filter(|&key| products.reserve(key)));
        let count = scratch.missing.len();
        scratch.input.clear();
        for &key in &scratch.missing {
            scratch.input.extend_from_slice(embeddings.row(key));
        }
        let newest = products.newest(count);
        self.products.apply(set, &scratch.input, self.products.inputs(), count, newest);
    }

    /// The layer's outputs for a window, from the products of its words; where there is no word,
    /// there is nothing to add.
    fn fold(&self, set: InstructionSet, near: [Option<&[f32]>; 3], out: &mut [f32]) {
        let units = self.bias.len();
        let part = |place: usize| near[place].map(|products| &products[place * units..][..units]);
        match [part(0), part(1), part(2)] {
            [Some(left), Some(middle), Some(right)] => fold_three(set, left, middle, right, &self.bias, out),
            parts => {
                let mut sums = vec![0.0; units];
                for part in parts.into_iter().flatten() {
                    super::kernel::add(set, &mut sums, part);
                }
                super::kernel::add(set, &mut sums, &self.bias);
                out.copy_from_slice(&sums[..out.len()]);
                for piece in sums[out.len()..].chunks_exact(out.len()) {
                    super::kernel::max_into(set, out, piece);
                }
            }
        }
    }
}

for_each_set! {
    fn fold_three(left: &[f32], middle: &[f32], right: &[f32], bias: &[f32], out: &mut [f32]) {
        let width = out.len();
        let pieces = bias.len() / width;
        for piece in 0..pieces {
            let at = piece * width;
            let terms = left[at..at + width].iter().zip(&middle[at..at + width]);
            let terms = terms.zip(&right[at..at + width]).zip(&bias[at..at + width]);
            for (out, (((&left, &middle), &right), &bias)) in out.iter_mut().zip(terms) {
                let sum = left + middle + right + bias;
                *out = if piece == 0 || sum > *out { sum } else { *out };
            }
        }
    }
}
