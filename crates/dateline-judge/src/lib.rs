//! Judges what an event candidate tells: a word with the parties around it, and what the codebook's rules say.
//!
//! Three voices are heard: the rules' own answer, a linear table over words, paths and word vectors, and, where
//! the reader is careful, a sentence encoder. [`Votes`] weighs them, and says how sure to be. All have learnt
//! from the codebook's examples and nothing else (`cargo xtask train`); the weights are in `weights/`.
//!
//! ```
//! use dateline_judge::{LABELS, label_of};
//!
//! assert_eq!(LABELS[label_of("AID").unwrap()], "AID");
//! // A type of a user's own is not second-guessed.
//! assert_eq!(label_of("BLOCKADE"), None);
//! ```

mod judge;

mod candidate;
mod labels;
mod votes;

mod features;
mod linear;

mod encoder;
mod safetensors;
mod window;
mod wordpiece;

pub use candidate::{Candidate, RuleVote};
pub use encoder::{Encoder, EncoderError, Logits};
pub use features::{SLOTS, Vectors, features};
pub use judge::{Judge, Verdict, rule_confidence};
pub use labels::{LABELS, label_of};
pub use linear::Linear;
pub use votes::{Said, Voices, Votes, WEIGHTS, voices};
pub use window::{LONGEST_WINDOW, Window};
pub use wordpiece::{Piece, WordPiece};

#[cfg(test)]
mod committed;
