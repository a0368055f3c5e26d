//! Records of our own making, and a store to put them into.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;

use dateline_record::Record;
use dateline_store::{Added, Filter, Prepared, Store, WriteOptions, Writer};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn db(&self) -> PathBuf {
        self.path("dateline.db")
    }

    pub fn writer(&self) -> Writer {
        Writer::open(&self.db(), &WriteOptions::default(), Timestamp::UNIX_EPOCH, &mut |_| ())
            .expect("a store can be made")
    }

    /// Adds the stories as one batch.
    pub fn add(&self, stories: &[Story]) -> Vec<Added> {
        let mut writer = self.writer();
        let batch: Vec<Prepared> = stories.iter().map(|story| Prepared::new(story.record())).collect();
        let added = writer.add(&batch, Timestamp::UNIX_EPOCH).expect("it can be added");
        writer.close().expect("it can be closed");
        added
    }

    pub fn store(&self) -> Store {
        Store::open(&self.db()).expect("it can be opened")
    }
}

/// A story in few words, from which its whole record is made.
#[derive(Clone, Debug)]
pub struct Story {
    pub url: Option<&'static str>,
    pub publisher: &'static str,
    pub day: &'static str,
    pub title: &'static str,
    pub sentences: Vec<Sentence>,
    pub codebook: &'static str,
}

/// A sentence and the event it tells.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub text: &'static str,
    pub event: Option<Told>,
    /// What is said, and by whom.
    pub quote: Option<(&'static str, &'static str)>,
}

/// An event in few words; parties are (words, country, sector).
#[derive(Clone, Debug)]
pub struct Told {
    pub event_type: &'static str,
    pub mode: Option<&'static str>,
    pub status: &'static str,
    pub trigger: &'static str,
    pub actors: Vec<Who>,
    pub recipients: Vec<Who>,
    pub date: Option<&'static str>,
    /// Name, country, latitude, longitude.
    pub place: Option<(&'static str, &'static str, f64, f64)>,
    pub confidence: f64,
    pub killed: Option<u32>,
}

