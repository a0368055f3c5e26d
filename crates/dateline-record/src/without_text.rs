//! A record without the article's words: what may be passed on where the text may not.

use crate::Record;
use crate::id::text_hash;

impl Record {
    /// The record with what the facts rest on (sentences, quotes, the words for parties, places and dates) and
    /// without the text, the captions and the words of mentions. Spans still say where they stood, and
    /// `article.id` which text it was.
    #[must_use]
    pub fn without_text(mut self) -> Record {
        self.article.text.clear();
        let captions = self.article.images.iter_mut().filter_map(|image| image.caption.as_mut());
        captions.for_each(|caption| caption.text.clear());
        let mentions = self.entities.iter_mut().flat_map(|entity| &mut entity.mentions);
        mentions.for_each(|mention| mention.text.clear());
        self
    }

    /// Whether the text has been left out.
    #[must_use]
    pub fn is_without_text(&self) -> bool {
        self.article.text.is_empty() && self.article.id != text_hash("")
    }
}

#[cfg(test)]
mod tests {
    use dateline_document::{Article, Coding, MadeBy};

    use super::*;

    fn record(text: &str) -> Record {
        Record::from(&Coding {
            article: Article::from_text(text),
            made_by: MadeBy::default(),
            entities: Vec::new(),
            places: Vec::new(),
            dates: Vec::new(),
            quotes: Vec::new(),
            events: Vec::new(),
            notes: Vec::new(),
        })
    }

    #[test]
    fn a_record_without_text_is_known_as_one() {
        let whole = record("Thousands marched in Lima.");
        assert!(!whole.is_without_text());
        let bare = whole.clone().without_text();
        assert!(bare.is_without_text());
        assert_eq!((bare.article.id, bare.article.parts), (whole.article.id, whole.article.parts));
    }

    #[test]
    fn an_article_of_no_words_lacks_none() {
        assert!(!record("").without_text().is_without_text());
    }
}
