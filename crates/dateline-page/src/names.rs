//! Names of those who make the news: agencies, publishers, and people in bylines.

mod agencies;
mod bylines;

pub(crate) use agencies::agency;
pub(crate) use bylines::{add, is_full, opens_byline, people, speaks_of_work};
