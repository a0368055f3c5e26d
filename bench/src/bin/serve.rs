//! A large store to ask: events of nobody, made of random words, added as `dateline add` would.
//!
//! ```text
//! cargo run --release -p dateline-bench --bin serve -- events.db 1000000
//! dateline serve --db events.db &
//! wrk --threads 2 --connections 200 --duration 30s --latency --script bench/serve.lua http://127.0.0.1:7070
//! ```
//!
//! Adding a story at a time is what it costs to add; no short cut into the tables is taken.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use dateline_record::{
    Article, Counts, Entity, Event, EventDate, EventPlace, Mention, Part, Party, Place, RECORD_VERSION,
    Record, Stretch, Versions,
};
use dateline_store::{Filter, Prepared, Store, WriteOptions, Writer};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::date;

const TYPES: [(&str, u8, f64); 8] = [
    ("AGREE", 1, 3.0),
    ("CONSULT", 1, 1.0),
    ("AID", 2, 7.0),
    ("COOPERATE", 2, 6.0),
    ("ACCUSE", 3, -2.0),
    ("THREATEN", 3, -4.0),
    ("PROTEST", 4, -5.0),
    ("ASSAULT", 4, -9.0),
];
const COUNTRIES: [&str; 20] = [
    "GHA", "BFA", "FRA", "USA", "RUS", "UKR", "CHN", "IND", "PAK", "ISR", "IRN", "BRA", "COL", "VEN", "KEN",
    "UGA", "SDN", "TCD", "GEO", "ARM",
];
const SECTORS: [&str; 6] = ["GOV", "MIL", "REB", "COP", "CVL", "BUS"];
const STATUSES: [&str; 6] = ["asserted", "asserted", "asserted", "ongoing", "planned", "denied"];

/// Stories of a batch, events of a story.
const BATCH: usize = 500;
const EVENTS: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(wanted)) = (arguments.next(), arguments.next()) else {
        return Err("usage: serve FILE EVENTS".into());
    };
    let wanted: u64 = wanted.parse()?;
    let mut writer =
        Writer::open(Path::new(&file), &WriteOptions::default(), Timestamp::UNIX_EPOCH, &mut |_| ())?;
    let (mut random, mut number, since) = (Random(1), 0, Instant::now());
    loop {
        let stories: Vec<Prepared> = (0..BATCH)
            .map(|_| {
                number += 1;
                Prepared::new(story(number, &mut random))
            })
            .collect();
        writer.add(&stories, Timestamp::UNIX_EPOCH)?;
        if number.is_multiple_of(5000) {
            let events = Store::open(Path::new(&file))?.count(&Filter::default())?.events;
            let seconds = since.elapsed().as_secs_f64();
            eprintln!("{number} stories, {events} events, {:.0} stories a second", number as f64 / seconds);
            if events >= wanted {
                break;
            }
        }
    }
    writer.close()?;
    Ok(())
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn word(&mut self) -> String {
        const ENDS: [&str; 8] = ["an", "or", "est", "ing", "ul", "iva", "o", "ek"];
        let number = self.below(4000);
        let letter = |place: u32| char::from(b'a' + (number / 20usize.pow(place) % 20) as u8);
        format!("{}{}{}{}", letter(0), letter(1), letter(2), ENDS[number % 8])
    }
}

