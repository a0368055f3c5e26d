//! Transitions: the network that scores a parser's or recogniser's next move, and its moves.
//!
//! What a token contributes to the score depends on its place in the state only through one of a
//! few matrices, so each token's contributions are computed once and a state's are summed up
//! (TransitionBasedParser, after Chen & Manning 2014 and Kiperwasser & Goldberg 2016).

use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::config::Config;
use crate::msgpack::Value;
use crate::network::{self, InstructionSet, Packed};
use crate::weights::Weights;

/// A kind of move and its label, "" where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// spaCy's number of the kind: 0 is shift for a parser.
    pub(crate) kind: u8,
    pub(crate) label: SmolStr,
}

/// Kinds and labels that a pipeline may have; real ones have about a hundred.
const MAX_MOVES: usize = 10_000;

/// Reads the file `moves`, in the order of the network's outputs.
pub(crate) fn read_moves(archive: &Archive, name: &str, kinds: u8) -> Result<Vec<Move>, OpenError> {
    let file = format!("{name}/moves");
    let damaged = |what: &str| OpenError::damaged(name, &file, what);
    let bytes = archive.read(name, &file)?;
    let outer = Value::read(&bytes).map_err(|fault| damaged(&fault.to_string()))?;
    let text = outer.get("moves").and_then(Value::text).ok_or_else(|| damaged("it holds no moves"))?;
    let json: serde_json::Value = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let by_kind = json.as_object().ok_or_else(|| damaged("the moves are not a map"))?;
    let mut moves = Vec::new();
    let mut added_later: Vec<(i64, String, u8)> = Vec::new();
    for kind in 0..kinds {
        let Some(labels) = by_kind.get(&kind.to_string()) else { continue };
        let labels = labels.as_object().ok_or_else(|| damaged("the labels are not a map"))?;
        let mut labels: Vec<(i64, &String)> = labels
            .iter()
            .map(|(label, frequency)| Some((frequency.as_i64()?, label)))
            .collect::<Option<_>>()
            .ok_or_else(|| damaged("a label's frequency is not a number"))?;
        labels.sort_by(|a, b| b.cmp(a));
        for (frequency, label) in labels {
            // Labels added after the first training have negative frequencies and come last.
            if frequency < 0 {
                added_later.push((frequency, label.clone(), kind));
            } else {
                moves.push(Move { kind, label: label.into() });
            }
        }
    }
    added_later.sort_by(|a, b| (b.0, &b.1).cmp(&(a.0, &a.1)).then(a.2.cmp(&b.2)));
    for (_, label, kind) in added_later {
        moves.push(Move { kind, label: label.into() });
    }
    if moves.is_empty() || moves.len() > MAX_MOVES {
        return Err(damaged("it holds no moves, or too many"));
    }
    Ok(moves)
}

/// The scoring network.
pub(crate) struct Scorer {
    /// From a token's vector to the hidden width.
    narrow: Packed,
    /// From there to the contributions: for each feature, for each piece, the hidden units.
    contribute: Packed,
    /// The contributions of a feature without a token.
    absent: Vec<f32>,
    bias: Vec<f32>,
    /// From the hidden units to the moves.
    upper: Packed,
    features: usize,
    hidden: usize,
    pieces: usize,
}

/// Contributions computed so far, in blocks of tokens; of a long document only the latest are kept.
#[derive(Default)]
pub(crate) struct ScorerScratch {
    narrowed: Vec<f32>,
    blocks: Vec<Vec<f32>>,
    /// By block of the document: where its contributions are, plus one.
    slots: Vec<u32>,
    /// By slot: the block that it holds.
    held: Vec<u32>,
    next_slot: usize,
    sums: Vec<f32>,
    pub(crate) scores: Vec<f32>,
}

/// Tokens whose contributions are computed together.
const BLOCK: usize = 128;

/// Blocks that are kept: with the English parser, 17 MB.
const MAX_BLOCKS: usize = 32;

