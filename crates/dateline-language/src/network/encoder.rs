//! Encoder: residual layers that mix each word with its neighbours (MaxoutWindowEncoder).
//!
//! Long documents are encoded in stretches. A stretch is read with as many words on either side as
//! the layers can see, so the result is that of the whole document, to the bit. At the document's
//! ends the words beyond are rows of zeros that go through the layers as spaCy's padding does.

use super::kernel::InstructionSet;
use super::norm::LayerNorm;
use super::packed::Packed;
use crate::OpenError;
use crate::weights::Weights;

pub(crate) struct Encoder {
    width: usize,
    /// Neighbours on either side that one layer sees.
    window: usize,
    layers: Vec<(Packed, LayerNorm)>,
}

#[derive(Default)]
pub(crate) struct EncoderScratch {
    /// Rows with `window` rows of zeros on either side.
    rows: Vec<f32>,
    mixed: Vec<f32>,
}

/// Words encoded at a time.
pub(crate) const STRETCH: usize = 512;

impl Encoder {
    /// Reads the encoder's layers: every `maxout` and `layernorm` but the first, the embedding's.
    pub(crate) fn read(weights: &Weights, width: usize) -> Result<Encoder, OpenError> {
        let window = match weights.all("expand_window").next() {
            Some(layer) => weights.uint(layer, "window_size")?,
            None => 0,
        };
        if window > 16 {
            return Err(weights.unsupported(format!("a window of {window} words")));
        }
        let inputs = width * (2 * window + 1);
        let depth = weights.all("maxout").count().saturating_sub(1);
        let mut layers = Vec::new();
        for nth in 1..=depth {
            let layer = weights.nth("maxout", nth)?;
            let matrix = weights.param(layer, "W", &[width, 0, inputs])?;
            let pieces = matrix.shape[1];
            let packed = Packed::maxout(matrix, weights.param(layer, "b", &[width, pieces])?)
                .ok_or_else(|| weights.unsupported(format!("a maxout of {pieces} pieces")))?;
            layers.push((packed, LayerNorm::read(weights, nth, width)?));
        }
        Ok(Encoder { width, window, layers })
    }

    /// How many words to either side a word's vector depends on.
    fn reach(&self) -> usize {
        self.window * self.layers.len()
    }

    /// Encodes `count` words into `out`, row after row. `embed` writes the embeddings of a range
    /// of words into the rows it is given.
    pub(crate) fn apply(
        &self,
        set: InstructionSet,
        count: usize,
        scratch: &mut EncoderScratch,
        out: &mut [f32],
        mut embed: impl FnMut(std::ops::Range<usize>, &mut [f32]),
    ) {
        let width = self.width;
        let margin = self.window * width;
        let reach = self.reach();
        for start in (0..count).step_by(STRETCH) {
            let end = (start + STRETCH).min(count);
            // Row 0 is word `start - reach`; rows beyond the document stay zero.
            let rows = end - start + 2 * reach;
            let size = rows * width;
            scratch.rows.clear();
            scratch.rows.resize(size + 2 * margin, 0.0);
            scratch.mixed.resize(size.max(scratch.mixed.len()), 0.0);
            let (first, last) = (start.saturating_sub(reach), (end + reach).min(count));
            let at = margin + (first + reach - start) * width;
            embed(first..last, &mut scratch.rows[at..at + (last - first) * width]);
            for (layer, norm) in &self.layers {
                layer.apply(set, &scratch.rows, width, rows, &mut scratch.mixed);
                norm.add(set, &mut scratch.mixed[..size], &mut scratch.rows[margin..margin + size]);
            }
            let at = margin + reach * width;
            out[start * width..end * width].copy_from_slice(&scratch.rows[at..at + (end - start) * width]);
        }
    }
}
