//! Places: toponyms recognised, then resolved.
//!
//! ```
//! use dateline_coder::place::find_places;
//! use dateline_document::{Article, Document};
//! use dateline_gazetteer::Gazetteer;
//!
//! let article = Article::from_text("");
//! let document = Document::new(article.text.clone(), vec![], vec![], vec![]);
//! assert!(find_places(&article, &document, &Gazetteer::embedded()).is_empty());
//! ```
//!
//! Three steps. [`recognise`] finds the words that name places: the recogniser of the pipeline is asked
//! first, the gazetteer second, and each corrects the other ("Goma" is no person, "Paris Hilton" no town).
//! [`candidates`] lists what each name may stand for. [`resolve`] chooses: a name has one sense in a
//! story; "Paris, Texas" says which; else the places of a story lie near each other, and large ones
//! are named more often than small ones (Leidner 2007, "Toponym Resolution in Text"; the mutual support
//! of candidates follows DeLozier, Baldridge and London 2015).
//!
//! A government named by its capital ("Washington said") is still a mention of the place; what stands
//! for whom, the actors' table decides.

mod recognise;

mod candidates;
mod containers;
mod resolve;

mod pieces;
mod words;

use dateline_document::{Article, Document, PlaceMention};
use dateline_gazetteer::Gazetteer;

/// Every toponym and demonym of the story in text order, resolved where the gazetteer knows it.
///
/// Time grows with the length of the story, not with its square.
pub fn find_places(article: &Article, document: &Document, gazetteer: &Gazetteer) -> Vec<PlaceMention> {
    let toponyms = recognise::toponyms(article, document, gazetteer);
    resolve::resolve(document, toponyms)
}
