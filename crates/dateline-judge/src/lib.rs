//! Judges what an event candidate tells.

mod candidate;
mod judge;
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
