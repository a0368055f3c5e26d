//! The nouns. A page's bytes become an [`Article`], its words a [`Document`], and what we
//! concluded from them a [`Coding`]. Data, and the few ways of walking it; no rule lives here.
//!
//! Everything points into one text by [`Span`], and `&text[span]` always works:
//!
//! ```
//! use dateline_document::Span;
//!
//! let text = "Thousands marched in Lima.";
//! let place = Span::new(21, 25);
//! assert_eq!(&text[place], "Lima");
//! ```

mod article;
mod coding;
mod considered;
mod document;
mod offsets;
mod reservation;
mod span;

pub use article::{Article, ArticleForm, Image, Origin, Part, PartRole, PublishedAt, PublishedBasis};
pub use coding::{
    Codes, Coding, Counts, DateExpression, DateKind, Entity, EntityId, EntityType, Event, EventDate, EventId,
    EventPlace, Interval, MadeBy, Mention, MentionForm, Office, Party, Place, PlaceForm, PlaceId,
    PlaceMention, Precision, Quote, QuoteForm, QuoteId, Sector, Speaker, Status,
};
pub use considered::{Considered, Fate, Tried};
pub use document::{Document, NamedSpan, Sentence, SentenceId, Token, TokenId};
pub use offsets::{CodePoints, Utf16};
pub use reservation::{Reservation, ReservedBy, TdmWord, robots_reserve};
pub use span::Span;

// Tests of the inside share a document with the examples, which know the crate by its name.
#[cfg(test)]
extern crate self as dateline_document;
