//! Precision: of a sample that people have judged, what share was right, and how sure that is.

use serde::{Deserialize, Serialize};

use crate::ask::{EventRow, Filter, Order, Store};
use crate::{StoreError, stable};

/// The share of judged events that were right as they were coded, with its 95% interval (Wilson's).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Precision {
    /// An event type, or "all".
    pub of: String,
    pub accepted: u64,
    /// Rejected or fixed.
    pub wrong: u64,
    /// `None` where nothing was judged.
    pub precision: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// 97.5% of a normal distribution lie below it.
const Z: f64 = 1.959_964;

/// Wilson's score interval for `right` of `all`.
pub fn wilson(right: u64, all: u64) -> Option<(f64, f64)> {
    if all == 0 {
        return None;
    }
    let (right, all) = (right as f64, all as f64);
    let share = right / all;
    let middle = share + Z * Z / (2.0 * all);
    let half = Z * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
    let whole = 1.0 + Z * Z / all;
    Some((((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0)))
}

impl Precision {
    fn new(of: &str, accepted: u64, wrong: u64) -> Precision {
        let all = accepted + wrong;
        let interval = wilson(accepted, all);
        Precision {
            of: of.into(),
            accepted,
            wrong,
            precision: (all > 0).then(|| accepted as f64 / all as f64),
            low: interval.map(|(low, _)| low),
            high: interval.map(|(_, high)| high),
        }
    }
}

impl Store {
    /// Events that nobody has judged, drawn by chance: the same `seed` draws the same ones.
    pub fn sample(&self, filter: &Filter, count: usize, seed: u64) -> Result<Vec<EventRow>, StoreError> {
        let filter = Filter {
            verdict: vec!["none".into()],
            limit: None,
            cursor: None,
            order: Order::Oldest,
            ..filter.clone()
        };
        let seed = seed.to_string();
        let mut drawn: Vec<(u64, String)> =
            self.event_ids(&filter)?.into_iter().map(|id| (stable::hash(&[&seed, &id]), id)).collect();
        drawn.sort_unstable();
        drawn.truncate(count);
        drawn.into_iter().map(|(_, id)| Ok(self.event(&id)?.event)).collect()
    }

    /// The precision of what was judged, of all types and then of each.
    pub fn precision(&self, filter: &Filter) -> Result<Vec<Precision>, StoreError> {
        let mut counts: std::collections::BTreeMap<String, (u64, u64)> = std::collections::BTreeMap::new();
        let filter = Filter {
            verdict: ["accept", "reject", "fix"].map(String::from).to_vec(),
            limit: None,
            cursor: None,
            ..filter.clone()
        };
        self.each_event(&filter, &mut |event| {
            let count = counts.entry(event.event_type).or_default();
            if event.verdict.as_deref() == Some("accept") {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
            Ok(())
        })?;
        let all = counts.values().fold((0, 0), |all, count| (all.0 + count.0, all.1 + count.1));
        let mut estimates = vec![Precision::new("all", all.0, all.1)];
        estimates.extend(counts.iter().map(|(of, count)| Precision::new(of, count.0, count.1)));
        Ok(estimates)
    }
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn the_interval_is_wilson_s() {
        let (low, high) = wilson(80, 100).unwrap();
        assert!((low - 0.7112).abs() < 0.0005 && (high - 0.8666).abs() < 0.0005, "{low} {high}");
        let (low, high) = wilson(5, 5).unwrap();
        assert!((low - 0.5655).abs() < 0.0005 && high == 1.0, "{low} {high}");
        assert_eq!(wilson(0, 0), None);
    }
}
