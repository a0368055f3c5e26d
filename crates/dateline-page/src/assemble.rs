//! Pieces in reading order → the article's text and its parts.
//!
//! Every reader ends here, so that spans are made in one place only.

use dateline_document::{Article, Image, Part, PartRole, Span};

use crate::{dateline, decode, form, language};

/// Between two parts.
const BLANK_LINE: &str = "\n\n";

/// A part to be: a role, its words on one line, and for a caption the picture it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub role: PartRole,
    pub text: String,
    pub image: Option<usize>,
}

impl Piece {
    pub fn new(role: PartRole, text: impl Into<String>) -> Piece {
        Piece { role, text: text.into(), image: None }
    }

    pub fn caption(text: impl Into<String>, image: usize) -> Piece {
        Piece { role: PartRole::Caption, text: text.into(), image: Some(image) }
    }
}

/// Fills in the article's text, parts, caption spans and dateline from `pieces`, then what only
/// the whole text tells: language and form.
pub(crate) fn assemble(mut article: Article, pieces: &[Piece]) -> Article {
    let mut text = String::with_capacity(pieces.iter().map(|piece| piece.text.len() + 2).sum());
    let mut parts = Vec::with_capacity(pieces.len() + 1);
    let mut body_begun = false;
    for piece in pieces {
        let words = one_line(&piece.text);
        if words.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str(BLANK_LINE);
        }
        let start = text.len();
        text.push_str(&words);
        let mut rest = start;
        if piece.role == PartRole::Body && !body_begun {
            body_begun = true;
            if let Some(line) = dateline::at_start(&words) {
                article.dateline = Some(line.place.shift(start));
                article.agency = article.agency.or(line.agency);
                rest = start + line.end;
                parts.push(Part { role: PartRole::Dateline, span: Span::new(start, rest) });
            }
        }
        let span = Span::new(rest, text.len());
        parts.push(Part { role: piece.role, span });
        if let Some(image) = piece.image.and_then(|image| article.images.get_mut(image)) {
            image.caption = Some(span);
        }
    }
    article.images.retain(|image| *image != Image::default());
    article.notes.extend(decode::oddities(&text));
    article.text = text.into();
    article.parts = parts;
    article.language = language::of(&article.text, article.language.as_deref());
    article.form = form::of(&article);
    debug_assert_eq!(Ok(()), check(&article));
    article
}

/// Whether parts ascend, lie in the text on character boundaries and cover it but for blank space.
pub(crate) fn check(article: &Article) -> Result<(), String> {
    let mut end = 0;
    for part in &article.parts {
        let (start, stop) = (part.span.start as usize, part.span.end as usize);
        if start < end || stop < start {
            return Err(format!("part {part:?} does not ascend"));
        }
        let between = article.text.get(end..start).ok_or(format!("part {part:?} cuts a character"))?;
        if !between.trim().is_empty() {
            return Err(format!("{between:?} before {part:?} is in no part"));
        }
        end = stop;
    }
    match article.text.get(end..) {
        Some("") => Ok(()),
        rest => Err(format!("{rest:?} at the end is in no part")),
    }
}

/// The words with every run of white space made one space, and invisible characters dropped.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // Zero-width space, byte order mark, soft hyphen and word joiner: never seen.
            '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
            _ if character.is_whitespace() || character.is_control() => {
                if !line.ends_with(' ') && !line.is_empty() {
                    line.push(' ');
                }
            }
            _ => line.push(character),
        }
    }
    line.truncate(line.trim_end().len());
    line
}
