//! Grammar: who stands where around a word, once passives, control, relative clauses, light verbs
//! and nominal forms are undone.
//!
//! "Troops were ordered to fire on the crowd" and "the firing on the crowd by troops" both have
//! *troops* for subject here. Everything is read off the dependency parse (ClearNLP labels, as the
//! English pipelines give them); nothing here knows an event type.

mod clause;
mod light;
mod mend;
mod nominal;
mod phrase;

pub(crate) use clause::{is_passive, is_said_to_the_called, objects, subjects, surface_subjects};
pub(crate) use light::{LightUse, light_use};
pub(crate) use mend::mended;
pub(crate) use nominal::{Doers, noun_objects, noun_subjects};
pub(crate) use phrase::{
    conjuncts, counted, is_opposed, phrase_span, prepositional_objects, whole, words_below,
};

use dateline_document::{Document, TokenId};
use smol_str::{SmolStr, StrExt, format_smolstr};

/// No chain of control or conjunction is followed further than this.
const REACH: usize = 8;

pub(crate) fn relation(document: &Document, id: TokenId) -> &str {
    &document.token(id).relation
}

pub(crate) fn lemma(document: &Document, id: TokenId) -> &str {
    &document.token(id).lemma
}

/// What a form may be an inflection of, the pipeline's lemma first: rule lemmatizers take "slated"
/// for *slat* and "downed" for an adjective of its own.
pub(crate) fn lemmas(document: &Document, id: TokenId) -> impl Iterator<Item = SmolStr> {
    let token = document.token(id);
    let stems: &[(&str, &str)] = match token.tag.as_str() {
        "VBD" | "VBN" => &[("d", ""), ("ed", "")],
        "VBG" => &[("ing", "e"), ("ing", "")],
        "VBZ" => &[("s", ""), ("es", "")],
        _ => &[],
    };
    let stems = stems.iter().filter_map(move |(ending, instead)| {
        let word = document.word(id).to_lowercase_smolstr();
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 2)?;
        Some(format_smolstr!("{stem}{instead}"))
    });
    std::iter::once(token.lemma.to_lowercase_smolstr()).chain(stems)
}

pub(crate) fn is_noun(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).pos.as_str(), "NOUN" | "PROPN")
}

pub(crate) fn is_nominal(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).pos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM")
        || document.token(id).tag == "DT"
}

pub(crate) fn is_verb(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).pos.as_str(), "VERB" | "AUX")
}

/// Whether the word is of a date or a time: "on Friday" is no one that is called on.
pub(crate) fn is_when(document: &Document, id: TokenId) -> bool {
    document.name_at(id).is_some_and(|name| matches!(name.label.as_str(), "DATE" | "TIME"))
}

/// "who", "which", "that" at the head of a relative clause.
pub(crate) fn is_relative_pronoun(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).tag.as_str(), "WDT" | "WP")
}

/// The noun that a relative clause hangs on, seen from any verb of that clause.
pub(crate) fn relative_head(document: &Document, verb: TokenId) -> Option<TokenId> {
    let mut at = verb;
    for _ in 0..REACH {
        match relation(document, at) {
            "relcl" => return document.head(at),
            "conj" | "xcomp" | "ccomp" | "aux" => at = document.head(at)?,
            _ => return None,
        }
    }
    None
}
