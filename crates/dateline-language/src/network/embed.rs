//! Embed: a word's vector from the hashes of its attributes (thinc's HashEmbed, spaCy's
//! MultiHashEmbed), with the static vector beside them where the pipeline has one.
//!
//! An attribute's id is hashed to four rows of a table, which are added up. The embedding depends on
//! the word alone (and on whether a space follows), so each is computed once and kept.

use super::kernel::{self, InstructionSet};
use super::norm::LayerNorm;
use super::packed::Packed;
use crate::OpenError;
use crate::lexicon::{Lexeme, LexemeTables, Lexicon};
use crate::tokenizer::Piece;
use crate::weights::Weights;

pub(crate) struct Embed {
    tables: Vec<HashTable>,
    uses_space_after: bool,
    /// Projects the static vector; no bias.
    vectors: Option<Packed>,
    mix: Packed,
    norm: LayerNorm,
}

struct HashTable {
    attribute: Attribute,
    seed: u32,
    rows: usize,
    numbers: Vec<f32>,
}

/// What is hashed of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    SpaceAfter,
    IsSpace,
}

impl Attribute {
    fn from_name(name: &str) -> Option<Attribute> {
        Some(match name {
            "ORTH" | "TEXT" => Attribute::Orth,
            "LOWER" => Attribute::Lower,
            "NORM" => Attribute::Norm,
            "PREFIX" => Attribute::Prefix,
            "SUFFIX" => Attribute::Suffix,
            "SHAPE" => Attribute::Shape,
            "SPACY" => Attribute::SpaceAfter,
            "IS_SPACE" => Attribute::IsSpace,
            _ => return None,
        })
    }

