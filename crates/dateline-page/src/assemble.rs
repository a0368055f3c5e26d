//! Pieces in reading order → the article's text and its parts.
//!
//! Every reader ends here, so that spans are made in one place only.

use std::ops::Range;

use dateline_document::{Article, Image, Part, PartRole, Span};

use crate::origin::{self, Map};
use crate::{dateline, decode, form, language};

/// Between two parts.
const BLANK_LINE: &str = "\n\n";

/// A part to be: a role, its words on one line, and for a caption the picture it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub role: PartRole,
    pub text: String,
    pub image: Option<usize>,
    /// The text it was taken from, and the stretch of it that holds its words.
    pub taken_from: Option<(TextId, Range<usize>)>,
}

/// One of the texts that a reader takes pieces from, by its number in the list it hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextId(pub usize);

/// A text that pieces were taken from, and the bytes it came from.
pub(crate) type Text<'a> = (&'a str, &'a Map);

impl Piece {
    pub fn new(role: PartRole, text: impl Into<String>) -> Piece {
        Piece { role, text: text.into(), image: None, taken_from: None }
    }

    pub fn caption(text: impl Into<String>, image: usize) -> Piece {
        Piece { image: Some(image), ..Piece::new(PartRole::Caption, text) }
    }

    pub fn taken_from(self, text: TextId, stretch: Range<usize>) -> Piece {
        Piece { taken_from: Some((text, stretch)), ..self }
    }
}

/// Fills in the article's text, parts, caption spans and dateline from `pieces`, then what only
/// the whole text tells: language and form.
pub(crate) fn assemble(article: Article, pieces: &[Piece]) -> Article {
    assemble_from(&[], article, pieces)
}

/// The same, and each part is told which bytes it came from, where its piece says from which of
/// the `texts` it was taken.
pub(crate) fn assemble_from(texts: &[Text], mut article: Article, pieces: &[Piece]) -> Article {
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
        let mut left = piece.taken_from.clone();
        let mut part = |role, span: Span, text: &str| {
            let mut part = Part::new(role, span);
            if let Some((from, stretch)) = &mut left
                && let Some((taken, map)) = texts.get(from.0)
                && let Some(found) = origin::find(taken, stretch.clone(), text[span].trim())
            {
                part.origin = map.bytes_of(found.clone(), taken);
                stretch.start = found.end;
            }
            part
        };
        if piece.role == PartRole::Body && !body_begun {
            body_begun = true;
            if let Some(line) = dateline::at_start(&words) {
                article.dateline = Some(line.place.shift(start));
                article.agency = article.agency.or(line.agency);
                rest = start + line.end;
                parts.push(part(PartRole::Dateline, Span::new(start, rest), &text));
            }
        }
        let span = Span::new(rest, text.len());
        parts.push(part(piece.role, span, &text));
        if let Some(image) = piece.image.and_then(|image| article.images.get_mut(image)) {
            image.caption = Some(span);
        }
    }
    article.images.retain(|image| *image != Image::default());
    article.notes.extend(decode::oddities(&text));
    article.text = text.into();
    article.parts = parts;
    article.language = language::of(&article.text, article.language.as_deref());
    if let Some(language) = &article.language {
        let body = article.parts.iter().filter(|part| part.role == PartRole::Body);
        let note = language::mixed(language, body.map(|part| &article.text[part.span]));
        article.notes.extend(note);
    }
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
            _ if is_invisible(character) => {}
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

/// Zero-width space, byte order mark, soft hyphen and word joiner: never seen.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}