fn story(number: usize, random: &mut Random) -> Record {
    let day = date(2015, 1, 1) + (random.below(3600) as i64).days();
    let title = (0..8).map(|_| random.word()).collect::<Vec<_>>().join(" ");
    let mut text = format!("{title}\n\n");
    let (mut entities, mut places, mut events): (Vec<Entity>, Vec<Place>, Vec<Event>) = Default::default();
    let body = text.len() as u32;
    for at in 0..EVENTS {
        let (event_type, quad, intensity) = TYPES[random.below(TYPES.len())];
        let start = text.len() as u32;
        let actor = party(&mut text, &mut entities, random);
        let verb = stretch(&mut text, &random.word());
        let recipient = party(&mut text, &mut entities, random);
        for _ in 0..8 {
            stretch(&mut text, &random.word());
        }
        let town = random.below(600);
        let place = Place {
            id: format!("P{}", at + 1),
            form: "name".into(),
            start,
            end: start,
            text: format!("Town {town}"),
            name: Some(format!("Town {town}")),
            country: Some(COUNTRIES[town % COUNTRIES.len()].into()),
            admin1: None,
            lat: Some((town * 7 % 120) as f64 - 50.0),
            lon: Some((town * 13 % 300) as f64 - 150.0),
            geonames: Some(town as u32 + 1),
            precision: Some(if town.is_multiple_of(10) { "country" } else { "city" }.into()),
        };
        let end = text.len() as u32 - 1;
        let sentence = Stretch { start, end, text: text[start as usize..end as usize].to_owned() };
        let from = (day - (random.below(6) as i64).days()).to_string();
        events.push(Event {
            id: format!("{number:08x}{at:08x}"),
            event_type: event_type.into(),
            mode: None,
            cameo: "010".into(),
            quad,
            intensity,
            contexts: Vec::new(),
            status: STATUSES[random.below(STATUSES.len())].into(),
            trigger: verb,
            sentence,
            actors: vec![actor],
            recipients: vec![recipient],
            date: Some(EventDate {
                start: None,
                end: None,
                text: None,
                from: from.clone(),
                to: from,
                basis: "text".into(),
            }),
            place: Some(EventPlace {
                place: place.id.clone(),
                text: place.text.clone(),
                name: place.name.clone(),
                country: place.country.clone(),
                basis: "text".into(),
            }),
            counts: Counts { killed: None, injured: None, arrested: None, size: None },
            quote: None,
            because_of: None,
            same_as: None,
            confidence: 0.5 + random.below(50) as f64 / 100.0,
            rule: "none".into(),
        });
        places.push(place);
    }
    let publisher = format!("Paper {}", random.below(200));
    Record {
        record_version: RECORD_VERSION,
        made_by: Versions {
            dateline: "0".into(),
            codebook: "0".into(),
            weights: "0".into(),
            gazetteer: "0".into(),
        },
        article: Article {
            id: String::new(),
            source_id: None,
            url: Some(format!("https://paper.example/{number}")),
            path: None,
            title: Some(title.clone()),
            bylines: Vec::new(),
            publisher: Some(publisher),
            agency: None,
            rights: None,
            reservation: None,
            language: Some("en".into()),
            form: "news".into(),
            published_at: Some(day.to_string()),
            published_at_basis: "meta".into(),
            updated_at: None,
            dateline: None,
            images: Vec::new(),
            parts: vec![
                Part { part: "headline".into(), start: 0, end: title.len() as u32, origin: None },
                Part { part: "body".into(), start: body, end: text.len() as u32, origin: None },
            ],
            text,
        },
        entities,
        places,
        dates: Vec::new(),
        quotes: Vec::new(),
        events,
        notes: Vec::new(),
    }
}

/// Writes a word and a space, and says where the word stands.
fn stretch(text: &mut String, word: &str) -> Stretch {
    let start = text.len() as u32;
    text.push_str(word);
    text.push(' ');
    Stretch { start, end: start + word.len() as u32, text: word.to_owned() }
}

/// One of 4,000 people, in the text and among the entities.
fn party(text: &mut String, entities: &mut Vec<Entity>, random: &mut Random) -> Party {
    let who = random.below(4000);
    let (country, sector) = (COUNTRIES[who % COUNTRIES.len()], SECTORS[who % SECTORS.len()]);
    let name = format!("Person N{who}");
    let Stretch { start, end, text } = stretch(text, &name);
    let id = format!("E{}", entities.len() + 1);
    entities.push(Entity {
        id: id.clone(),
        name: name.clone(),
        entity_type: "person".into(),
        country: Some(country.into()),
        sector: Some(sector.into()),
        sectors: vec![sector.into()],
        offices: Vec::new(),
        mentions: vec![Mention { start, end, text: text.clone(), form: "name".into() }],
    });
    Party {
        entity: Some(id),
        start,
        end,
        text,
        name,
        country: Some(country.into()),
        sector: Some(sector.into()),
    }
}
