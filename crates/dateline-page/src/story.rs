//! A story that comes with its fields told: from a feed, a wire, an archive's list or a line of
//! JSON. Whoever reads such a format fills in a [`Story`]; here it becomes an article.

use dateline_document::{Article, Image, PartRole, PublishedAt, PublishedBasis};

use crate::assemble::{Piece, Text, TextId, assemble_from, one_line};
use crate::origin::Map;
use crate::{Options, PageError, html, language, markup, names, text, when};

/// What is known of a story before its words are read.
///
/// ```
/// use dateline_page::{Content, Options, Story};
///
/// let story = Story {
///     title: Some("Ferry runs again".into()),
///     published: Some("Thu, 04 Mar 2021 08:00:00 +0100".into()),
///     content: Content::Markup("<p>OSTRAVIK - The ferry sailed.</p><p>It rained.</p>".into()),
///     ..Story::default()
/// };
/// let article = story.into_article(&Options::default())?;
/// assert_eq!(&*article.text, "Ferry runs again\n\nOSTRAVIK - The ferry sailed.\n\nIt rained.");
/// assert_eq!(article.published_at.unwrap().date.to_string(), "2021-03-04");
/// # Ok::<(), dateline_page::PageError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Story {
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub title: Option<Words>,
    pub summary: Option<Words>,
    pub content: Content,
    /// Where it says it was written, where that is told apart from the text: "OSTRAVIK, Norway".
    pub dateline: Option<String>,
    /// As printed: "By Ana Ruiz and Tom Lee".
    pub bylines: Vec<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    pub rights: Option<String>,
    /// A code or an English name: "en-GB", "eng", "English".
    pub language: Option<String>,
    /// As printed, in any of the forms that dates have.
    pub published: Option<String>,
    pub updated: Option<String>,
    /// Whether publisher and dates were told by a page, a feed or a wire, not by whoever calls us.
    pub is_metadata: bool,
    /// Pictures that the content does not show itself.
    pub pictures: Vec<Picture>,
    pub notes: Vec<String>,
}

/// A picture's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub caption: Option<String>,
    pub credit: Option<String>,
}

/// The body of a story.
#[derive(Clone, Debug, Default)]
pub enum Content {
    /// Only headline and summary are known.
    #[default]
    None,
    /// A whole web page, with everything that surrounds the story.
    Page(String),
    /// HTML that is the story's body and nothing else.
    Markup(String),
    /// Lines or paragraphs of text.
    Text(Words),
    /// Parts in reading order.
    Parts(Vec<(PartRole, String)>),
}

/// Words, and the bytes they came from where the reader could tell.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub text: String,
    pub(crate) map: Option<Map>,
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        Words { text, map: None }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        text.to_owned().into()
    }
}

impl Story {
    /// The article. What the caller knows wins over what the story says.
    ///
    /// # Errors
    ///
    /// When there are no words in it at all.
    pub fn into_article(mut self, options: &Options) -> Result<Article, PageError> {
        let basis = if self.is_metadata { PublishedBasis::Meta } else { PublishedBasis::Argument };
        let told = self.published.as_deref().and_then(when::parse);
        let told = told.map(|when| PublishedAt { date: when.date, time: when.time, basis });
        let known = Options {
            published_at: options.published_at.clone().or(told),
            url: options.url.clone().or(self.url.take()),
            ..options.clone()
        };
        let title = self.title.take().filter(|title| !one_line(&title.text).is_empty());
        let title_line = title.as_ref().map(|title| one_line(&title.text));
        let mut article = match std::mem::take(&mut self.content) {
            Content::Page(page) => html::read_decoded(&page, &known),
            content => self.lay_out(content, title.as_ref(), &known)?,
        };
        article.source_id = self.source_id;
        article.title = title_line.or(article.title);
        article.url = known.url.clone().or(article.url);
        article.publisher = self.publisher.or(article.publisher);
        let printed_by = article.publisher.as_deref().and_then(names::agency).map(str::to_owned);
        article.agency = self.agency.or(article.agency).or(printed_by);
        article.language = self.language.as_deref().and_then(language::code).or(article.language);
        article.rights = self.rights.or(article.rights);
        article.reservation = article.reservation.or(known.reservation.clone());
        let mut people = Vec::new();
        for byline in &self.bylines {
            names::add(&mut people, names::people(byline, article.publisher.as_deref()).into_iter());
        }
        if !people.is_empty() {
            article.bylines = people;
        }
        article.published_at = known.published_at.or(article.published_at).or_else(|| {
            let when = when::in_url(article.url.as_deref()?)?;
            Some(PublishedAt { date: when.date, time: None, basis: PublishedBasis::Url })
        });
        let updated = self.updated.as_deref().and_then(when::parse).and_then(|when| when.timestamp);
        article.updated_at = updated.or(article.updated_at);
        article.notes.splice(0..0, self.notes);
        Ok(article)
    }

