//! Annotate: one text through all components, in spaCy's order.

use std::sync::Arc;

use dateline_document::{Document, NamedSpan, Sentence, SentenceId, Span, Token, TokenId};
use hashbrown::HashMap;
use smol_str::SmolStr;

use super::Pipeline;
use crate::lexicon::Lexicon;
use crate::network::{Tok2Vec, Tok2VecScratch};
use crate::parser::Tree;
use crate::recognizer::Found;
use crate::ruler::{Effects, RulerMemo, View};
use crate::senter::Senter;
use crate::tagger::TagId;
use crate::tokenizer::{ChunkCache, Piece};
use crate::transitions::ScorerScratch;

/// A thread's working memory: what was worked out before, and room for the next text.
pub(super) struct Scratch {
    lexicon: Lexicon,
    chunks: ChunkCache,
    pieces: Vec<Piece>,
    is_space: Vec<bool>,
    tok2vec: Option<Tok2VecScratch>,
    recognizer_tok2vec: Option<Tok2VecScratch>,
    senter_tok2vec: Option<Tok2VecScratch>,
    scorer: ScorerScratch,
    tag_scores: Vec<f32>,
    tags: Vec<TagId>,
    /// Labels of the morphologizer.
    readings: Vec<TagId>,
    memo: RulerMemo,
    effects: Vec<Effects>,
    lemmas: HashMap<u64, SmolStr>,
    /// The ruler's values. The thread's own copies: were they shared, threads would wait for each
    /// other to count the references to the longer ones.
    values: Vec<SmolStr>,
}

/// What is remembered of earlier texts, at most, before all of it is forgotten: words, chunks,
/// rulings and lemmas each. A few tens of megabytes.
const MAX_REMEMBERED: usize = 60_000;

impl Scratch {
    pub(super) fn new(pipeline: &Pipeline) -> Scratch {
        let own = pipeline.recognizer.as_ref().and_then(|(_, own)| own.as_ref());
        Scratch {
            lexicon: Lexicon::new(pipeline.tables.clone(), pipeline.fixed.clone()),
            chunks: ChunkCache::default(),
            pieces: Vec::new(),
            is_space: Vec::new(),
            tok2vec: pipeline.tok2vec.as_ref().map(Tok2Vec::scratch),
            recognizer_tok2vec: own.map(Tok2Vec::scratch),
            senter_tok2vec: pipeline.senter.as_ref().map(Senter::scratch),
            scorer: ScorerScratch::default(),
            tag_scores: Vec::new(),
            tags: Vec::new(),
            readings: Vec::new(),
            memo: RulerMemo::default(),
            effects: Vec::new(),
            lemmas: HashMap::new(),
            values: pipeline.ruler.values.iter().map(|value| SmolStr::new(value.as_str())).collect(),
        }
    }

    /// The last document's vectors, and the scores of its last move.
    #[cfg(test)]
    pub(super) fn numbers(&self) -> [&[f32]; 2] {
        [self.tok2vec.as_ref().map_or(&[], |tok2vec| &tok2vec.vectors), &self.scorer.scores]
    }

    /// Has texts encoded so many words at a time.
    #[cfg(test)]
    pub(super) fn set_stretch(&mut self, words: usize) {
        let own = [&mut self.recognizer_tok2vec, &mut self.senter_tok2vec];
        for tok2vec in own.into_iter().chain([&mut self.tok2vec]).flatten() {
            tok2vec.stretch = words;
        }
    }

    pub(super) fn is_oversized(&self) -> bool {
        self.pieces.capacity() > MAX_TOKENS_KEPT || self.lexicon.len() > 2 * MAX_REMEMBERED
    }

    /// Keeps the memory bounded. Only between texts: the pieces of a text point at words.
    fn forget_if_full(&mut self) {
        let remembered = [self.lexicon.len(), self.chunks.len(), self.memo.len(), self.lemmas.len()];
        if remembered.iter().any(|&count| count > MAX_REMEMBERED) {
            self.lexicon.forget();
            self.chunks.forget();
            self.memo.forget();
            self.lemmas = HashMap::new();
            for tok2vec in [&mut self.tok2vec, &mut self.recognizer_tok2vec, &mut self.senter_tok2vec] {
                tok2vec.iter_mut().for_each(Tok2VecScratch::forget);
            }
        }
    }
}

