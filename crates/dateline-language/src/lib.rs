//! Opens genuine spaCy v3 pipelines as they are published, and gives spaCy's own answers: tokens,
//! tags, lemmas, parts of speech, heads, relations, sentences and names. No Python is needed.

mod pipeline;

mod lemmatizer;
mod network;
mod parser;
mod recognizer;
mod ruler;
mod tagger;
mod tokenizer;
mod transitions;

mod characters;
mod lexicon;
mod strings;
mod symbols;
mod vectors;

mod archive;
mod config;
mod error;
mod msgpack;
mod weights;

pub use error::OpenError;
pub use pipeline::Pipeline;

// Tests of the inside share a file with the integration tests, which know the crate by its name.
#[cfg(test)]
extern crate self as dateline_language;
