//! Record: the JSON form of a coding, field by field in the order it is printed.

use serde::{Deserialize, Serialize};

/// Goes up when a field changes its meaning or goes away; added fields leave it as it is.
pub const RECORD_VERSION: u32 = 1;

/// One story, coded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Record {
    pub record_version: u32,
    pub made_by: Versions,
    pub article: Article,
    pub entities: Vec<Entity>,
    pub places: Vec<Place>,
    pub dates: Vec<ExpressionOfDate>,
    pub quotes: Vec<Quote>,
    pub events: Vec<Event>,
    pub notes: Vec<String>,
}

/// What made the record: the same page and the same versions give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Versions {
    pub dateline: String,
    pub codebook: String,
    pub weights: String,
    pub gazetteer: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordArticle))]
pub struct Article {
    /// SHA-256 of `text`, in hex.
    pub id: String,
    /// The id that the input gave the story.
    pub source_id: Option<String>,
    pub url: Option<String>,
    pub path: Option<String>,
    pub title: Option<String>,
    pub bylines: Vec<String>,
    pub publisher: Option<String>,
    pub agency: Option<String>,
    pub rights: Option<String>,
    /// Whether the publisher reserves text and data mining.
    pub reservation: Option<Reservation>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// "news", "interview", "opinion", "live", "brief" or "other".
    pub form: String,
    /// RFC 3339 date or date-time.
    pub published_at: Option<String>,
    /// "json-ld", "meta", "url", "caption", "text", "argument" or "none".
    pub published_at_basis: String,
    /// RFC 3339 date-time.
    pub updated_at: Option<String>,
    pub dateline: Option<Dateline>,
    pub images: Vec<Image>,
    /// The article as read: headline, captions and body, in order.
    pub text: String,
    pub parts: Vec<Part>,
}

/// A publisher's reservation of text and data mining, and everywhere it is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reservation {
    /// "tdm-reservation meta", "tdm-reservation header", "tdmrep.json", "robots meta",
    /// "X-Robots-Tag header" or "robots.txt".
    pub by: Vec<String>,
    /// The address of the publisher's terms.
    pub policy: Option<String>,
}

/// Where the story says it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Dateline {
    pub start: u32,
    pub end: u32,
    pub text: String,
    /// The id of the place it names.
    pub place: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordImage))]
pub struct Image {
    pub caption: Option<Stretch>,
    pub credit: Option<String>,
    /// The 1 of "1 / 4".
    pub position: Option<u32>,
    /// The 4 of "1 / 4".
    pub of: Option<u32>,
}

/// A stretch of the article's text, and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stretch {
    pub start: u32,
    pub end: u32,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordPart))]
pub struct Part {
    /// "headline", "summary", "byline", "dateline", "body", "subhead", "caption", "credit",
    /// "rights" or "other".
    pub part: String,
    pub start: u32,
    pub end: u32,
    /// Where the words stood in the file, when it is text or JSON.
    #[serde(default)]
    pub origin: Option<Origin>,
}

/// Bytes of the file, or of what a packed file unpacks to. Decoded (character set, JSON's escapes)
/// and with white space as in `text`, they are the part's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Origin {
    pub start: u64,
    pub end: u64,
}

/// Somebody or something in the world that the story speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordEntity))]
pub struct Entity {
    /// "E1", "E2", … within the story.
    pub id: String,
    pub name: String,
    /// "person", "organization", "group", "government", "place" or "other".
    #[serde(rename = "type")]
    pub entity_type: String,
    /// ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM.
    pub country: Option<String>,
    /// The leading one of `sectors`.
    pub sector: Option<String>,
    /// PLOVER's sectors.
    pub sectors: Vec<String>,
    pub offices: Vec<Office>,
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Office {
    pub title: String,
    pub country: Option<String>,
    /// "text" or "gazetteer".
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordMention))]
pub struct Mention {
    pub start: u32,
    pub end: u32,
    pub text: String,
    /// "name", "nominal" or "pronoun".
    pub form: String,
}

/// A toponym or demonym, and the place it stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordPlace))]
pub struct Place {
    /// "P1", "P2", … within the story.
    pub id: String,
    /// "name" or "demonym".
    pub form: String,
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub name: Option<String>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    /// Degrees, WGS 84.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// "point", "city", "admin", "country" or "area".
    pub precision: Option<String>,
}

/// A date, time, duration or repetition as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExpressionOfDate {
    pub start: u32,
    pub end: u32,
    pub text: String,
    /// TIMEX3 value.
    pub value: Option<String>,
    /// First day.
    pub from: Option<String>,
    /// Last day, included.
    pub to: Option<String>,
    /// "DATE", "TIME", "DURATION" or "SET".
    #[serde(rename = "type")]
    pub timex_type: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordQuote))]
pub struct Quote {
    /// "Q1", "Q2", … within the story.
    pub id: String,
    /// "direct", "indirect" or "mixed".
    pub form: String,
    pub content: Stretch,
    /// Where a quote broken by "he said" goes on.
    pub more_content: Vec<Stretch>,
    pub cue: Option<Stretch>,
    pub speaker: Option<Speaker>,
    pub addressee: Option<Stretch>,
    pub date: Option<QuoteDate>,
    pub rule: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Speaker {
    /// The id of the entity; `null` where the words stand for nobody we could name.
    pub entity: Option<String>,
    pub name: Option<String>,
    pub start: u32,
    pub end: u32,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuoteDate {
    pub from: String,
    pub to: String,
}

/// Who did what to whom, when and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordEvent))]
pub struct Event {
    /// Stable across runs of the same versions; later tellings of one event share it.
    pub id: String,
    pub event_type: String,
    pub mode: Option<String>,
    pub cameo: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Hostile −10 to friendly +10.
    pub intensity: f64,
    pub contexts: Vec<String>,
    /// "asserted", "ongoing", "planned", "possible", "demanded" or "denied".
    pub status: String,
    pub trigger: Stretch,
    pub sentence: Stretch,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub date: Option<EventDate>,
    pub place: Option<EventPlace>,
    pub counts: Counts,
    /// The id of the quote inside which the event is told.
    pub quote: Option<String>,
    /// The id of the event that this one is said to follow from.
    pub because_of: Option<String>,
    /// The id of the first telling, where this is a later one.
    pub same_as: Option<String>,
    /// Of all events at 0.8, 80% are right.
    pub confidence: f64,
    /// Codebook page and rule: "assault.md#drone".
    pub rule: String,
}

/// An actor or a recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Party {
    pub entity: Option<String>,
    pub start: u32,
    pub end: u32,
    pub text: String,
    pub name: String,
    pub country: Option<String>,
    pub sector: Option<String>,
}

/// When it happened. Without `start`, `end` and `text` it rests on the time of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventDate {
    pub start: Option<u32>,
    pub end: Option<u32>,
    pub text: Option<String>,
    pub from: String,
    pub to: String,
    /// "text" or "published_at".
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventPlace {
    /// The id of the place.
    pub place: String,
    pub text: String,
    pub name: Option<String>,
    pub country: Option<String>,
    /// "text" or "dateline".
    pub basis: String,
}

/// Numbers of people that the sentence gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = RecordCounts))]
pub struct Counts {
    pub killed: Option<u32>,
    pub injured: Option<u32>,
    pub arrested: Option<u32>,
    pub size: Option<u32>,
}
