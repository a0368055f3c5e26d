//! Minimise: L-BFGS with a backtracking line search, enough for smooth convex losses.

use std::collections::VecDeque;

/// Steps that are remembered for the curvature.
const MEMORY: usize = 10;

/// Walks down from `start`. `loss` gives the value at a point and writes the gradient there.
pub fn minimise(start: Vec<f64>, rounds: usize, mut loss: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let mut at = start;
    let mut slope = vec![0.0; at.len()];
    let mut value = loss(&at, &mut slope);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for _ in 0..rounds {
        let direction = direction(&slope, &memory);
        let descent = dot(&direction, &slope);
        if descent > -1e-12 {
            break;
        }
        let mut length = if memory.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let mut next_slope = vec![0.0; at.len()];
        let next = loop {
            let next: Vec<f64> = at.iter().zip(&direction).map(|(at, step)| at + length * step).collect();
            let next_value = loss(&next, &mut next_slope);
            if next_value <= value + 1e-4 * length * descent {
                value = next_value;
                break Some(next);
            }
            length /= 2.0;
            if length < 1e-10 {
                break None;
            }
        };
        let Some(next) = next else { break };
        let step: Vec<f64> = next.iter().zip(&at).map(|(next, at)| next - at).collect();
        let change: Vec<f64> = next_slope.iter().zip(&slope).map(|(next, slope)| next - slope).collect();
        let curvature = dot(&step, &change);
        if curvature > 1e-12 {
            memory.push_back((step, change, curvature));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        at = next;
        slope = next_slope;
    }
    at
}

/// The two loops: the negative gradient, bent by what the last steps told of the curvature.
fn direction(slope: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>, f64)>) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|slope| -slope).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for (step, change, curvature) in memory.iter().rev() {
        let share = dot(step, &direction) / curvature;
        direction.iter_mut().zip(change).for_each(|(value, change)| *value -= share * change);
        shares.push(share);
    }
    if let Some((_, change, curvature)) = memory.back() {
        let scale = curvature / dot(change, change);
        direction.iter_mut().for_each(|value| *value *= scale);
    }
    for ((step, change, curvature), share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = share - dot(change, &direction) / curvature;
        direction.iter_mut().zip(step).for_each(|(value, step)| *value += back * step);
    }
    direction
}

fn dot(ours: &[f64], theirs: &[f64]) -> f64 {
    ours.iter().zip(theirs).map(|(ours, theirs)| ours * theirs).sum()
}

#[cfg(test)]
mod tests {
    use super::minimise;

    #[test]
    fn a_bent_valley_is_walked_to_its_end() {
        // Rosenbrock's, whose least value is at (1, 1).
        let found = minimise(vec![-1.2, 1.0], 200, |at, slope| {
            let (x, y) = (at[0], at[1]);
            slope[0] = -2.0 * (1.0 - x) - 400.0 * x * (y - x * x);
            slope[1] = 200.0 * (y - x * x);
            (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
        });
        assert!((found[0] - 1.0).abs() < 1e-4 && (found[1] - 1.0).abs() < 1e-4, "{found:?}");
    }
}
