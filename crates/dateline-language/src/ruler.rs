//! Ruler: parts of speech and morphology from tags, words and relations (spaCy's AttributeRuler).
//!
//! Patterns are matched on the document as tagger and parser left it, and all their effects are
//! applied afterwards in the order of the rules: for each attribute the last rule wins. What a
//! token's own tag, word and relation come to is worked out once and kept.

mod pattern;

use hashbrown::HashMap;
use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::msgpack::Value;
pub(crate) use pattern::View;
use pattern::{Spec, read_spec};

/// What a rule can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Tag,
    Pos,
    Morph,
    Lemma,
    Relation,
}

/// A value that a rule sets, by its number in [`Ruler::values`]; 0 is the empty string.
pub(crate) type ValueId = u16;

/// What the rules say of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Effects {
    /// By target: the number of the rule that decided, plus one, and the value.
    decided: [(u32, ValueId); 5],
}

impl Effects {
    fn set(&mut self, rule: u32, target: Target, value: ValueId) {
        let decided = &mut self.decided[target as usize];
        if rule + 1 >= decided.0 {
            *decided = (rule + 1, value);
        }
    }

    fn get(&self, target: Target) -> Option<ValueId> {
        let (rule, value) = self.decided[target as usize];
        (rule > 0).then_some(value)
    }

    pub(crate) fn tag(&self) -> Option<ValueId> {
        self.get(Target::Tag)
    }

    pub(crate) fn pos(&self) -> Option<ValueId> {
        self.get(Target::Pos)
    }

    pub(crate) fn morph(&self) -> Option<ValueId> {
        self.get(Target::Morph)
    }

    pub(crate) fn lemma(&self) -> Option<ValueId> {
        self.get(Target::Lemma)
    }

    pub(crate) fn relation(&self) -> Option<ValueId> {
        self.get(Target::Relation)
    }
}

pub(crate) struct Ruler {
    rules: Vec<Vec<(Target, ValueId)>>,
    /// Patterns of one token: the rule and what it asks.
    singles: Vec<(u32, Spec)>,
    /// Patterns of several.
    sequences: Vec<Sequence>,
    /// What the tokens of the sequences are asked, each once.
    specs: Vec<Spec>,
    /// Bits of the specs that a sequence starts with.
    starts: u128,
    pub(crate) values: Vec<SmolStr>,
}

struct Sequence {
    rule: u32,
    /// Numbers of specs.
    specs: Vec<u8>,
    /// Which token of the sequence the rule changes.
    at: usize,
}

/// What a ruling depends on: word, tag, label of the morphologizer, relation.
pub(crate) type RulingKey = (u32, [u16; 3]);

/// What was worked out for a word with a tag and a relation.
#[derive(Default)]
pub(crate) struct RulerMemo {
    known: HashMap<RulingKey, u32>,
    outcomes: Vec<(Effects, u128)>,
}

impl RulerMemo {
    pub(crate) fn len(&self) -> usize {
        self.outcomes.len()
    }

    pub(crate) fn forget(&mut self) {
        *self = RulerMemo::default();
    }
}

impl Ruler {
    /// A ruler without rules.
    pub(crate) fn none() -> Ruler {
        Ruler {
            rules: Vec::new(),
            singles: Vec::new(),
            sequences: Vec::new(),
            specs: Vec::new(),
            starts: 0,
            values: vec![SmolStr::default()],
        }
    }

    pub(crate) fn open(archive: &Archive, name: &str) -> Result<Ruler, OpenError> {
        let file = format!("{name}/patterns");
        let bytes = archive.read(name, &file)?;
        let damaged = |what: String| OpenError::damaged(name, &file, what);
        let patterns = Value::read(&bytes).map_err(|fault| damaged(fault.to_string()))?;
        let mut ruler = Ruler::none();
        for (rule, pattern) in patterns.list().unwrap_or_default().iter().enumerate() {
            ruler.read_rule(rule as u32, pattern).map_err(|fault| match fault {
                Fault::Damaged(what) => damaged(format!("rule {rule}: {what}")),
                Fault::Unsupported(what) => {
                    OpenError::unsupported(name, &file, format!("rule {rule}: {what}"))
                }
            })?;
        }
        Ok(ruler)
    }

