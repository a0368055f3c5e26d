//! Pipeline: a spaCy pipeline that was opened, and what it says of a text.

mod annotate;
mod name;
mod open;

use std::path::Path;
use std::sync::{Arc, Mutex};

use dateline_document::{Article, Document};
use rayon::prelude::*;
use smol_str::SmolStr;

use crate::lemmatizer::Lemmatizer;
use crate::lexicon::{Lexeme, LexemeTables};
use crate::network::{InstructionSet, Tok2Vec};
use crate::parser::Parser;
use crate::recognizer::Recognizer;
use crate::ruler::{Ruler, ValueId};
use crate::senter::Senter;
use crate::tagger::{Morphologizer, Tagger};
use crate::tokenizer::Tokenizer;
use crate::{OpenError, Options};
use annotate::{Joined, Scratch};

/// A pipeline with its weights. It can be shared between threads, and reading does not change it.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
/// # use dateline_language::Pipeline;
/// # fn main() -> Result<(), dateline_language::OpenError> {
/// # let path = weights();
/// let pipeline = Pipeline::open(path)?;
/// let document = pipeline.read("Police arrested two men in Lima.");
/// let lemmas: Vec<&str> = document.tokens.iter().map(|token| token.lemma.as_str()).collect();
/// assert_eq!(lemmas, ["Police", "arrest", "two", "man", "in", "Lima", "."]);
/// # Ok(())
/// # }
/// ```
pub struct Pipeline {
    name: String,
    tables: Arc<LexemeTables>,
    /// Lexemes of the tokenizer's exceptions.
    fixed: Vec<Lexeme>,
    tokenizer: Tokenizer,
    tok2vec: Option<Tok2Vec>,
    tagger: Option<Tagger>,
    /// With the numbers of its readings among the ruler's values.
    morphologizer: Option<(Morphologizer, Vec<[ValueId; 2]>)>,
    parser: Option<Parser>,
    senter: Option<Senter>,
    ruler: Ruler,
    lemmatizer: Option<Lemmatizer>,
    /// The recogniser, with its own network where it does not share the first.
    recognizer: Option<(Recognizer, Option<Tok2Vec>)>,
    set: InstructionSet,
    /// Working memory of threads that are not reading just now.
    resting: Mutex<Vec<Scratch>>,
}

/// Working memories that are kept between readings.
const MAX_RESTING: usize = 64;

impl Pipeline {
    /// Opens a pipeline as it was published: a directory (it is searched for `config.cfg`), a
    /// wheel or a zip. Nothing is unpacked or written, and no code of the pipeline is run.
    pub fn open(path: impl AsRef<Path>) -> Result<Pipeline, OpenError> {
        open::open(path.as_ref(), Options::default())
    }

    /// Opens a pipeline as [`Pipeline::open`] does, and uses of it what `options` say.
    pub fn open_with(path: impl AsRef<Path>, options: Options) -> Result<Pipeline, OpenError> {
        open::open(path.as_ref(), options)
    }

    /// Reads one text, as spaCy's `nlp(text)` does. Spans are bytes of `text`.
    ///
    /// Any text can be read, however long (spaCy refuses more than a million characters), in time
    /// that grows with its length. Beyond 4 GiB, which spans cannot tell, it is cut off.
    pub fn read(&self, text: &str) -> Document {
        let text = head(text);
        let mut joined = Joined::default();
        self.with_scratch(|scratch| annotate::annotate(self, text, 0, scratch, &mut joined));
        joined.into_document(text.into())
    }

