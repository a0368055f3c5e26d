//! Names of those who make the news: agencies, publishers and their sites, and people in bylines.

mod agencies;
mod bylines;
mod site;

pub(crate) use agencies::agency;
pub(crate) use bylines::{
    add, after_author_label, is_full, labels_author, opens_byline, people, speaks_of_work,
};
pub(crate) use site::split_site;
