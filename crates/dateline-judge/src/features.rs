//! Features: what the linear reader sees of a candidate, as numbered slots of its table.
//!
//! Each feature is a short phrase, "object=weapon" or "path=nsubj<arrest>dobj", hashed to a slot. The lemmas
//! of the sentence, the trigger with what hangs on it and what it hangs on, the way through the parse from
//! one party to the other, what the parties are, and the status that is read. After these slots come numbered
//! ones for what the words mean: the static vectors of the trigger, of what hangs on it, and of the sentence,
//! which reach beyond the words that examples happen to use.

use std::fmt::Write as _;
use std::ops::Range;

use dateline_document::{Document, Party, TokenId};
use smol_str::{SmolStr, StrExt};

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

/// The features of each of a document's candidates: slots with their values, each once, in ascending order.
pub fn features<'a>(
    document: &'a Document,
    candidates: impl IntoIterator<Item = &'a Candidate>,
    vectors: &'a Vectors,
) -> impl Iterator<Item = Vec<(u32, f32)>> {
    let mut around = Around::default();
    candidates.into_iter().map(move |candidate| {
        let mut features = Features { slots: Vec::with_capacity(160) };
        let seen = Seen { document, candidate };
        seen.trigger(&mut features);
        seen.sentence(&mut features);
        seen.parties(&mut features);
        features.slots.sort_unstable();
        features.slots.dedup();
        let mut all = Vec::with_capacity(features.slots.len() + 3 * VECTOR);
        all.extend(features.slots.into_iter().map(|slot| (slot, 1.0)));
        seen.meaning(vectors, &mut around, &mut all);
        all
    })
}

/// What the words of a sentence mean together. The candidates of one mostly see the same words of it.
#[derive(Default)]
struct Around {
    words: Range<u32>,
    meaning: Option<[f32; VECTOR]>,
}

struct Features {
    slots: Vec<u32>,
}

impl Features {
    /// Adds the phrase that these parts make together.
    fn add(&mut self, parts: &[&str]) {
        self.slots.push(slot(parts));
    }
}

/// FNV-1a, folded: the same on every machine.
fn slot(parts: &[&str]) -> u32 {
    let hash = parts
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    ((hash ^ (hash >> 32)) % PHRASES as u64) as u32
}

struct Seen<'a> {
    document: &'a Document,
    candidate: &'a Candidate,
}