    fn read_rule(&mut self, rule: u32, value: &Value<'_>) -> Result<(), Fault> {
        let malformed = || Fault::Damaged("it is malformed".to_owned());
        let too_many = || Fault::Unsupported("too many values".to_owned());
        let mut effects = Vec::new();
        for (key, value) in value.get("attrs").and_then(Value::map).ok_or_else(malformed)? {
            let target = match key.text().ok_or_else(malformed)? {
                "TAG" => Target::Tag,
                "POS" => Target::Pos,
                "MORPH" => Target::Morph,
                "LEMMA" => Target::Lemma,
                "DEP" => Target::Relation,
                other => return Err(Fault::Unsupported(format!("it sets {other}"))),
            };
            let value = value.text().ok_or_else(malformed)?;
            let value = if target == Target::Morph && value == "_" { "" } else { value };
            effects.push((target, self.value(value).ok_or_else(too_many)?));
        }
        self.rules.push(effects);
        let at = match value.get("index") {
            None | Some(Value::Uint(0)) => 0,
            Some(Value::Uint(at)) => *at as i64,
            Some(Value::Int(at)) => *at,
            Some(_) => return Err(malformed()),
        };
        for pattern in value.get("patterns").and_then(Value::list).ok_or_else(malformed)? {
            let specs = pattern.list().filter(|specs| !specs.is_empty()).ok_or_else(malformed)?;
            let at = if at < 0 { at + specs.len() as i64 } else { at };
            let at = usize::try_from(at).ok().filter(|&at| at < specs.len()).ok_or_else(malformed)?;
            let specs: Vec<Spec> = specs.iter().map(read_spec).collect::<Result<_, _>>()?;
            match <[Spec; 1]>::try_from(specs) {
                Ok([spec]) => self.singles.push((rule, spec)),
                Err(specs) => {
                    let specs: Vec<u8> =
                        specs.into_iter().map(|spec| self.spec(spec)).collect::<Result<_, _>>()?;
                    self.starts |= 1 << specs[0];
                    self.sequences.push(Sequence { rule, specs, at });
                }
            }
        }
        Ok(())
    }

    /// The number of a value, which is made where it is new; `None` where there are too many.
    pub(crate) fn value(&mut self, text: &str) -> Option<ValueId> {
        let at = self.values.iter().position(|value| value == text).unwrap_or_else(|| {
            self.values.push(text.into());
            self.values.len() - 1
        });
        ValueId::try_from(at).ok()
    }

    fn spec(&mut self, spec: Spec) -> Result<u8, Fault> {
        let at = self.specs.iter().position(|known| *known == spec).unwrap_or_else(|| {
            self.specs.push(spec);
            self.specs.len() - 1
        });
        if at >= 128 {
            return Err(Fault::Unsupported("more than 128 kinds of tokens in sequences".to_owned()));
        }
        Ok(at as u8)
    }

    /// What the rules say of each token. `key` and `view` tell of the token at an index; tokens
    /// with the same key look the same.
    pub(crate) fn apply<'a>(
        &self,
        count: usize,
        key: impl Fn(usize) -> RulingKey,
        view: impl Fn(usize) -> View<'a>,
        memo: &mut RulerMemo,
        effects: &mut Vec<Effects>,
    ) {
        effects.clear();
        let mut outcomes = Vec::with_capacity(count);
        for index in 0..count {
            let outcome = *memo.known.entry(key(index)).or_insert_with(|| {
                memo.outcomes.push(self.outcome(&view(index)));
                memo.outcomes.len() as u32 - 1
            });
            outcomes.push(outcome);
            effects.push(memo.outcomes[outcome as usize].0);
        }
        let matched = |index: usize| memo.outcomes[outcomes[index] as usize].1;
        for index in 0..count {
            if matched(index) & self.starts == 0 {
                continue;
            }
            for sequence in &self.sequences {
                let fits = index + sequence.specs.len() <= count
                    && sequence.specs.iter().zip(index..).all(|(&spec, at)| matched(at) >> spec & 1 == 1);
                if fits {
                    for &(target, value) in &self.rules[sequence.rule as usize] {
                        effects[index + sequence.at].set(sequence.rule, target, value);
                    }
                }
            }
        }
    }

    /// The effects of the patterns of one token, and which specs of the sequences it fits.
    fn outcome(&self, view: &View<'_>) -> (Effects, u128) {
        let mut effects = Effects::default();
        for (rule, spec) in &self.singles {
            if spec.fits(view) {
                for &(target, value) in &self.rules[*rule as usize] {
                    effects.set(*rule, target, value);
                }
            }
        }
        let fits = self.specs.iter().enumerate().filter(|(_, spec)| spec.fits(view));
        (effects, fits.fold(0, |bits, (at, _)| bits | 1 << at))
    }
}

/// Why a rule cannot be read.
pub(super) enum Fault {
    Damaged(String),
    Unsupported(String),
}
