//! Prepared: a record made ready to be stored, on whichever thread has read it.
//!
//! All that needs no look at the database is done here, so that the one thread that writes has
//! little else to do.

use std::collections::HashMap;

use dateline_record::{Article, Event, Record};

use crate::days;
use crate::sketch::Sketch;
use crate::stable::{self, address_key, hash, name_key};

/// A record, and what finding its copies and its story takes.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) record: Record,
    pub(crate) key: ArticleKey,
    pub(crate) trace: Trace,
    /// "2024-05-15", or nothing where the article has no day.
    pub(crate) day: String,
    /// What the article is about, the weightiest first.
    pub(crate) features: Vec<u64>,
    /// One for each event of the record.
    pub(crate) tellings: Vec<TellingKey>,
    /// One for each quote of the record.
    pub(crate) quotes: Vec<TellingKey>,
}

/// What an article is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleKey {
    /// Of its address, or where it has none of its text.
    pub id: String,
    /// SHA-256 of its text.
    pub text_hash: String,
}

/// What a telling or a quote is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TellingKey {
    /// By the article's address and the words: it stays when other parts of the article change.
    pub id: String,
    /// By the words alone: the same in a copy.
    pub digest: i64,
}

/// What a text leaves behind, to store its article without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub words: usize,
    /// What its copies are found by.
    pub sketch: Sketch,
}

impl Trace {
    fn of(article: &Article) -> Trace {
        Trace { words: article.text.split_whitespace().count(), sketch: Sketch::of(&body(article)) }
    }
}

/// Features of an article, at most.
const MAX_FEATURES: usize = 32;

impl ArticleKey {
    pub fn new(url: Option<&str>, text: &str) -> ArticleKey {
        ArticleKey::of(url, dateline_record::text_hash(text))
    }

    fn of(url: Option<&str>, text_hash: String) -> ArticleKey {
        let id = match url {
            Some(url) if !url.trim().is_empty() => stable::id(&["url", &address_key(url)]),
            _ => stable::id(&["text", &text_hash]),
        };
        ArticleKey { id, text_hash }
    }
}

impl Prepared {
    pub fn new(record: Record) -> Prepared {
        let trace = Trace::of(&record.article);
        let key = ArticleKey::new(record.article.url.as_deref(), &record.article.text);
        Prepared::of(record, key, trace)
    }

    /// Of a record whose text was left out, with what the text has left behind.
    pub fn without_text(record: Record, trace: Trace) -> Prepared {
        let key = ArticleKey::of(record.article.url.as_deref(), record.article.id.clone());
        Prepared::of(record, key, trace)
    }

    fn of(record: Record, key: ArticleKey, trace: Trace) -> Prepared {
        let day =
            record.article.published_at.as_deref().and_then(days::number).map(days::text).unwrap_or_default();
        let features = features(&record);
        let tellings = telling_keys(&key.id, &record.events);
        let quotes = quote_keys(&key.id, &record);
        Prepared { record, key, trace, day, features, tellings, quotes }
    }

    pub fn key(&self) -> &ArticleKey {
        &self.key
    }

    /// "2024-05-15", or nothing where the article has no day.
    pub fn day(&self) -> &str {
        &self.day
    }

    /// What the text leaves behind.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The text, where the record has it.
    pub(crate) fn text(&self) -> Option<&str> {
        (!self.record.is_without_text()).then_some(self.record.article.text.as_str())
    }
}

/// The paragraphs: headlines are rewritten, and captions come and go.
fn body(article: &Article) -> String {
    let parts = article.parts.iter().filter(|part| matches!(part.part.as_str(), "body" | "subhead"));
    let texts: Vec<&str> =
        parts.filter_map(|part| article.text.get(part.start as usize..part.end as usize)).collect();
    if texts.is_empty() { article.text.clone() } else { texts.join("\n") }
}

