//! Votes: the weights of the readers' voices, fitted on the examples that none of them has learnt from.

use dateline_judge::{LABELS, Logits, Said, Voices, Votes, WEIGHTS, voices};

use crate::examples::{Answer, Case};
use crate::linear::surprise;
use crate::minimise::minimise;

/// How strongly the weights are pulled to plain trust in each voice.
const PENALTY: f64 = 1.0;

/// Who is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The codebook's rules alone.
    Rules,
    /// The linear reader too.
    Fast,
    /// And the encoder.
    Careful,
}

impl Voice {
    pub const ALL: [Voice; 3] = [Voice::Rules, Voice::Fast, Voice::Careful];

    pub fn name(self) -> &'static str {
        match self {
            Voice::Rules => "rules",
            Voice::Fast => "fast",
            Voice::Careful => "careful",
        }
    }
}

/// What the readers say of a case.
pub struct Heard<'a> {
    pub case: &'a Case,
    pub voices: [Voices; LABELS.len()],
}

pub fn hear<'a>(case: &'a Case, linear: &Logits, encoder: Option<&Logits>) -> Heard<'a> {
    Heard { case, voices: voices(case.candidate.rule.as_ref(), linear, encoder) }
}

/// The weights and thresholds that fit best.
pub fn fit(heard: &[&Heard], voice: Voice) -> Votes {
    let (linear, encoder) = match voice {
        Voice::Rules => (0.0, 0.0),
        Voice::Fast => (0.8, 0.0),
        Voice::Careful => (0.5, 0.5),
    };
    let plain = [linear, encoder, 2.0, 0.0, 0.0, 0.0, linear, encoder, 0.0];
    let loss = |weights: &[f64], slope: &mut [f64]| {
        let mut value = 0.0;
        for ((weight, plain), slope) in weights.iter().zip(plain).zip(slope.iter_mut()) {
            value += 0.5 * PENALTY * (weight - plain).powi(2);
            *slope = PENALTY * (weight - plain);
        }
        for heard in heard {
            let scores: [f64; LABELS.len()] = std::array::from_fn(|label| {
                heard.voices[label].iter().zip(weights).map(|(voice, weight)| voice * weight).sum()
            });
            let (missed, pull) = surprise(&scores, heard.case.answer);
            value += missed;
            for (voices, pull) in heard.voices.iter().zip(pull) {
                slope.iter_mut().zip(voices).for_each(|(slope, voice)| *slope += pull * voice);
            }
        }
        value
    };
    let found = minimise(plain.to_vec(), 100, loss);
    let mut weights = [0.0; WEIGHTS.len()];
    weights.copy_from_slice(&found);
    let mut votes =
        Votes { weights, keep: 0.0, turn: f64::MAX, propose: 1.0, found: [1.0, 0.0], proposed: [1.0, 0.0] };
    if voice != Voice::Rules {
        set_thresholds(&mut votes, heard);
    } else {
        votes.turn = 1e6;
    }
    votes.found = line(&votes, heard, true);
    votes.proposed = line(&votes, heard, false);
    votes
}

/// The slope and shift that make the shares of what is said the odds of being right (Platt's scaling).
fn line(votes: &Votes, heard: &[&Heard], of_rules: bool) -> [f64; 2] {
    let said: Vec<(f64, f64)> = heard
        .iter()
        .filter(|heard| heard.case.candidate.rule.is_some() == of_rules)
        .filter_map(|heard| {
            let said = heard.said(votes).filter(|said| heard.is_judged(said.label))?;
            Some((
                (said.share / (1.0 - said.share)).ln(),
                f64::from(u8::from(heard.case.answer.is_right(said.label))),
            ))
        })
        .collect();
    let found = minimise(vec![1.0, 0.0], 100, |at, slope| {
        // Pulled to the shares as they are, for few cases tell little.
        let mut value = 0.5 * ((at[0] - 1.0).powi(2) + at[1].powi(2));
        (slope[0], slope[1]) = (at[0] - 1.0, at[1]);
        for (odds, right) in &said {
            let p = 1.0 / (1.0 + (-(at[0] * odds + at[1])).exp());
            value -= right * p.max(1e-12).ln() + (1.0 - right) * (1.0 - p).max(1e-12).ln();
            slope[0] += (p - right) * odds;
            slope[1] += p - right;
        }
        value
    });
    [found[0], found[1]]
}

/// What becomes of the events of some cases.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub right: f64,
    pub said: f64,
    pub told: f64,
}

impl Tally {
    pub fn precision(self) -> f64 {
        self.right / self.said.max(1.0)
    }

    pub fn f1(self) -> f64 {
        2.0 * self.right / (self.said + self.told).max(1.0)
    }
}

/// An event that no rule found must be more likely right than wrong, by this much, or the readers of a whole
/// story lose more than they gain.
const FLOOR: f64 = 0.55;

/// What a rule finds goes only where the judge is two to one sure that it tells nothing.
const CEILING: f64 = 0.35;

/// The thresholds of the best F1.
fn set_thresholds(votes: &mut Votes, heard: &[&Heard]) {
    let (of_rules, others): (Vec<&Heard>, Vec<&Heard>) =
        heard.iter().copied().partition(|heard| heard.case.candidate.rule.is_some());
    let mut best = -1.0;
    for keep in (0..20).map(|step| f64::from(step) / 20.0).take_while(|keep| *keep <= CEILING) {
        for turn in [1.0, 2.0, 4.0, 8.0, 16.0, 1e6] {
            let tried = Votes { keep, turn, ..votes.clone() };
            let f1 = tally(&tried, &of_rules).f1();
            // Ties go to the more cautious.
            if f1 > best || f1 == best && turn > votes.turn {
                best = f1;
                (votes.keep, votes.turn) = (keep, turn);
            }
        }
    }
    let tries = (2..20).map(|step| Votes { propose: f64::from(step) / 20.0, ..votes.clone() });
    let precise = tries.filter(|votes| tally(votes, &others).precision() >= FLOOR);
    let best = precise.max_by(|one, other| tally(one, &others).f1().total_cmp(&tally(other, &others).f1()));
    votes.propose = best.map_or(0.95, |votes| votes.propose);
}

pub fn tally(votes: &Votes, heard: &[&Heard]) -> Tally {
    let mut tally = Tally::default();
    for heard in heard {
        let answer = heard.case.answer;
        tally.told += f64::from(u8::from(matches!(answer, Answer::Is(label) if label > 0)));
        if let Some(said) = heard.said(votes).filter(|said| heard.is_judged(said.label)) {
            tally.said += 1.0;
            tally.right += f64::from(u8::from(answer.is_right(said.label)));
        }
    }
    tally
}

impl Heard<'_> {
    /// The event that is said to be told.
    pub fn said(&self, votes: &Votes) -> Option<Said> {
        Some(votes.decide(self.case.candidate.rule.as_ref(), &self.voices)).filter(|said| said.label > 0)
    }

    /// Of an example that only excludes a type, another one is not known to be right.
    pub fn is_judged(&self, label: usize) -> bool {
        !matches!(self.case.answer, Answer::IsNot(wrong) if wrong != label)
    }
}
