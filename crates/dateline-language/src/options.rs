//! Options: what of a pipeline is used.

/// What of a pipeline is used; by default, what spaCy uses.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
/// use dateline_language::{Options, Pipeline, Sentences};
///
/// # fn main() -> Result<(), dateline_language::OpenError> {
/// # let path = weights();
/// let options = Options { sentences: Sentences::Senter, ..Options::default() };
/// let document = Pipeline::open_with(path, options)?.read("It rained in Lima. Nobody minded.");
/// let sentences: Vec<&str> = document.sentences.iter().map(|it| &document.text[it.span]).collect();
/// assert_eq!(sentences, ["It rained in Lima.", "Nobody minded."]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub sentences: Sentences,
}

/// Who tells where sentences start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sentences {
    /// The parser: a sentence is what hangs on a root.
    #[default]
    Parser,
    /// The `senter`, in the place of the parser, as with spaCy's `nlp.enable_pipe("senter")` and
    /// `nlp.disable_pipe("parser")`: faster, and there are no heads and no relations (each token is its
    /// own head). Rules that ask for relations find none, so some parts of speech may differ.
    Senter,
}
