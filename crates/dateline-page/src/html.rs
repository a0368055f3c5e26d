//! Web page → Article.
//!
//! The page is parsed by html5ever into a flat tree, the tree is read once into blocks (a
//! paragraph, a heading, a caption each), and one container of blocks is chosen as the story.
//! What the page says about itself is read beside it and meets the blocks in [`read_html`].

mod blocks;
mod body;
mod bylines;
mod captions;
mod chrome;
mod credit;
mod dom;
mod fragment;
mod page;
mod tame;

pub(crate) use chrome::{is_prompt, opens_afterword, opens_comments};
pub(crate) use credit::split as split_credit;
pub use page::read_html;
pub(crate) use page::{caption_date, read_decoded};

pub(crate) use dom::{Dom, NodeId};
pub(crate) use fragment::{Kind as FragmentKind, blocks as fragment};
