//! Tokenizer: spaCy's rules for cutting a text into words, marks and runs of white space.
//!
//! Chunks between spaces are looked up among the exceptions ("don't", "U.S."), then stripped of
//! prefixes and suffixes mark by mark, then kept whole as a URL or cut at infixes. A last pass finds
//! exceptions that the marks had cut apart. The tokens cover the text, but for single spaces.

mod pattern;
mod phrases;
mod rules;

pub(crate) use rules::open;

use hashbrown::HashMap;

use crate::characters::is_space;
use crate::lexicon::{LexemeId, Lexicon};
use pattern::Pattern;
use phrases::Phrases;

/// A token: its word, where it starts in the text (byte), and whether one space follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) lexeme: LexemeId,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) space_after: bool,
}

pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token_match: Option<Pattern>,
    url_match: Option<Pattern>,
    /// Exceptions: the words they become, numbers of lexemes that stay for good.
    specials: HashMap<Box<str>, Box<[LexemeId]>>,
    longest_special: usize,
    phrases: Phrases,
}

/// Chunks cut before, so that each is cut once.
#[derive(Default)]
pub(crate) struct ChunkCache {
    cuts: HashMap<Box<str>, (u32, u32)>,
    lexemes: Vec<LexemeId>,
}

impl ChunkCache {
    pub(crate) fn len(&self) -> usize {
        self.cuts.len()
    }

    pub(crate) fn forget(&mut self) {
        *self = ChunkCache::default();
    }
}

/// Longer chunks are not kept: they hardly come again.
const MAX_CACHED_BYTES: usize = 64;

impl Tokenizer {
    /// Cuts `text`; its pieces replace those in `pieces`.
    pub(crate) fn cut(
        &self,
        text: &str,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
        pieces: &mut Vec<Piece>,
    ) {
        pieces.clear();
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        let mut words = Vec::new();
        for (at, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            if start < at {
                self.cut_chunk(&text[start..at], start, lexicon, cache, &mut words, pieces);
            }
            start = at;
            if c == ' ' {
                if let Some(last) = pieces.last_mut() {
                    last.space_after = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.cut_chunk(&text[start..], start, lexicon, cache, &mut words, pieces);
        }
        self.phrases.apply(text, &self.specials, lexicon, pieces);
    }

    fn cut_chunk(
        &self,
        chunk: &str,
        start: usize,
        lexicon: &mut Lexicon,
        cache: &mut ChunkCache,
        words: &mut Vec<LexemeId>,
        pieces: &mut Vec<Piece>,
    ) {
        if let Some(special) = self.special(chunk) {
            return push_words(special, start, lexicon, pieces);
        }
        if let Some(&(from, to)) = cache.cuts.get(chunk) {
            return push_words(&cache.lexemes[from as usize..to as usize], start, lexicon, pieces);
        }
        words.clear();
        self.cut_new(chunk, true, lexicon, words);
        if chunk.len() <= MAX_CACHED_BYTES {
            let from = cache.lexemes.len() as u32;
            cache.lexemes.extend_from_slice(words);
            cache.cuts.insert(chunk.into(), (from, cache.lexemes.len() as u32));
        }
        push_words(words, start, lexicon, pieces);
    }

    /// Cuts one chunk that is not an exception itself.
    fn cut_new(&self, chunk: &str, use_specials: bool, lexicon: &mut Lexicon, words: &mut Vec<LexemeId>) {
        let mut suffixes = Vec::new();
        let rest = self.strip_affixes(chunk, use_specials, lexicon, words, &mut suffixes);
        if !rest.is_empty() {
            self.cut_middle(rest, use_specials, lexicon, words);
        }
        words.extend(suffixes.iter().rev());
    }

    /// Takes prefixes and suffixes off; what is left is returned. The order of the questions is
    /// spaCy's and matters.
    fn strip_affixes<'a>(
        &self,
        chunk: &'a str,
        use_specials: bool,
        lexicon: &mut Lexicon,
        prefixes: &mut Vec<LexemeId>,
        suffixes: &mut Vec<LexemeId>,
    ) -> &'a str {
        let is_special = |word: &str| use_specials && self.special(word).is_some();
        let mut rest = chunk;
        let mut last_len = 0;
        while !rest.is_empty() && rest.len() != last_len {
            if self.token_match.as_ref().is_some_and(|pattern| pattern.matches_at_start(rest)) {
                break;
            }
            if is_special(rest) {
                break;
            }
            last_len = rest.len();
            let prefix = self.prefix.as_ref().and_then(|pattern| pattern.find(rest));
            let prefix_len = prefix.map_or(0, |(start, end)| end - start);
            let (prefix, without_prefix) = rest.split_at(prefix_len);
            if prefix_len > 0 && is_special(without_prefix) {
                prefixes.push(lexicon.intern(prefix));
                return without_prefix;
            }
            let suffix = self.suffix.as_ref().and_then(|pattern| pattern.find_at_end(without_prefix));
            let suffix_len = suffix.map_or(0, |(start, end)| end - start);
            let (without_suffix, suffix) = rest.split_at(rest.len() - suffix_len);
            if suffix_len > 0 && is_special(without_suffix) {
                suffixes.push(lexicon.intern(suffix));
                return without_suffix;
            }
            if prefix_len > 0 {
                prefixes.push(lexicon.intern(prefix));
            }
            if suffix_len > 0 {
                suffixes.push(lexicon.intern(suffix));
            }
            rest = &rest[prefix_len..rest.len() - suffix_len];
        }
        rest
    }

    fn cut_middle(&self, rest: &str, use_specials: bool, lexicon: &mut Lexicon, words: &mut Vec<LexemeId>) {
        if use_specials && let Some(special) = self.special(rest) {
            words.extend_from_slice(special);
            return;
        }
        let matches =
            |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|it| it.matches_at_start(rest));
        if matches(&self.token_match) || matches(&self.url_match) {
            words.push(lexicon.intern(rest));
            return;
        }
        let mut start = 0;
        let infixes = self.infix.as_ref().map(|infix| infix.find_all(rest)).unwrap_or_default();
        for (infix_start, infix_end) in infixes {
            if infix_start == 0 {
                continue;
            }
            if infix_start != start {
                words.push(lexicon.intern(&rest[start..infix_start]));
            }
            if infix_start != infix_end {
                words.push(lexicon.intern(&rest[infix_start..infix_end]));
            }
            start = infix_end;
        }
        if start < rest.len() {
            words.push(lexicon.intern(&rest[start..]));
        }
    }

    fn special(&self, word: &str) -> Option<&[LexemeId]> {
        if word.is_empty() || word.len() > self.longest_special {
            return None;
        }
        self.specials.get(word).map(|words| &**words)
    }
}

fn push_words(words: &[LexemeId], start: usize, lexicon: &Lexicon, pieces: &mut Vec<Piece>) {
    let mut at = start as u32;
    for &lexeme in words {
        let end = at + lexicon.get(lexeme).text.len() as u32;
        pieces.push(Piece { lexeme, start: at, end, space_after: false });
        at = end;
    }
}
