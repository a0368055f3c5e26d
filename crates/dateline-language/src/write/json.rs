//! JSON: one object a document, on one line.

use dateline_document::{Document, NamedSpan, Token};
use serde::Serialize;

/// The document as one JSON object, without a line break.
///
/// Its fields: `id` (null where there is none), `text`, `tokens` and `entities`. A token has `start`
/// and `end` (bytes of the text's UTF-8), `text`, `lemma`, `tag`, `pos`, `morph`, `head` (the number
/// of a token, counted from 0; a root is its own), `relation` and `sentence_start`. An entity has
/// `start` and `end` (bytes) and `label`.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
/// # fn main() {
/// # let pipeline = pipeline();
/// let written = dateline_language::write::json(&pipeline.read("Lima voted."), None);
/// assert!(written.starts_with(
///     r#"{"id":null,"text":"Lima voted.","tokens":[{"start":0,"end":4,"text":"Lima","lemma":"Lima","tag":"NNP""#
/// ));
/// assert!(written.ends_with(r#""entities":[{"start":0,"end":4,"label":"GPE"}]}"#));
/// # }
/// ```
pub fn json(document: &Document, id: Option<&str>) -> String {
    let text = &*document.text;
    let form = Form {
        id,
        text,
        tokens: document.tokens.iter().enumerate().map(|(at, token)| form(document, at, token)).collect(),
        entities: document.names.iter().map(EntityForm::of).collect(),
    };
    serde_json::to_string(&form).expect("the form has only string keys and whole numbers")
}

#[derive(Serialize)]
struct Form<'a> {
    id: Option<&'a str>,
    text: &'a str,
    tokens: Vec<TokenForm<'a>>,
    entities: Vec<EntityForm<'a>>,
}

#[derive(Serialize)]
struct TokenForm<'a> {
    start: u32,
    end: u32,
    text: &'a str,
    lemma: &'a str,
    tag: &'a str,
    pos: &'a str,
    morph: &'a str,
    head: u32,
    relation: &'a str,
    sentence_start: bool,
}

#[derive(Serialize)]
struct EntityForm<'a> {
    start: u32,
    end: u32,
    label: &'a str,
}

fn form<'a>(document: &'a Document, at: usize, token: &'a Token) -> TokenForm<'a> {
    TokenForm {
        start: token.span.start,
        end: token.span.end,
        text: &document.text[token.span],
        lemma: &token.lemma,
        tag: &token.tag,
        pos: &token.pos,
        morph: &token.morph,
        head: token.head.0,
        relation: &token.relation,
        sentence_start: document.sentence(token.sentence).start.index() == at,
    }
}

impl<'a> EntityForm<'a> {
    fn of(name: &'a NamedSpan) -> EntityForm<'a> {
        EntityForm { start: name.span.start, end: name.span.end, label: &name.label }
    }
}
