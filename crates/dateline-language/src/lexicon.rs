//! Lexicon: every distinct word with the attributes the networks and rules look at.
//!
//! The words of the tokenizer's exceptions stay for good; those met in texts are forgotten when
//! they become too many, so that a feed without end does not fill the memory.

use std::sync::Arc;

use hashbrown::HashMap;
use smol_str::SmolStr;

use crate::characters::{is_space, shape};
use crate::strings::{base_norm, string_id};
use crate::vectors::Vectors;

/// A word, by its number in a [`Lexicon`].
pub(crate) type LexemeId = u32;

/// A distinct word (or run of white space, or mark) and its attributes, as string ids.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub(crate) text: SmolStr,
    pub(crate) lower: SmolStr,
    pub(crate) orth: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
    /// Whether a phrase of the tokenizer's exceptions starts with it.
    pub(crate) starts_phrase: bool,
    /// Its row in the table of vectors.
    pub(crate) vector: Option<u32>,
}

/// What a lexeme is made with: tables of the pipeline.
#[derive(Default)]
pub(crate) struct LexemeTables {
    /// Norms by string id, from `vocab/lookups.bin`.
    pub(crate) norms: HashMap<u64, Box<str>>,
    pub(crate) vectors: Option<Vectors>,
    /// First words of the tokenizer's phrases.
    pub(crate) phrase_starts: hashbrown::HashSet<u64>,
}

impl LexemeTables {
    pub(crate) fn lexeme(&self, text: &str) -> Lexeme {
        let orth = string_id(text);
        let lower = SmolStr::from(text.to_lowercase());
        let norm = match self.norms.get(&orth) {
            Some(norm) => string_id(norm),
            None => string_id(base_norm(text).unwrap_or(&lower)),
        };
        let prefix_end = text.chars().next().map_or(0, char::len_utf8);
        let suffix_start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        Lexeme {
            orth,
            norm,
            prefix: string_id(&text[..prefix_end]),
            suffix: string_id(&text[suffix_start..]),
            shape: string_id(&shape(text)),
            is_space: text.chars().all(is_space),
            starts_phrase: self.phrase_starts.contains(&orth),
            vector: self.vectors.as_ref().and_then(|vectors| vectors.find(orth)),
            text: text.into(),
            lower,
        }
    }
}

/// The words met so far, numbered.
pub(crate) struct Lexicon {
    tables: Arc<LexemeTables>,
    lexemes: Vec<Lexeme>,
    ids: HashMap<SmolStr, LexemeId>,
    /// How many lexemes stay for good: those with a norm given by a tokenizer's exception.
    fixed: usize,
}

impl Lexicon {
    /// A lexicon that starts with `fixed`, which are found by number only.
    pub(crate) fn new(tables: Arc<LexemeTables>, fixed: Vec<Lexeme>) -> Lexicon {
        Lexicon { tables, fixed: fixed.len(), lexemes: fixed, ids: HashMap::new() }
    }

    pub(crate) fn intern(&mut self, text: &str) -> LexemeId {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.lexemes.len() as LexemeId;
        let lexeme = self.tables.lexeme(text);
        self.ids.insert(lexeme.text.clone(), id);
        self.lexemes.push(lexeme);
        id
    }

    pub(crate) fn get(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Forgets all but the fixed words. Numbers given out before are void.
    pub(crate) fn forget(&mut self) {
        self.lexemes.truncate(self.fixed);
        self.lexemes.shrink_to(2 * self.fixed);
        self.ids = HashMap::new();
    }
}
