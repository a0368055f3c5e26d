//! Kernel: the inner loops, once for each instruction set the machine may have.
//!
//! The order of additions is the same in all of them: each output is the sum over the inputs from
//! the first to the last, by fused multiply-add, from zero, and the bias comes last. Wider
//! registers compute more outputs side by side, never one output in parts.

use std::sync::OnceLock;

/// Outputs that are computed side by side.
pub(crate) const LANES: usize = 16;

/// What the machine can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code))]
pub(crate) enum InstructionSet {
    Avx512,
    Avx2,
    Portable,
}

impl InstructionSet {
    /// The widest that this machine has.
    pub(crate) fn detect() -> InstructionSet {
        static DETECTED: OnceLock<InstructionSet> = OnceLock::new();
        *DETECTED.get_or_init(|| InstructionSet::available()[0])
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            InstructionSet::Avx512 => "AVX-512",
            InstructionSet::Avx2 => "AVX2 and FMA",
            InstructionSet::Portable => "portable",
        }
    }

    /// All that this machine has, the widest first.
    pub(crate) fn available() -> Vec<InstructionSet> {
        #[allow(unused_mut)]
        let mut sets = vec![InstructionSet::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if has_avx2 {
                sets.insert(0, InstructionSet::Avx2);
            }
            if has_avx2 && is_x86_feature_detected!("avx512f") {
                sets.insert(0, InstructionSet::Avx512);
            }
        }
        sets
    }
}

/// One block of a product: `P` vectors of outputs for each of `rows` rows of `input`.
pub(crate) struct Block<'a> {
    /// Row `r` is `input[r * input_stride..][..inputs]`.
    pub(crate) input: &'a [f32],
    pub(crate) input_stride: usize,
    pub(crate) inputs: usize,
    pub(crate) rows: usize,
    /// For each input, `P` vectors of weights.
    pub(crate) weights: &'a [f32],
    /// `P` vectors.
    pub(crate) bias: &'a [f32],
    /// Row `r` of the block's outputs starts at `out[r * out_stride]`.
    pub(crate) out: &'a mut [f32],
    pub(crate) out_stride: usize,
}

