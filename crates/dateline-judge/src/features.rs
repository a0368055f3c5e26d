//! Features: what the linear reader sees of a candidate, as numbered slots of its table.
//!
//! Each feature is a short phrase, "object=weapon" or "path=nsubj<arrest>dobj", hashed to a slot. The lemmas
//! of the sentence, the trigger with what hangs on it and what it hangs on, the way through the parse from
//! one party to the other, what the parties are, and the status that is read. After these slots come numbered
//! ones for what the words mean: the static vectors of the trigger, of what hangs on it, and of the sentence,
//! which reach beyond the words that examples happen to use.

use std::fmt::Write as _;

use dateline_document::{Document, Party, TokenId};

use crate::Candidate;

/// Slots of the phrases.
const PHRASES: usize = 1 << 16;
/// Numbers of a word's vector.
const VECTOR: usize = 300;
/// Slots of the table: phrases, then the vectors of the trigger, of what hangs on it, and of the sentence.
pub const SLOTS: usize = PHRASES + 3 * VECTOR;

/// How much a whole vector weighs beside a phrase.
const MEANING: f32 = 3.0;

/// The static vector of a word, where the pipeline has one.
pub type Vectors<'a> = dyn Fn(&str) -> Option<&'a [f32]> + 'a;

/// Words further than this from the trigger are not seen, so that a sentence without an end costs no more.
const REACH: u32 = 40;
/// Steps of a path through the parse that are written out.
const LONGEST_PATH: usize = 8;

/// The slots of a candidate's features with their values, each once, in ascending order.
pub fn features(document: &Document, candidate: &Candidate, vectors: &Vectors) -> Vec<(u32, f32)> {
    let mut features = Features { slots: Vec::with_capacity(160), phrase: String::new() };
    let seen = Seen { document, candidate };
    seen.trigger(&mut features);
    seen.sentence(&mut features);
    seen.parties(&mut features);
    features.slots.sort_unstable();
    features.slots.dedup();
    let mut features: Vec<(u32, f32)> = features.slots.into_iter().map(|slot| (slot, 1.0)).collect();
    seen.meaning(vectors, &mut features);
    features
}

struct Features {
    slots: Vec<u32>,
    phrase: String,
}

impl Features {
    fn add(&mut self, phrase: std::fmt::Arguments) {
        self.phrase.clear();
        let _ = self.phrase.write_fmt(phrase);
        self.slots.push(slot(&self.phrase));
    }
}

/// FNV-1a, folded: the same on every machine.
fn slot(phrase: &str) -> u32 {
    let hash = phrase
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    ((hash ^ (hash >> 32)) % PHRASES as u64) as u32
}

struct Seen<'a> {
    document: &'a Document,
    candidate: &'a Candidate,
}

