//! Judge: what a story's candidates tell, and how sure we are.

use std::sync::LazyLock;

use dateline_document::{Document, Status};

use crate::features::Vectors;
use crate::votes::voices;
use crate::{Candidate, Encoder, LABELS, Linear, Logits, RuleVote, Said, Votes, encoder, linear};

static COMMITTED: &str = include_str!("../weights/votes.txt");
static FAST: LazyLock<Votes> = LazyLock::new(|| committed("fast"));
static CAREFUL: LazyLock<Votes> = LazyLock::new(|| committed("careful"));

// Every record names them, and the files are megabytes to hash.
static FAST_VERSION: LazyLock<String> =
    LazyLock::new(|| version_of("fast", &[linear::FILE, COMMITTED.as_bytes()]));
static CAREFUL_VERSION: LazyLock<String> =
    LazyLock::new(|| version_of("careful", &[linear::FILE, COMMITTED.as_bytes(), encoder::LEARNT]));

fn version_of(name: &str, learnt: &[&[u8]]) -> String {
    let bytes = learnt.iter().flat_map(|file| file.iter());
    let hash = bytes.fold(0x811c_9dc5u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{name}-{hash:08x}")
}

fn committed(reader: &str) -> Votes {
    Votes::read(COMMITTED, reader).expect("the tests read the committed votes")
}

/// Where the votes without the encoder give a rule's event this share, or a proposal's being nothing, the encoder
/// is not asked: it could hardly turn them.
const SURE: f64 = 0.9;

/// The learned reader: the linear one alone, or with the encoder.
#[derive(Default)]
pub struct Judge {
    encoder: Option<Encoder>,
}

/// What a candidate tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// `None`: no event.
    pub event_type: Option<&'static str>,
    /// How likely it is that this is right.
    pub confidence: f64,
    /// "judge:linear" or "judge:encoder".
    pub by: &'static str,
}

impl Judge {
    /// The linear reader and the rules: costs next to nothing.
    pub fn fast() -> Judge {
        Judge { encoder: None }
    }

    /// The encoder besides, where the others leave a doubt.
    pub fn careful(encoder: Encoder) -> Judge {
        Judge { encoder: Some(encoder) }
    }

    /// "careful-1f0a52c7": who judges, and a hash of all that was learnt.
    pub fn version(&self) -> &'static str {
        if self.encoder.is_some() { &CAREFUL_VERSION } else { &FAST_VERSION }
    }

    /// The verdicts on a document's candidates, in their order.
    ///
    /// `vectors` gives a word's static vector, as the pipeline has it.
    pub fn verdicts(&self, document: &Document, candidates: &[Candidate], vectors: &Vectors) -> Vec<Verdict> {
        let linear = Linear::committed().logits(document, candidates, vectors);
        let mut verdicts = Vec::with_capacity(candidates.len());
        let mut doubtful = Vec::new();
        for (at, (candidate, linear)) in candidates.iter().zip(&linear).enumerate() {
            let said = say(&FAST, candidate, linear, None);
            let is_sure = said.share >= SURE && (said.label == 0) == candidate.rule.is_none();
            if self.encoder.is_some() && !is_sure {
                doubtful.push(at);
            }
            verdicts.push(Verdict::of(said, "judge:linear"));
        }
        let Some(encoder) = &self.encoder else { return verdicts };
        let asked: Vec<&Candidate> = doubtful.iter().map(|&at| &candidates[at]).collect();
        for (&at, logits) in doubtful.iter().zip(encoder.logits(document, &asked)) {
            let said = say(&CAREFUL, &candidates[at], &linear[at], Some(&logits));
            verdicts[at] = Verdict::of(said, "judge:encoder");
        }
        verdicts
    }
}

impl Verdict {
    fn of(said: Said, by: &'static str) -> Verdict {
        Verdict {
            event_type: (said.label > 0).then_some(LABELS[said.label]),
            confidence: said.confidence,
            by,
        }
    }
}

fn say(votes: &Votes, candidate: &Candidate, linear: &Logits, encoder: Option<&Logits>) -> Said {
    let rule = candidate.rule.as_ref();
    votes.decide(rule, &voices(rule, linear, encoder))
}

/// How likely it is that a rule is right, where no other reader is heard: told by how many words and how many
/// conditions it rests on, each up to two.
pub fn rule_confidence(words: u8, conditions: u8) -> f64 {
    RULES[usize::from(words.min(2))][usize::from(conditions.min(2))]
}

/// By words and by conditions.
static RULES: LazyLock<[[f64; 3]; 3]> = LazyLock::new(|| {
    let votes = committed("rules");
    let confidence = |words, conditions| {
        // Which type the votes count it under is all one.
        let rule = RuleVote { event_type: LABELS[1].into(), status: Status::Asserted, words, conditions };
        votes.decide(Some(&rule), &voices(Some(&rule), &[0.0; LABELS.len()], None)).confidence
    };
    std::array::from_fn(|words| std::array::from_fn(|conditions| confidence(words as u8, conditions as u8)))
});
