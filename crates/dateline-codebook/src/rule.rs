//! Rule: what a rule block of a page says. Only the words are here; the coder runs them.
//!
//! ````markdown
//! ```rule drone
//! verb strike, hit
//! noun drone strike, strike
//! mode drone
//! cameo 1953
//! actor subject
//! recipient object, on, against
//! if clause: drone, UAV
//! unless object: deal, balance, @agreement
//! mode violence when complement ASSAULT
//! event RETREAT, CONCEDE when refused
//! also COERCE/arrest
//! ```
//! ````

use std::fmt;

use smol_str::SmolStr;

use crate::{Phrases, WordSet};

/// Words that tell an event, and where its parties stand beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub name: String,
    pub mode: Option<SmolStr>,
    pub cameo: Option<SmolStr>,
    pub intensity: Option<f64>,
    pub triggers: Vec<Trigger>,
    /// Alternatives in order: the first that finds a party is taken. The paths of one alternative,
    /// joined by `+` on the page, are taken together.
    pub actor: Vec<Vec<RolePath>>,
    pub recipient: Vec<Vec<RolePath>>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// The first that holds gives the mode.
    pub mode_conditions: Vec<ModeCondition>,
    /// Events of other types that tell one of this type too, when they are refused or promised:
    /// `event RETREAT, CONCEDE when refused`.
    pub derived: Option<Derived>,
    /// Event types (and modes) that the same words tell besides.
    pub also: Vec<(SmolStr, Option<SmolStr>)>,
    /// Line in the page, from 1.
    pub line: usize,
}

/// One way of saying it: "carry out", "air strike".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    pub form: TriggerForm,
    /// Lemmas. The first of a verb and the last of a noun is the trigger word itself; the others
    /// stand beside it, as particle, preposition, object or modifier.
    pub words: Vec<SmolStr>,
}

impl fmt::Display for RolePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RolePath::Subject => "subject",
            RolePath::Object => "object",
            RolePath::Preposition(word) => word,
            RolePath::Governor => "governor",
            RolePath::Complement => "complement",
            RolePath::Below => "below",
            RolePath::Addressee => "addressee",
            RolePath::Provoker => "provoker",
            RolePath::Modifier => "modifier",
            RolePath::Clause => "clause",
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriggerForm {
    Verb,
    Noun,
    Adjective,
}

/// Where a party stands, as seen from the trigger. Passives, control, light verbs and nominal
/// forms are undone by the coder before a path is walked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RolePath {
    /// Who acts: the subject, the agent after "by", the possessor or nationality of a noun.
    Subject,
    /// Whom it befalls: the object, the subject of a passive, "of" after a noun.
    Object,
    /// What stands after this preposition.
    Preposition(SmolStr),
    /// Who does what the trigger hangs on: the traveller of "met him *during* a visit".
    Governor,
    /// The parties of the clause below: whom "promised to send troops to Mali" concerns.
    Complement,
    /// The first party anywhere below the trigger: "money to feed families in *Chad*".
    Below,
    /// Whom the deed that it is said in goes to: "rang *the emir* to express his condolences".
    Addressee,
    /// Whoever did what it answers: "lashed out after *the court* struck down his law".
    Provoker,
    /// For conditions only: adjectives and nouns before a noun, adverbs beside a verb.
    Modifier,
    /// For conditions only: any word of the clause.
    Clause,
}

/// A line `if ROLE: words` or `unless ROLE: words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub is_wanted: bool,
    pub role: RolePath,
    pub matchers: Vec<Matcher>,
    /// As the page has it: "object: deal, @agreement".
    pub written: String,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.is_wanted { "if" } else { "unless" }, self.written)
    }
}

/// What a condition looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Matcher {
    /// One of these lemmas, or phrases of several in a row.
    Words(Phrases),
    /// A word set of the codebook: `@weapon`.
    Set(WordSet),
    /// An event type told by the words there: `ASSAULT`.
    EventType(SmolStr),
    /// `@person`: a human being or several.
    Person,
    /// `@party`: anyone who can act: a person, a group, an organization, a state.
    Party,
    /// `@state`: a country, its government, its capital or nationality.
    State,
    /// `@thing`: none of these.
    Thing,
    /// `@any`: something stands there at all.
    Any,
}

/// A line `event TYPES when refused` or `… when promised`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    pub event_types: Vec<SmolStr>,
    pub attitude: DerivedWhen,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DerivedWhen {
    /// The one who would do it will not: "will not release the crew".
    Refused,
    /// The one who would do it says so: "said it will release the crew".
    Promised,
}

/// A line `mode NAME when ROLE words` of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeCondition {
    pub mode: SmolStr,
    pub condition: Condition,
}
