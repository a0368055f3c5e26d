//! Article: the words of a page, and what the page says about itself.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Reservation, Span};

/// A story as a reader would read it: headline, captions and body in order, in one text that
/// every later span points into.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Parts are separated by a blank line; a paragraph holds no line break.
    pub text: Arc<str>,
    /// In the order of the text; together they cover all of it but the separators.
    pub parts: Vec<Part>,
    pub title: Option<String>,
    /// People, without "By" and titles.
    pub bylines: Vec<String>,
    /// Who printed it: "The Associated Press".
    pub publisher: Option<String>,
    /// The wire it came from: "AP".
    pub agency: Option<String>,
    pub rights: Option<String>,
    /// Whether the publisher reserves text and data mining, and where it says so.
    pub reservation: Option<Reservation>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    pub form: ArticleForm,
    pub published_at: Option<PublishedAt>,
    pub updated_at: Option<Timestamp>,
    /// Where it says it was written: the words "BAGHDAD" before the dash.
    pub dateline: Option<Span>,
    pub images: Vec<Image>,
    pub url: Option<String>,
    /// The id that the input gave the story.
    pub source_id: Option<String>,
    /// The file it was read from.
    pub path: Option<String>,
    /// What the reader should know of how the page was read.
    pub notes: Vec<String>,
}

/// One part of the article's text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub role: PartRole,
    pub span: Span,
    /// Where its words stood in the bytes that were read, where that is known.
    pub origin: Option<Origin>,
}

/// The bytes `start..end` of a file, or of what a packed file unpacks to. Decoded (character set,
/// JSON's escapes), with each run of white space made one space and unseen characters dropped,
/// they are the words of the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub start: u64,
    pub end: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartRole {
    Headline,
    Summary,
    Byline,
    Dateline,
    Body,
    Subhead,
    Caption,
    Credit,
    Rights,
    Other,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ArticleForm {
    #[default]
    News,
    Interview,
    Opinion,
    Live,
    Brief,
    Other,
}

/// When the story was published, and how we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedAt {
    /// The day, in the publisher's own time where the page gives one.
    pub date: Date,
    /// The moment as the page prints it (RFC 3339), where it gives more than a day.
    pub time: Option<String>,
    pub basis: PublishedBasis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PublishedBasis {
    JsonLd,
    Meta,
    Url,
    Caption,
    Text,
    Argument,
}

/// A picture of the page. Its caption and credit are parts of the text where they are printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    pub caption: Option<Span>,
    pub credit: Option<String>,
    /// "1" of "1 / 4", or the place among the pictures of a page that is a gallery.
    pub position: Option<u32>,
    /// "4" of "1 / 4".
    pub of: Option<u32>,
}

impl Part {
    /// A part of which it is not known where it came from.
    pub fn new(role: PartRole, span: Span) -> Part {
        Part { role, span, origin: None }
    }
}

impl Article {
    /// An article that is nothing but `text`: one body part for each paragraph (separated by
    /// line breaks), nothing known about the page.
    pub fn from_text(text: &str) -> Article {
        let mut parts = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let kept = line.trim();
            if !kept.is_empty() {
                let lead = line.len() - line.trim_start().len();
                let span = Span::new(start + lead, start + lead + kept.len());
                parts.push(Part::new(PartRole::Body, span));
            }
            start += line.len();
        }
        Article {
            text: text.into(),
            parts,
            title: None,
            bylines: Vec::new(),
            publisher: None,
            agency: None,
            rights: None,
            reservation: None,
            language: None,
            form: ArticleForm::News,
            published_at: None,
            updated_at: None,
            dateline: None,
            images: Vec::new(),
            url: None,
            source_id: None,
            path: None,
            notes: Vec::new(),
        }
    }

    /// The part that holds `span`.
    pub fn part_of(&self, span: Span) -> Option<&Part> {
        self.parts.iter().find(|part| part.span.contains(span))
    }

    /// The same article, read from bytes that begin `offset` bytes further on in their file.
    pub fn shift_origins(&mut self, offset: u64) {
        for origin in self.parts.iter_mut().filter_map(|part| part.origin.as_mut()) {
            origin.start += offset;
            origin.end += offset;
        }
    }
}
