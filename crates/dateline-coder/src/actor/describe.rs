//! Descriptions: what a noun phrase by itself says of whom it names.
//!
//! "Former Kenyan police chief" is Kenyan and no longer police; "three Taliban fighters" are what the
//! Taliban are; "members of the parliament in Tbilisi" are Georgia's legislature.

use dateline_document::{Document, Sector, Span, TokenId};
use dateline_gazetteer::{Gazetteer, Role, RoleKind};
use jiff::civil::Date;
use smol_str::SmolStr;

use super::names::{Known, Names};
use super::roles::Roles;
use crate::grammar::{is_noun, lemma, prepositional_objects, relation};

/// What a phrase says of its referent. Everything may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Description {
    pub country: Option<SmolStr>,
    pub sector: Option<Sector>,
    /// The office or role as printed: "Prime Minister".
    pub title: Option<Span>,
    pub is_person: bool,
    pub is_former: bool,
}

impl Description {
    pub(crate) fn is_empty(&self) -> bool {
        self.country.is_none() && self.sector.is_none() && !self.is_person
    }

    /// Fills what is unknown here with what `other` knows; "colleague" or "ally" says too little to stand.
    pub(crate) fn or(mut self, other: Description) -> Description {
        self.country = self.country.or(other.country);
        self.sector = match (self.sector, other.sector) {
            (None | Some(Sector::Unk), Some(known)) => Some(known),
            (ours, _) => ours,
        };
        self.title = self.title.or(other.title);
        self.is_person |= other.is_person;
        self
    }
}

/// What somebody was and is no more.
const FORMER: &[&str] = &["former", "ex", "onetime", "ousted", "deposed", "ex-"];

/// What the describer looks at.
pub(crate) struct Describer<'a> {
    pub document: &'a Document,
    pub gazetteer: &'a Gazetteer,
    pub names: &'a Names,
    pub roles: &'a Roles<'a>,
    /// Country of each resolved toponym, by its tokens.
    pub place_country: &'a [Option<SmolStr>],
    pub today: Option<Date>,
}

/// People who, told only by their country, are of its government.
const OF_STATE: &[&str] = &[
    "leader",
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "representative",
    "envoy",
    "delegation",
    "delegate",
    "negotiator",
    "mediator",
    "chief",
    "diplomat",
    "authority",
    "leadership",
    "side",
    "ally",
    "mediator",
    "counterpart",
];

/// Words that take what they are from what they are of.
const MEMBERSHIP: &[&str] = &[
    "member",
    "dozen",
    "hundred",
    "thousand",
    "group",
    "number",
    "score",
    "million",
    "lot",
    "majority",
    "pair",
    "couple",
    "team",
    "handful",
    "crowd",
    "some",
    "all",
    "one",
    "many",
    "most",
    "several",
    "two",
    "three",
    "four",
    "five",
    "each",
    "both",
    "part",
    "supporter",
    "follower",
    "leader",
    "head",
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "representative",
    "chief",
    "leadership",
    "fighter",
    "wing",
    "branch",
    "faction",
    "remnant",
    "cell",
    "chairman",
    "chair",
    "director",
    "editor",
    "secretary",
    "spokespeople",
    "delegation",
    "delegate",
    "negotiator",
    "mediator",
    "founder",
    "deputy",
    "position",
    "base",
    "convoy",
    "headquarters",
    "stronghold",
    "office",
    "target",
    "site",
    "facility",
    "camp",
    "unit",
    "source",
    "mission",
    "government",
    "administration",
    "candidate",
    "manager",
    "executive",
    "producer",
    "publisher",
    "colleague",
    "staffer",
    "employee",
    "bureau",
];

