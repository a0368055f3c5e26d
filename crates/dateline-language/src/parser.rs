//! Parser: who hangs on whom, and where sentences start.
//!
//! A greedy arc-eager parser (Nivre 2004) with a move that starts a sentence, non-monotonic as in
//! Honnibal & Johnson 2015; arcs that cross are restored from labels that name the true head
//! (pseudo-projective parsing, Nivre & Nilsson 2005).

mod arc_eager;
mod crossing;
mod tree;

use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::config::Config;
use crate::network::InstructionSet;
use crate::transitions::{Move, Scorer, ScorerScratch, read_moves};
use crate::weights::Weights;
use arc_eager::{Kind, State};
pub(crate) use tree::Tree;

/// A relation, by its number in [`Parser::relations`].
pub(crate) type RelationId = u16;

pub(crate) struct Parser {
    scorer: Scorer,
    /// By output of the network.
    moves: Vec<(Kind, RelationId)>,
    /// Names; decorated ones ("pobj||prep") and their plain parts are among them.
    pub(crate) relations: Vec<SmolStr>,
    root: RelationId,
    /// By relation: what a decorated one stands for, and the relation of the head to look for.
    decorated: Vec<Option<(RelationId, RelationId)>>,
}

/// The kinds of moves: shift, reduce, left arc, right arc, break.
const KINDS: u8 = 5;

/// Tokens of a state that are scored: B0 B1 S0 S1 S2, leftmost of B0 and S0, rightmost of S0.
const FEATURES: usize = 8;

impl Parser {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        weights: &Weights,
    ) -> Result<Parser, OpenError> {
        let moves = read_moves(archive, name, KINDS)?;
        let scorer = Scorer::read(name, config, weights, FEATURES, moves.len())?;
        let mut relations = Relations::default();
        let root = relations.number("ROOT");
        let moves: Vec<_> = moves
            .iter()
            .map(|Move { kind, label }| (Kind::ALL[usize::from(*kind)], relations.number(label)))
            .collect();
        if moves.iter().any(|&(_, relation)| relations.0[usize::from(relation)] == "subtok") {
            let file = format!("{name}/moves");
            return Err(OpenError::unsupported(name, &file, "a parser that joins tokens (learn_tokens)"));
        }
        let mut decorated = Vec::new();
        let mut next = 0;
        while next < relations.0.len() {
            let relation = relations.0[next].clone();
            decorated.push(
                relation
                    .split_once("||")
                    .map(|(plain, head)| (relations.number(plain), relations.number(head))),
            );
            next += 1;
        }
        Ok(Parser { scorer, moves, relations: relations.0, root, decorated })
    }

    pub(crate) fn width(&self) -> usize {
        self.scorer.width()
    }

    /// Parses the document whose tokens have `vectors`; `is_space` tells white space.
    pub(crate) fn parse(
        &self,
        set: InstructionSet,
        vectors: &[f32],
        is_space: &[bool],
        scratch: &mut ScorerScratch,
    ) -> Tree {
        let count = is_space.len();
        self.scorer.start(count, scratch);
        let mut state = State::new(count);
        while !state.is_final() {
            self.scorer.score(set, vectors, &state.features(), scratch);
            let valid = state.valid_moves();
            let mut best: Option<usize> = None;
            for (at, (kind, _)) in self.moves.iter().enumerate() {
                if valid[*kind as usize] && best.is_none_or(|best| scratch.scores[at] > scratch.scores[best])
                {
                    best = Some(at);
                }
            }
            // Some move is always valid; were none, spaCy ends the parse here.
            let Some(best) = best else { break };
            let (kind, relation) = self.moves[best];
            state.apply(kind, relation);
        }
        let (heads, relations) = state.into_arcs(self.root);
        let mut tree = Tree::new(heads, relations);
        crossing::restore(&mut tree, &self.decorated, is_space);
        tree
    }
}

#[derive(Default)]
struct Relations(Vec<SmolStr>);

impl Relations {
    fn number(&mut self, name: &str) -> RelationId {
        let at = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.into());
            self.0.len() - 1
        });
        at as RelationId
    }
}
