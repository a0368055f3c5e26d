//! Story: what every construction reads, looked up once: the paragraphs of prose and the stretches
//! between quotation marks.

use dateline_document::{Article, Document, PartRole, Span, TokenId};

use super::marks::{Quoted, quoted_stretches};
use crate::grammar::is_when;

pub(super) struct Story<'a> {
    pub document: &'a Document,
    /// Headlines, captions and paragraphs, in text order.
    pub paragraphs: Vec<Paragraph>,
    /// Of all paragraphs, in text order.
    pub quoted: Vec<Quoted>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    pub span: Span,
    pub is_headline: bool,
    /// Its stretches are `quoted[first_quoted..end_quoted]`.
    pub first_quoted: usize,
    pub end_quoted: usize,
}

impl<'a> Story<'a> {
    pub fn new(article: &Article, document: &'a Document) -> Story<'a> {
        let mut paragraphs = Vec::new();
        let mut quoted = Vec::new();
        for part in &article.parts {
            if matches!(
                part.role,
                PartRole::Byline | PartRole::Dateline | PartRole::Credit | PartRole::Rights
            ) {
                continue;
            }
            let first_quoted = quoted.len();
            quoted.extend(quoted_stretches(&document.text, part.span));
            paragraphs.push(Paragraph {
                span: part.span,
                is_headline: part.role == PartRole::Headline,
                first_quoted,
                end_quoted: quoted.len(),
            });
        }
        Story { document, paragraphs, quoted }
    }

    pub fn text(&self, span: Span) -> &'a str {
        &self.document.text[span]
    }

    /// The paragraph that holds byte `at`; `None` in a byline or a credit.
    pub fn paragraph_at(&self, at: u32) -> Option<&Paragraph> {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.span.end <= at);
        self.paragraphs.get(index).filter(|paragraph| paragraph.span.start <= at)
    }

    /// The quoted stretch that holds byte `at`, marks included.
    pub fn quoted_at(&self, at: u32) -> Option<&Quoted> {
        let index = self.quoted.partition_point(|quoted| quoted.outer.end <= at);
        self.quoted.get(index).filter(|quoted| quoted.outer.start <= at)
    }

    /// The quoted stretches that share bytes with `span`.
    pub fn quoted_in(&self, span: Span) -> &[Quoted] {
        let first = self.quoted.partition_point(|quoted| quoted.outer.end <= span.start);
        let end = self.quoted.partition_point(|quoted| quoted.outer.start < span.end);
        &self.quoted[first..end.max(first)]
    }

    pub fn lemma(&self, id: TokenId) -> &str {
        let token = self.document.token(id);
        // The rule lemmatizer takes "hoped" for a form of "hop".
        match token.lemma.as_str() {
            "hop" if matches!(self.text(token.span), "hoped" | "hoping") => "hope",
            lemma => lemma,
        }
    }

    pub fn relation(&self, id: TokenId) -> &str {
        &self.document.token(id).relation
    }

    pub fn is_verb(&self, id: TokenId) -> bool {
        self.document.token(id).tag.starts_with("VB")
    }

    pub fn is_nominal(&self, id: TokenId) -> bool {
        matches!(self.document.token(id).pos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM")
    }

    pub fn is_punctuation(&self, id: TokenId) -> bool {
        matches!(self.document.token(id).pos.as_str(), "PUNCT" | "SPACE")
    }

    /// Whether `id` stands in a date or a time: "on Monday".
    pub fn is_time(&self, id: TokenId) -> bool {
        is_when(self.document, id)
    }

    /// The first child of `id` that bears one of `relations`.
    pub fn child_of(&self, id: TokenId, relations: &[&str]) -> Option<TokenId> {
        self.document.children(id).iter().copied().find(|&child| relations.contains(&self.relation(child)))
    }
}