/// A memory that has held more tokens is not kept: it has grown with them. Long news has thousands.
const MAX_TOKENS_KEPT: usize = 50_000;

/// The annotations of one text after the other.
#[derive(Default)]
pub(super) struct Joined {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    names: Vec<NamedSpan>,
}

impl Joined {
    pub(super) fn into_document(self, text: Arc<str>) -> Document {
        Document::new(text, self.tokens, self.sentences, self.names)
    }
}

/// Annotates `text`, which stands at byte `offset` of the document, and adds it to `joined`.
pub(super) fn annotate(
    pipeline: &Pipeline,
    text: &str,
    offset: usize,
    scratch: &mut Scratch,
    joined: &mut Joined,
) {
    scratch.forget_if_full();
    pipeline.tokenizer.cut(text, &mut scratch.lexicon, &mut scratch.chunks, &mut scratch.pieces);
    let count = scratch.pieces.len();
    if count == 0 {
        return;
    }
    let set = pipeline.set;
    let lexicon = &scratch.lexicon;
    scratch.is_space.clear();
    scratch.is_space.extend(scratch.pieces.iter().map(|piece| lexicon.get(piece.lexeme).is_space));
    let mut vectors: &[f32] = &[];
    if let (Some(tok2vec), Some(memory)) = (&pipeline.tok2vec, &mut scratch.tok2vec) {
        tok2vec.apply(set, lexicon, &pipeline.tables, &scratch.pieces, memory);
        vectors = &memory.vectors;
    }
    scratch.tags.clear();
    if let Some(tagger) = &pipeline.tagger {
        tagger.tag(set, vectors, &mut scratch.tag_scores, &mut scratch.tags);
    }
    scratch.readings.clear();
    if let Some((morphologizer, _)) = &pipeline.morphologizer {
        morphologizer.tagger.tag(set, vectors, &mut scratch.tag_scores, &mut scratch.readings);
    }
    let tree = pipeline
        .parser
        .as_ref()
        .map(|parser| parser.parse(set, vectors, &scratch.is_space, &mut scratch.scorer));
    let starts = match (&tree, &pipeline.senter, &mut scratch.senter_tok2vec) {
        (None, Some(senter), Some(memory)) => {
            let scores = &mut scratch.tag_scores;
            senter.starts(set, lexicon, &pipeline.tables, &scratch.pieces, memory, scores)
        }
        (None, ..) => vec![false; count],
        (Some(_), ..) => Vec::new(),
    };
    let starts = tree.as_ref().map_or(&starts, |tree| &tree.starts);
    rule(pipeline, tree.as_ref(), scratch);
    let names = recognize(pipeline, starts, scratch);
    join(pipeline, tree.as_ref(), starts, &names, offset, scratch, joined);
}

/// The names of the tag and the relation that tagger and parser gave to a token.
fn tag_and_relation<'a>(
    pipeline: &'a Pipeline,
    tags: &[TagId],
    tree: Option<&Tree>,
    index: usize,
) -> [&'a SmolStr; 2] {
    const NONE: &SmolStr = &SmolStr::new_static("");
    let tag = pipeline.tagger.as_ref().map_or(NONE, |tagger| &tagger.tags[usize::from(tags[index])]);
    let relation = match (&pipeline.parser, tree) {
        (Some(parser), Some(tree)) => &parser.relations[usize::from(tree.relations[index])],
        _ => NONE,
    };
    [tag, relation]
}

fn rule(pipeline: &Pipeline, tree: Option<&Tree>, scratch: &mut Scratch) {
    let (pieces, tags, lexicon) = (&scratch.pieces, &scratch.tags, &scratch.lexicon);
    let label = |labels: &[TagId], index: usize| labels.get(index).copied().unwrap_or_default();
    let key = |index: usize| {
        let relation = tree.map_or(0, |tree| tree.relations[index]);
        (pieces[index].lexeme, [label(tags, index), label(&scratch.readings, index), relation])
    };
    let view = |index: usize| {
        let lexeme = lexicon.get(pieces[index].lexeme);
        let [tag, relation] = tag_and_relation(pipeline, tags, tree, index);
        let pos = pipeline.morphologizer.as_ref().map_or("", |(morphologizer, _)| {
            morphologizer.readings[usize::from(label(&scratch.readings, index))][0].as_str()
        });
        View { text: &lexeme.text, lower: &lexeme.lower, tag, pos, relation, is_space: lexeme.is_space }
    };
    pipeline.ruler.apply(pieces.len(), key, view, &mut scratch.memo, &mut scratch.effects);
}

