//! Document → Coding. Reads no file, no network and no clock; never fails: strange prose yields
//! fewer conclusions and a note.
//!
//! ```no_run
//! # fn story() -> (dateline_document::Article, dateline_document::Document) { unimplemented!() }
//! use dateline_codebook::Codebook;
//! use dateline_gazetteer::Gazetteer;
//!
//! let (article, document) = story();
//! let codebook = Codebook::embedded();
//! let coding = dateline_coder::code(article, &document, &codebook, &Gazetteer::embedded(), None);
//! for event in &coding.events {
//!     println!("{} {}", event.event_type, &coding.article.text[event.trigger]);
//! }
//! ```

mod actor;
pub mod date;
mod event;
mod grammar;
pub mod place;
pub mod quote;

use dateline_codebook::Codebook;
use dateline_document::{Article, Coding, Document, MadeBy};
use dateline_gazetteer::Gazetteer;
use dateline_judge::Candidate;

pub use event::Ask;

/// Codes a story: dates, places, who is in it, what was said, what happened.
///
/// `document` must be made from `article.text`. `ask` puts what the rules find to
/// a judge; without it they alone decide. Relative dates are read as of `article.published_at`.
pub fn code(
    article: Article,
    document: &Document,
    codebook: &Codebook,
    gazetteer: &Gazetteer,
    ask: Option<&Ask>,
) -> Coding {
    let dates = date::find_dates(&article, document);
    let places = place::find_places(&article, document, gazetteer);
    let mut quotes = quote::find_quotes(&article, document);
    let actors = actor::Actors::find(&article, document, gazetteer, &places, &quotes);
    actor::name_speakers(&actors, document, &dates, &mut quotes);
    let events = event::find_events(&event::Story {
        article: &article,
        document,
        codebook,
        actors: &actors,
        dates: &dates,
        places: &places,
        quotes: &quotes,
        ask,
    });
    let entities = actors.entities;
    let mut notes = Vec::new();
    if article.published_at.is_none() {
        notes.push("no publication date found: relative dates are left open".to_string());
    }
    let made_by = MadeBy {
        dateline: env!("CARGO_PKG_VERSION").into(),
        codebook: codebook.version().into(),
        weights: String::new(),
        gazetteer: gazetteer.version(),
    };
    Coding { article, made_by, entities, places, dates, quotes, events, notes }
}

/// What a judge would be asked about a story: the events that the rules find, and words between two parties
/// where they find none. It learns from the same questions.
pub fn candidates(
    article: &Article,
    document: &Document,
    codebook: &Codebook,
    gazetteer: &Gazetteer,
) -> Vec<Candidate> {
    let dates = date::find_dates(article, document);
    let places = place::find_places(article, document, gazetteer);
    let mut quotes = quote::find_quotes(article, document);
    let actors = actor::Actors::find(article, document, gazetteer, &places, &quotes);
    actor::name_speakers(&actors, document, &dates, &mut quotes);
    event::candidates(&event::Story {
        article,
        document,
        codebook,
        actors: &actors,
        dates: &dates,
        places: &places,
        quotes: &quotes,
        ask: None,
    })
}
