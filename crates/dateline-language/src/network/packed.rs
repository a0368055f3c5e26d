//! Packed: a layer's matrix, laid out as the kernels read it.

use super::kernel::{Block, InstructionSet, LANES};
use crate::weights::Tensor;

/// A linear or maxout layer: weights in blocks of a few vectors of outputs.
pub(crate) struct Packed {
    inputs: usize,
    outputs: usize,
    /// Vectors of outputs in a block: the pieces of a maxout, or up to eight neighbours.
    wide: usize,
    is_maxout: bool,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// A maxout of up to three pieces: weights `[output][piece][input]`, bias `[output][piece]`.
    ///
    /// `None` where there are more pieces than the kernels fold.
    pub(crate) fn maxout(weights: &Tensor, bias: &Tensor) -> Option<Packed> {
        let &[outputs, pieces, inputs] = weights.shape.as_slice() else { return None };
        if !(1..=3).contains(&pieces) {
            return None;
        }
        let source = |block: usize, piece: usize, lane: usize| {
            let output = block * LANES + lane;
            (output < outputs).then_some(output * pieces + piece)
        };
        Some(Packed::pack(inputs, outputs, pieces, true, &weights.data, &bias.data, source))
    }

    /// A linear layer: weights `[output][input]`, bias `[output]` or nothing.
    pub(crate) fn linear(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Packed {
        Packed::linear_by(3, weights, bias, inputs, outputs)
    }

    /// A linear layer for one row at a time, where only many sums side by side keep the machine busy.
    pub(crate) fn linear_for_one(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Packed {
        Packed::linear_by(8, weights, bias, inputs, outputs)
    }

    fn linear_by(widest: usize, weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Packed {
        // The fewest blocks, and those as narrow as they can be.
        let vectors = outputs.div_ceil(LANES).max(1);
        let wide = vectors.div_ceil(vectors.div_ceil(widest));
        let source = |block: usize, piece: usize, lane: usize| {
            let output = (block * wide + piece) * LANES + lane;
            (output < outputs).then_some(output)
        };
        Packed::pack(inputs, outputs, wide, false, weights, bias, source)
    }

    /// `source` says which row of the matrix feeds a lane; lanes without one stay zero.
    fn pack(
        inputs: usize,
        outputs: usize,
        wide: usize,
        is_maxout: bool,
        matrix: &[f32],
        bias: &[f32],
        source: impl Fn(usize, usize, usize) -> Option<usize>,
    ) -> Packed {
        let in_block = if is_maxout { LANES } else { wide * LANES };
        let blocks = outputs.div_ceil(in_block);
        let mut packed_weights = vec![0.0; blocks * inputs * wide * LANES];
        let mut packed_bias = vec![0.0; blocks * wide * LANES];
        for block in 0..blocks {
            for piece in 0..wide {
                for lane in 0..LANES {
                    let Some(row) = source(block, piece, lane) else { continue };
                    let at = piece * LANES + lane;
                    if let Some(&bias) = bias.get(row) {
                        packed_bias[block * wide * LANES + at] = bias;
                    }
                    for (input, &weight) in matrix[row * inputs..][..inputs].iter().enumerate() {
                        packed_weights[(block * inputs + input) * wide * LANES + at] = weight;
                    }
                }
            }
        }
        Packed { inputs, outputs, wide, is_maxout, weights: packed_weights, bias: packed_bias }
    }

    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// How far apart the rows of the result lie: the outputs, rounded up to whole blocks.
    pub(crate) fn out_stride(&self) -> usize {
        self.outputs.next_multiple_of(if self.is_maxout { LANES } else { self.wide * LANES })
    }

    /// Applies the layer to `rows` rows. Row `r` of the input starts at `r * input_stride` (rows may
    /// overlap), row `r` of the result at `r * self.out_stride()`.
    pub(crate) fn apply(
        &self,
        set: InstructionSet,
        input: &[f32],
        input_stride: usize,
        rows: usize,
        out: &mut [f32],
    ) {
        if rows == 0 {
            return;
        }
        let out_stride = self.out_stride();
        let vectors = self.wide * LANES;
        let stored = if self.is_maxout { LANES } else { vectors };
        let blocks = self.weights.chunks_exact(self.inputs * vectors).zip(self.bias.chunks_exact(vectors));
        for (index, (weights, bias)) in blocks.enumerate() {
            let mut block = Block {
                input,
                input_stride,
                inputs: self.inputs,
                rows,
                weights,
                bias,
                out: &mut out[index * stored..],
                out_stride,
            };
            match (self.wide, self.is_maxout) {
                (1, true) => block.compute::<1, true>(set),
                (2, true) => block.compute::<2, true>(set),
                (_, true) => block.compute::<3, true>(set),
                (1, false) => block.compute::<1, false>(set),
                (2, false) => block.compute::<2, false>(set),
                (3, false) => block.compute::<3, false>(set),
                (4, false) => block.compute::<4, false>(set),
                (5, false) => block.compute::<5, false>(set),
                (6, false) => block.compute::<6, false>(set),
                (7, false) => block.compute::<7, false>(set),
                (_, false) => block.compute::<8, false>(set),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_layer_multiplies_its_matrix() {
        // Twenty outputs, so that the last block is not full.
        let weights: Vec<f32> = (0..40).map(|number| number as f32).collect();
        let bias: Vec<f32> = (0..20).map(|number| 100.0 * number as f32).collect();
        let layer = Packed::linear(&weights, &bias, 2, 20);
        let mut out = vec![0.0; 2 * layer.out_stride()];
        layer.apply(InstructionSet::detect(), &[1.0, 2.0, 3.0, 4.0], 2, 2, &mut out);
        assert_eq!(out[19], 38.0 + 2.0 * 39.0 + 1900.0);
        assert_eq!(out[layer.out_stride() + 1], 3.0 * 2.0 + 4.0 * 3.0 + 100.0);
    }

    #[test]
    fn a_maxout_keeps_the_larger_piece() {
        let weights = Tensor { shape: vec![2, 2, 1], data: vec![1.0, -1.0, 2.0, -2.0] };
        let bias = Tensor { shape: vec![2, 2], data: vec![0.0, 0.5, 0.0, 0.0] };
        let layer = Packed::maxout(&weights, &bias).unwrap();
        let mut out = vec![0.0; 2 * layer.out_stride()];
        layer.apply(InstructionSet::detect(), &[3.0, -3.0], 1, 2, &mut out);
        assert_eq!(out[..2], [3.0, 6.0]);
        assert_eq!(out[layer.out_stride()..][..2], [3.5, 6.0]);
    }
}
