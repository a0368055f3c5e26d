//! Coding: what was concluded from a document, every piece tied to its words.
//!
//! A [`Mention`] is in the text; an [`Entity`] is in the world. The terms are PLOVER's (event type,
//! mode, actor, recipient), TimeML's (date values) and the attribution corpora's (cue, content).

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{Article, Span};

/// The record of one story.
#[derive(Clone, Debug, PartialEq)]
pub struct Coding {
    pub article: Article,
    pub made_by: MadeBy,
    pub entities: Vec<Entity>,
    pub places: Vec<PlaceMention>,
    pub dates: Vec<DateExpression>,
    pub quotes: Vec<Quote>,
    pub events: Vec<Event>,
    /// What the reader should know: what was missing, cut or left open.
    pub notes: Vec<String>,
}

/// The versions that made a coding: same page, same versions, same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeBy {
    pub dateline: String,
    pub codebook: String,
    pub weights: String,
    pub gazetteer: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuoteId(pub u32);

/// The number of an event in its coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub u32);

/// Somebody or something in the world that the story speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name the story gives, or else its first nominal.
    pub name: String,
    pub entity_type: EntityType,
    pub codes: Codes,
    pub offices: Vec<Office>,
    /// In text order.
    pub mentions: Vec<Mention>,
}

/// What a political scientist codes of a party: country and sectors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM.
    pub country: Option<SmolStr>,
    /// The leading one first.
    pub sectors: Vec<Sector>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityType {
    Person,
    Organization,
    Group,
    Government,
    Place,
    Other,
}

/// A post that a person holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// "Prime Minister".
    pub title: String,
    pub country: Option<SmolStr>,
    /// Whether the story itself says so; otherwise a table does.
    pub is_from_text: bool,
}

/// Words of the story that stand for an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    pub form: MentionForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}

/// PLOVER's sectors: what part of society a party stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sector {
    /// Police.
    Cop,
    /// The executive.
    Gov,
    /// The judiciary.
    Jud,
    /// The legislature.
    Leg,
    /// The armed forces.
    Mil,
    /// Pro-government militia.
    Prm,
    /// Political party.
    Pty,
    /// Armed rebels.
    Reb,
    /// Intelligence services.
    Spy,
    /// Unidentified armed force.
    Uaf,
    Unk,
    /// Agriculture.
    Agr,
    /// Business.
    Bus,
    /// Criminals.
    Crm,
    /// Civilians.
    Cvl,
    /// Education.
    Edu,
    /// Elites: former officials, celebrities.
    Eli,
    /// Journalists and the media.
    Jrn,
    /// Labour.
    Lab,
    /// Medicine and health.
    Med,
    /// Breakaway and proto-state entities.
    Pre,
    /// Refugees.
    Ref,
    /// Opposition.
    Opp,
    /// Religion.
    Rel,
    /// Social movements and civil society.
    Soc,
}

/// A toponym or demonym, and the place it was resolved to.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    pub span: Span,
    pub form: PlaceForm,
    /// `None` where no place of that name is known.
    pub place: Option<Place>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceForm {
    Name,
    Demonym,
}

/// A place in the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// The first-order division: a state, a province, a governorate.
    pub admin1: Option<String>,
    /// Degrees, WGS 84.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    pub precision: Precision,
}

/// How large a thing the coordinates stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    Point,
    City,
    Admin,
    Country,
    Area,
}

/// Whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    pub from: Date,
    pub to: Date,
}

/// A date, time, duration or repetition as written, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExpression {
    pub span: Span,
    pub kind: DateKind,
    /// TIMEX3 value: "2020-08-17", "2020-W34", "P3Y", "PAST_REF".
    pub value: Option<String>,
    /// The days it covers, where it can be laid on a calendar.
    pub interval: Option<Interval>,
    /// The construction that read it: "weekday", "relative".
    pub rule: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    Date,
    Time,
    Duration,
    Set,
}

/// Reported speech or thought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub form: QuoteForm,
    /// What was said, without the quotation marks.
    pub content: Span,
    /// Where a quote broken by "he said" goes on.
    pub more_content: Vec<Span>,
    /// "said", "according to".
    pub cue: Option<Span>,
    pub speaker: Option<Speaker>,
    pub addressee: Option<Span>,
    pub date: Option<Interval>,
    /// The construction that found it: "said_that".
    pub rule: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteForm {
    /// All of it between quotation marks.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

/// Who said it: the words beside the cue, and whom they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    pub span: Span,
    pub entity: Option<EntityId>,
}

