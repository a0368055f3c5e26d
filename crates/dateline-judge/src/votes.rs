//! Votes: what the rules, the linear reader and the encoder say together, as probabilities.
//!
//! A log-linear mixture: each label's score is a weighted sum of the readers' log-probabilities and of what
//! the rules say, and the scores' softmax are their shares. The few weights were fitted on examples that no
//! reader had learnt from, and so was the line that turns shares into confidence: 0.8 means right in 80 of a
//! hundred. `eval/reliability.txt` shows it.
//!
//! ```text
//! careful linear 0.52
//! careful encoder 0.61
//! careful rule 1.90
//! ```

use crate::encoder::Logits;
use crate::{LABELS, RuleVote, label_of};

/// The names of the weights, in the order they are kept. What a rule found and what none did are weighed apart.
pub const WEIGHTS: [&str; 9] = [
    "linear",
    "encoder",
    "rule",
    "rule-words",
    "rule-conditions",
    "nothing",
    "proposed-linear",
    "proposed-encoder",
    "proposed-nothing",
];

/// How much each voice counts, and how sure we must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Votes {
    pub weights: [f64; WEIGHTS.len()],
    /// A rule's event that is less likely than this to be any is dropped.
    pub keep: f64,
    /// Another type must be so many times as likely as the rule's to take its place.
    pub turn: f64,
    /// An event that no rule found must be at least this likely to be of its type.
    pub propose: f64,
    /// Slope and shift that make a rule's event's odds those of being right.
    pub found: [f64; 2],
    /// Likewise of an event that no rule found.
    pub proposed: [f64; 2],
}

/// What one label has for it, in the order of [`WEIGHTS`].
pub type Voices = [f64; WEIGHTS.len()];

/// What a candidate is said to tell: the label, and the odds of each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// 0: nothing.
    pub label: usize,
    /// What the votes give it, before it is set right.
    pub share: f64,
    /// How likely it is right.
    pub confidence: f64,
}

/// What the readers say of a candidate, label by label.
pub fn voices(rule: Option<&RuleVote>, linear: &Logits, encoder: Option<&Logits>) -> [Voices; LABELS.len()] {
    let linear = log_probabilities(linear);
    let encoder = encoder.map_or([0.0; LABELS.len()], log_probabilities);
    std::array::from_fn(|label| {
        let nothing = f64::from(u8::from(label == 0));
        let Some(rule) = rule else {
            return [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, linear[label], encoder[label], nothing];
        };
        let says = f64::from(u8::from(label > 0 && rule.event_type == LABELS[label]));
        let [words, conditions] = [rule.words, rule.conditions].map(|amount| says * f64::from(amount.min(2)));
        [linear[label], encoder[label], says, words, conditions, nothing, 0.0, 0.0, 0.0]
    })
}

impl Votes {
    /// The share of each label.
    pub fn shares(&self, voices: &[Voices; LABELS.len()]) -> [f64; LABELS.len()] {
        let score =
            |voices: &Voices| voices.iter().zip(&self.weights).map(|(voice, weight)| voice * weight).sum();
        softmax(&std::array::from_fn(|label| score(&voices[label])))
    }

    /// What the votes come to.
    pub fn decide(&self, rule: Option<&RuleVote>, voices: &[Voices; LABELS.len()]) -> Said {
        let shares = self.shares(voices);
        let best =
            (1..LABELS.len()).fold(1, |best, label| if shares[label] > shares[best] { label } else { best });
        let of_rule = rule.and_then(|rule| label_of(&rule.event_type));
        let (label, is_event, line) = match of_rule {
            Some(of_rule) => {
                let is_turned = shares[best] > self.turn * shares[of_rule];
                (if is_turned { best } else { of_rule }, 1.0 - shares[0] >= self.keep, self.found)
            }
            None => (best, shares[best] >= self.propose, self.proposed),
        };
        if !is_event {
            return Said { label: 0, share: shares[0], confidence: shares[0] };
        }
        let share = shares[label].clamp(1e-4, 1.0 - 1e-4);
        let odds = (share / (1.0 - share)).ln();
        Said { label, share, confidence: 1.0 / (1.0 + (-(line[0] * odds + line[1])).exp()) }
    }