    fn of(self, lexeme: &Lexeme, space_after: bool) -> u64 {
        match self {
            Attribute::Orth => lexeme.orth,
            Attribute::Lower => crate::strings::string_id(&lexeme.lower),
            Attribute::Norm => lexeme.norm,
            Attribute::Prefix => lexeme.prefix,
            Attribute::Suffix => lexeme.suffix,
            Attribute::Shape => lexeme.shape,
            Attribute::SpaceAfter => u64::from(space_after),
            Attribute::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

/// Room for the embeddings of the words that are not known yet.
#[derive(Default)]
pub(super) struct EmbedScratch {
    input: Vec<f32>,
    vectors: Vec<f32>,
    projected: Vec<f32>,
}

impl Embed {
    /// Reads the embedding layers: `hashembed` for each column, the first `maxout` and `layernorm`.
    pub(crate) fn read(weights: &Weights, tables: &LexemeTables) -> Result<Embed, OpenError> {
        let columns = weights.texts(weights.nth("extract_features", 0)?, "columns")?;
        let mut hash_tables = Vec::new();
        let mut width = 0;
        for (column, name) in columns.iter().enumerate() {
            let attribute = Attribute::from_name(name)
                .ok_or_else(|| weights.unsupported(format!("words are embedded by {name:?}")))?;
            let layer = weights.nth("hashembed", column)?;
            let table = weights.param(layer, "E", &[0, width])?;
            width = table.shape[1];
            hash_tables.push(HashTable {
                attribute,
                seed: weights.uint(layer, "seed")? as u32,
                rows: table.shape[0],
                numbers: table.data.clone(),
            });
        }
        if hash_tables.is_empty() {
            return Err(weights.damaged("no attribute is embedded".to_owned()));
        }
        let mut vectors = None;
        if let Some(layer) = weights.all("static_vectors").next() {
            let vector_width = tables.vectors.as_ref().map(|vectors| vectors.width()).ok_or_else(|| {
                weights.damaged("static vectors are wanted, but the pipeline has none".to_owned())
            })?;
            let matrix = weights.param(layer, "W", &[width, vector_width])?;
            vectors = Some(Packed::linear(&matrix.data, &[], vector_width, width));
        }
        let inputs = width * (columns.len() + usize::from(vectors.is_some()));
        let layer = weights.nth("maxout", 0)?;
        let matrix = weights.param(layer, "W", &[0, 0, inputs])?;
        let (outputs, pieces) = (matrix.shape[0], matrix.shape[1]);
        let mix = Packed::maxout(matrix, weights.param(layer, "b", &[outputs, pieces])?)
            .ok_or_else(|| weights.unsupported(format!("a maxout of {pieces} pieces")))?;
        if mix.out_stride() != outputs {
            return Err(weights.unsupported(format!("a width of {outputs}, which 16 does not divide")));
        }
        let norm = LayerNorm::read(weights, 0, outputs)?;
        let uses_space_after = hash_tables.iter().any(|table| table.attribute == Attribute::SpaceAfter);
        Ok(Embed { tables: hash_tables, uses_space_after, vectors, mix, norm })
    }

    pub(crate) fn width(&self) -> usize {
        self.mix.outputs()
    }

    /// What the embedding depends on, as one number.
    pub(super) fn key(&self, piece: &Piece) -> u32 {
        2 * piece.lexeme + u32::from(piece.space_after && self.uses_space_after)
    }

    /// Writes the embeddings of `keys` into `rows`, row after row.
    pub(super) fn apply(
        &self,
        set: InstructionSet,
        lexicon: &Lexicon,
        tables: &LexemeTables,
        keys: &[u32],
        scratch: &mut EmbedScratch,
        rows: &mut [f32],
    ) {
        let count = keys.len();
        let inputs = self.mix.inputs();
        scratch.input.clear();
        scratch.input.resize(count * inputs, 0.0);
        for (&key, input) in keys.iter().zip(scratch.input.chunks_exact_mut(inputs)) {
            let lexeme = lexicon.get(key / 2);
            for (table, input) in self.tables.iter().zip(input.chunks_exact_mut(self.table_width())) {
                table.add_rows(set, table.attribute.of(lexeme, key % 2 == 1), input);
            }
        }
        if let (Some(layer), Some(vectors)) = (&self.vectors, &tables.vectors) {
            let vector_width = vectors.width();
            scratch.vectors.clear();
            scratch.vectors.resize(count * vector_width, 0.0);
            for (&key, row) in keys.iter().zip(scratch.vectors.chunks_exact_mut(vector_width)) {
                if let Some(vector) = lexicon.get(key / 2).vector {
                    row.copy_from_slice(vectors.row(vector));
                }
            }
            let stride = layer.out_stride();
            scratch.projected.resize((count * stride).max(scratch.projected.len()), 0.0);
            layer.apply(set, &scratch.vectors, vector_width, count, &mut scratch.projected);
            let at = inputs - layer.outputs();
            for (row, input) in scratch.input.chunks_exact_mut(inputs).enumerate() {
                input[at..].copy_from_slice(&scratch.projected[row * stride..][..layer.outputs()]);
            }
        }
        self.mix.apply(set, &scratch.input, inputs, count, rows);
        self.norm.apply(set, rows);
    }

    /// The width of each table: all have the same.
    fn table_width(&self) -> usize {
        self.mix.inputs() / (self.tables.len() + usize::from(self.vectors.is_some()))
    }
}

impl HashTable {
    fn add_rows(&self, set: InstructionSet, id: u64, sums: &mut [f32]) {
        for hash in hash_rows(id, self.seed) {
            let row = hash as usize % self.rows;
            kernel::add(set, sums, &self.numbers[row * sums.len()..][..sums.len()]);
        }
    }
}

/// thinc's variant of MurmurHash3 (x86, 128 bits) for one 64-bit key.
fn hash_rows(id: u64, seed: u32) -> [u32; 4] {
    fn mix(mut hash: u64) -> u64 {
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 33)
    }
    let seed = u64::from(seed);
    let mut first =
        id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    first ^= seed ^ 8;
    let mut second = seed ^ 8;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = mix(first);
    second = mix(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}
