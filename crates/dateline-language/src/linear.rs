//! Linear: one layer of any network, on the pipeline's own kernels, for crates that read with other weights.

use crate::network::{InstructionSet, Packed};

/// A matrix and a bias, laid out as the kernels read them.
///
/// Every output is summed in one order on every machine, as in the pipeline itself.
///
/// ```
/// use dateline_language::Linear;
///
/// // Two inputs, one output: 3 x + 4 y + 0.5.
/// let layer = Linear::new(&[3.0, 4.0], &[0.5], 2, 1);
/// let mut out = vec![0.0; 2 * layer.out_stride()];
/// layer.apply(&[1.0, 1.0, 2.0, 0.0], 2, &mut out);
/// assert_eq!((out[0], out[layer.out_stride()]), (7.5, 6.5));
/// ```
pub struct Linear(Packed);

impl Linear {
    /// Weights `[output][input]`, and a bias for each output or none.
    ///
    /// # Panics
    ///
    /// Where there are not `inputs * outputs` weights.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Linear {
        assert_eq!(weights.len(), inputs * outputs, "a matrix has a weight for each input and output");
        Linear(Packed::linear(weights, bias, inputs, outputs))
    }

    /// How far apart the rows of the result lie.
    pub fn out_stride(&self) -> usize {
        self.0.out_stride()
    }

    /// Applies the layer to `rows` rows that lie one after the other.
    ///
    /// # Panics
    ///
    /// Where `input` or `out` is too short for them.
    pub fn apply(&self, input: &[f32], rows: usize, out: &mut [f32]) {
        self.0.apply(InstructionSet::detect(), input, self.0.inputs(), rows, out);
    }
}