impl Seen<'_> {
    fn lemma(&self, id: TokenId) -> SmolStr {
        let token = self.document.token(id);
        match token.pos.as_str() {
            // Whose name it is says nothing of the deed.
            "PROPN" => SmolStr::new_static("NAME"),
            "NUM" => SmolStr::new_static("NUMBER"),
            _ => token.lemma.to_lowercase_smolstr(),
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
        let stem = lemma.char_indices().nth(5).map_or(lemma.as_str(), |(end, _)| &lemma[..end]);
        features.add(&["trigger=", &lemma]);
        features.add(&["trigger=", &lemma, "/", &token.pos]);
        features.add(&["tag=", &token.tag]);
        features.add(&["stem=", stem]);
        for &other in others {
            features.add(&["trigger=", &lemma, "+", &self.lemma(other)]);
            features.add(&["other=", &self.lemma(other)]);
        }
        for &child in self.document.children(trigger) {
            let relation = self.relation(child);
            let word = self.lemma(child);
            features.add(&["has=", relation]);
            features.add(&[relation, "=", &word]);
            if matches!(relation, "prep" | "prt" | "neg" | "aux" | "agent" | "dobj" | "xcomp" | "acomp") {
                features.add(&["trigger=", &lemma, ">", relation, "=", &word]);
            }
            if matches!(relation, "prep" | "agent" | "dobj" | "xcomp" | "ccomp") {
                for &below in self.document.children(child).iter().take(12) {
                    if matches!(
                        self.relation(below),
                        "pobj" | "pcomp" | "compound" | "amod" | "dobj" | "prep"
                    ) {
                        features.add(&[relation, ">", self.relation(below), "=", &self.lemma(below)]);
                    }
                }
            }
        }
        let mut at = trigger;
        for step in ["0", "1", "2"] {
            let Some(above) = self.document.head(at) else { break };
            features.add(&["above", step, "=", &self.lemma(above)]);
            if step == "0" {
                features.add(&["above=", &self.lemma(above), ">", self.relation(at)]);
                features.add(&["is=", self.relation(at)]);
            }
            at = above;
        }
    }

    /// The lemmas of the sentence, and those near the trigger.
    fn sentence(&self, features: &mut Features) {
        let trigger = self.candidate.trigger.0;
        for id in self.words_around().map(TokenId) {
            let pos = self.document.token(id).pos.as_str();
            if matches!(pos, "PUNCT" | "SPACE" | "DET" | "PROPN" | "NUM" | "SYM" | "X") {
                continue;
            }
            let lemma = self.lemma(id);
            features.add(&["word=", &lemma]);
            if id.0.abs_diff(trigger) <= 5 {
                features.add(&["near=", &lemma]);
            }
        }
    }

    /// Vectors of the trigger, of the words that hang on it, and of the sentence's verbs and nouns.
    fn meaning(&self, vectors: &Vectors, around: &mut Around, features: &mut Vec<(u32, f32)>) {
        let trigger = self.candidate.trigger;
        let near = self.document.children(trigger).iter().copied().take(REACH as usize);
        let below = near.clone().filter(|&id| matches!(self.relation(id), "prep" | "agent" | "xcomp"));
        let below = below.flat_map(|id| self.document.children(id).iter().copied().take(12));
        let words = self.words_around();
        if around.words != words {
            let meaning = self.sum(vectors, words.clone().map(TokenId));
            *around = Around { words, meaning };
        }
        let own = self.sum(vectors, self.candidate.words().into_iter());
        let meanings = [own, self.sum(vectors, near.chain(below)), around.meaning];
        for (number, meaning) in meanings.iter().enumerate() {
            let first = (PHRASES + number * VECTOR) as u32;
            features.extend((first..).zip(meaning.iter().flatten().copied()));
        }
    }

    /// The numbers of the sentence's words that are near enough to be seen.
    fn words_around(&self) -> Range<u32> {
        let trigger = self.candidate.trigger;
        let sentence = self.document.sentence_of(trigger);
        let from = sentence.start.0.max(trigger.0.saturating_sub(REACH));
        from..sentence.end.0.min(trigger.0 + REACH)
    }

    /// The direction that the words' vectors add up to, as it weighs; `None` where no word has one.
    fn sum(&self, vectors: &Vectors, ids: impl Iterator<Item = TokenId>) -> Option<[f32; VECTOR]> {
        let mut sum = [0.0f32; VECTOR];
        for id in ids {
            let token = self.document.token(id);
            if !matches!(token.pos.as_str(), "VERB" | "NOUN" | "ADJ" | "ADV") {
                continue;
            }
            let vector = vectors(&token.lemma).or_else(|| vectors(self.document.word(id)));
            if let Some(vector) = vector.filter(|vector| vector.len() == VECTOR) {
                sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
            }
        }
        // Four sums side by side, so that none waits for the other.
        let mut squares = [0.0f32; 4];
        for four in sum.chunks_exact(4) {
            squares.iter_mut().zip(four).for_each(|(square, value)| *square += value * value);
        }
        let length = squares.iter().sum::<f32>().sqrt();
        (length > 0.0).then(|| sum.map(|value| MEANING * value / length))
    }

    fn parties(&self, features: &mut Features) {
        let Candidate { actors, recipients, rule, trigger, .. } = self.candidate;
        let (actor, recipient) = (actors.first(), recipients.first());
        let there = |party: Option<&Party>| if party.is_some() { "1" } else { "0" };
        features.add(&["parties=", there(actor), there(recipient)]);
        features.add(&["actors=", ["0", "1", "2", "3"][actors.len().min(3)]]);
        features.add(&["sectors=", sector(actor), ">", sector(recipient)]);
        features.add(&["actor/", sector(actor)]);
        features.add(&["recipient/", sector(recipient)]);
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
        features.add(&["country=", abroad]);
        let head = |party: Option<&Party>| self.document.head_of_span(party?.span);
        let (from, to) = (head(actor), head(recipient));
        for (name, end) in [("actor", from), ("recipient", to)] {
            let Some(end) = end else { continue };
            features.add(&[name, "=", &self.lemma(end)]);
            features.add(&[name, ".is=", self.relation(end)]);
            if let Some(path) = self.path(*trigger, end) {
                features.add(&[name, ".path=", &path.relations]);
                features.add(&[name, ".way=", &path.words]);
            }
        }
        if let (Some(from), Some(to)) = (from, to)
            && let Some(path) = self.path(from, to)
        {
            features.add(&["path=", &path.relations]);
            features.add(&["way=", &path.words]);
            for lemma in path.lemmas {
                features.add(&["on=", &lemma]);
            }
        }
        if let Some(rule) = rule {
            features.add(&["status=", rule.status.name()]);
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
    lemmas: Vec<SmolStr>,
}

fn sector(party: Option<&Party>) -> &'static str {
    party.map_or("none", |party| party.sector.map_or("some", |sector| sector.code()))
}

fn country(party: Option<&Party>) -> Option<&str> {
    party?.country.as_deref()
}
