//! Names of those who make the news: agencies, publishers, and people in bylines.

mod agencies;
mod bylines;

pub(crate) use agencies::agency;
pub(crate) use bylines::{add, after_author_label, is_full, opens_byline, people, speaks_of_work};
