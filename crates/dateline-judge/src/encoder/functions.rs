//! Functions: what stands between the matrices. All are sums and products in one order, so that every machine
//! gives the same bytes; a system's own `exp` would not.

/// e to the power of `x`, within two units in the last place, for `x` at most 88.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let whole = (x * std::f32::consts::LOG2_E).round_ties_even();
    let rest = whole.mul_add(-0.693_359_4, x);
    let rest = whole.mul_add(2.121_944_4e-4, rest);
    let mut sum = 1.987_569_1e-4f32;
    for factor in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5, 1.0, 1.0] {
        sum = sum.mul_add(rest, factor);
    }
    sum * f32::from_bits(((whole as i32 + 127) << 23) as u32)
}

/// The exact GELU, by Abramowitz and Stegun's 7.1.26: within 2e-7 of the error function.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let at = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / at.mul_add(0.327_591_1, 1.0);
    let mut sum = 1.061_405_4f32;
    for factor in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6, 0.0] {
        sum = sum.mul_add(t, factor);
    }
    let erf = (-sum).mul_add(exp(-at * at), 1.0);
    0.5 * x * (1.0 + erf.copysign(x))
}

/// A layer norm's gain and bias.
pub(super) struct Norm {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
}

/// What runs faster on wide registers, compiled for the widest that the machine has. The order of the sums is
/// in the code, so the width changes nothing.
macro_rules! wide {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) $body:block) => {
        $(#[$doc])*
        $visibility fn $name($($argument: $type),*) {
            #[inline(always)]
            fn plain($($argument: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,fma")]
                unsafe fn avx512($($argument: $type),*) { plain($($argument),*) }
                #[target_feature(enable = "avx2,fma")]
                unsafe fn avx2($($argument: $type),*) { plain($($argument),*) }
                if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512bw")
                {
                    // SAFETY: the machine has just been asked.
                    return unsafe { avx512($($argument),*) };
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the machine has just been asked.
                    return unsafe { avx2($($argument),*) };
                }
            }
            plain($($argument),*)
        }
    };
}

/// Sums that are taken side by side, whatever the registers hold.
const LANES: usize = 16;

#[inline(always)]
fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (sum, &value) in sums.iter_mut().zip(chunk) {
            *sum += of(value);
        }
    }
    for (sum, &value) in sums.iter_mut().zip(rest) {
        *sum += of(value);
    }
    sums.iter().sum()
}

wide! {
    pub(super) fn gelu_all(values: &mut [f32]) {
        for value in values {
            *value = gelu(*value);
        }
    }
}

wide! {
    /// Adds `more` to `rows` and norms each row of them.
    pub(super) fn add_and_norm(rows: &mut [f32], more: &[f32], norm: &Norm) {
        let width = norm.gain.len();
        for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
            for (value, more) in row.iter_mut().zip(more) {
                *value += more;
            }
            let mean = sum(row, |value| value) / width as f32;
            let variance = sum(row, |value| (value - mean) * (value - mean)) / width as f32;
            let scale = 1.0 / (variance + 1e-12).sqrt();
            for ((value, gain), bias) in row.iter_mut().zip(&norm.gain).zip(&norm.bias) {
                *value = ((*value - mean) * scale).mul_add(*gain, *bias);
            }
        }
    }
}

/// One sentence's attention: where its rows lie, and how the width is shared by the heads.
#[derive(Clone, Copy)]
pub(super) struct Attention {
    pub rows: usize,
    pub width: usize,
    pub heads: usize,
}

wide! {
    /// Mixes the sentence's values by how its queries meet its keys.
    pub(super) fn attend(shape: Attention, queries: &[f32], keys: &[f32], values: &[f32], out: &mut [f32]) {
        let Attention { rows, width, heads } = shape;
        let size = width / heads;
        let scale = 1.0 / (size as f32).sqrt();
        let stride = rows.next_multiple_of(LANES);
        let mut turned = vec![0.0f32; size * stride];
        let mut weights = vec![0.0f32; stride];
        for head in 0..heads {
            let at = head * size;
            for row in 0..rows {
                for (part, &key) in keys[row * width + at..][..size].iter().enumerate() {
                    turned[part * stride + row] = key;
                }
            }
            for row in 0..rows {
                weights.fill(0.0);
                for (&query, keys) in queries[row * width + at..][..size].iter().zip(turned.chunks_exact(stride)) {
                    for (weight, &key) in weights.iter_mut().zip(keys) {
                        *weight = query.mul_add(key, *weight);
                    }
                }
                let weights = &mut weights[..rows];
                let most = weights.iter().fold(f32::MIN, |most, &weight| most.max(weight));
                for weight in weights.iter_mut() {
                    *weight = exp((*weight - most) * scale);
                }
                let total = 1.0 / sum(weights, |weight| weight);
                let out = &mut out[row * width + at..][..size];
                out.fill(0.0);
                for (&weight, values) in weights.iter().zip(values.chunks_exact(width)) {
                    let weight = weight * total;
                    for (out, &value) in out.iter_mut().zip(&values[at..][..size]) {
                        *out = weight.mul_add(value, *out);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_that_of_the_system_but_for_its_last_places() {
        for number in -800..=800 {
            let x = number as f32 / 10.0;
            let (ours, theirs) = (exp(x), f64::from(x).exp() as f32);
            assert!((ours - theirs).abs() <= 2e-6 * theirs.abs() + 1e-37, "{x}: {ours} {theirs}");
        }
    }

    #[test]
    fn gelu_is_the_exact_one() {
        // From tables of the normal distribution.
        for (x, expected) in
            [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (3.0, 2.995_950_3), (-6.0, 0.0)]
        {
            assert!((gelu(x) - expected).abs() < 2e-6, "{x}: {}", gelu(x));
        }
    }

    #[test]
    fn attention_mixes_by_likeness() {
        let shape = Attention { rows: 2, width: 2, heads: 1 };
        let mut out = [0.0; 4];
        attend(shape, &[20.0, 0.0, 0.0, 20.0], &[1.0, 0.0, 0.0, 1.0], &[5.0, 6.0, 7.0, 8.0], &mut out);
        assert!((out[0] - 5.0).abs() < 1e-4 && (out[3] - 8.0).abs() < 1e-4, "{out:?}");
    }
}