pub type Who = (&'static str, &'static str, &'static str);

impl Default for Story {
    fn default() -> Story {
        Story {
            url: Some("https://wire.example/1"),
            publisher: "Gulf Wire",
            day: "2024-05-15",
            title: "Fourteen held in border town",
            sentences: vec![arrests()],
            codebook: "test",
        }
    }
}

impl Default for Told {
    fn default() -> Told {
        Told {
            event_type: "COERCE",
            mode: Some("arrest"),
            status: "asserted",
            trigger: "arrested",
            actors: vec![("Police", "GHA", "COP")],
            recipients: vec![("14 people", "GHA", "CVL")],
            date: Some("2024-05-12"),
            place: Some(("Bawku", "GHA", 11.06, -0.24)),
            confidence: 0.8,
            killed: None,
        }
    }
}

pub fn plain(text: &'static str) -> Sentence {
    Sentence { text, event: None, quote: None }
}

pub fn told(text: &'static str, event: Told) -> Sentence {
    Sentence { text, event: Some(event), quote: None }
}

/// "Police arrested 14 people in Bawku on Sunday."
pub fn arrests() -> Sentence {
    told("Police arrested 14 people in Bawku on Sunday.", Told::default())
}

/// "An Israeli drone killed Karim Haddad near Tyre on Monday."
pub fn strike() -> Told {
    Told {
        event_type: "ASSAULT",
        mode: Some("drone"),
        trigger: "killed",
        actors: vec![("Israeli drone", "ISR", "MIL")],
        recipients: vec![("Karim Haddad", "LBN", "REB")],
        date: Some("2024-05-13"),
        place: Some(("Tyre", "LBN", 33.27, 35.2)),
        ..Told::default()
    }
}

impl Story {
    pub fn record(&self) -> Record {
        let mut text = format!("{}\n\n", self.title);
        let (mut events, mut entities, mut places, mut quotes) = (vec![], vec![], vec![], vec![]);
        let body = text.len();
        for sentence in &self.sentences {
            let start = text.len();
            text.push_str(sentence.text);
            let span = |words: &str| {
                let at = start
                    + sentence.text.find(words).unwrap_or_else(|| panic!("{words:?} is in the sentence"));
                json!({"start": at, "end": at + words.len(), "text": words})
            };
            let whole = json!({"start": start, "end": text.len(), "text": sentence.text});
            if let Some(told) = &sentence.event {
                events.push(event(told, &whole, &span, &mut entities, &mut places));
                // An event in a sentence with a quote is told by the quote.
                let quote = sentence.quote.map(|_| format!("Q{}", quotes.len() + 1));
                events.last_mut().expect("it was put there")["quote"] = quote.into();
            }
            if let Some((content, speaker)) = sentence.quote {
                let entity = entity(&mut entities, &(speaker, "", ""), &span(speaker));
                let mut who = span(speaker);
                who["entity"] = entity;
                who["name"] = speaker.into();
                quotes.push(json!({
                    "id": format!("Q{}", quotes.len() + 1), "form": "direct", "content": span(content),
                    "more_content": [], "cue": null, "speaker": who, "addressee": null, "date": null,
                    "rule": "direct"
                }));
            }
            text.push(' ');
        }
        let text = text.trim_end();
        let record = json!({
            "record_version": 1,
            "made_by": {"dateline": "0", "codebook": self.codebook, "weights": "none", "gazetteer": "none"},
            "article": {
                "id": "", "source_id": null, "url": self.url, "path": null, "title": self.title,
                "bylines": ["Efua Quartey"], "publisher": self.publisher, "agency": null, "rights": null, "reservation": null,
                "language": "en", "form": "news",
                "published_at": (!self.day.is_empty()).then_some(self.day), "published_at_basis": "meta",
                "updated_at": null, "dateline": null, "images": [], "text": text,
                "parts": [
                    {"part": "headline", "start": 0, "end": self.title.len()},
                    {"part": "body", "start": body, "end": text.len()}
                ]
            },
            "entities": entities, "places": places, "dates": [], "quotes": quotes, "events": events,
            "notes": []
        });
        serde_json::from_value(record).expect("a record has this shape")
    }
}

fn event(
    told: &Told,
    sentence: &Value,
    span: &dyn Fn(&str) -> Value,
    entities: &mut Vec<Value>,
    places: &mut Vec<Value>,
) -> Value {
    let mut parties = |parties: &[Who]| -> Vec<Value> {
        parties
            .iter()
            .map(|who| {
                let mut party = span(who.0);
                party["entity"] = entity(entities, who, &party);
                party["name"] = who.0.into();
                party["country"] = code(who.1);
                party["sector"] = code(who.2);
                party
            })
            .collect()
    };
    let (actors, recipients) = (parties(&told.actors), parties(&told.recipients));
    let place = told.place.map(|(name, country, lat, lon)| {
        let id = format!("P{}", places.len() + 1);
        places.push(json!({
            "id": id, "form": "name", "start": 0, "end": 0, "text": name, "name": name, "country": country,
            "admin1": null, "lat": lat, "lon": lon, "geonames": null, "precision": "city"
        }));
        json!({"place": id, "text": name, "name": name, "country": country, "basis": "text"})
    });
    json!({
        "id": format!("{:016x}", sentence["start"].as_u64().unwrap_or_default()),
        "event_type": told.event_type, "mode": told.mode, "cameo": "173", "quad": 4, "intensity": -7.0,
        "contexts": [], "status": told.status, "trigger": span(told.trigger), "sentence": sentence,
        "actors": actors, "recipients": recipients,
        "date": told.date.map(|day| json!({
            "start": null, "end": null, "text": null, "from": day, "to": day, "basis": "text"
        })),
        "place": place,
        "counts": {"killed": told.killed, "injured": null, "arrested": null, "size": null},
        "quote": null, "because_of": null, "same_as": null, "confidence": told.confidence,
        "rule": "coerce.md#arrest"
    })
}

/// The id of the entity of these words; words that begin with a capital are a name.
fn entity(entities: &mut Vec<Value>, who: &Who, span: &Value) -> Value {
    let (name, country, sector) = *who;
    if let Some(known) = entities.iter_mut().find(|entity| entity["name"] == name) {
        return known["id"].clone();
    }
    let is_named = name.split(' ').count() > 1 && name.chars().next().is_some_and(char::is_uppercase);
    let id = format!("E{}", entities.len() + 1);
    let mut mention = span.clone();
    mention["form"] = if is_named { "name" } else { "nominal" }.into();
    entities.push(json!({
        "id": id, "name": name, "type": if is_named { "person" } else { "group" }, "country": code(country),
        "sector": code(sector), "sectors": if sector.is_empty() { vec![] } else { vec![sector] },
        "offices": [], "mentions": [mention]
    }));
    id.into()
}

fn code(code: &str) -> Value {
    if code.is_empty() { Value::Null } else { code.into() }
}

pub fn filter<const N: usize>(pairs: [(&str, &str); N]) -> Filter {
    Filter::from_pairs(pairs).expect("the filter can be read")
}