    /// Headline, summary, body and captions, in this order, as one text.
    fn lay_out(
        &mut self,
        content: Content,
        title: Option<&Words>,
        options: &Options,
    ) -> Result<Article, PageError> {
        let mut article = Article::from_text("");
        let mut texts: Vec<&Words> = Vec::new();
        let body;
        let mut pieces = match content {
            Content::Text(words) => {
                body = words;
                text_pieces(&body, &mut texts)
            }
            Content::Markup(markup) => {
                let mut read = markup::read(&markup, options.limits.depth);
                article.images.append(&mut read.images);
                article.notes.append(&mut read.notes);
                read.pieces
            }
            Content::Parts(parts) => parts.into_iter().map(|(role, text)| Piece::new(role, text)).collect(),
            Content::None | Content::Page(_) => Vec::new(),
        };
        pieces.retain(|piece| !one_line(&piece.text).is_empty());
        let has_body = !pieces.is_empty();
        let summary = self.summary.take().filter(|summary| {
            let words = one_line(&summary.text);
            let shown = words.trim_end_matches(['…', '.', ' ', ']', '[']);
            let is_new = |piece: &Piece| !one_line(&piece.text).starts_with(shown);
            !words.is_empty()
                && pieces.first().is_none_or(is_new)
                && title.is_none_or(|title| one_line(&title.text) != words)
        });
        if let Some(dateline) = self.dateline.take() {
            pieces.insert(0, Piece::new(PartRole::Dateline, dateline));
        }
        if let Some(summary) = &summary {
            let summary = if markup::is_markup(&summary.text) {
                let read = markup::read(&summary.text, options.limits.depth);
                let lines: Vec<String> = read.pieces.into_iter().map(|piece| piece.text).collect();
                Piece::new(PartRole::Summary, lines.join(" "))
            } else {
                whole(PartRole::Summary, summary, &mut texts)
            };
            pieces.insert(0, summary);
        }
        if let Some(title) = title {
            let words = one_line(&title.text);
            match pieces.first_mut() {
                Some(first) if one_line(&first.text) == words => first.role = PartRole::Headline,
                Some(first) if first.role == PartRole::Body && first.text.starts_with(&words) => {}
                _ => pieces.insert(0, whole(PartRole::Headline, title, &mut texts)),
            }
        }
        for picture in std::mem::take(&mut self.pictures) {
            article.images.push(Image { credit: picture.credit, ..Image::default() });
            if let Some(caption) = picture.caption {
                pieces.push(Piece::caption(caption, article.images.len() - 1));
            }
        }
        if pieces.iter().all(|piece| one_line(&piece.text).is_empty()) {
            return Err(PageError::NoText);
        }
        if !has_body {
            let known = if summary.is_some() { "its summary is" } else { "its headline is" };
            let known = if summary.is_some() && title.is_some() { "headline and summary are" } else { known };
            let place =
                options.url.as_ref().map(|url| format!("; the story is at {url}")).unwrap_or_default();
            article.notes.push(format!("only {known} given{place}"));
        }
        article.title = title.map(|title| one_line(&title.text));
        let texts: Vec<Text> =
            texts.iter().filter_map(|words| Some((words.text.as_str(), words.map.as_ref()?))).collect();
        let mut article = assemble_from(&texts, article, &pieces);
        let told_apart = article.parts.iter().find(|part| part.role == PartRole::Dateline);
        article.dateline = article.dateline.or(told_apart.map(|part| part.span));
        Ok(article)
    }
}

/// Each paragraph a part of the body.
fn text_pieces<'a>(words: &'a Words, texts: &mut Vec<&'a Words>) -> Vec<Piece> {
    let from = taken_from(words, texts);
    let piece = |paragraph: text::Paragraph| Piece {
        taken_from: from.map(|from| (from, paragraph.stretch)),
        ..Piece::new(PartRole::Body, paragraph.text)
    };
    text::paragraphs(&words.text).into_iter().map(piece).collect()
}

/// All the words as one part.
fn whole<'a>(role: PartRole, words: &'a Words, texts: &mut Vec<&'a Words>) -> Piece {
    let from = taken_from(words, texts);
    Piece { taken_from: from.map(|from| (from, 0..words.text.len())), ..Piece::new(role, words.text.clone()) }
}

/// The number under which the words will be found, if it is known where they came from.
fn taken_from<'a>(words: &'a Words, texts: &mut Vec<&'a Words>) -> Option<TextId> {
    words.map.as_ref()?;
    texts.push(words);
    Some(TextId(texts.len() - 1))
}
