//! Measure: work of known size for `bench/`, which times it. Not for other uses.

use std::hint::black_box;

use super::kernel::InstructionSet;
use super::window::{Window, WindowScratch};
use crate::weights::Tensor;

/// The encoder's layer as the published pipelines have it, on numbers of our own.
pub struct Convolution {
    layer: Window,
    rows: Vec<f32>,
    out: Vec<f32>,
    scratch: WindowScratch,
}

const WIDTH: usize = 96;
const PIECES: usize = 3;
const WORDS: usize = 512;

impl Default for Convolution {
    fn default() -> Convolution {
        // What the numbers are makes no difference, as long as they stay small.
        let numbers = |count: usize| (0..count).map(|at| (at % 37) as f32 / 37.0 - 0.5).collect::<Vec<f32>>();
        let shape = vec![WIDTH, PIECES, 3 * WIDTH];
        let matrix = Tensor { data: numbers(shape.iter().product()), shape };
        let bias = Tensor { shape: vec![WIDTH, PIECES], data: numbers(WIDTH * PIECES) };
        Convolution {
            layer: Window::new(&matrix, &bias),
            rows: numbers((WORDS + 3) * WIDTH),
            out: vec![0.0; WORDS * WIDTH],
            scratch: WindowScratch::default(),
        }
    }
}

impl Convolution {
    /// Mixes 512 words, so many times. Returns the multiplications and additions of the products that
    /// were computed, and of those that would be without sharing them between neighbours.
    pub fn run(&mut self, times: u64) -> [u64; 2] {
        for _ in 0..times {
            self.layer.apply(InstructionSet::detect(), &self.rows, &mut self.scratch, &mut self.out);
            black_box(&self.out);
        }
        let product = (2 * WIDTH * PIECES * WIDTH) as u64;
        [times * 2 * WORDS as u64 * product, times * 3 * WORDS as u64 * product]
    }
}

/// Nothing but fused multiply-adds of registers, so many times; how many multiplications and additions
/// that was. The machine does no more in the time, whatever it does.
pub fn fuse(times: u64) -> u64 {
    match InstructionSet::detect() {
        // SAFETY: the sets are only ever those detected.
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 => unsafe { x86::fuse_avx512(times) },
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2 => unsafe { x86::fuse_avx2(times) },
        _ => {
            let mut sums = black_box([1.0f32; 32]);
            for _ in 0..times {
                for sum in &mut sums {
                    *sum = sum.mul_add(0.5, 0.5);
                }
            }
            black_box(sums);
            times * 2 * 32
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    /// Sums side by side: enough to keep two units with a latency of four busy.
    const SUMS: usize = 12;

    #[target_feature(enable = "avx512f")]
    pub(super) fn fuse_avx512(times: u64) -> u64 {
        let half = _mm512_set1_ps(0.5);
        let mut sums = [_mm512_set1_ps(black_box(1.0)); SUMS];
        for _ in 0..times {
            for sum in &mut sums {
                *sum = _mm512_fmadd_ps(*sum, half, half);
            }
        }
        black_box(sums);
        times * 2 * 16 * SUMS as u64
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) fn fuse_avx2(times: u64) -> u64 {
        let half = _mm256_set1_ps(0.5);
        let mut sums = [_mm256_set1_ps(black_box(1.0)); SUMS];
        for _ in 0..times {
            for sum in &mut sums {
                *sum = _mm256_fmadd_ps(*sum, half, half);
            }
        }
        black_box(sums);
        times * 2 * 8 * SUMS as u64
    }
}
