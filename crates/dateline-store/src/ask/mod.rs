//! Questions: a [`Filter`] in, rows out. Every listing says when it was cut and where it goes on.
//!
//! ```text
//! Filter ─ plan ─▶ SQL that some index answers ─▶ rows of the page ─▶ their parties and evidence
//! ```

mod alone;
mod articles;
mod as_sql;
mod changes;
mod coding;
mod cursor;
mod each_row;
mod entities;
mod events;
mod filter;
mod groups;
mod plan;
mod points;
mod quotes;
mod show;
mod sql;
mod store;
mod stories;
mod totals;
mod words;

pub use alone::{Alone, NamedPlaceRow, Rows};
pub use articles::ArticleRow;
pub use changes::ChangeRow;
pub use coding::{CodingRow, MadeBy};
pub use each_row::each_row;
pub use entities::EntityRow;
pub use events::{CountsRow, EventRow, Evidence, PartyRow, PlaceRow, SaidBy, Stretch};
pub use filter::{Filter, FilterHelp, GroupBy, Near, Order};
pub use groups::{GroupRow, Groups};
pub use points::{Point, Points};
pub use quotes::QuoteRow;
pub use show::{
    ArticleDetail, EntityDetail, EventDetail, Found, OfficeRow, Role, StoryDetail, Telling, Version,
};
pub use sql::Table;
pub use store::{Counts, Page, Store};
pub use stories::StoryRow;
pub use totals::Totals;
