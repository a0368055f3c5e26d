//! Document → Coding. Reads no file, no network and no clock; never fails: strange prose yields
//! fewer conclusions and a note.
//!
//! ```no_run
//! # fn story() -> (dateline_document::Article, dateline_document::Document) { unimplemented!() }
//! use dateline_codebook::Codebook;
//! use dateline_gazetteer::Gazetteer;
//!
//! let (article, document) = story();
//! let coding = dateline_coder::code(article, &document, &Codebook::embedded(), &Gazetteer::embedded());
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

/// Codes a story: dates, places, who is in it, what was said, what happened.
///
/// `document` must be made from `article.text`. Relative dates are read as of `article.published_at`.
pub fn code(article: Article, document: &Document, codebook: &Codebook, gazetteer: &Gazetteer) -> Coding {
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
