//! Window: a layer that sees each word with its left and right neighbour, two words at a time.
//!
//! Two neighbouring windows share two of their three words. Winograd's F(2, 3) (Lavin & Gray 2016)
//! gets both from four products where six are wanted, a third less arithmetic:
//!
//! ```text
//! m1 = (x0 - x2) g0        m2 = (x1 + x2) (g0 + g1 + g2) / 2
//! m4 = (x1 - x3) g2        m3 = (x2 - x1) (g0 - g1 + g2) / 2
//! y0 = m1 + m2 + m3        y1 = m2 - m3 - m4
//! ```
//!
//! Here the x are words' vectors and the g matrices. The results differ from three products added
//! up by rounding only, as those differ from one summation order to another.

use super::kernel::{InstructionSet, for_each_set};
use super::packed::Packed;
use crate::weights::Tensor;

pub(super) struct Window {
    /// For m1 to m4: for each piece, the outputs.
    products: [Packed; 4],
    /// For each piece, the outputs.
    bias: Vec<f32>,
    width: usize,
}

#[derive(Default)]
pub(super) struct WindowScratch {
    inputs: [Vec<f32>; 4],
    products: [Vec<f32>; 4],
}

/// Pairs of words worked on together: what they need stays in the second-level cache.
const PAIRS: usize = 64;

impl Window {
    /// From a maxout layer over three words: weights `[output][piece][input]`, bias
    /// `[output][piece]`.
    pub(super) fn new(matrix: &Tensor, bias: &Tensor) -> Window {
        let (width, pieces) = (matrix.shape[0], matrix.shape[1]);
        let mut transformed: [Vec<f32>; 4] = Default::default();
        for piece in 0..pieces {
            for output in 0..width {
                let row = &matrix.data[(output * pieces + piece) * 3 * width..][..3 * width];
                let (left, rest) = row.split_at(width);
                let (middle, right) = rest.split_at(width);
                for at in 0..width {
                    let [left, middle, right] = [left[at], middle[at], right[at]].map(f64::from);
                    transformed[0].push(left as f32);
                    transformed[1].push(((left + middle + right) / 2.0) as f32);
                    transformed[2].push(((left - middle + right) / 2.0) as f32);
                    transformed[3].push(right as f32);
                }
            }
        }
        let by_piece = (0..pieces).flat_map(|piece| (0..width).map(move |output| output * pieces + piece));
        Window {
            products: transformed.map(|matrix| Packed::linear(&matrix, &[], width, pieces * width)),
            bias: by_piece.map(|at| bias.data[at]).collect(),
            width,
        }
    }

    /// Applies the layer to the windows around `out.len() / width` words in a row. `rows` starts with
    /// the left neighbour of the first, and goes on to two rows beyond the last.
    pub(super) fn apply(
        &self,
        set: InstructionSet,
        rows: &[f32],
        scratch: &mut WindowScratch,
        out: &mut [f32],
    ) {
        let width = self.width;
        for (part, out) in out.chunks_mut(2 * PAIRS * width).enumerate() {
            let pairs = (out.len() / width).div_ceil(2);
            let rows = &rows[part * 2 * PAIRS * width..][..(2 * pairs + 2) * width];
            for inputs in &mut scratch.inputs {
                inputs.resize(PAIRS * width, 0.0);
            }
            let inputs = scratch.inputs.each_mut().map(Vec::as_mut_slice);
            transform(set, rows, width, inputs);
            let stride = self.products[0].out_stride();
            for ((layer, input), out) in self.products.iter().zip(&scratch.inputs).zip(&mut scratch.products)
            {
                out.resize(PAIRS * stride, 0.0);
                layer.apply(set, input, width, pairs, out);
            }
            for (pair, out) in out.chunks_mut(2 * width).enumerate() {
                let at = pair * stride..pair * stride + self.bias.len();
                let products = scratch.products.each_ref().map(|products| &products[at.clone()]);
                combine(set, products, &self.bias, out, width);
            }
        }
    }
}

for_each_set! {
    fn transform(rows: &[f32], width: usize, inputs: [&mut [f32]; 4]) {
        let [first, second, third, fourth] = inputs;
        let outputs = first.chunks_exact_mut(width).zip(second.chunks_exact_mut(width));
        let outputs = outputs.zip(third.chunks_exact_mut(width)).zip(fourth.chunks_exact_mut(width));
        for (pair, (((first, second), third), fourth)) in outputs.enumerate() {
            let Some(near) = rows.get(2 * pair * width..(2 * pair + 4) * width) else { break };
            let (x0, near) = near.split_at(width);
            let (x1, near) = near.split_at(width);
            let (x2, x3) = near.split_at(width);
            for at in 0..width {
                first[at] = x0[at] - x2[at];
                second[at] = x1[at] + x2[at];
                third[at] = x2[at] - x1[at];
                fourth[at] = x1[at] - x3[at];
            }
        }
    }
}

for_each_set! {
    fn combine(products: [&[f32]; 4], bias: &[f32], out: &mut [f32], width: usize) {
        let (left, right) = out.split_at_mut(width);
        let pieces = bias.len() / width;
        let has_right = !right.is_empty();
        for piece in 0..pieces {
            let at = piece * width;
            let [m1, m2, m3, m4] = products.map(|product| &product[at..at + width]);
            let bias = &bias[at..at + width];
            for (at, left) in left.iter_mut().enumerate() {
                let sum = m1[at] + m2[at] + m3[at] + bias[at];
                *left = if piece == 0 || sum > *left { sum } else { *left };
            }
            if has_right {
                for (at, right) in right.iter_mut().enumerate() {
                    let sum = m2[at] - m3[at] - m4[at] + bias[at];
                    *right = if piece == 0 || sum > *right { sum } else { *right };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_windows_are_what_single_windows_are_but_for_rounding() {
        let (width, pieces) = (16, 3);
        let mut state = 1u32;
        let mut numbers = |count: usize| -> Vec<f32> {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 23) as f32 - 1.0
            };
            (0..count).map(|_| next()).collect()
        };
        let matrix =
            Tensor { shape: vec![width, pieces, 3 * width], data: numbers(width * pieces * 3 * width) };
        let bias = Tensor { shape: vec![width, pieces], data: numbers(width * pieces) };
        for words in [1, 2, 7, 128, 131] {
            // The left neighbour of the first word, and two rows beyond the last.
            let rows = numbers((words + 3) * width);
            let set = InstructionSet::detect();
            let mut pairs = vec![0.0; words * width];
            Window::new(&matrix, &bias).apply(set, &rows, &mut WindowScratch::default(), &mut pairs);
            let mut singles = vec![0.0; words * width];
            let layer = Packed::maxout(&matrix, &bias).expect("three pieces are folded");
            layer.apply(set, &rows, width, words, &mut singles);
            for (pair, single) in pairs.iter().zip(&singles) {
                assert!((pair - single).abs() < 1e-5, "{words} words: {pair} and {single}");
            }
        }
    }
}
