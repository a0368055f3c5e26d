//! The columns of each table, declared once.
//!
//! Tables are flat, for programs that know no lists: several values of one thing are one text with
//! semicolons between them, and the lists of parties run in step: the second name goes with the
//! second country, which is empty where it is not known.

use dateline_store::{
    ArticleRow, ChangeRow, EntityRow, EventRow, NamedPlaceRow, PartyRow, PlaceRow, Precision, QuoteRow,
    StoryRow,
};

/// One column.
pub struct Column<R: 'static> {
    pub name: &'static str,
    pub kind: Kind,
    pub help: &'static str,
    pub value: fn(&R) -> Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// "2024-05-15".
    Day,
    Integer,
    Real,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Text(String),
    Integer(i64),
    Real(f64),
}

impl Cell {
    pub fn as_text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    pub fn as_integer(&self) -> Option<i64> {
        if let Cell::Integer(number) = self { Some(*number) } else { None }
    }

    pub fn as_real(&self) -> Option<f64> {
        match self {
            Cell::Real(number) => Some(*number),
            Cell::Integer(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// Days since 1970-01-01.
    pub fn as_day(&self) -> Option<i32> {
        let mut parts = self.as_text()?.splitn(3, '-').map(|part| part.parse::<i32>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Howard Hinnant's days_from_civil: years begin in March, so that leap days come last.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
}

const fn text<R>(name: &'static str, help: &'static str, value: fn(&R) -> Cell) -> Column<R> {
    Column { name, kind: Kind::Text, help, value }
}

const fn day<R>(name: &'static str, help: &'static str, value: fn(&R) -> Cell) -> Column<R> {
    Column { name, kind: Kind::Day, help, value }
}

const fn integer<R>(name: &'static str, help: &'static str, value: fn(&R) -> Cell) -> Column<R> {
    Column { name, kind: Kind::Integer, help, value }
}

const fn real<R>(name: &'static str, help: &'static str, value: fn(&R) -> Cell) -> Column<R> {
    Column { name, kind: Kind::Real, help, value }
}

/// Rows that may stand for a place.
trait Placed {
    fn place(&self) -> Option<&PlaceRow>;
}

impl Placed for EventRow {
    fn place(&self) -> Option<&PlaceRow> {
        self.place.as_ref()
    }
}

impl Placed for NamedPlaceRow {
    fn place(&self) -> Option<&PlaceRow> {
        self.place.as_ref()
    }
}

const fn place_country<R: Placed>() -> Column<R> {
    text("place_country", "ISO 3166-1 alpha-3", |it| it.place().and_then(|it| it.country.as_deref()).into())
}

const fn place_admin1<R: Placed>() -> Column<R> {
    text("place_admin1", "State, province or governorate", |it| {
        it.place().and_then(|it| it.admin1.as_deref()).into()
    })
}

const fn lat<R: Placed>() -> Column<R> {
    real("lat", "Degrees, WGS 84", |it| it.place().and_then(|it| it.lat).into())
}

const fn lon<R: Placed>() -> Column<R> {
    real("lon", "Degrees, WGS 84", |it| it.place().and_then(|it| it.lon).into())
}

const fn geonames<R: Placed>() -> Column<R> {
    integer("geonames", "GeoNames id", |it| it.place().and_then(|it| it.geonames).into())
}

const fn place_precision<R: Placed>() -> Column<R> {
    text("place_precision", "What the coordinates stand for: point, city, admin, country or area", |it| {
        it.place().map(|it| it.precision.as_str()).into()
    })
}

/// Events, each once.
pub const EVENTS: &[Column<EventRow>] = &[
    text("event_id", "Stays the same while the event is told", |it| it.id.as_str().into()),
    day("day", "The day it is counted under: its first, or the day of publication", |it| known(&it.day)),
    day("date_from", "First day, as told", |it| it.date_from.as_deref().into()),
    day("date_to", "Last day, included", |it| it.date_to.as_deref().into()),
    text("date_basis", "text: told in words; published_at: taken from the time of publication", |it| {
        it.date_basis.as_deref().into()
    }),
    text("event_type", "PLOVER type", |it| it.event_type.as_str().into()),
    text("mode", "PLOVER mode", |it| it.mode.as_deref().into()),
    text("status", "asserted, ongoing, planned, possible, demanded or denied", |it| {
        it.status.as_str().into()
    }),
    integer(
        "quad",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        |it| Cell::Integer(it.quad.into()),
    ),
    real("intensity", "Hostile -10 to friendly +10", |it| Cell::Real(it.intensity)),
    text("cameo", "CAMEO code", |it| it.cameo.as_str().into()),
    text("contexts", "PLOVER contexts", |it| joined(it.contexts.iter().map(String::as_str))),
    text("actors", "Names of those who did it", |it| names(&it.actors)),
    text("actor_countries", "Their countries: ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM", |it| {
        countries(&it.actors)
    }),
    text("actor_sectors", "Their PLOVER sectors", |it| sectors(&it.actors)),
    text("actor_ids", "Their ids in the table of entities", |it| ids(&it.actors)),
    text("recipients", "Names of those it was done to", |it| names(&it.recipients)),
    text("recipient_countries", "Their countries", |it| countries(&it.recipients)),
    text("recipient_sectors", "Their PLOVER sectors", |it| sectors(&it.recipients)),
    text("recipient_ids", "Their ids in the table of entities", |it| ids(&it.recipients)),
    text("place", "Where", |it| it.place.as_ref().map(|place| place.name.as_str()).into()),
    place_country(),
    place_admin1(),
    lat(),
    lon(),
    geonames(),
    place_precision(),
    integer("killed", "People killed", |it| it.counts.killed.into()),
    integer("injured", "People injured", |it| it.counts.injured.into()),
    integer("arrested", "People arrested", |it| it.counts.arrested.into()),
    integer("size", "People who took part", |it| it.counts.size.into()),
    real("confidence", "Of all events at 0.8, 80% are right", |it| Cell::Real(it.confidence)),
    integer("tellings", "How often it is told", |it| Cell::Integer(it.tellings.into())),
    integer("articles", "Articles that tell it", |it| Cell::Integer(it.articles.into())),
    integer("originals", "Articles that tell it and are no copies of another", |it| {
        Cell::Integer(it.originals.into())
    }),
    text("verdict", "accept, reject or fix, where somebody has judged it", |it| it.verdict.as_deref().into()),
    text("sentence", "The sentence it is best known by", |it| {
        it.evidence.as_ref().map(|evidence| evidence.sentence.as_str()).into()
    }),
    text("said_by", "Who is quoted in it as saying so; empty where the article says it itself", |it| {
        it.evidence.as_ref().and_then(|evidence| evidence.said_by.as_ref()?.name.as_deref()).into()
    }),
    text("article_id", "The article with that sentence", |it| {
        it.evidence.as_ref().map(|evidence| evidence.article.as_str()).into()
    }),
    text("title", "Its headline", |it| {
        it.evidence.as_ref().and_then(|evidence| evidence.title.as_deref()).into()
    }),
    text("publisher", "Who printed it", |it| {
        it.evidence.as_ref().and_then(|evidence| evidence.publisher.as_deref()).into()
    }),
    text("url", "Where", |it| it.evidence.as_ref().and_then(|evidence| evidence.url.as_deref()).into()),
    text("published_at", "When: RFC 3339 date or date-time", |it| {
        it.evidence.as_ref().and_then(|evidence| evidence.published_at.as_deref()).into()
    }),
    text("story_id", "The story that the article belongs to", |it| {
        it.evidence.as_ref().map(|evidence| evidence.story.as_str()).into()
    }),
];

/// A party of an event, for the side table that takes the lists apart.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PartyOf {
    pub event: String,
    pub day: String,
    pub role: &'static str,
    #[serde(flatten)]
    pub party: PartyRow,
}

/// Parties of events, one a row.
pub const PARTIES: &[Column<PartyOf>] = &[
    text("event_id", "The event", |it| it.event.as_str().into()),
    day("day", "Its day", |it| known(&it.day)),
    text("role", "actor or recipient", |it| it.role.into()),
    text("entity_id", "Who, in the table of entities", |it| it.party.id.as_str().into()),
    text("name", "The name", |it| it.party.name.as_str().into()),
    text("type", "person, organization, group, government, place or other", |it| {
        it.party.entity_type.as_str().into()
    }),
    text("country", "ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM", |it| {
        it.party.country.as_deref().into()
    }),
    text("sector", "PLOVER sector", |it| it.party.sector.as_deref().into()),
];

/// Quotes, each once.
pub const QUOTES: &[Column<QuoteRow>] = &[
    text("quote_id", "Stays the same while the quote is printed", |it| it.id.as_str().into()),
    day("day", "When it was said, or else published", |it| known(&it.day)),
    text("form", "direct, indirect or mixed", |it| it.form.as_str().into()),
    text("content", "What was said", |it| it.content.as_str().into()),
    text("cue", "The word for saying", |it| it.cue.as_deref().into()),
    text("speaker", "Who said it", |it| it.speaker.as_ref().map(|speaker| speaker.name.as_str()).into()),
    text("speaker_text", "The words for the speaker", |it| it.speaker_text.as_deref().into()),
    text("speaker_country", "ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM", |it| {
        it.speaker.as_ref().and_then(|speaker| speaker.country.as_deref()).into()
    }),
    text("speaker_sector", "PLOVER sector", |it| {
        it.speaker.as_ref().and_then(|speaker| speaker.sector.as_deref()).into()
    }),
    text("speaker_id", "The speaker's id in the table of entities", |it| {
        it.speaker.as_ref().map(|speaker| speaker.id.as_str()).into()
    }),
    text("addressee", "The words for whom it was said to", |it| it.addressee.as_deref().into()),
    integer("printings", "Articles that print it", |it| Cell::Integer(it.printings.into())),
    text("article_id", "The first of them", |it| it.article.as_str().into()),
    text("title", "Its headline", |it| it.title.as_deref().into()),
    text("publisher", "Who printed it", |it| it.publisher.as_deref().into()),
    text("url", "Where", |it| it.url.as_deref().into()),
];

/// Stories: articles on one happening.
pub const STORIES: &[Column<StoryRow>] = &[
    text("story_id", "Stays the same while the story has articles", |it| it.id.as_str().into()),
    text("headline", "Of the article that was copied most, or else the first", |it| {
        it.headline.as_deref().into()
    }),
    day("day_from", "Day of the first article", |it| known(&it.day_from)),
    day("day_to", "Day of the last", |it| known(&it.day_to)),
    integer("articles", "Articles", |it| Cell::Integer(it.articles.into())),
    integer("originals", "Articles that are no copies of another", |it| Cell::Integer(it.originals.into())),
    integer("publishers", "Publishers", |it| Cell::Integer(it.publishers.into())),
    integer("events", "Events that they tell", |it| Cell::Integer(it.events.into())),
];

/// Articles: one page at one address.
pub const ARTICLES: &[Column<ArticleRow>] = &[
    text("article_id", "Of its address, or else of its text", |it| it.id.as_str().into()),
    text("url", "Its address", |it| it.url.as_deref().into()),
    text("title", "Its headline", |it| it.title.as_deref().into()),
    text("publisher", "Who printed it", |it| it.publisher.as_deref().into()),
    text("agency", "The wire it came from", |it| it.agency.as_deref().into()),
    text("published_at", "RFC 3339 date or date-time", |it| it.published_at.as_deref().into()),
    text("language", "ISO 639-1", |it| it.language.as_deref().into()),
    integer("words", "Words", |it| Cell::Integer(it.words.into())),
    integer("version", "Its version, counted from 1", |it| Cell::Integer(it.version.into())),
    text("copy_of", "The first article with these words, where this one is a copy", |it| {
        it.copy_of.as_deref().into()
    }),
    text("story_id", "The story it belongs to", |it| it.story.as_str().into()),
    integer("events", "Events that it tells", |it| Cell::Integer(it.events.into())),
];

/// Places that articles name, each once an article. A database keeps those of events only, so that these are of
/// stories that were just read.
pub const PLACES: &[Column<NamedPlaceRow>] = &[
    text("article_id", "The article", |it| it.article.as_str().into()),
    day("day", "Day of publication", |it| known(&it.day)),
    text("text", "The words it is first named by", |it| it.text.as_str().into()),
    text("place", "Its name, where the words stand for a place we know", |it| {
        it.place.as_ref().map(|place| place.name.as_str()).into()
    }),
    place_country(),
    place_admin1(),
    lat(),
    lon(),
    geonames(),
    place_precision(),
    integer("mentions", "How often it is named", |it| Cell::Integer(it.mentions.into())),
    integer("events", "Events that are told of it", |it| Cell::Integer(it.events.into())),
];

/// Entities: who acts, is acted on and speaks.
pub const ENTITIES: &[Column<EntityRow>] = &[
    text("entity_id", "Stays the same", |it| it.id.as_str().into()),
    text("name", "The fullest name that was met first", |it| it.name.as_str().into()),
    text("type", "person, organization, group, government, place or other", |it| {
        it.entity_type.as_str().into()
    }),
    text("country", "ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM", |it| it.country.as_deref().into()),
    text("sector", "PLOVER sector", |it| it.sector.as_deref().into()),
    integer(
        "named",
        "1 where it has a proper name, 0 where it stands for all that these words are said of",
        |it| Cell::Integer(it.named.into()),
    ),
    integer("as_actor", "Events it acts in", |it| Cell::Integer(it.as_actor.into())),
    integer("as_recipient", "Events it is acted on in", |it| Cell::Integer(it.as_recipient.into())),
    integer("quotes", "Quotes of it", |it| Cell::Integer(it.quotes.into())),
    integer("articles", "Articles it stands in", |it| Cell::Integer(it.articles.into())),
];

/// What was judged: the share that was right, with its 95% interval.
pub const PRECISION: &[Column<Precision>] = &[
    text("of", "An event type, or all", |it| it.of.as_str().into()),
    integer("accepted", "Events judged right as they were coded", |it| Cell::Integer(it.accepted as i64)),
    integer("wrong", "Events rejected or fixed", |it| Cell::Integer(it.wrong as i64)),
    real("precision", "The share that was right", |it| it.precision.into()),
    real("low", "Lower end of the 95% interval (Wilson's)", |it| it.low.into()),
    real("high", "Upper end", |it| it.high.into()),
];

/// Changes: what came, what is told otherwise, what is no longer told.
pub const CHANGES: &[Column<ChangeRow>] = &[
    text("at", "When it was written: RFC 3339, in UTC", |it| it.at.as_str().into()),
    text("what", "article, telling, quote, event or entity", |it| it.what.as_str().into()),
    text("change", "added, revised, recoded, deleted or corrected", |it| it.kind.as_str().into()),
    text("id", "Of the article, telling, quote, event or entity", |it| it.id.as_str().into()),
    text("was", "What it was before, in JSON", |it| {
        if it.was.is_null() { Cell::Null } else { Cell::Text(it.was.to_string()) }
    }),
];

fn known(text: &str) -> Cell {
    if text.is_empty() { Cell::Null } else { text.into() }
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Cell {
    // What stands between values must not stand in one.
    let parts: Vec<String> = parts.map(|part| part.replace(';', ",")).collect();
    if parts.is_empty() { Cell::Null } else { Cell::Text(parts.join(";")) }
}

fn names(parties: &[PartyRow]) -> Cell {
    joined(parties.iter().map(|party| party.name.as_str()))
}

fn countries(parties: &[PartyRow]) -> Cell {
    joined(parties.iter().map(|party| party.country.as_deref().unwrap_or_default()))
}

fn sectors(parties: &[PartyRow]) -> Cell {
    joined(parties.iter().map(|party| party.sector.as_deref().unwrap_or_default()))
}

fn ids(parties: &[PartyRow]) -> Cell {
    joined(parties.iter().map(|party| party.id.as_str()))
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.into())
    }
}

impl From<Option<&str>> for Cell {
    fn from(text: Option<&str>) -> Cell {
        text.map_or(Cell::Null, Cell::from)
    }
}

impl From<Option<u32>> for Cell {
    fn from(number: Option<u32>) -> Cell {
        number.map_or(Cell::Null, |number| Cell::Integer(number.into()))
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        number.map_or(Cell::Null, Cell::Real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let count = |text: &str| Cell::Text(text.into()).as_day();
        assert_eq!(count("1970-01-01"), Some(0));
        assert_eq!(count("2024-02-29"), Some(19_782));
        assert_eq!(count("1969-12-31"), Some(-1));
        assert_eq!(count("May"), None);
    }
}
