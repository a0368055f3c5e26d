//! Recognizer: names, dates and numbers, by moves that begin, continue and end a span (BILUO).

use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::config::Config;
use crate::network::InstructionSet;
use crate::transitions::{Scorer, ScorerScratch, read_moves};
use crate::weights::Weights;

/// A label, by its number in [`Recognizer::labels`].
pub(crate) type LabelId = u16;

/// Tokens `start..end` and what they were taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) label: LabelId,
}

pub(crate) struct Recognizer {
    scorer: Scorer,
    /// By output of the network.
    moves: Vec<(Kind, LabelId)>,
    pub(crate) labels: Vec<SmolStr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Missing,
    Begin,
    In,
    Last,
    Unit,
    Out,
}

const KINDS: [Kind; 6] = [Kind::Missing, Kind::Begin, Kind::In, Kind::Last, Kind::Unit, Kind::Out];

/// Tokens of a state that are scored: the next, the first of the open span, the last of it.
const FEATURES: usize = 3;

impl Recognizer {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        weights: &Weights,
    ) -> Result<Recognizer, OpenError> {
        let mut moves = read_moves(archive, name, KINDS.len() as u8)?;
        moves.retain(|a_move| match KINDS[usize::from(a_move.kind)] {
            Kind::Missing => false,
            Kind::Out => a_move.label.is_empty(),
            _ => true,
        });
        let scorer = Scorer::read(name, config, weights, FEATURES, moves.len())?;
        // Label 0 is none.
        let mut labels = vec![SmolStr::default()];
        let moves = moves
            .into_iter()
            .map(|a_move| {
                let label = labels.iter().position(|label| *label == a_move.label).unwrap_or_else(|| {
                    labels.push(a_move.label);
                    labels.len() - 1
                });
                (KINDS[usize::from(a_move.kind)], label as LabelId)
            })
            .collect();
        Ok(Recognizer { scorer, moves, labels })
    }

    pub(crate) fn width(&self) -> usize {
        self.scorer.width()
    }

    /// Finds the spans of a document. They do not cross into a sentence that starts at a token of
    /// `starts`, nor begin with white space.
    pub(crate) fn find(
        &self,
        set: InstructionSet,
        vectors: &[f32],
        is_space: &[bool],
        starts: &[bool],
        scratch: &mut ScorerScratch,
    ) -> Vec<Found> {
        let count = is_space.len();
        self.scorer.start(count, scratch);
        let mut found = Vec::new();
        let mut open: Option<(u32, LabelId)> = None;
        for next in 0..count {
            let word = next as u32;
            let last = open.map(|_| word - 1);
            self.scorer.score(set, vectors, &[Some(word), open.map(|(start, _)| start), last], scratch);
            let goes_on = next + 1 < count && !starts[next + 1];
            let is_valid = |kind: Kind, label: LabelId| match kind {
                Kind::Missing => false,
                Kind::Begin => open.is_none() && label != 0 && goes_on && !is_space[next],
                Kind::In => goes_on && label != 0 && open.is_some_and(|(_, of)| of == label),
                Kind::Last => label != 0 && open.is_some_and(|(_, of)| of == label),
                Kind::Unit => open.is_none() && label != 0 && !is_space[next],
                Kind::Out => open.is_none(),
            };
            let mut best: Option<usize> = None;
            for (at, &(kind, label)) in self.moves.iter().enumerate() {
                let is_better = best.is_none_or(|best| scratch.scores[at] > scratch.scores[best]);
                if is_better && is_valid(kind, label) {
                    best = Some(at);
                }
            }
            let Some(best) = best else { break };
            let (kind, label) = self.moves[best];
            match kind {
                Kind::Begin => open = Some((word, label)),
                Kind::Last => {
                    if let Some((start, label)) = open.take() {
                        found.push(Found { start, end: word + 1, label });
                    }
                }
                Kind::Unit => found.push(Found { start: word, end: word + 1, label }),
                Kind::Missing | Kind::In | Kind::Out => {}
            }
        }
        found
    }
}
