//! Candidate: a word that may tell an event, and the parties that stand around it.

use dateline_document::{Party, Status, TokenId};
use smol_str::SmolStr;

/// What is judged: one trigger with its parties.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The word that the parties hang on.
    pub trigger: TokenId,
    /// The trigger's other words: "out" of "carried out".
    pub others: Vec<TokenId>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// What the codebook's rules say; `None` where they say nothing.
    pub rule: Option<RuleVote>,
}

/// A rule's answer, and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleVote {
    pub event_type: SmolStr,
    pub status: Status,
    /// Words of the trigger besides its head.
    pub words: u8,
    /// Conditions that had to hold.
    pub conditions: u8,
}

impl Candidate {
    /// The head and the other words, in text order.
    pub fn words(&self) -> Vec<TokenId> {
        let mut words: Vec<TokenId> = self.others.iter().copied().chain([self.trigger]).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}
