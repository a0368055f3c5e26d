//! Records of our own making whose truth is known: which are copies, which tell one event, which
//! are one story.
//!
//! A happening is something done by one party to another in a town on a day. Several newsrooms write of
//! it in words of their own; the wire's version is copied by others, who add boilerplate, cut
//! paragraphs, change the headline and some words. Every article has other events too. Words are made
//! of syllables and are as common as words are (Zipf's law); no text is a newspaper's.

#[path = "hard.rs"]
mod hard;

use dateline_record::Record;
use hard::Series;
use serde_json::{Value, json};

/// SplitMix64: the same stories on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// An article and the truth about it.
pub struct Made {
    pub record: Record,
    pub happening: usize,
    /// Articles with the same number are copies.
    pub original: usize,
    /// The true event of each of its events.
    pub events: Vec<usize>,
}

#[derive(Clone, Copy)]
pub struct Shape {
    pub articles: usize,
    /// Sentences of an article, and how many of them tell an event.
    pub sentences: usize,
    pub events: usize,
    /// Whether there are copies and retellings.
    pub is_varied: bool,
    /// Whether what belongs together is hard to see, and what doesn't is alike: `hard.rs`.
    pub is_hard: bool,
}

const COUNTRIES: [&str; 40] = [
    "GHA", "FRA", "ISR", "LBN", "USA", "RUS", "UKR", "CHN", "IND", "PAK", "BRA", "ARG", "PER", "COL", "MEX",
    "NGA", "KEN", "ETH", "SDN", "EGY", "TUR", "IRN", "IRQ", "SYR", "JOR", "SAU", "YEM", "DEU", "ITA", "ESP",
    "GBR", "POL", "JPN", "KOR", "PHL", "IDN", "THA", "MMR", "AUS", "CAN",
];
const SECTORS: [&str; 10] = ["GOV", "MIL", "COP", "REB", "CVL", "OPP", "LEG", "BUS", "LAB", "UAF"];
const TYPES: [(&str, Option<&str>, u8, f64); 10] = [
    ("ASSAULT", Some("firearms"), 4, -9.0),
    ("ASSAULT", Some("drone"), 4, -9.0),
    ("COERCE", Some("arrest"), 4, -7.0),
    ("PROTEST", Some("demo"), 4, -5.0),
    ("CONSULT", Some("visit"), 1, 2.5),
    ("AID", None, 2, 10.0),
    ("ACCUSE", Some("allege"), 3, -2.0),
    ("REQUEST", Some("assist"), 3, 0.0),
    ("SANCTION", None, 4, -6.0),
    ("AGREE", None, 1, 2.5),
];
const PUBLISHERS: usize = 300;

/// Something that was done.
#[derive(Clone)]
struct Deed {
    number: usize,
    kind: usize,
    actor: Party,
    recipient: Party,
    day: i64,
    town: usize,
    killed: Option<usize>,
}

#[derive(Clone)]
struct Party {
    country: &'static str,
    sector: &'static str,
    name: Option<String>,
}

#[derive(Clone)]
struct Paragraph {
    text: String,
    deed: Option<(Deed, [String; 3])>,
}

/// Makes so many articles, in the order they are published.
pub fn make(shape: Shape, seed: u64) -> Vec<Made> {
    let mut maker = Maker { chance: Chance(seed), seed, deeds: 0, originals: 0, urls: 0, series: vec![] };
    let mut made = Vec::with_capacity(shape.articles + 16);
    let mut happening = 0;
    while made.len() < shape.articles {
        made.extend(maker.happening(shape, happening, shape.articles));
        happening += 1;
    }
    made.truncate(shape.articles);
    made.sort_by_key(|it| it.record.article.published_at.clone());
    made
}

struct Maker {
    chance: Chance,
    seed: u64,
    deeds: usize,
    originals: usize,
    urls: usize,
    series: Vec<Series>,
}

impl Maker {
    fn happening(&mut self, shape: Shape, happening: usize, of: usize) -> Vec<Made> {
        // Some 300 articles a day.
        let day = (happening * 3 / 300).min(of) as i64;
        let Series { deed, names, background } =
            if shape.is_hard { self.hard_matter(day) } else { self.matter(day) };
        let day = day.max(deed.day);
        let newsrooms = if shape.is_varied { 1 + self.chance.below(3) } else { 1 };
        let mut made = Vec::new();
        for _ in 0..newsrooms {
            let original = self.originals;
            self.originals += 1;
            let day = day + self.chance.below(2) as i64;
            let mut paragraphs = self.article(shape, &deed, &names);
            paragraphs.extend(background.iter().cloned());
            let title = self.title(&deed, &names);
            made.push(self.print(happening, original, day, &title, &paragraphs, &names));
            let copies = if shape.is_varied && self.chance.share() < 0.5 { self.chance.below(5) } else { 0 };
            for _ in 0..copies {
                let edited = if shape.is_hard { self.edit_hard(&paragraphs) } else { self.edit(&paragraphs) };
                let title = if self.chance.share() < 0.5 { title.clone() } else { self.title(&deed, &names) };
                made.push(self.print(happening, original, day, &title, &edited, &names));
            }
        }
        made
    }