impl Scorer {
    /// Reads the network of the component `name` that takes `features` tokens of a state.
    pub(crate) fn read(
        name: &str,
        config: &Config,
        weights: &Weights,
        features: usize,
        moves: usize,
    ) -> Result<Scorer, OpenError> {
        let section = format!("components.{name}.model");
        config.expect_architecture(name, &section, &["spacy.TransitionBasedParser.v2"])?;
        let model = weights.nth("parser_model", 0)?;
        if !weights.flag(model, "has_upper")? {
            return Err(weights.unsupported("a parser without an upper layer".to_owned()));
        }
        let layer = weights.nth("precomputable_affine", 0)?;
        let lower = weights.param(layer, "W", &[features, 0, 0, 0])?;
        let &[_, hidden, pieces, inner] = lower.shape.as_slice() else {
            return Err(weights.damaged("the lower layer has not four dimensions".to_owned()));
        };
        let lower_bias = weights.param(layer, "b", &[hidden, pieces])?;
        let pad = weights.param(layer, "pad", &[1, features, hidden, pieces])?;
        let layer = weights.nth("linear", 1)?;
        let matrix = weights.param(layer, "W", &[inner, 0])?;
        let width = matrix.shape[1];
        let narrow = Packed::linear(&matrix.data, &weights.param(layer, "b", &[inner])?.data, width, inner);
        let layer = weights.nth("linear", 0)?;
        let matrix = weights.param(layer, "W", &[moves, hidden])?;
        let bias = weights.param(layer, "b", &[moves])?;
        let upper = Packed::linear_for_one(&matrix.data, &bias.data, hidden, moves);

        // Pieces before units, so that the maximum is taken over whole vectors.
        let by_piece = |numbers: &[f32], each: usize| -> Vec<f32> {
            let mut moved = Vec::with_capacity(numbers.len());
            for group in numbers.chunks_exact(hidden * pieces * each) {
                for piece in 0..pieces {
                    for unit in 0..hidden {
                        moved.extend_from_slice(&group[(unit * pieces + piece) * each..][..each]);
                    }
                }
            }
            moved
        };
        let lower = by_piece(&lower.data, inner);
        let contribute = Packed::linear(&lower, &[], inner, features * hidden * pieces);
        Ok(Scorer {
            narrow,
            contribute,
            absent: by_piece(&pad.data, 1),
            bias: by_piece(&lower_bias.data, 1),
            upper,
            features,
            hidden,
            pieces,
        })
    }

    /// The width of the vectors that it reads.
    pub(crate) fn width(&self) -> usize {
        self.narrow.inputs()
    }

    /// Gets ready for another document.
    pub(crate) fn start(&self, tokens: usize, scratch: &mut ScorerScratch) {
        scratch.slots.clear();
        scratch.slots.resize(tokens.div_ceil(BLOCK), 0);
        scratch.held.clear();
        scratch.next_slot = 0;
    }

    /// Scores the moves from the state whose features are `tokens`; the scores are the first
    /// numbers of `scratch.scores`. `vectors` are those of the document, row after row.
    pub(crate) fn score(
        &self,
        set: InstructionSet,
        vectors: &[f32],
        tokens: &[Option<u32>],
        scratch: &mut ScorerScratch,
    ) {
        let units = self.hidden * self.pieces;
        scratch.sums.clear();
        scratch.sums.resize(units, 0.0);
        debug_assert_eq!(tokens.len(), self.features);
        for (feature, token) in tokens.iter().enumerate() {
            let terms = match token {
                None => &self.absent[feature * units..][..units],
                Some(token) => {
                    let block = *token as usize / BLOCK;
                    if scratch.slots[block] == 0 {
                        self.fill(set, vectors, block, scratch);
                    }
                    let slot = scratch.slots[block] as usize - 1;
                    let row = *token as usize % BLOCK * self.contribute.out_stride();
                    &scratch.blocks[slot][row + feature * units..][..units]
                }
            };
            network::add(set, &mut scratch.sums, terms);
        }
        network::add(set, &mut scratch.sums, &self.bias);
        let (largest, others) = scratch.sums.split_at_mut(self.hidden);
        for other in others.chunks_exact(self.hidden) {
            network::max_into(set, largest, other);
        }
        scratch.scores.resize(self.upper.out_stride(), 0.0);
        self.upper.apply(set, largest, self.hidden, 1, &mut scratch.scores);
    }

    /// Computes the contributions of one block of tokens, in the place of the oldest if need be.
    fn fill(&self, set: InstructionSet, vectors: &[f32], block: usize, scratch: &mut ScorerScratch) {
        let slot = scratch.next_slot;
        scratch.next_slot = (slot + 1) % MAX_BLOCKS;
        if slot < scratch.held.len() {
            scratch.slots[scratch.held[slot] as usize] = 0;
            scratch.held[slot] = block as u32;
        } else {
            scratch.held.push(block as u32);
        }
        if scratch.blocks.len() <= slot {
            scratch.blocks.push(Vec::new());
        }
        scratch.slots[block] = slot as u32 + 1;

        let width = self.width();
        let vectors = &vectors[block * BLOCK * width..];
        let rows = (vectors.len() / width).min(BLOCK);
        let stride = self.narrow.out_stride();
        scratch.narrowed.resize((rows * stride).max(scratch.narrowed.len()), 0.0);
        self.narrow.apply(set, vectors, width, rows, &mut scratch.narrowed);
        let out = &mut scratch.blocks[slot];
        out.resize((rows * self.contribute.out_stride()).max(out.len()), 0.0);
        self.contribute.apply(set, &scratch.narrowed, stride, rows, out);
    }
}