/// Ids by type, trigger and sentence; the second of two that agree in all of these gets another.
fn telling_keys(article: &str, events: &[Event]) -> Vec<TellingKey> {
    let mut seen: HashMap<[&str; 3], u32> = HashMap::new();
    events
        .iter()
        .map(|event| {
            let words =
                [event.event_type.as_str(), event.trigger.text.as_str(), event.sentence.text.as_str()];
            key_of(article, "event", &words, &mut seen)
        })
        .collect()
}

fn quote_keys(article: &str, record: &Record) -> Vec<TellingKey> {
    let contents: Vec<(String, String)> = record
        .quotes
        .iter()
        .map(|quote| {
            let speaker = quote.speaker.as_ref().map(|speaker| speaker.text.clone()).unwrap_or_default();
            (content(quote), speaker)
        })
        .collect();
    let mut seen = HashMap::new();
    contents
        .iter()
        .map(|(content, speaker)| {
            let mut key = key_of(article, "quote", &[content.as_str(), speaker.as_str(), ""], &mut seen);
            // Quotation marks, capitals and the words for the speaker differ between copies.
            key.digest = hash(&[&name_key(content)]) as i64;
            key
        })
        .collect()
}

fn key_of<'a>(
    article: &str,
    kind: &str,
    words: &[&'a str; 3],
    seen: &mut HashMap<[&'a str; 3], u32>,
) -> TellingKey {
    let occurrence = seen.entry(*words).and_modify(|count| *count += 1).or_default().to_string();
    let [first, second, third] = words;
    TellingKey {
        id: stable::id(&[article, kind, first, second, third, &occurrence]),
        digest: hash(&[first, second, third, &occurrence]) as i64,
    }
}

/// The words of a quote, whole where "he said" breaks it.
pub(crate) fn content(quote: &dateline_record::Quote) -> String {
    let mut content = quote.content.text.clone();
    for more in &quote.more_content {
        content.push_str(" … ");
        content.push_str(&more.text);
    }
    content
}

/// Named parties by how often they are named, then places, then the words of the headline.
fn features(record: &Record) -> Vec<u64> {
    let mut entities: Vec<(usize, String)> = record
        .entities
        .iter()
        .filter_map(|entity| {
            let names = entity.mentions.iter().filter(|mention| mention.form == "name").count();
            (names > 0).then(|| (entity.mentions.len(), name_key(&entity.name)))
        })
        .collect();
    entities.sort_by(|(count, name), (other_count, other)| other_count.cmp(count).then(name.cmp(other)));
    let mut features: Vec<u64> = entities.iter().take(14).map(|(_, name)| hash(&["entity", name])).collect();
    let places = record.places.iter().filter(|place| place.precision.as_deref() == Some("city"));
    let mut places: Vec<String> = places.filter_map(|place| place.name.as_deref()).map(name_key).collect();
    places.sort();
    places.dedup();
    features.extend(places.iter().take(6).map(|name| hash(&["place", name])));
    let title = record.article.title.as_deref().unwrap_or_default().to_lowercase();
    let words = title.split(|character: char| !character.is_alphanumeric());
    features.extend(words.filter(|word| word.chars().count() > 3).map(|word| hash(&["title", stem(word)])));
    let mut seen = std::collections::HashSet::new();
    features.retain(|feature| seen.insert(*feature));
    features.truncate(MAX_FEATURES);
    features
}

/// A word without its commonest endings, so that "strikes" meets "strike" and "striking".
fn stem(word: &str) -> &str {
    for ending in ["ing", "ed", "es", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.chars().count() > 3
        {
            return stem;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_its_address_or_else_its_text() {
        let at = |url, text| ArticleKey::new(url, text);
        assert_eq!(at(Some("https://a.example/x#top"), "one").id, at(Some("https://a.example/x"), "two").id);
        assert_ne!(at(None, "one").id, at(None, "two").id);
        assert_eq!(at(Some(" "), "one"), at(None, "one"));
    }

    #[test]
    fn stems_meet() {
        assert_eq!(stem("strikes"), stem("striking"));
        assert_eq!(stem("bus"), "bus");
    }
}