    fn matter(&mut self, day: i64) -> Series {
        let deed = self.deed(day);
        let names = (0..3).map(|_| self.name()).collect();
        Series { deed, names, background: vec![] }
    }

    fn deed(&mut self, day: i64) -> Deed {
        self.deeds += 1;
        let (actor, recipient) = (self.party(), self.party());
        Deed {
            number: self.deeds,
            kind: self.chance.below(TYPES.len()),
            actor,
            recipient,
            day: day - self.chance.below(2) as i64,
            town: self.chance.below(2000),
            killed: None,
        }
    }

    fn party(&mut self) -> Party {
        // Half of the news is of few countries.
        let among = if self.chance.share() < 0.5 { 6 } else { COUNTRIES.len() };
        let name = (self.chance.share() < 0.4).then(|| self.name());
        Party {
            country: COUNTRIES[self.chance.below(among)],
            sector: SECTORS[self.chance.below(SECTORS.len())],
            name,
        }
    }

    fn name(&mut self) -> String {
        format!(
            "{} {}",
            capital(&word(self.chance.below(4000) + 3000)),
            capital(&word(self.chance.below(40_000) + 7000))
        )
    }

    fn title(&mut self, deed: &Deed, names: &[String]) -> String {
        let about = deed.actor.name.clone().unwrap_or_else(|| names[0].clone());
        format!("{} {} {} in {}", capital(&self.words(2)), about, self.words(2), town(deed.town))
    }

    /// A newsroom's own words: the deed first, then other deeds and plain sentences.
    fn article(&mut self, shape: Shape, deed: &Deed, names: &[String]) -> Vec<Paragraph> {
        (0..shape.sentences)
            .map(|at| {
                if at == 0 {
                    self.telling(deed.clone())
                } else if at < shape.events {
                    let other = self.deed(deed.day - 30);
                    self.telling(other)
                } else {
                    let name = &names[self.chance.below(names.len())];
                    Paragraph {
                        text: format!("{} {name} {}.", capital(&self.words(8)), self.words(10)),
                        deed: None,
                    }
                }
            })
            .collect()
    }

    fn telling(&mut self, deed: Deed) -> Paragraph {
        // Another newsroom has other words for those without a name.
        let party = |chance: &mut Chance, party: &Party| match &party.name {
            Some(name) => name.clone(),
            None => format!("{} {}", word(chance.below(40) + 100), party.sector.to_lowercase()),
        };
        let actor = party(&mut self.chance, &deed.actor);
        let recipient = party(&mut self.chance, &deed.recipient);
        let trigger = word(deed.kind + 200);
        let killed = deed.killed.map_or_else(String::new, |killed| format!(" and killed {killed}"));
        let text = format!(
            "{actor} {trigger} {recipient}{killed} in {} {} {}.",
            town(deed.town),
            self.words(4),
            self.words(3)
        );
        Paragraph { text, deed: Some((deed, [actor, trigger, recipient])) }
    }

    /// What a site does to a wire story.
    fn edit(&mut self, paragraphs: &[Paragraph]) -> Vec<Paragraph> {
        let mut edited = Vec::new();
        if self.chance.share() < 0.5 {
            edited.push(Paragraph { text: format!("{}.", capital(&self.words(14))), deed: None });
        }
        let kept = 0.6 + 0.4 * self.chance.share();
        let count = ((paragraphs.len() as f64 * kept).ceil() as usize).max(2);
        for paragraph in &paragraphs[..count.min(paragraphs.len())] {
            // Some sentences without an event are edited in a word or two.
            let text = if paragraph.deed.is_none() && self.chance.share() < 0.3 {
                let mut words: Vec<String> = paragraph.text.split(' ').map(Into::into).collect();
                let at = self.chance.below(words.len());
                words[at] = self.words(1);
                words.join(" ")
            } else {
                paragraph.text.clone()
            };
            edited.push(Paragraph { text, deed: paragraph.deed.clone() });
        }
        if self.chance.share() < 0.6 {
            edited.push(Paragraph { text: format!("{}.", capital(&self.words(25))), deed: None });
        }
        edited
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count)
            .map(|_| {
                // Zipf's law over some 8,000 words.
                let rank = (8000f64.powf(self.chance.share())) as usize;
                word(rank)
            })
            .collect();
        words.join(" ")
    }

    fn print(
        &mut self,
        happening: usize,
        original: usize,
        day: i64,
        title: &str,
        paragraphs: &[Paragraph],
        names: &[String],
    ) -> Made {
        self.urls += 1;
        let mut text = format!("{title}\n\n");
        let body = text.len();
        let (mut events, mut entities, mut places, mut truth) = (vec![], vec![], vec![], vec![]);
        for paragraph in paragraphs {
            let start = text.len();
            text.push_str(&paragraph.text);
            if let Some((deed, words)) = &paragraph.deed {
                truth.push(deed.number);
                events.push(event(deed, words, start, &paragraph.text, &mut entities, &mut places));
            }
            text.push(' ');
        }
        let text = text.trim_end();
        for name in names.iter().filter(|name| text.contains(name.as_str())) {
            entity(&mut entities, name, "person", None, None);
        }
        let record = json!({
            "record_version": 1,
            "made_by": {"dateline": "0", "codebook": "bench", "weights": "none", "gazetteer": "none"},
            "article": {
                "id": "", "source_id": null, "url": format!("https://paper{}.example/{}/{}", self.urls % PUBLISHERS, self.seed, self.urls),
                "path": null, "title": title, "bylines": [], "publisher": format!("Paper {}", self.urls % PUBLISHERS),
                "agency": null, "rights": null, "reservation": null, "language": "en", "form": "news",
                "published_at": date(day), "published_at_basis": "meta", "updated_at": null, "dateline": null,
                "images": [], "text": text,
                "parts": [
                    {"part": "headline", "start": 0, "end": title.len()},
                    {"part": "body", "start": body, "end": text.len()}
                ]
            },
            "entities": entities, "places": places, "dates": [], "quotes": [], "events": events, "notes": []
        });
        let record = serde_json::from_value(record).expect("a record has this shape");
        Made { record, happening, original, events: truth }
    }
}