impl Seen<'_> {
    fn lemma(&self, id: TokenId) -> String {
        let token = self.document.token(id);
        match token.pos.as_str() {
            // Whose name it is says nothing of the deed.
            "PROPN" => "NAME".to_string(),
            "NUM" => "NUMBER".to_string(),
            _ => token.lemma.to_lowercase(),
        }
    }

    fn relation(&self, id: TokenId) -> &str {
        &self.document.token(id).relation
    }

    /// The trigger, what hangs on it, and what it hangs on.
    fn trigger(&self, features: &mut Features) {
        let Candidate { trigger, others, .. } = self.candidate;
        let trigger = *trigger;
        let lemma = self.lemma(trigger);
        let token = self.document.token(trigger);
        features.add(format_args!("trigger={lemma}"));
        features.add(format_args!("trigger={lemma}/{}", token.pos));
        features.add(format_args!("tag={}", token.tag));
        features.add(format_args!("stem={}", lemma.chars().take(5).collect::<String>()));
        for &other in others {
            features.add(format_args!("trigger={lemma}+{}", self.lemma(other)));
            features.add(format_args!("other={}", self.lemma(other)));
        }
        for &child in self.document.children(trigger) {
            let relation = self.relation(child);
            let word = self.lemma(child);
            features.add(format_args!("has={relation}"));
            features.add(format_args!("{relation}={word}"));
            if matches!(relation, "prep" | "prt" | "neg" | "aux" | "agent" | "dobj" | "xcomp" | "acomp") {
                features.add(format_args!("trigger={lemma}>{relation}={word}"));
            }
            if matches!(relation, "prep" | "agent" | "dobj" | "xcomp" | "ccomp") {
                for &below in self.document.children(child).iter().take(12) {
                    if matches!(
                        self.relation(below),
                        "pobj" | "pcomp" | "compound" | "amod" | "dobj" | "prep"
                    ) {
                        features.add(format_args!(
                            "{relation}>{}={}",
                            self.relation(below),
                            self.lemma(below)
                        ));
                    }
                }
            }
        }
        let mut at = trigger;
        for step in 0..3 {
            let Some(above) = self.document.head(at) else { break };
            features.add(format_args!("above{step}={}", self.lemma(above)));
            if step == 0 {
                features.add(format_args!("above={}>{}", self.lemma(above), self.relation(at)));
                features.add(format_args!("is={}", self.relation(at)));
            }
            at = above;
        }
    }

    /// The lemmas of the sentence, and those near the trigger.
    fn sentence(&self, features: &mut Features) {
        let sentence = self.document.sentence_of(self.candidate.trigger);
        let trigger = self.candidate.trigger.0;
        let from = sentence.start.0.max(trigger.saturating_sub(REACH));
        let to = sentence.end.0.min(trigger + REACH);
        for id in (from..to).map(TokenId) {
            let pos = self.document.token(id).pos.as_str();
            if matches!(pos, "PUNCT" | "SPACE" | "DET" | "PROPN" | "NUM" | "SYM" | "X") {
                continue;
            }
            let lemma = self.lemma(id);
            features.add(format_args!("word={lemma}"));
            if id.0.abs_diff(trigger) <= 5 {
                features.add(format_args!("near={lemma}"));
            }
        }
    }

    /// Vectors of the trigger, of the words that hang on it, and of the sentence's verbs and nouns.
    fn meaning(&self, vectors: &Vectors, features: &mut Vec<(u32, f32)>) {
        let trigger = self.candidate.trigger;
        let near = self.document.children(trigger).iter().copied().take(REACH as usize);
        let below = near.clone().filter(|&id| matches!(self.relation(id), "prep" | "agent" | "xcomp"));
        let below = below.flat_map(|id| self.document.children(id).iter().copied().take(12));
        let sentence = self.document.sentence_of(trigger);
        let from = sentence.start.0.max(trigger.0.saturating_sub(REACH));
        let all = (from..sentence.end.0.min(trigger.0 + REACH)).map(TokenId);
        let words: [Vec<TokenId>; 3] = [self.candidate.words(), near.chain(below).collect(), all.collect()];
        for (number, ids) in words.iter().enumerate() {
            let mut sum = [0.0f32; VECTOR];
            for &id in ids {
                let token = self.document.token(id);
                if !matches!(token.pos.as_str(), "VERB" | "NOUN" | "ADJ" | "ADV") {
                    continue;
                }
                let vector = vectors(&token.lemma).or_else(|| vectors(self.document.word(id)));
                if let Some(vector) = vector.filter(|vector| vector.len() == VECTOR) {
                    sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
                }
            }
            let length = sum.iter().fold(0.0f32, |length, value| value.mul_add(*value, length)).sqrt();
            if length > 0.0 {
                let first = (PHRASES + number * VECTOR) as u32;
                features.extend((first..).zip(sum.map(|value| MEANING * value / length)));
            }
        }
    }

    fn parties(&self, features: &mut Features) {
        let Candidate { actors, recipients, rule, trigger, .. } = self.candidate;
        let (actor, recipient) = (actors.first(), recipients.first());
        features.add(format_args!("parties={}{}", u8::from(actor.is_some()), u8::from(recipient.is_some())));
        features.add(format_args!("actors={}", actors.len().min(3)));
        features.add(format_args!("sectors={}>{}", sector(actor), sector(recipient)));
        features.add(format_args!("actor/{}", sector(actor)));
        features.add(format_args!("recipient/{}", sector(recipient)));
        let abroad = match (country(actor), country(recipient)) {
            (Some(ours), Some(theirs)) => {
                if ours == theirs {
                    "same"
                } else {
                    "other"
                }
            }
            _ => "unknown",
        };
        features.add(format_args!("country={abroad}"));
        let head = |party: Option<&Party>| self.document.head_of_span(party?.span);
        let (from, to) = (head(actor), head(recipient));
        for (name, end) in [("actor", from), ("recipient", to)] {
            let Some(end) = end else { continue };
            features.add(format_args!("{name}={}", self.lemma(end)));
            features.add(format_args!("{name}.is={}", self.relation(end)));
            if let Some(path) = self.path(*trigger, end) {
                features.add(format_args!("{name}.path={}", path.relations));
                features.add(format_args!("{name}.way={}", path.words));
            }
        }
        if let (Some(from), Some(to)) = (from, to)
            && let Some(path) = self.path(from, to)
        {
            features.add(format_args!("path={}", path.relations));
            features.add(format_args!("way={}", path.words));
            for lemma in path.lemmas {
                features.add(format_args!("on={lemma}"));
            }
        }
        if let Some(rule) = rule {
            features.add(format_args!("status={}", rule.status.name()));
        }
    }

    /// The way from one word to another, up to their common head and down again.
    fn path(&self, from: TokenId, to: TokenId) -> Option<Path> {
        let up = |id: TokenId| -> Vec<TokenId> {
            std::iter::once(id).chain(self.document.ancestors(id).take(LONGEST_PATH)).collect()
        };
        let (ours, theirs) = (up(from), up(to));
        let (left, top) = ours.iter().enumerate().find(|(_, id)| theirs.contains(id))?;
        let right = theirs.iter().position(|id| id == top)?;
        if left + right > LONGEST_PATH {
            return None;
        }
        let mut path = Path { relations: String::new(), words: String::new(), lemmas: Vec::new() };
        for &id in &ours[..left] {
            let _ = write!(path.relations, "{}<", self.relation(id));
        }
        for &id in theirs[..right].iter().rev() {
            let _ = write!(path.relations, ">{}", self.relation(id));
        }
        let between = ours[1.min(left)..=left].iter().chain(theirs[1.min(right)..right].iter().rev());
        for &id in between.filter(|&&id| id != from && id != to) {
            let lemma = self.lemma(id);
            let _ = write!(path.words, "{lemma} ");
            path.lemmas.push(lemma);
        }
        Some(path)
    }
}

struct Path {
    /// "nsubj<>prep>pobj".
    relations: String,
    /// "meet with ".
    words: String,
    lemmas: Vec<String>,
}

fn sector(party: Option<&Party>) -> &'static str {
    party.map_or("none", |party| party.sector.map_or("some", |sector| sector.code()))
}

fn country(party: Option<&Party>) -> Option<&str> {
    party?.country.as_deref()
}
