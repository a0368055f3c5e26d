//! Document → Coding. Reads no file, no network and no clock; never fails: strange prose yields
//! fewer conclusions and a note.
//!
//! ```no_run
//! use dateline_codebook::Codebook;
//! use dateline_gazetteer::Gazetteer;
//!
//! # fn read(article: dateline_document::Article, document: dateline_document::Document) {
//! let codebook = Codebook::embedded();
//! let coding = dateline_coder::code(article, &document, &codebook, &Gazetteer::embedded(), None);
//! for event in &coding.events {
//!     println!("{} {}", event.event_type, &coding.article.text[event.trigger]);
//! }
//! # }
//! ```

mod actor;
pub mod date;
mod event;
mod grammar;
pub mod place;
pub mod quote;

use dateline_codebook::Codebook;
use dateline_document::{
    Article, Coding, Considered, DateExpression, Document, Event, MadeBy, PlaceMention, Quote,
};
use dateline_gazetteer::Gazetteer;
use dateline_judge::Candidate;

pub use event::Ask;

use actor::Actors;

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
    let document = &*grammar::mended(document);
    let setting = Setting::of(&article, document, gazetteer);
    let events = event::find_events(&setting.story(&article, document, codebook, ask));
    setting.coding(article, codebook, gazetteer, events)
}

/// Codes a story as [`code`] does, and tells of every word that the codebook listens for what came of it.
pub fn explain(
    article: Article,
    document: &Document,
    codebook: &Codebook,
    gazetteer: &Gazetteer,
    ask: Option<&Ask>,
) -> (Coding, Vec<Considered>) {
    let document = &*grammar::mended(document);
    let setting = Setting::of(&article, document, gazetteer);
    let story = setting.story(&article, document, codebook, ask);
    let events = event::find_events(&story);
    let considered = event::considered(&story, &events);
    (setting.coding(article, codebook, gazetteer, events), considered)
}

/// What a judge would be asked about a story: the events that the rules find, and words between two parties
/// where they find none. It learns from the same questions.
pub fn candidates(
    article: &Article,
    document: &Document,
    codebook: &Codebook,
    gazetteer: &Gazetteer,
) -> Vec<Candidate> {
    let document = &*grammar::mended(document);
    let setting = Setting::of(article, document, gazetteer);
    event::candidates(&setting.story(article, document, codebook, None))
}

/// What is found in a story before its events are.
struct Setting<'a> {
    dates: Vec<DateExpression>,
    places: Vec<PlaceMention>,
    quotes: Vec<Quote>,
    actors: Actors<'a>,
}

impl<'a> Setting<'a> {
    fn of(article: &Article, document: &'a Document, gazetteer: &'a Gazetteer) -> Setting<'a> {
        let dates = date::find_dates(article, document);
        let places = place::find_places(article, document, gazetteer);
        let mut quotes = quote::find_quotes(article, document);
        let actors = Actors::find(article, document, gazetteer, &places, &quotes);
        actor::name_speakers(&actors, document, &dates, &mut quotes);
        Setting { dates, places, quotes, actors }
    }

    fn story<'s>(
        &'s self,
        article: &'s Article,
        document: &'s Document,
        codebook: &'s Codebook,
        ask: Option<&'s Ask<'s>>,
    ) -> event::Story<'s> {
        let Setting { dates, places, quotes, actors } = self;
        event::Story { article, document, codebook, actors, dates, places, quotes, ask }
    }

    /// All that is found, events included.
    fn coding(
        self,
        article: Article,
        codebook: &Codebook,
        gazetteer: &Gazetteer,
        events: Vec<Event>,
    ) -> Coding {
        let Setting { dates, places, quotes, actors } = self;
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
        Coding { article, made_by, entities: actors.entities, places, dates, quotes, events, notes }
    }
}
