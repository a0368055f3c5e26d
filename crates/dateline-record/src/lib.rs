//! A coding as it leaves the house: [`Record`] for programs, [`for_people`] for readers.
//!
//! The shape of the JSON is a promise: names and meaning stay, fields may be added. What is not
//! known is `null`, never a guess. Spans are bytes of `article.text`, and `text` repeats the words.
//!
//! ```
//! use dateline_document::{Article, Coding, MadeBy};
//! use dateline_record::Record;
//!
//! let article = Article::from_text("Thousands marched in Lima.");
//! let coding = Coding {
//!     article,
//!     made_by: MadeBy::default(),
//!     entities: Vec::new(),
//!     places: Vec::new(),
//!     dates: Vec::new(),
//!     quotes: Vec::new(),
//!     events: Vec::new(),
//!     notes: Vec::new(),
//! };
//! let record = serde_json::to_value(Record::from(&coding)).unwrap();
//! assert_eq!(record["article"]["text"], "Thousands marched in Lima.");
//! assert_eq!(record["article"]["published_at"], serde_json::Value::Null);
//! ```
//!
//! The lines for people stand here too, not in the command: they are one more form of the same
//! record, wanted by every way in (the command, the demonstration, later a notebook). The command
//! only chooses whether they have colour.

mod code_points;
mod explain;
mod from_coding;
mod id;
mod people;
mod plain;
mod record;
mod without_text;

pub use explain::explain;
pub use id::text_hash;
pub use people::{Palette, for_people};
pub use plain::{plain, plain_event};
pub use record::{
    Article, Counts, Dateline, Entity, Event, EventDate, EventPlace, ExpressionOfDate, Image, Mention,
    Office, Origin, Part, Party, Place, Quote, QuoteDate, RECORD_VERSION, Record, Reservation, Speaker,
    Stretch, Versions,
};
