//! Records ⇄ one SQLite file, which loses nothing, knows copies from events, and answers questions.
//!
//! ```
//! use dateline_store::{Filter, Store, WriteOptions, Writer};
//! use jiff::Timestamp;
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("dateline.db");
//! let mut writer = Writer::open(&path, &WriteOptions::default(), Timestamp::UNIX_EPOCH, &mut |_| ())?;
//! writer.add(&[], Timestamp::UNIX_EPOCH)?;
//! writer.close()?;
//!
//! let store = Store::open(&path)?;
//! let mut filter = Filter::default();
//! filter.set("actor", "ISR")?;
//! let page = store.events(&filter)?;
//! assert!(page.rows.is_empty() && !page.truncated);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The words, here and in the file: an *article* is one page at one address, in versions. What it
//! says of an event is a *telling*. An *event* is told by one or many. Articles whose words are the
//! same are *copies*; articles on the same happening are a *story*. `docs/schema.md` has every table.
//!
//! Only this crate knows SQL.

#[cfg(test)]
extern crate self as dateline_store;

mod add;
mod ask;
mod correct;
mod error;

mod occurrence;
mod prepare;
mod sketch;

mod hold;
mod open;
mod schema;

mod days;
mod stable;

pub use add::{Added, MOST_IN_A_BATCH, Outcome, WriteOptions, Writer};
pub use ask::*;
pub use correct::{Precision, Rule, parse as parse_rules, wilson};
pub use error::StoreError;
pub use hold::Holder;
pub use prepare::{ArticleKey, Prepared, Trace};
pub use schema::SCHEMA_VERSION;
pub use sketch::Sketch;