/// Who did what to whom, when and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The name of a codebook page: "ASSAULT".
    pub event_type: SmolStr,
    pub mode: Option<SmolStr>,
    pub cameo: SmolStr,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// How hostile (−10) or friendly (+10).
    pub intensity: f64,
    pub contexts: Vec<SmolStr>,
    pub status: Status,
    pub trigger: Span,
    pub sentence: Span,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub date: Option<EventDate>,
    pub place: Option<EventPlace>,
    pub counts: Counts,
    /// The quote inside which the event is told.
    pub quote: Option<QuoteId>,
    pub because_of: Option<EventId>,
    /// An earlier telling of the same event in this story.
    pub same_as: Option<EventId>,
    /// Between 0 and 1: of all events at 0.8, 80% are right.
    pub confidence: f64,
    /// Page and rule: "assault.md#drone".
    pub rule: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// It happened.
    Asserted,
    /// It is going on or keeps happening.
    Ongoing,
    /// It is scheduled or promised.
    Planned,
    /// It may, might or could be, or is feared.
    Possible,
    /// Somebody asks for it.
    Demanded,
    /// It is said not to have happened, or is refused.
    Denied,
}

/// An actor or a recipient: the words in the sentence, and what they stand for there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub span: Span,
    pub entity: Option<EntityId>,
    pub name: String,
    pub country: Option<SmolStr>,
    pub sector: Option<Sector>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDate {
    /// The words that say it; `None` where it rests on the time of publication.
    pub span: Option<Span>,
    pub interval: Interval,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventPlace {
    pub place: PlaceId,
    /// Whether it rests on where the story was written.
    pub is_from_dateline: bool,
}

/// Numbers of people that the sentence gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub killed: Option<u32>,
    pub injured: Option<u32>,
    pub arrested: Option<u32>,
    /// How many took part.
    pub size: Option<u32>,
}

impl Sector {
    /// All sectors, the order they are declared in.
    pub const ALL: [Sector; 25] = [
        Sector::Cop,
        Sector::Gov,
        Sector::Jud,
        Sector::Leg,
        Sector::Mil,
        Sector::Prm,
        Sector::Pty,
        Sector::Reb,
        Sector::Spy,
        Sector::Uaf,
        Sector::Unk,
        Sector::Agr,
        Sector::Bus,
        Sector::Crm,
        Sector::Cvl,
        Sector::Edu,
        Sector::Eli,
        Sector::Jrn,
        Sector::Lab,
        Sector::Med,
        Sector::Pre,
        Sector::Ref,
        Sector::Opp,
        Sector::Rel,
        Sector::Soc,
    ];

    /// PLOVER's code: "GOV".
    pub fn code(self) -> &'static str {
        match self {
            Sector::Cop => "COP",
            Sector::Gov => "GOV",
            Sector::Jud => "JUD",
            Sector::Leg => "LEG",
            Sector::Mil => "MIL",
            Sector::Prm => "PRM",
            Sector::Pty => "PTY",
            Sector::Reb => "REB",
            Sector::Spy => "SPY",
            Sector::Uaf => "UAF",
            Sector::Unk => "UNK",
            Sector::Agr => "AGR",
            Sector::Bus => "BUS",
            Sector::Crm => "CRM",
            Sector::Cvl => "CVL",
            Sector::Edu => "EDU",
            Sector::Eli => "ELI",
            Sector::Jrn => "JRN",
            Sector::Lab => "LAB",
            Sector::Med => "MED",
            Sector::Pre => "PRE",
            Sector::Ref => "REF",
            Sector::Opp => "OPP",
            Sector::Rel => "REL",
            Sector::Soc => "SOC",
        }
    }

    /// The sector of a PLOVER code.
    pub fn from_code(code: &str) -> Option<Sector> {
        Sector::ALL.into_iter().find(|sector| sector.code() == code)
    }
}

impl Status {
    pub const ALL: [Status; 6] = [
        Status::Asserted,
        Status::Ongoing,
        Status::Planned,
        Status::Possible,
        Status::Demanded,
        Status::Denied,
    ];

    /// The word the record prints.
    pub fn name(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Ongoing => "ongoing",
            Status::Planned => "planned",
            Status::Possible => "possible",
            Status::Demanded => "demanded",
            Status::Denied => "denied",
        }
    }

    pub fn from_name(name: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.name() == name)
    }
}
