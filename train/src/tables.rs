//! Tables: how often the readers are right on examples that they have not learnt from.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use dateline_judge::{Candidate, Encoder, Judge, Linear, Logits, Votes};

use crate::examples::{Answer, Case};
use crate::parts::Parts;
use crate::votes::{Heard, Tally, Voice, fit, hear, tally};
use crate::{linear, weights};

/// Parts that the kept examples are cut into: the votes are fitted on all but one and tried on that one.
const FOLDS: usize = 5;

/// The trained readers.
pub struct Readers<'a> {
    parts: &'a Parts,
    linear: Linear,
    encoder: Encoder,
}

impl<'a> Readers<'a> {
    pub fn open(parts: &'a Parts) -> Result<Readers<'a>> {
        let path = weights("linear.bin");
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let linear = Linear::read(&bytes).with_context(|| format!("{} is no table", path.display()))?;
        Ok(Readers { parts, linear, encoder: Encoder::open(&parts.encoder)? })
    }

    /// What the linear reader says of each case, and what the encoder does.
    fn logits(&self, cases: &[&Case]) -> Vec<(Logits, Logits)> {
        let mut logits = Vec::with_capacity(cases.len());
        for same in cases.chunk_by(|one, other| one.name == other.name) {
            let candidates: Vec<&Candidate> = same.iter().map(|case| &case.candidate).collect();
            let encoded = self.encoder.logits(&same[0].document, &candidates);
            let vectors = |word: &str| self.parts.pipeline.vector(word);
            let linear = self.linear.logits(&same[0].document, candidates, &vectors);
            logits.extend(linear.into_iter().zip(encoded));
        }
        logits
    }

    /// The lines of `votes.txt`.
    pub fn votes(&self, cases: &[Case]) -> String {
        let kept = kept(cases);
        let logits = self.logits(&kept);
        Voice::ALL
            .map(|voice| {
                let heard = heard(&kept, &logits, voice);
                fit(&heard.iter().collect::<Vec<_>>(), voice).write(voice.name())
            })
            .concat()
    }

    /// The judge with the committed weights.
    fn judge(&self, voice: Voice) -> Option<Judge> {
        match voice {
            Voice::Rules => None,
            Voice::Fast => Some(Judge::fast()),
            Voice::Careful => Encoder::open(&self.parts.encoder).ok().map(Judge::careful),
        }
    }

    /// How often the readers are right where they say that they are this sure.
    pub fn reliability(&self, cases: &[Case]) -> String {
        let kept = kept(cases);
        let logits = self.logits(&kept);
        let examples: BTreeSet<&str> = kept.iter().map(|case| case.name.as_str()).collect();
        let mut text = format!(
            "How sure the judge is and how often it is right, on {} of the codebook's examples kept for testing.\n\
             Written by `cargo xtask train`. The votes are fitted on four fifths of them and tried on the other fifth.\n\
             An event is right if its trigger tells an event of its type.\n",
            examples.len()
        );
        for voice in Voice::ALL {
            let heard = heard(&kept, &logits, voice);
            let judge = self.judge(voice).map_or("no weights", |judge| judge.version());
            let _ = writeln!(text, "\n## {}, {judge}", voice.name());
            text += &table(&heard, voice);
        }
        text
    }
}

/// The cases that the coder itself asks about in kept examples.
fn kept(cases: &[Case]) -> Vec<&Case> {
    cases.iter().filter(|case| case.is_kept && case.is_asked).collect()
}

fn heard<'a>(kept: &[&'a Case], logits: &[(Logits, Logits)], voice: Voice) -> Vec<Heard<'a>> {
    let flat = Logits::default();
    let hear = |(case, (linear, encoder)): (&&'a Case, &(Logits, Logits))| match voice {
        Voice::Rules => hear(case, &flat, None),
        Voice::Fast => hear(case, linear, None),
        Voice::Careful => hear(case, linear, Some(encoder)),
    };
    // Where rules are heard alone, they are asked about nothing else.
    let is_heard = |heard: &Heard| voice != Voice::Rules || heard.case.candidate.rule.is_some();
    kept.iter().zip(logits).map(hear).filter(is_heard).collect()
}