impl Block<'_> {
    /// Computes the block. With `MAX` the `P` vectors of a row are folded into their maximum;
    /// without, they are stored one after the other.
    pub(crate) fn compute<const P: usize, const MAX: bool>(&mut self, set: InstructionSet) {
        let stored = if MAX { LANES } else { P * LANES };
        assert!(self.rows > 0 && self.input.len() >= (self.rows - 1) * self.input_stride + self.inputs);
        assert!(self.weights.len() >= self.inputs * P * LANES && self.bias.len() >= P * LANES);
        assert!(self.out.len() >= (self.rows - 1) * self.out_stride + stored);
        match set {
            // SAFETY: the sets are only ever those detected, and the lengths were checked above.
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512 => unsafe { x86::block_avx512::<P, MAX>(self) },
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => unsafe { x86::block_avx2::<P, MAX>(self) },
            _ => self.compute_portable::<P, MAX>(),
        }
    }

    fn compute_portable<const P: usize, const MAX: bool>(&mut self) {
        for row in 0..self.rows {
            let input = &self.input[row * self.input_stride..][..self.inputs];
            let mut sums = [[0.0f32; LANES]; P];
            for (&number, weights) in input.iter().zip(self.weights.chunks_exact(P * LANES)) {
                for (sums, weights) in sums.iter_mut().zip(weights.chunks_exact(LANES)) {
                    for (sum, &weight) in sums.iter_mut().zip(weights) {
                        *sum = number.mul_add(weight, *sum);
                    }
                }
            }
            for (sums, bias) in sums.iter_mut().zip(self.bias.chunks_exact(LANES)) {
                for (sum, &bias) in sums.iter_mut().zip(bias) {
                    *sum += bias;
                }
            }
            let out = &mut self.out[row * self.out_stride..];
            if MAX {
                let (first, others) = sums.split_first().expect("there is one vector at least");
                out[..LANES].copy_from_slice(first);
                for other in others {
                    for (out, &other) in out.iter_mut().zip(other) {
                        if other > *out {
                            *out = other;
                        }
                    }
                }
            } else {
                for (piece, sums) in sums.iter().enumerate() {
                    out[piece * LANES..][..LANES].copy_from_slice(sums);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Block, LANES};

    #[target_feature(enable = "avx512f,fma")]
    pub(super) unsafe fn block_avx512<const P: usize, const MAX: bool>(block: &mut Block<'_>) {
        let mut row = 0;
        // SAFETY: rows run up to `block.rows`, for which the caller checked all lengths.
        unsafe {
            while row + 8 <= block.rows {
                rows_avx512::<8, P, MAX>(block, row);
                row += 8;
            }
            if row + 4 <= block.rows {
                rows_avx512::<4, P, MAX>(block, row);
                row += 4;
            }
            if row + 2 <= block.rows {
                rows_avx512::<2, P, MAX>(block, row);
                row += 2;
            }
            if row < block.rows {
                rows_avx512::<1, P, MAX>(block, row);
            }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,fma")]
    unsafe fn rows_avx512<const R: usize, const P: usize, const MAX: bool>(
        block: &mut Block<'_>,
        row: usize,
    ) {
        // SAFETY: as above.
        unsafe {
            let mut sums = [[_mm512_setzero_ps(); P]; R];
            let input = block.input.as_ptr().add(row * block.input_stride);
            let mut weights = block.weights.as_ptr();
            for index in 0..block.inputs {
                let mut vectors = [_mm512_setzero_ps(); P];
                for (piece, vector) in vectors.iter_mut().enumerate() {
                    *vector = _mm512_loadu_ps(weights.add(piece * LANES));
                }
                for (r, sums) in sums.iter_mut().enumerate() {
                    let number = _mm512_set1_ps(*input.add(r * block.input_stride + index));
                    for (sum, &vector) in sums.iter_mut().zip(&vectors) {
                        *sum = _mm512_fmadd_ps(number, vector, *sum);
                    }
                }
                weights = weights.add(P * LANES);
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let out = block.out.as_mut_ptr().add((row + r) * block.out_stride);
                for (piece, sum) in sums.iter_mut().enumerate() {
                    *sum = _mm512_add_ps(*sum, _mm512_loadu_ps(block.bias.as_ptr().add(piece * LANES)));
                }
                if MAX {
                    let mut largest = sums[0];
                    for &sum in &sums[1..] {
                        largest = _mm512_max_ps(sum, largest);
                    }
                    _mm512_storeu_ps(out, largest);
                } else {
                    for (piece, &sum) in sums.iter().enumerate() {
                        _mm512_storeu_ps(out.add(piece * LANES), sum);
                    }
                }
            }
        }
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn block_avx2<const P: usize, const MAX: bool>(block: &mut Block<'_>) {
        let mut row = 0;
        // SAFETY: rows run up to `block.rows`, for which the caller checked all lengths.
        unsafe {
            // Halves of eight outputs: four rows of P vectors fit the sixteen registers.
            for half in 0..2 {
                row = 0;
                while row + 4 <= block.rows {
                    rows_avx2::<4, P, MAX>(block, row, half);
                    row += 4;
                }
                while row < block.rows {
                    rows_avx2::<1, P, MAX>(block, row, half);
                    row += 1;
                }
            }
        }
        let _ = row;
    }

    #[inline]
    #[target_feature(enable = "avx2,fma")]
    unsafe fn rows_avx2<const R: usize, const P: usize, const MAX: bool>(
        block: &mut Block<'_>,
        row: usize,
        half: usize,
    ) {
        const HALF: usize = LANES / 2;
        // SAFETY: as above.
        unsafe {
            let mut sums = [[_mm256_setzero_ps(); P]; R];
            let input = block.input.as_ptr().add(row * block.input_stride);
            let mut weights = block.weights.as_ptr().add(half * HALF);
            for index in 0..block.inputs {
                let mut vectors = [_mm256_setzero_ps(); P];
                for (piece, vector) in vectors.iter_mut().enumerate() {
                    *vector = _mm256_loadu_ps(weights.add(piece * LANES));
                }
                for (r, sums) in sums.iter_mut().enumerate() {
                    let number = _mm256_set1_ps(*input.add(r * block.input_stride + index));
                    for (sum, &vector) in sums.iter_mut().zip(&vectors) {
                        *sum = _mm256_fmadd_ps(number, vector, *sum);
                    }
                }
                weights = weights.add(P * LANES);
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let out = block.out.as_mut_ptr().add((row + r) * block.out_stride + half * HALF);
                let bias = block.bias.as_ptr().add(half * HALF);
                for (piece, sum) in sums.iter_mut().enumerate() {
                    *sum = _mm256_add_ps(*sum, _mm256_loadu_ps(bias.add(piece * LANES)));
                }
                if MAX {
                    let mut largest = sums[0];
                    for &sum in &sums[1..] {
                        largest = _mm256_max_ps(sum, largest);
                    }
                    _mm256_storeu_ps(out, largest);
                } else {
                    for (piece, &sum) in sums.iter().enumerate() {
                        _mm256_storeu_ps(out.add(piece * LANES), sum);
                    }
                }
            }
        }
    }
}

/// Defines a loop over slices that is compiled for each instruction set. The loops multiply and
/// add element by element, so the set changes the speed and not the result.
macro_rules! for_each_set {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name(set: InstructionSet, $($arg: $type),*) {
            #[inline(always)]
            fn portable($($arg: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,fma")]
            fn avx512($($arg: $type),*) { portable($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($arg: $type),*) { portable($($arg),*) }
            match set {
                // SAFETY: the sets are only ever those detected.
                #[cfg(target_arch = "x86_64")]
                InstructionSet::Avx512 => unsafe { avx512($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                InstructionSet::Avx2 => unsafe { avx2($($arg),*) },
                _ => portable($($arg),*),
            }
        }
    };
}
pub(super) use for_each_set;

for_each_set! {
    /// `sums[i] += terms[i]`.
    fn add(sums: &mut [f32], terms: &[f32]) {
        for (sum, &term) in sums.iter_mut().zip(terms) {
            *sum += term;
        }
    }
}

for_each_set! {
    /// `largest[i]` becomes `numbers[i]` where that is larger.
    fn max_into(largest: &mut [f32], numbers: &[f32]) {
        for (largest, &number) in largest.iter_mut().zip(numbers) {
            *largest = if number > *largest { number } else { *largest };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, between -1 and 1.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn computed<const P: usize, const MAX: bool>(set: InstructionSet, rows: usize) -> Vec<u32> {
        let (inputs, input_stride) = (37, 21);
        let input = numbers(rows * input_stride + inputs, 1);
        let weights = numbers(inputs * P * LANES, 2);
        let bias = numbers(P * LANES, 3);
        let mut out = vec![0.0; rows * 50];
        Block {
            input: &input,
            input_stride,
            inputs,
            rows,
            weights: &weights,
            bias: &bias,
            out: &mut out,
            out_stride: 50,
        }
        .compute::<P, MAX>(set);
        out.iter().map(|number| number.to_bits()).collect()
    }

    #[test]
    fn all_instruction_sets_give_the_same_bits() {
        for set in InstructionSet::available() {
            for rows in 1..20 {
                let plain = InstructionSet::Portable;
                assert_eq!(
                    computed::<3, true>(set, rows),
                    computed::<3, true>(plain, rows),
                    "{set:?} {rows}"
                );
                assert_eq!(
                    computed::<2, true>(set, rows),
                    computed::<2, true>(plain, rows),
                    "{set:?} {rows}"
                );
                assert_eq!(
                    computed::<3, false>(set, rows),
                    computed::<3, false>(plain, rows),
                    "{set:?} {rows}"
                );
                assert_eq!(
                    computed::<1, false>(set, rows),
                    computed::<1, false>(plain, rows),
                    "{set:?} {rows}"
                );
            }
        }
    }
}
