//! Considered: why a story was coded as it was, for those who ask.

use crate::Span;

/// A word that rules of the codebook listened for, and what came of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered {
    /// The trigger, as an event would have it.
    pub trigger: Span,
    pub sentence: Span,
    pub tried: Vec<Tried>,
}

/// A rule that listened.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Page and name: "accuse.md#criticize".
    pub rule: String,
    pub fate: Fate,
}

/// What came of a rule at a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It tells an event: where each of the parties was found, as a place of the rule and a path through the
    /// parse: "actor: subject, arrested ↓nsubj police".
    Told { paths: Vec<String> },
    /// This rule says more of the same word.
    Outweighed { by: String },
    /// A condition does not hold: "unless object: deal".
    Unmet { condition: String },
    /// No party stands where it looks for the one concerned.
    NobodyConcerned,
    /// What acts is a thing, where people must.
    DoneByAThing,
    /// Another word of the sentence tells the same.
    ToldBesides,
    /// The learned reader sees no event, or this one: "aid.md#judge:linear".
    Judged { instead: Option<String> },
}