fn event(
    deed: &Deed,
    words: &[String; 3],
    start: usize,
    sentence: &str,
    entities: &mut Vec<Value>,
    places: &mut Vec<Value>,
) -> Value {
    let span = |word: &str| {
        let at = start + sentence.find(word).unwrap_or_default();
        json!({"start": at, "end": at + word.len(), "text": word})
    };
    let mut party = |party: &Party, words: &str| {
        let kind = if party.name.is_some() { "person" } else { "group" };
        let id = entity(entities, words, kind, Some(party.country), Some(party.sector));
        let mut span = span(words);
        span["entity"] = id.into();
        span["name"] = words.into();
        span["country"] = party.country.into();
        span["sector"] = party.sector.into();
        span
    };
    let (actor, recipient) = (party(&deed.actor, &words[0]), party(&deed.recipient, &words[2]));
    let place = format!("P{}", places.len() + 1);
    // Towns lie all over the world, each in one place.
    let (lat, lon) = ((deed.town % 120) as f64 - 60.0, (deed.town * 7 % 360) as f64 - 180.0);
    places.push(json!({
        "id": place, "form": "name", "start": 0, "end": 0, "text": town(deed.town), "name": town(deed.town),
        "country": COUNTRIES[deed.town % COUNTRIES.len()], "admin1": null, "lat": lat, "lon": lon,
        "geonames": deed.town + 1, "precision": "city"
    }));
    let (event_type, mode, quad, intensity) = TYPES[deed.kind];
    let day = date(deed.day);
    json!({
        "id": format!("{:016x}", start), "event_type": event_type, "mode": mode, "cameo": "190", "quad": quad,
        "intensity": intensity, "contexts": [], "status": "asserted", "trigger": span(&words[1]),
        "sentence": {"start": start, "end": start + sentence.len(), "text": sentence},
        "actors": [actor], "recipients": [recipient],
        "date": {"start": null, "end": null, "text": null, "from": day, "to": day, "basis": "published_at"},
        "place": {"place": place, "text": town(deed.town), "name": town(deed.town), "country": null, "basis": "text"},
        "counts": {"killed": deed.killed, "injured": null, "arrested": null, "size": null}, "quote": null,
        "because_of": null, "same_as": null, "confidence": 0.8, "rule": "bench.md#1"
    })
}

fn entity(
    entities: &mut Vec<Value>,
    name: &str,
    kind: &str,
    country: Option<&str>,
    sector: Option<&str>,
) -> String {
    if let Some(known) = entities.iter().find(|entity| entity["name"] == name) {
        return known["id"].as_str().unwrap_or_default().into();
    }
    let id = format!("E{}", entities.len() + 1);
    let form = if kind == "person" { "name" } else { "nominal" };
    entities.push(json!({
        "id": id, "name": name, "type": kind, "country": country, "sector": sector,
        "sectors": sector.into_iter().collect::<Vec<_>>(), "offices": [],
        "mentions": [{"start": 0, "end": 0, "text": name, "form": form}]
    }));
    id
}

/// A made-up word: the same rank is the same word.
fn word(rank: usize) -> String {
    const FIRST: [&str; 20] = [
        "ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze", "ga", "fe", "hi", "jo", "ca",
        "we", "yi", "xo",
    ];
    let mut rest = rank + 1;
    let mut word = String::new();
    while rest > 0 {
        word.push_str(FIRST[rest % FIRST.len()]);
        rest /= FIRST.len();
    }
    word
}

fn town(number: usize) -> String {
    format!("{}ville", capital(&word(number + 50_000)))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn date(day: i64) -> String {
    let start: jiff::civil::Date = jiff::civil::date(2023, 1, 1);
    start.checked_add(jiff::Span::new().days(day)).map(|date| date.to_string()).unwrap_or_default()
}