    /// Reads the lines of one reader; `None` where one is missing.
    pub fn read(text: &str, reader: &str) -> Option<Votes> {
        let of = |name: &str| {
            text.lines().find_map(|line| {
                let rest = line.strip_prefix(reader)?.strip_prefix(' ')?;
                rest.strip_prefix(name)?.strip_prefix(' ')?.trim().parse::<f64>().ok()
            })
        };
        let mut weights = [0.0; WEIGHTS.len()];
        for (weight, name) in weights.iter_mut().zip(WEIGHTS) {
            *weight = of(name)?;
        }
        Some(Votes {
            weights,
            keep: of("keep")?,
            turn: of("turn")?,
            propose: of("propose")?,
            found: [of("found-slope")?, of("found-shift")?],
            proposed: [of("proposed-slope")?, of("proposed-shift")?],
        })
    }

    /// The lines of one reader.
    pub fn write(&self, reader: &str) -> String {
        let values = self.weights.iter().zip(WEIGHTS).map(|(weight, name)| (name, *weight));
        let others = [
            ("keep", self.keep),
            ("turn", self.turn),
            ("propose", self.propose),
            ("found-slope", self.found[0]),
            ("found-shift", self.found[1]),
            ("proposed-slope", self.proposed[0]),
            ("proposed-shift", self.proposed[1]),
        ];
        values.chain(others).map(|(name, value)| format!("{reader} {name} {value:.4}\n")).collect()
    }
}

fn log_probabilities(logits: &Logits) -> [f64; LABELS.len()] {
    let logits = logits.map(f64::from);
    softmax(&logits).map(|p| p.max(1e-6).ln())
}

fn softmax(logits: &[f64; LABELS.len()]) -> [f64; LABELS.len()] {
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let powers = logits.map(|logit| (logit - most).exp());
    let total: f64 = powers.iter().sum();
    powers.map(|power| power / total)
}

#[cfg(test)]
mod tests {
    use dateline_document::Status;

    use super::*;

    /// Trusts the linear reader as it stands, and a rule by `rule`.
    fn votes(rule: f64) -> Votes {
        let weights = [1.0, 0.0, rule, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        Votes { weights, keep: 0.2, turn: 4.0, propose: 0.6, found: [1.0, 0.0], proposed: [0.5, 0.0] }
    }

    fn aid() -> RuleVote {
        RuleVote { event_type: "AID".into(), status: Status::Asserted, words: 0, conditions: 0 }
    }

    fn sure_of(label: usize) -> Logits {
        std::array::from_fn(|at| if at == label { 5.0 } else { 0.0 })
    }

    #[test]
    fn lines_are_read_as_they_were_written() {
        let text = votes(2.5).write("fast") + &votes(1.0).write("careful");
        assert_eq!(Votes::read(&text, "careful"), Some(votes(1.0)));
        assert_eq!(Votes::read("fast linear 1\n", "fast"), None);
    }

    #[test]
    fn a_rule_is_believed_as_its_weight_says() {
        let (rule, assault) = (aid(), sure_of(4));
        let label =
            |weight: f64| votes(weight).decide(Some(&rule), &voices(Some(&rule), &assault, None)).label;
        assert_eq!((label(1.0), label(6.0)), (4, 3));
        // A rule's event goes where all say that there is none.
        let none = voices(Some(&rule), &sure_of(0), None);
        assert_eq!(votes(0.0).decide(Some(&rule), &none).label, 0);
    }

    #[test]
    fn what_no_rule_found_must_be_likely() {
        let said = votes(1.0).decide(None, &voices(None, &sure_of(4), None));
        assert_eq!(said.label, 4);
        assert!(said.share > 0.85 && said.confidence < said.share, "{said:?}");
        assert_eq!(votes(1.0).decide(None, &voices(None, &Logits::default(), None)).label, 0);
    }
}