fn recognize(pipeline: &Pipeline, starts: &[bool], scratch: &mut Scratch) -> Vec<Found> {
    let Some((recognizer, own)) = &pipeline.recognizer else { return Vec::new() };
    if let (Some(own), Some(memory)) = (own, &mut scratch.recognizer_tok2vec) {
        own.apply(pipeline.set, &scratch.lexicon, &pipeline.tables, &scratch.pieces, memory);
    }
    let memory = if own.is_some() { &scratch.recognizer_tok2vec } else { &scratch.tok2vec };
    let vectors = memory.as_ref().map_or(&[][..], |memory| &memory.vectors);
    recognizer.find(pipeline.set, vectors, &scratch.is_space, starts, &mut scratch.scorer)
}

/// Adds the text's tokens, sentences and names to those of the texts before it.
fn join(
    pipeline: &Pipeline,
    tree: Option<&Tree>,
    starts: &[bool],
    names: &[Found],
    offset: usize,
    scratch: &mut Scratch,
    joined: &mut Joined,
) {
    let first_token = joined.tokens.len() as u32;
    let values = &scratch.values;
    let value = |id: u16| values.get(usize::from(id)).cloned().unwrap_or_default();
    joined.tokens.reserve(scratch.pieces.len());
    for (index, piece) in scratch.pieces.iter().enumerate() {
        let id = TokenId(first_token + index as u32);
        let span = Span::new(piece.start as usize, piece.end as usize).shift(offset);
        match joined.sentences.last_mut() {
            Some(sentence) if index > 0 && !starts[index] => {
                sentence.end = TokenId(id.0 + 1);
                sentence.span.end = span.end;
            }
            _ => joined.sentences.push(Sentence { start: id, end: TokenId(id.0 + 1), span }),
        }
        let effects = &scratch.effects[index];
        let [tag, relation] = tag_and_relation(pipeline, &scratch.tags, tree, index);
        let [read_pos, read_morph] = match (&pipeline.morphologizer, scratch.readings.get(index)) {
            (Some((_, numbers)), Some(&reading)) => numbers[usize::from(reading)],
            _ => [0, 0],
        };
        let pos = effects.pos().unwrap_or(read_pos);
        let morph = effects.morph().unwrap_or(read_morph);
        let ruled = effects.lemma().filter(|_| !pipeline.lemmatizer.as_ref().is_some_and(|it| it.overwrites));
        let lemma = match (ruled, &pipeline.lemmatizer) {
            (Some(lemma), _) => value(lemma),
            (None, None) => SmolStr::default(),
            (None, Some(lemmatizer)) => {
                let key = u64::from(piece.lexeme) << 32 | u64::from(pos) << 16 | u64::from(morph);
                let lexeme = scratch.lexicon.get(piece.lexeme);
                let lemma = scratch.lemmas.entry(key).or_insert_with(|| {
                    lemmatizer.lemma(&lexeme.text, &lexeme.lower, &value(pos), &value(morph))
                });
                lemma.clone()
            }
        };
        joined.tokens.push(Token {
            span,
            lemma,
            tag: effects.tag().map_or_else(|| tag.clone(), value),
            pos: value(pos),
            morph: value(morph),
            head: TokenId(first_token + tree.map_or(index as u32, |tree| tree.heads[index])),
            relation: effects.relation().map_or_else(|| relation.clone(), value),
            sentence: SentenceId(joined.sentences.len() as u32 - 1),
        });
    }
    for name in names {
        let (start, end) = (TokenId(first_token + name.start), TokenId(first_token + name.end));
        let span = joined.tokens[start.index()].span.cover(joined.tokens[end.index() - 1].span);
        let labels = pipeline.recognizer.as_ref().map(|(recognizer, _)| &recognizer.labels);
        let label = labels.map(|labels| labels[usize::from(name.label)].clone()).unwrap_or_default();
        joined.names.push(NamedSpan { start, end, span, label });
    }
}