    /// Reads each part of an article by itself, so that no sentence and no name runs from the
    /// headline into the text, and joins them in one document over the article's text.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
    /// use dateline_document::Article;
    /// # fn main() {
    /// # let pipeline = pipeline();
    ///
    /// let article = Article::from_text("Flood hits Lima\n\nThe Rímac rose on Monday.");
    /// let document = pipeline.read_article(&article);
    /// let sentences: Vec<&str> = document.sentences.iter().map(|it| &document.text[it.span]).collect();
    /// assert_eq!(sentences, ["Flood hits Lima", "The Rímac rose on Monday."]);
    /// # }
    /// ```
    pub fn read_article(&self, article: &Article) -> Document {
        let mut joined = Joined::default();
        self.with_scratch(|scratch| {
            let mut read_to = 0;
            for part in &article.parts {
                let (start, end) = (part.span.start as usize, part.span.end as usize);
                // Parts that overlap or cut a character cannot be pointed into: left out.
                let Some(text) = article.text.get(start..end).filter(|_| start >= read_to) else { continue };
                annotate::annotate(self, text, start, scratch, &mut joined);
                read_to = end;
            }
        });
        joined.into_document(article.text.clone())
    }

    /// Reads many texts, on as many threads as the machine has; the documents come in the order of
    /// the texts, and each is what [`Pipeline::read`] makes of its text.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
    /// # fn main() {
    /// # let pipeline = pipeline();
    /// let documents = pipeline.read_many(["Peru voted.", "Chile did not."]);
    /// assert_eq!(documents[1], pipeline.read("Chile did not."));
    /// # }
    /// ```
    pub fn read_many<T>(&self, texts: T) -> Vec<Document>
    where
        T: IntoParallelIterator<Item: AsRef<str>, Iter: IndexedParallelIterator>,
    {
        texts.into_par_iter().map(|text| self.read(text.as_ref())).collect()
    }

    /// Reads many articles, as [`Pipeline::read_many`] reads texts.
    pub fn read_articles(&self, articles: &[Article]) -> Vec<Document> {
        articles.par_iter().map(|article| self.read_article(article)).collect()
    }

    /// Language, name and version: "en_core_web_md-3.8.0". A package that was renamed by who
    /// published it again goes by its first name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The static vector of a word as it is written; `None` where the pipeline has none for it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
    /// # fn main() {
    /// # let pipeline = pipeline();
    /// assert_eq!(pipeline.vector("Lima").map(<[f32]>::len), Some(300));
    /// assert_eq!(pipeline.vector("zyxwvu-321"), None);
    /// # }
    /// ```
    pub fn vector(&self, word: &str) -> Option<&[f32]> {
        let vectors = self.tables.vectors.as_ref()?;
        Some(vectors.row(vectors.find(crate::strings::string_id(word))?))
    }

    /// Whether the lemmatizer's dictionary has the word, given in lower case, or a word that it is a form of.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
    /// # fn main() {
    /// # let pipeline = pipeline();
    /// assert!(pipeline.knows_word("expels") && pipeline.knows_word("talks"));
    /// assert!(!pipeline.knows_word("zyxwvu"));
    /// # }
    /// ```
    pub fn knows_word(&self, lower: &str) -> bool {
        self.lemmatizer.as_ref().is_some_and(|lemmatizer| lemmatizer.knows(lower))
    }

    /// The labels that named spans can have: "PERSON", "ORG", …
    pub fn name_labels(&self) -> Vec<SmolStr> {
        let labels = self.recognizer.iter().flat_map(|(recognizer, _)| &recognizer.labels);
        let mut labels: Vec<SmolStr> = labels.filter(|label| !label.is_empty()).cloned().collect();
        labels.sort();
        labels
    }

    /// What the arithmetic runs on: "AVX-512", "AVX2 and FMA" or "portable". The answers are the same.
    pub fn instruction_set(&self) -> &'static str {
        self.set.name()
    }

    fn with_scratch(&self, work: impl FnOnce(&mut Scratch)) {
        let resting = |pool: &Mutex<Vec<Scratch>>| pool.lock().unwrap_or_else(|it| it.into_inner()).pop();
        let mut scratch = resting(&self.resting).unwrap_or_else(|| Scratch::new(self));
        work(&mut scratch);
        if scratch.is_oversized() {
            return;
        }
        let mut pool = self.resting.lock().unwrap_or_else(|it| it.into_inner());
        if pool.len() < MAX_RESTING {
            pool.push(scratch);
        }
    }
}

/// The text as far as spans reach.
fn head(text: &str) -> &str {
    let mut end = text.len().min(u32::MAX as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests;
