//! Network: the arithmetic of spaCy's small convolutional networks.
//!
//! Words are embedded by hashing their attributes, mixed with their neighbours by four residual
//! layers of width 3, and scored by linear layers. All is 32-bit, and every sum is taken in one
//! fixed order with fused multiply-add, so that each instruction set gives the same bytes.

mod embed;
mod encoder;
mod kernel;
mod norm;
mod packed;
mod rows;
mod tok2vec;
mod window;

pub mod measure;

pub(crate) use kernel::{InstructionSet, add, max_into};
pub(crate) use packed::Packed;
pub(crate) use tok2vec::{Tok2Vec, Tok2VecScratch};
