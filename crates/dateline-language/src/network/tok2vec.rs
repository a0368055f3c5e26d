//! Tok2Vec: from words to vectors that know their context.

use super::embed::{Embed, EmbedScratch};
use super::encoder::{Encoder, EncoderScratch, STRETCH};
use super::kernel::InstructionSet;
use super::rows::RowCache;
use crate::OpenError;
use crate::config::Config;
use crate::lexicon::{LexemeTables, Lexicon};
use crate::tokenizer::Piece;
use crate::weights::Weights;

pub(crate) struct Tok2Vec {
    embed: Embed,
    encoder: Encoder,
}

/// What was computed of words before, and room for the next document.
pub(crate) struct Tok2VecScratch {
    embeddings: RowCache,
    products: RowCache,
    embed: EmbedScratch,
    encoder: EncoderScratch,
    keys: Vec<u32>,
    missing: Vec<u32>,
    /// Words that are encoded at a time.
    pub(crate) stretch: usize,
    /// The vectors of the last document, row after row.
    pub(crate) vectors: Vec<f32>,
}

/// Words whose embeddings are kept: with a width of 96, 6 MB.
const MAX_EMBEDDINGS: usize = 16 * 1024;

impl Tok2VecScratch {
    pub(crate) fn forget(&mut self) {
        self.embeddings.forget();
        self.products.forget();
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

    pub(crate) fn scratch(&self) -> Tok2VecScratch {
        Tok2VecScratch {
            embeddings: RowCache::new(self.width(), MAX_EMBEDDINGS),
            products: self.encoder.product_cache(),
            embed: EmbedScratch::default(),
            encoder: EncoderScratch::default(),
            keys: Vec::new(),
            missing: Vec::new(),
            stretch: STRETCH,
            vectors: Vec::new(),
        }
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
        let width = self.width();
        scratch.vectors.clear();
        scratch.vectors.resize(pieces.len() * width, 0.0);
        for (stretch, seen) in self.encoder.stretches(pieces.len(), scratch.stretch) {
            scratch.embeddings.begin(2 * lexicon.len());
            scratch.products.begin(2 * lexicon.len());
            scratch.keys.clear();
            scratch.keys.extend(pieces[seen.clone()].iter().map(|piece| self.embed.key(piece)));
            scratch.missing.clear();
            let embeddings = &mut scratch.embeddings;
            scratch.missing.extend(scratch.keys.iter().copied().filter(|&key| embeddings.reserve(key)));
            if !scratch.missing.is_empty() {
                let rows = embeddings.newest(scratch.missing.len());
                self.embed.apply(set, lexicon, tables, &scratch.missing, &mut scratch.embed, rows);
            }
            self.encoder.apply(
                set,
                stretch.clone(),
                seen,
                &scratch.keys,
                &scratch.embeddings,
                &mut scratch.products,
                &mut scratch.encoder,
                &mut scratch.vectors[stretch.start * width..stretch.end * width],
            );
        }
    }
}