/// A row for each tenth of confidence; then the score of a forecaster, and precision and recall.
fn table(heard: &[Heard], voice: Voice) -> String {
    let fold_of = |heard: &Heard| heard.case.name.bytes().map(usize::from).sum::<usize>() % FOLDS;
    let mut bins = [(0usize, 0.0, 0usize); 10];
    let mut total = Tally::default();
    let mut brier = 0.0;
    for fold in 0..FOLDS {
        let (tried, fitted): (Vec<&Heard>, Vec<&Heard>) =
            heard.iter().partition(|heard| fold_of(heard) == fold);
        let votes: Votes = fit(&fitted, voice);
        let Tally { right, said: count, told } = tally(&votes, &tried);
        total = Tally { right: total.right + right, said: total.said + count, told: total.told + told };
        for heard in tried {
            let said = heard.said(&votes).filter(|said| heard.is_judged(said.label));
            let Some(said) = said else { continue };
            let (is_right, confidence) = (heard.case.answer.is_right(said.label), said.confidence);
            let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
            *bin = (bin.0 + 1, bin.1 + confidence, bin.2 + usize::from(is_right));
            brier += (confidence - f64::from(u8::from(is_right))).powi(2);
        }
    }
    let mut text = String::from("confidence   events   said   right\n");
    for (tenth, (count, sum, right)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let share = |part: f64| part / *count as f64;
        let from = tenth as f64 / 10.0;
        let _ = writeln!(
            text,
            "{from:.1} to {:.1}   {count:>6}   {:.2}   {:.2}",
            from + 0.1,
            share(*sum),
            share(*right as f64)
        );
    }
    let said: usize = bins.iter().map(|bin| bin.0).sum();
    let missed: f64 = bins.iter().map(|(_, sum, right)| (sum - *right as f64).abs()).sum();
    let _ = writeln!(
        text,
        "calibration error {:.3}   Brier score {:.3}   precision {:.3}   F1 over what is asked {:.3}",
        missed / said.max(1) as f64,
        brier / said.max(1) as f64,
        total.precision(),
        total.f1()
    );
    text
}

/// What a quarter, a half and all of the examples teach the linear reader.
pub fn learning(parts: &Parts, cases: &[Case]) -> String {
    let vectors = |word: &str| parts.pipeline.vector(word);
    let kept = kept(cases);
    let names: BTreeSet<&str> =
        cases.iter().filter(|case| !case.is_kept).map(|case| case.name.as_str()).collect();
    let mut text = String::from(
        "What examples teach: types told rightly where there is an event, on the examples kept for testing.\n\
         Written by `cargo xtask train`. The linear reader alone, no rules.\n\nexamples   right\n",
    );
    for quarter in [1, 2, 4] {
        // Spread over all pages, always the same ones.
        let is_chosen = |name: &str| {
            name.bytes().fold(7u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into())) >> 8 & 3
                < quarter
        };
        let chosen: Vec<&Case> = cases.iter().filter(|case| !case.is_kept && is_chosen(&case.name)).collect();
        let linear = linear::train(&chosen, &vectors);
        let told: Vec<&&Case> =
            kept.iter().filter(|case| matches!(case.answer, Answer::Is(label) if label > 0)).collect();
        let right = told
            .iter()
            .filter(|case| {
                let logits = linear.logits(&case.document, [&case.candidate], &vectors)[0];
                let best = (1..logits.len())
                    .fold(1, |best, label| if logits[label] > logits[best] { label } else { best });
                case.answer.is_right(best)
            })
            .count();
        let count = names.iter().filter(|name| is_chosen(name)).count();
        let _ = writeln!(text, "{count:>8}   {:.3}", right as f64 / told.len().max(1) as f64);
    }
    text
}