impl Describer<'_> {
    /// The description of the phrase whose head is `head`.
    pub(crate) fn describe(&self, head: TokenId) -> Description {
        self.describe_to(head, 3)
    }

    fn describe_to(&self, head: TokenId, depth: usize) -> Description {
        if depth == 0 {
            return Description::default();
        }
        let mut description = self.by_name(head);
        // The table's word on a known organization stands: the European Union is no labour union.
        let is_known = matches!(
            self.names.of(head),
            Some(Known::Organization(_) | Known::Country(_) | Known::Capital(_))
        );
        let role = (!is_known).then(|| self.role_at(head)).flatten();
        if let Some((role, title)) = role {
            description.is_person |= role.kind == RoleKind::Person;
            description.title = Some(title);
            let is_police = self.is_officer_among_police(head);
            description.sector =
                description.sector.or(Some(if is_police { Sector::Cop } else { role.sector }));
        }
        description.is_former = self.is_former(head);
        let around = self.around(head, depth, role.map(|(_, title)| title));
        description.country =
            description.country.or_else(|| self.country_of_joined(head, role.map(|(role, _)| role.sector)?));
        let takes_sector = role.is_none() || MEMBERSHIP.contains(&lemma(self.document, head));
        description.country = description.country.or(around.country);
        // A rebel movement's commanders and soldiers are rebels; a ministry's lawyers stay lawyers.
        let is_of_rebels =
            matches!(around.sector, Some(Sector::Reb | Sector::Prm | Sector::Crm | Sector::Pre));
        if (takes_sector || is_of_rebels) && around.sector.is_some() && self.names.of(head).is_none() {
            description.sector = around.sector;
        }
        // "the Cuban leader", "Israeli officials": a state's, so of its government.
        let is_vague = matches!(description.sector, None | Some(Sector::Unk | Sector::Cvl));
        if is_vague && description.country.is_some() && OF_STATE.contains(&lemma(self.document, head)) {
            description.sector = Some(Sector::Gov);
        }
        // "the Saudi-led coalition": states that lead coalitions lead armies.
        if lemma(self.document, head) == "coalition" && self.is_led_by_state(head) {
            description.sector = Some(Sector::Mil);
        }
        if description.is_former && description.sector.is_some() {
            description.sector = Some(Sector::Eli);
        }
        description
    }

    /// "killed three officers" in a sentence of police and no soldiers.
    fn is_officer_among_police(&self, head: TokenId) -> bool {
        let document = self.document;
        let is_bare = || {
            !document
                .children(head)
                .iter()
                .any(|&child| matches!(relation(document, child), "amod" | "compound" | "poss"))
        };
        let says = |words: &[&str]| {
            let sentence = document.sentence_of(head);
            document
                .sentence_tokens(sentence)
                .any(|id| words.contains(&document.word(id).to_lowercase().as_str()))
        };
        lemma(document, head) == "officer"
            && is_bare()
            && says(&["police", "policeman", "policemen"])
            && !says(&["army", "military", "soldier", "soldiers", "troops", "coup", "junta"])
    }

    fn is_led_by_state(&self, head: TokenId) -> bool {
        self.document.children_by(head, "amod").any(|led| {
            matches!(lemma(self.document, led), "lead" | "led")
                && self.document.children(led).iter().any(|&leader| self.is_state(leader))
                || self.is_state(led) && self.document.word(led).ends_with("-led")
        })
    }

    /// "French-backed", "US-led": a participle with the one who does it before a hyphen.
    fn is_hyphened_participle(&self, id: TokenId) -> bool {
        let document = self.document;
        matches!(document.token(id).tag.as_str(), "VBN" | "VBD" | "JJ")
            && document.children(id).iter().any(|&child| child < id && document.word(child) == "-")
    }

    /// Whether such a participle makes somebody one of those before its hyphen: "Saudi-led", "London-based".
    fn is_of(&self, participle: TokenId) -> bool {
        matches!(
            lemma(self.document, participle),
            "lead" | "led" | "base" | "based" | "run" | "own" | "owned" | "born"
        )
    }

    pub(super) fn is_state(&self, id: TokenId) -> bool {
        matches!(self.names.of(id), Some(Known::Country(_) | Known::Demonym(_) | Known::Capital(_)))
    }

    /// What the gazetteer says of the name that `head` is part of.
    pub(super) fn by_name(&self, head: TokenId) -> Description {
        let mut description = Description::default();
        match self.names.of(head) {
            Some(Known::Country(country) | Known::Capital(country)) => {
                description.country = Some(country.party_code().clone());
                description.sector = Some(Sector::Gov);
            }
            Some(Known::Demonym(country)) => {
                description.country = Some(country.party_code().clone());
                if is_noun(self.document, head) {
                    description.sector = Some(Sector::Cvl);
                    description.is_person = true;
                }
            }
            Some(Known::Organization(organization)) => {
                let codes = organization.codes(self.today);
                description.country = codes.country;
                description.sector = codes.sectors.first().copied();
            }
            None => {
                description.country = self.place_country[head.index()].clone();
            }
        }
        description
    }

    /// The longest role that ends in `head`: "prime minister", "foreign minister".
    pub(crate) fn role_at(&self, head: TokenId) -> Option<(Role, Span)> {
        self.roles.at(head)
    }

    /// The title before a name: "Iraqi Prime Minister" of "Iraqi Prime Minister Mustafa al-Kadhimi".
    pub(crate) fn title_before(&self, name: Span, head: TokenId) -> Description {
        let mut description = Description::default();
        let mut employer = None;
        let first = self.document.tokens_in(name).next();
        let Some(first) = first else { return description };
        let mut at = first;
        for _ in 0..8 {
            let Some(before) = at.0.checked_sub(1).map(TokenId) else { break };
            let token = self.document.token(before);
            let joined = token.head == head
                || self.document.ancestors(before).take(3).any(|above| above == head)
                || self.document.token(at).head == before;
            // "editor-in-chief Ann Lee": the "in" between hyphens is part of the title.
            let is_hyphened = before.0 > 0
                && self.document.word(TokenId(before.0 - 1)) == "-"
                && self.document.word(at) == "-";
            if !joined && !is_hyphened
                || matches!(token.pos.as_str(), "PUNCT" | "ADP" | "VERB" | "CCONJ")
                    && token.relation != "punct"
                    && !is_hyphened
            {
                break;
            }
            // "rebel chief Odong": a chief of what stands before.
            if matches!(description.sector, None | Some(Sector::Unk))
                && let Some((role, span)) = self.role_at(before)
            {
                description.sector = Some(role.sector);
                description.title = Some(span);
                description.is_person = true;
                description.is_former |= self.is_former(before);
            }
            if token.lemma.eq_ignore_ascii_case("former") || token.lemma.eq_ignore_ascii_case("ex") {
                description.is_former = true;
            }
            let known = self.by_name(before);
            // "Georgia Gov. Ann Lee": a state of the union, not the country.
            let is_state_office =
                matches!(self.document.word(at), "Gov." | "Sen." | "Rep." | "Governor" | "Senator");
            let country = if is_state_office && self.document.word(before) == "Georgia" {
                Some("USA".into())
            } else {
                known.country
            };
            description.country = description.country.or(country);
            if matches!(self.names.of(before), Some(Known::Organization(_))) {
                employer = employer.or(known.sector);
            }
            at = before;
        }
        // "Reuters director Ann Lee" is of the press, "Reuters lawyer Ann Lee" of the law.
        let title = description.title.and_then(|title| self.document.tokens_in(title).next_back());
        let is_vague = title
            .is_none_or(|title| MEMBERSHIP.contains(&lemma(self.document, title).to_lowercase().as_str()));
        if is_vague && employer.is_some() {
            description.sector = employer;
        }
        // "Cuban leader Raúl Castro" as "the Cuban leader".
        let is_of_state = |title: TokenId| {
            OF_STATE.contains(&lemma(self.document, title).to_lowercase().as_str())
                && title.0.checked_sub(1).is_some_and(|before| self.is_state(TokenId(before)))
        };
        if description.sector == Some(Sector::Unk) && title.is_some_and(is_of_state) {
            description.sector = Some(Sector::Gov);
        }
        if description.is_former && description.sector.is_some() {
            description.sector = Some(Sector::Eli);
        }
        description
    }

    /// Modifiers, possessors and prepositional phrases around a head, but for those that are words of its
    /// role: the "fighter" of a fighter jet is no rebel.
    fn around(&self, head: TokenId, depth: usize, role: Option<Span>) -> Description {
        let mut found = Description::default();
        let is_of_role =
            |child: TokenId| role.is_some_and(|role| role.overlaps(self.document.token(child).span));
        for &child in self.document.children(head) {
            if is_of_role(child) {
                continue;
            }
            let side = match relation(self.document, child) {
                "amod" | "compound" | "nmod" | "poss" | "npadvmod" => {
                    // "US-led coalition", but "US-backed rebels" are not American.
                    if self.is_hyphened_participle(child) {
                        let leader = self.document.children(child).first().filter(|_| self.is_of(child));
                        leader.map(|&leader| self.describe_to(leader, depth - 1)).unwrap_or_default()
                    } else {
                        let mut side = self.describe_to(child, depth - 1);
                        // A state lends its country; its army is no government for that.
                        if self.is_state(child) {
                            side.sector = None;
                        }
                        side
                    }
                }
                _ => continue,
            };
            found = found.or(side);
        }
        for preposition in ["of", "from", "in", "at", "for", "with", "to"] {
            if found.country.is_some() && found.sector.is_some() {
                break;
            }
            let takes_sector = matches!(preposition, "of" | "at" | "for" | "from" | "with");
            for object in prepositional_objects(self.document, head, preposition).into_iter().take(1) {
                let mut below = self.describe_to(object, depth - 1);
                if !takes_sector || self.is_state(object) {
                    below.sector = None;
                }
                found = found.or(below);
            }
        }
        found
    }

    fn is_former(&self, head: TokenId) -> bool {
        let before = head.0.saturating_sub(4)..head.0;
        let prefixed =
            lemma(self.document, head).starts_with("ex-") || lemma(self.document, head).ends_with("-elect");
        prefixed
            || before.map(TokenId).any(|id| {
                let word = lemma(self.document, id);
                FORMER.iter().any(|former| word.eq_ignore_ascii_case(former)) && self.is_said_of(id, head)
            })
    }

    /// Whether the adjective stands with the noun or with a title before it; "the former king's daughter" is
    /// no former daughter.
    fn is_said_of(&self, adjective: TokenId, noun: TokenId) -> bool {
        let document = self.document;
        let Some(first) = document.head(adjective) else { return false };
        first == noun || document.head(first) == Some(noun) && relation(document, first) != "poss"
    }
}
