//! Senter: where sentences start, told by a small network of its own instead of the parser's tree
//! (spaCy's `SentenceRecognizer`).

use crate::OpenError;
use crate::config::Config;
use crate::lexicon::{LexemeTables, Lexicon};
use crate::network::{InstructionSet, Tok2Vec, Tok2VecScratch};
use crate::tagger::{TagId, Tagger};
use crate::tokenizer::Piece;
use crate::weights::Weights;

pub(crate) struct Senter {
    tok2vec: Tok2Vec,
    tagger: Tagger,
}

/// The label of a word that starts a sentence is the second: "I" is inside, "S" a start.
const START: TagId = 1;

impl Senter {
    pub(crate) fn read(
        config: &Config,
        name: &str,
        weights: &Weights,
        tables: &LexemeTables,
    ) -> Result<Senter, OpenError> {
        let section = format!("components.{name}.model.tok2vec");
        let tok2vec = Tok2Vec::read(name, &section, config, weights, tables)?;
        let labels = vec!["I".into(), "S".into()];
        let tagger = Tagger::read(config, name, weights, labels, tok2vec.width())?;
        Ok(Senter { tok2vec, tagger })
    }

    pub(crate) fn scratch(&self) -> Tok2VecScratch {
        self.tok2vec.scratch()
    }

    /// For each word whether a sentence starts with it.
    pub(crate) fn starts(
        &self,
        set: InstructionSet,
        lexicon: &Lexicon,
        tables: &LexemeTables,
        pieces: &[Piece],
        scratch: &mut Tok2VecScratch,
        scores: &mut Vec<f32>,
    ) -> Vec<bool> {
        self.tok2vec.apply(set, lexicon, tables, pieces, scratch);
        let mut labels = Vec::new();
        self.tagger.tag(set, &scratch.vectors, scores, &mut labels);
        labels.into_iter().map(|label| label == START).collect()
    }
}
