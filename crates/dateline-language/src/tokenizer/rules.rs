//! Rules: the file `tokenizer`, read into a [`Tokenizer`].

use std::sync::Arc;

use hashbrown::HashMap;

use super::{Pattern, Phrases, Tokenizer};
use crate::OpenError;
use crate::archive::Archive;
use crate::lexicon::{Lexeme, LexemeId, LexemeTables, Lexicon};
use crate::msgpack::Value;
use crate::strings::string_id;

const FILE: &str = "tokenizer";

/// Attributes of an exception's words, by spaCy's numbers.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// An exception has at most this many words; English ones have four.
const MAX_WORDS: usize = 1000;

/// Reads the tokenizer's rules. With it come the lexemes of its exceptions, which stay for good.
/// The phrases' first words are entered in `tables`.
pub(crate) fn open(
    archive: &Archive,
    mut tables: LexemeTables,
) -> Result<(Tokenizer, Arc<LexemeTables>, Vec<Lexeme>), OpenError> {
    let bytes = archive.read(FILE, FILE)?;
    let damaged = |what: String| OpenError::damaged(FILE, FILE, what);
    let file = Value::read(&bytes).map_err(|fault| damaged(fault.to_string()))?;
    let pattern = |name: &str| -> Result<Option<Pattern>, OpenError> {
        match file.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(value) => {
                let text = value.text().ok_or_else(|| damaged(format!("{name:?} is not text")))?;
                Pattern::new(text)
                    .map(Some)
                    .map_err(|what| OpenError::unsupported(FILE, FILE, format!("{name}: {what}")))
            }
        }
    };
    let mut tokenizer = Tokenizer {
        prefix: pattern("prefix_search")?,
        suffix: pattern("suffix_search")?,
        infix: pattern("infix_finditer")?,
        token_match: pattern("token_match")?,
        url_match: pattern("url_match")?,
        specials: HashMap::new(),
        longest_special: 0,
        phrases: Phrases::default(),
    };
    let faster = !matches!(file.get("faster_heuristics"), Some(Value::Bool(false)));

    let mut fixed: Vec<Lexeme> = Vec::new();
    let mut known: HashMap<(String, Option<String>), LexemeId> = HashMap::new();
    for (chunk, words) in file.get("exceptions").and_then(Value::map).unwrap_or_default() {
        let chunk = chunk.text().ok_or_else(|| damaged("an exception is not text".to_owned()))?;
        let malformed = || damaged(format!("the exception {chunk:?} is malformed"));
        let words = words.list().filter(|words| words.len() <= MAX_WORDS).ok_or_else(malformed)?;
        let mut ids = Vec::with_capacity(words.len());
        let mut joined = String::new();
        for word in words {
            let attribute = |number: u64| {
                let pairs = word.map()?;
                pairs.iter().find(|(key, _)| key.uint() == Some(number))?.1.text()
            };
            let orth = attribute(ORTH).filter(|orth| !orth.is_empty()).ok_or_else(malformed)?;
            let norm = attribute(NORM).map(str::to_owned);
            joined.push_str(orth);
            let next = fixed.len() as LexemeId;
            let id = *known.entry((orth.to_owned(), norm)).or_insert_with_key(|(orth, norm)| {
                let mut lexeme = tables.lexeme(orth);
                if let Some(norm) = norm {
                    lexeme.norm = string_id(norm);
                }
                fixed.push(lexeme);
                next
            });
            ids.push(id);
        }
        if joined != chunk {
            return Err(malformed());
        }
        tokenizer.longest_special = tokenizer.longest_special.max(chunk.len());
        tokenizer.specials.insert(chunk.into(), ids.into());
    }

    let mut phrases = Phrases::default();
    let mut lexicon = Lexicon::new(Arc::new(LexemeTables::default()), Vec::new());
    for chunk in tokenizer.specials.keys() {
        let is_cut = |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|it| it.find(chunk).is_some());
        let touched = is_cut(&tokenizer.prefix)
            || is_cut(&tokenizer.suffix)
            || is_cut(&tokenizer.infix)
            || chunk.contains(' ');
        if touched || !faster {
            phrases.add(&tokenizer.cut_without_specials(chunk, &mut lexicon));
        }
    }
    tokenizer.phrases = phrases;
    tables.phrase_starts = tokenizer.phrases.starts();
    for lexeme in &mut fixed {
        lexeme.starts_phrase = tables.phrase_starts.contains(&lexeme.orth);
    }
    Ok((tokenizer, Arc::new(tables), fixed))
}

impl Tokenizer {
    /// The string ids of the words that the affix rules alone make of an exception.
    fn cut_without_specials(&self, text: &str, lexicon: &mut Lexicon) -> Vec<u64> {
        use crate::characters::is_space;
        let mut words = Vec::new();
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (at, c) in text.char_indices() {
            if is_space(c) != in_space {
                if start < at {
                    self.cut_new(&text[start..at], false, lexicon, &mut words);
                }
                start = if c == ' ' { at + 1 } else { at };
                in_space = !in_space;
            }
        }
        if start < text.len() {
            self.cut_new(&text[start..], false, lexicon, &mut words);
        }
        words.into_iter().map(|word| lexicon.get(word).orth).collect()
    }
}
