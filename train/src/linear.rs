//! Linear: multinomial logistic regression with an L2 penalty, over the features that at least two examples have.

use dateline_judge::{LABELS, Linear, Logits, SLOTS, Vectors, features};

use crate::examples::{Answer, Case};
use crate::minimise::minimise;

const LABEL_COUNT: usize = LABELS.len();
/// How strongly weights are pulled to zero, for each example.
const PENALTY: f64 = 1.5;
const ROUNDS: usize = 120;

/// Learns from `cases`.
pub fn train(cases: &[&Case], vectors: &Vectors) -> Linear {
    let all: Vec<Vec<(u32, f32)>> =
        cases.iter().flat_map(|case| features(&case.document, [&case.candidate], vectors)).collect();
    let mut counts = vec![0u32; SLOTS];
    all.iter().flatten().for_each(|&(slot, _)| counts[slot as usize] += 1);
    let seen: Vec<u32> = (0..SLOTS as u32).filter(|&slot| counts[slot as usize] >= 2).collect();
    let mut row_of = vec![usize::MAX; SLOTS];
    seen.iter().enumerate().for_each(|(row, &slot)| row_of[slot as usize] = row);
    let row = |&(slot, value): &(u32, f32)| (row_of[slot as usize], f64::from(value));
    let rows: Vec<Vec<(usize, f64)>> = all
        .iter()
        .map(|features| features.iter().map(row).filter(|(row, _)| *row != usize::MAX).collect())
        .collect();
    let bias_at = seen.len() * LABEL_COUNT;
    let loss = |weights: &[f64], slope: &mut [f64]| {
        let mut value = 0.0;
        for (at, (weight, slope)) in weights.iter().zip(slope.iter_mut()).enumerate() {
            let penalty = if at < bias_at { PENALTY } else { 0.0 };
            value += 0.5 * penalty * weight * weight;
            *slope = penalty * weight;
        }
        for (rows, case) in rows.iter().zip(cases) {
            let mut sums: [f64; LABEL_COUNT] = std::array::from_fn(|label| weights[bias_at + label]);
            for &(row, size) in rows {
                let weights = &weights[row * LABEL_COUNT..][..LABEL_COUNT];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += size * weight);
            }
            let (missed, pull) = surprise(&sums, case.answer);
            value += missed;
            for &(row, size) in rows {
                let slope = &mut slope[row * LABEL_COUNT..][..LABEL_COUNT];
                slope.iter_mut().zip(pull).for_each(|(slope, pull)| *slope += size * pull);
            }
            slope[bias_at..].iter_mut().zip(pull).for_each(|(slope, pull)| *slope += pull);
        }
        value
    };
    let weights = minimise(vec![0.0; bias_at + LABEL_COUNT], ROUNDS, loss);
    let logits = |at: usize| -> Logits { std::array::from_fn(|label| weights[at + label] as f32) };
    let rows: Vec<(u32, Logits)> =
        seen.iter().enumerate().map(|(row, &slot)| (slot, logits(row * LABEL_COUNT))).collect();
    Linear::of(logits(bias_at), &rows)
}

/// How surprising an answer is, and how it pulls at the logits.
pub fn surprise(logits: &[f64; LABEL_COUNT], answer: Answer) -> (f64, [f64; LABEL_COUNT]) {
    let p = softmax(logits);
    match answer {
        Answer::Is(right) => {
            let mut pull = p;
            pull[right] -= 1.0;
            (-p[right].max(1e-300).ln(), pull)
        }
        Answer::IsNot(wrong) => {
            let odds = p[wrong] / (1.0 - p[wrong]).max(1e-9);
            let pull = std::array::from_fn(|label| if label == wrong { p[wrong] } else { -p[label] * odds });
            (-(1.0 - p[wrong]).max(1e-300).ln(), pull)
        }
    }
}

pub fn softmax<const N: usize>(logits: &[f64; N]) -> [f64; N] {
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let powers = logits.map(|logit| (logit - most).exp());
    let total: f64 = powers.iter().sum();
    powers.map(|power| power / total)
}
