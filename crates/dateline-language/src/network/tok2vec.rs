//! Tok2Vec: from words to vectors that know their context.

use super::embed::{Embed, EmbedCache};
use super::encoder::{Encoder, EncoderScratch};
use super::kernel::InstructionSet;
use crate::OpenError;
use crate::config::Config;
use crate::lexicon::{LexemeTables, Lexicon};
use crate::tokenizer::Piece;
use crate::weights::Weights;

pub(crate) struct Tok2Vec {
    embed: Embed,
    encoder: Encoder,
}

#[derive(Default)]
pub(crate) struct Tok2VecScratch {
    cache: EmbedCache,
    encoder: EncoderScratch,
    /// The vectors of the last document, row after row.
    pub(crate) vectors: Vec<f32>,
}

impl Tok2VecScratch {
    pub(crate) fn forget(&mut self) {
        self.cache.forget();
    }
}

impl Tok2Vec {
    /// Reads the network that `section` of the config describes from a model file.
    pub(crate) fn read(
        component: &str,
        section: &str,
        config: &Config,
        weights: &Weights,
        tables: &LexemeTables,
    ) -> Result<Tok2Vec, OpenError> {
        let kinds =
            ["spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2", "spacy.HashEmbedCNN.v1", "spacy.HashEmbedCNN.v2"];
        let kind = config.expect_architecture(component, section, &kinds)?;
        if kind.starts_with("spacy.Tok2Vec") {
            let embed = ["spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2"];
            config.expect_architecture(component, &format!("{section}.embed"), &embed)?;
            let encode = ["spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2"];
            config.expect_architecture(component, &format!("{section}.encode"), &encode)?;
        }
        let embed = Embed::read(weights, tables)?;
        let encoder = Encoder::read(weights, embed.width())?;
        Ok(Tok2Vec { embed, encoder })
    }

    pub(crate) fn width(&self) -> usize {
        self.embed.width()
    }

    /// Computes the vectors of a document's words into `scratch.vectors`.
    pub(crate) fn apply(
        &self,
        set: InstructionSet,
        lexicon: &Lexicon,
        tables: &LexemeTables,
        pieces: &[Piece],
        scratch: &mut Tok2VecScratch,
    ) {
        let size = pieces.len() * self.width();
        scratch.vectors.clear();
        scratch.vectors.resize(size, 0.0);
        let cache = &mut scratch.cache;
        self.encoder.apply(set, pieces.len(), &mut scratch.encoder, &mut scratch.vectors, |range, rows| {
            self.embed.apply(set, lexicon, tables, &pieces[range], cache, rows);
        });
    }
}
