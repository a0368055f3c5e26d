//! Layer norm: each row is shifted and scaled to mean 0 and variance 1, then by learned factors.

use super::kernel::{InstructionSet, LANES, for_each_set};
use crate::OpenError;
use crate::weights::Weights;

/// The learned factors of one layer norm.
pub(crate) struct LayerNorm {
    gain: Vec<f32>,
    bias: Vec<f32>,
}

impl LayerNorm {
    pub(crate) fn read(weights: &Weights, nth: usize, width: usize) -> Result<LayerNorm, OpenError> {
        let layer = weights.nth("layernorm", nth)?;
        let gain = weights.param(layer, "G", &[width])?.data.clone();
        let bias = weights.param(layer, "b", &[width])?.data.clone();
        Ok(LayerNorm { gain, bias })
    }

    /// Normalises each row of `rows` (they lie one after the other) in place.
    pub(crate) fn apply(&self, set: InstructionSet, rows: &mut [f32]) {
        normalise(set, rows, &self.gain, &self.bias);
    }

    /// Adds each row of `rows`, normalised, to the same row of `sums`.
    pub(crate) fn add(&self, set: InstructionSet, rows: &mut [f32], sums: &mut [f32]) {
        normalise(set, rows, &self.gain, &self.bias);
        super::kernel::add(set, sums, rows);
    }
}

for_each_set! {
    fn normalise(rows: &mut [f32], gain: &[f32], bias: &[f32]) {
        let width = gain.len();
        for row in rows.chunks_exact_mut(width) {
            let mean = sum(row, |number| number) / width as f32;
            let variance = sum(row, |number| (number - mean) * (number - mean)) / width as f32;
            // The term is thinc's guard against a row without variance.
            let scale = 1.0 / (variance + 1e-8).sqrt();
            for ((number, &gain), &bias) in row.iter_mut().zip(gain).zip(bias) {
                *number = (*number - mean) * scale * gain + bias;
            }
        }
    }
}

/// The sum of `term` over a row: sixteen running sums side by side, then folded in halves.
#[inline(always)]
fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    let chunks = row.chunks_exact(LANES);
    for (sum, &number) in sums.iter_mut().zip(chunks.remainder()) {
        *sum += term(number);
    }
    for chunk in chunks {
        for (sum, &number) in sums.iter_mut().zip(chunk) {
            *sum += term(number);
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
        half /= 2;
    }
    sums[0]
}
