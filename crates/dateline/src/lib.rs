//! Dateline reads news stories and codes who did what to whom, when, where, and who said so.
//!
//! A page's bytes become an [`Article`]: its words in one text, every part labelled. A pipeline
//! annotates that text. A [`Codebook`] says in words what counts as an event, a [`Gazetteer`] who
//! and where the names are. What is concluded from all of them is a [`Coding`], each piece of it
//! tied to the words it rests on; a [`Record`] is its JSON.
//!
//! ```no_run
//! use dateline::{Codebook, Gazetteer, Judge, Options, Pipeline, Reader, Record, read_html};
//!
//! let reader = Reader {
//!     pipeline: Pipeline::open("en_core_web_md-3.8.0")?,
//!     codebook: Codebook::embedded(),
//!     gazetteer: Gazetteer::embedded(),
//!     judge: Some(Judge::fast()),
//! };
//! let page = std::fs::read("story.html")?;
//! let article = read_html(&page, &Options::default())?;
//! let coding = reader.read(article);
//!
//! for event in &coding.events {
//!     println!("{} {:?}", event.event_type, &coding.article.text[event.sentence]);
//! }
//! println!("{}", serde_json::to_string(&Record::from(&coding))?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading never fails: a poor page yields fewer events and some notes. A `Reader` is opened once
//! and shared; [`Reader::read`] takes `&self`, and any number of threads may call it at a time.

mod examples;
mod language_name;
mod opening;
mod sentence_case;

/// Archives, feeds and wires, taken apart into stories.
pub use dateline_archive as archive;
pub use dateline_codebook::{Codebook, CodebookError, Example, Page};
pub use dateline_document::{
    Article, Coding, Considered, Document, Entity, Event, MadeBy, Quote, Span, Status,
};
pub use dateline_gazetteer::Gazetteer;
pub use dateline_judge::{Encoder, EncoderError, Judge};
pub use dateline_language::{OpenError, Pipeline};
pub use dateline_page::{Options, PageError, read_html, read_story, read_text};
pub use dateline_record::{Palette, Record, explain, for_people, plain, plain_event};

pub use examples::{Outcome, PUBLISHED, check_example};
pub use opening::{Choice, OpeningError, ReaderKind, compile as compile_places};

use dateline_coder::Ask;
use dateline_judge::Candidate;

use language_name::language_name;

/// What it takes to read a story.
pub struct Reader {
    pub pipeline: Pipeline,
    pub codebook: Codebook,
    pub gazetteer: Gazetteer,
    /// What has learnt from the codebook's examples and weighs what its rules find. Without it the rules
    /// alone decide.
    pub judge: Option<Judge>,
}

impl Reader {
    /// Reads a story: who did what to whom, when, where, and who said so.
    ///
    /// A story in another language than English gets a coding without conclusions and a note.
    pub fn read(&self, article: Article) -> Coding {
        let made_by = self.versions();
        if let Some(code) = uncoded_language(&article) {
            let note = format!("the story is in {}, and only English is coded", language_name(code));
            return uncoded(article, made_by, note);
        }
        let document = self.document(&article);
        let coding =
            self.asking(|ask| dateline_coder::code(article, &document, &self.codebook, &self.gazetteer, ask));
        Coding { made_by, ..coding }
    }

    /// Reads a story, and tells of every word that the codebook listens for which rule tells an event there,
    /// and what kept the others from it.
    pub fn explain(&self, article: Article) -> (Coding, Vec<Considered>) {
        if uncoded_language(&article).is_some() {
            return (self.read(article), Vec::new());
        }
        let document = self.document(&article);
        let (coding, considered) = self
            .asking(|ask| dateline_coder::explain(article, &document, &self.codebook, &self.gazetteer, ask));
        (Coding { made_by: self.versions(), ..coding }, considered)
    }

    /// The article's words, annotated; headlines in title case as they would stand in a sentence.
    pub fn document(&self, article: &Article) -> Document {
        match sentence_case::in_sentence_case(article, &self.pipeline, &self.gazetteer) {
            Some(text) => {
                let recased = Article { text: text.into(), ..article.clone() };
                let mut document = self.pipeline.read_article(&recased);
                document.text = article.text.clone();
                document
            }
            None => self.pipeline.read_article(article),
        }
    }

    /// Does what needs somebody to ask: the judge, where there is one.
    fn asking<T>(&self, code: impl FnOnce(Option<&Ask>) -> T) -> T {
        let vectors = |word: &str| self.pipeline.vector(word);
        match &self.judge {
            Some(judge) => code(Some(&|document: &Document, candidates: &[Candidate]| {
                judge.verdicts(document, candidates, &vectors)
            })),
            None => code(None),
        }
    }

    /// The versions that a coding of this reader is made by.
    pub fn versions(&self) -> MadeBy {
        MadeBy {
            dateline: env!("CARGO_PKG_VERSION").into(),
            codebook: self.codebook.version().into(),
            weights: match &self.judge {
                Some(judge) => format!("{}+{}", self.pipeline.name(), judge.version()),
                None => self.pipeline.name().into(),
            },
            gazetteer: self.gazetteer.version(),
        }
    }
}

/// The language of a story that is read and not coded.
fn uncoded_language(article: &Article) -> Option<&str> {
    article.language.as_deref().filter(|code| *code != "en")
}

fn uncoded(article: Article, made_by: MadeBy, note: String) -> Coding {
    Coding {
        article,
        made_by,
        entities: Vec::new(),
        places: Vec::new(),
        dates: Vec::new(),
        quotes: Vec::new(),
        events: Vec::new(),
        notes: vec![note],
    }
}
