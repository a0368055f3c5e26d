//! Recognise: the words of a story that name a place.
//!
//! At each word that may begin a name, the longest run of words that the gazetteer knows is taken. What
//! the pipeline's recogniser says of those words then decides, with the words around them:
//!
//! | the recogniser says | the run is a place if |
//! |---|---|
//! | GPE, LOC | always |
//! | FAC, ORG | it is the whole of that name, and large |
//! | PERSON | it is the whole of that name, nobody else in the story bears it, and "in", "near" … stands before it |
//! | nothing | it is large, or "in", "near" … stands before it, or its country or state after it |
//!
//! What the recogniser calls GPE and the gazetteer does not know is kept without a place.

use std::collections::{HashMap, HashSet};

use dateline_document::{Article, Document, NamedSpan, PlaceForm, Span, TokenId};
use dateline_gazetteer::{Gazetteer, fold};

use super::candidates::{Candidate, Kind, candidates, of_country, of_region};
use super::pieces::{Piece, pieces};

/// A name or demonym, and what it may stand for.
#[derive(Clone, Debug)]
pub(crate) struct Toponym {
    pub span: Span,
    pub form: PlaceForm,
    /// The name as it was looked up, folded: mentions with the same have one sense.
    pub key: String,
    pub candidates: Vec<Candidate>,
    /// "northern" of "northern Iraq": only a part is meant.
    pub part: Option<Span>,
    /// The toponym right after it that says where it lies, by its number in the list.
    pub container: Option<usize>,
    /// Whether the recogniser, or the words around it, leave no doubt.
    pub is_sure: bool,
}

/// Words in the longest name.
const LONGEST: usize = 8;
/// Mentions of one story that are looked at; the rest of a list of names is left.
const MOST: usize = 20_000;

pub(crate) fn toponyms(article: &Article, document: &Document, gazetteer: &Gazetteer) -> Vec<Toponym> {
    let pieces = pieces(document);
    let labels = Labels::of(document);
    let mut looked_up = LookUps { gazetteer, known: HashMap::new() };
    // What is a place beyond doubt somewhere is one where the recogniser doubts it.
    let story = Story { document, article, pieces: &pieces, labels: &labels };
    let sure = story.scan(&mut looked_up, &HashSet::new());
    let sure: HashSet<String> =
        sure.into_iter().filter(|toponym| toponym.is_sure).map(|toponym| toponym.key).collect();
    let mut found = story.scan(&mut looked_up, &sure);
    link_containers(document, &mut found);
    found
}

/// A story and what is known of its words before places are looked for.
struct Story<'a> {
    document: &'a Document,
    article: &'a Article,
    pieces: &'a [Piece],
    labels: &'a Labels<'a>,
}

impl Story<'_> {
    fn scan(&self, looked_up: &mut LookUps<'_>, sure: &HashSet<String>) -> Vec<Toponym> {
        let mut found: Vec<Toponym> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() && found.len() < MOST {
            let reader = Reader {
                document: self.document,
                article: self.article,
                pieces: self.pieces,
                labels: self.labels,
                sure,
                at,
            };
            match reader.read(looked_up, found.last()) {
                Some((toponym, length)) => {
                    found.push(toponym);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// What names stand for, each looked up once.
struct LookUps<'a> {
    gazetteer: &'a Gazetteer,
    known: HashMap<String, Vec<Candidate>>,
}

impl LookUps<'_> {
    fn candidates(&mut self, name: &str) -> &[Candidate] {
        let gazetteer = self.gazetteer;
        self.known.entry(name.to_owned()).or_insert_with(|| candidates(name, gazetteer))
    }
}

/// What the recogniser says of each token.
struct Labels<'a> {
    names: Vec<Option<&'a NamedSpan>>,
    /// Folded words of persons' names.
    people: HashSet<String>,
}

impl<'a> Labels<'a> {
    fn of(document: &'a Document) -> Labels<'a> {
        let mut names = vec![None; document.tokens.len()];
        let mut people = HashSet::new();
        for name in &document.names {
            for token in name.start.0..name.end.0 {
                if let Some(slot) = names.get_mut(token as usize) {
                    *slot = Some(name);
                }
            }
            if name.label == "PERSON" && name.end.0 - name.start.0 > 1 {
                people.extend((name.start.0..name.end.0).map(|token| fold(document.word(TokenId(token)))));
            }
        }
        Labels { names, people }
    }

    fn at(&self, token: TokenId) -> Option<&'a NamedSpan> {
        self.names[token.index()]
    }
}

/// Reads one toponym at a piece, if one begins there.
struct Reader<'a> {
    document: &'a Document,
    article: &'a Article,
    pieces: &'a [Piece],
    labels: &'a Labels<'a>,
    /// Names that are places elsewhere in the story.
    sure: &'a HashSet<String>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn read(&self, looked_up: &mut LookUps<'_>, before: Option<&Toponym>) -> Option<(Toponym, usize)> {
        let first = self.text(self.at, 1);
        if !first.chars().next().is_some_and(char::is_uppercase) || self.is_lead_of_a_name() {
            return None;
        }
        let lengths = (1..=self.longest()).rev();
        for length in lengths {
            let name = self.text(self.at, length);
            if let Some(toponym) = self.demonym(name, length, looked_up.gazetteer) {
                return Some((toponym, length));
            }
            if length == 1 && is_common(name, looked_up.gazetteer) {
                continue;
            }
            let found = looked_up.candidates(name);
            if found.is_empty() {
                continue;
            }
            let found = self.kept(name, length, found, before);
            if found.is_empty() || !self.is_place(name, length, &found, before) {
                continue;
            }
            return Some((self.toponym(name, length, found), length));
        }
        self.unknown(looked_up.gazetteer)
    }

    /// How many pieces may belong to one name from here: capitalised words, and small ones between.
    fn longest(&self) -> usize {
        const BETWEEN: &[&str] = &[
            "'s", "’s", "of", "the", "and", "de", "la", "del", "el", "al", "upon", "on", "in", "du", "des",
            "di", "da", "le", "les", "do", "dos", "das", "den", "der", "am", "an", "sur", "under", "-", "'",
            "’", "&", "bin", "ul", "i", "e", "y",
        ];
        let sentence = self.pieces[self.at].sentence;
        let mut longest = 1;
        for length in 2..=LONGEST {
            let Some(piece) = self.pieces.get(self.at + length - 1) else { break };
            if piece.sentence != sentence {
                break;
            }
            let word = &self.document.text[piece.span];
            // "d'Ivoire", "al-Zour", "l’Aquila".
            let article =
                ["d'", "d’", "l'", "l’", "al-", "el-"].iter().find_map(|lead| word.strip_prefix(lead));
            let word = article.unwrap_or(word);
            let gap = &self.document.text
                [self.pieces[self.at + length - 2].span.end as usize..piece.span.start as usize];
            if gap.contains('\n') {
                break;
            }
            if word.chars().next().is_some_and(|character| character.is_uppercase() || character.is_numeric())
            {
                longest = length;
            } else if is_word_for_division(word) {
                // "Anbar province" is looked up whole, and nothing goes on after it.
                return length;
            } else if !BETWEEN.contains(&word) {
                break;
            }
        }
        longest
    }

    fn text(&self, at: usize, length: usize) -> &'a str {
        &self.document.text[self.span(at, length)]
    }

    fn span(&self, at: usize, length: usize) -> Span {
        self.pieces[at].span.cover(self.pieces[at + length - 1].span)
    }

    /// The word after the run that begins here and is `length` long.
    fn word_after(&self, length: usize) -> Option<&'a str> {
        let piece = self.pieces.get(self.at + length)?;
        (piece.sentence == self.pieces[self.at].sentence).then(|| &self.document.text[piece.span])
    }

    fn word_before(&self) -> Option<&'a str> {
        let piece = self.pieces.get(self.at.checked_sub(1)?)?;
        (piece.sentence == self.pieces[self.at].sentence).then(|| &self.document.text[piece.span])
    }

    fn label(&self) -> Option<&'a NamedSpan> {
        self.labels.at(self.pieces[self.at].token)
    }

    /// Whether the recogniser's name is these pieces and no more, but for "the" and "'s".
    fn is_whole(&self, name: &NamedSpan, length: usize) -> bool {
        let own = self.span(self.at, length);
        let printed = &self.document.text[name.span];
        let lead = printed.len()
            - printed.strip_prefix("the ").or(printed.strip_prefix("The ")).unwrap_or(printed).len();
        let owner = ["'s", "’s", "'S", "'", "’"].iter().find_map(|mark| printed.strip_suffix(mark));
        let tail = printed.len() - owner.unwrap_or(printed).len();
        own.start <= name.span.start + lead as u32 && own.end + tail as u32 >= name.span.end
    }

    fn demonym(&self, name: &str, length: usize, gazetteer: &Gazetteer) -> Option<Toponym> {
        if length > 2 {
            return None;
        }
        let candidate = match (gazetteer.demonym(name), gazetteer.region_demonym(name)) {
            (Some(country), _) => of_country(country),
            (None, Some(region)) if region.country.is_some() => of_region(region),
            _ => return None,
        };
        // "African American", "Native American": who they are, not where they are from.
        if self.word_before().is_some_and(|word| matches!(word, "African" | "Native" | "Asian" | "Latin")) {
            return None;
        }
        if self
            .label()
            .is_some_and(|label| matches!(label.label.as_str(), "PERSON" | "LANGUAGE" | "WORK_OF_ART"))
        {
            return None;
        }
        if self.names_a_street(length) || self.label().is_some_and(|label| label.label == "FAC") {
            return None;
        }
        let key = format!("demonym {}", fold(name));
        let span = self.span(self.at, length);
        Some(Toponym {
            span,
            form: PlaceForm::Demonym,
            key,
            candidates: vec![candidate],
            part: None,
            container: None,
            is_sure: true,
        })
    }

    /// The candidates that may be meant by the name as it is printed here.
    fn kept(
        &self,
        name: &str,
        length: usize,
        found: &[Candidate],
        before: Option<&Toponym>,
    ) -> Vec<Candidate> {
        let folded = fold(name);
        let is_abbreviation = |candidate: &Candidate| {
            candidate.kind == Kind::Division
                && candidate.place.precision == dateline_document::Precision::Admin
                && folded.len() <= 5
                && fold(&candidate.place.name) != folded
        };
        let is_labelled =
            self.label().is_some_and(|label| label.label == "GPE" && self.is_whole(label, length));
        let stands_for_state = self.follows_comma(before)
            || self.follows_party()
            || is_labelled && (name.contains('.') || name.len() >= 3);
        found.iter().filter(|candidate| !is_abbreviation(candidate) || stands_for_state).cloned().collect()
    }

    /// Whether a toponym and a comma stand right before: "Springfield, |".
    fn follows_comma(&self, before: Option<&Toponym>) -> bool {
        before.is_some_and(|before| {
            let between = before.span.end as usize..self.pieces[self.at].span.start as usize;
            between.start <= between.end && self.document.text[between].trim() == ","
        })
    }

    fn is_place(&self, name: &str, length: usize, found: &[Candidate], before: Option<&Toponym>) -> bool {
        let largest = found.iter().map(|candidate| candidate.weight).fold(0.0, f64::max);
        let is_known_well =
            found.iter().any(|candidate| candidate.kind < Kind::Town && candidate.weight >= 7.0);
        let contained = self.follows_comma(before);
        let is_sure = self.sure.contains(&fold(name));
        if self.names_a_street(length) || name.contains('$') {
            return false;
        }
        let Some(label) = self.label() else {
            return !self.is_somebody(length)
                && !self.is_joined_to_a_name(length)
                && (is_known_well
                    || is_sure
                    || self.opens_dateline(length)
                    || contained && largest >= 4.0
                    || self.stands_in_a_place() && largest >= 4.0 && self.is_proper(length));
        };
        let whole = self.is_whole(label, length);
        match label.label.as_str() {
            "GPE" | "LOC" => whole || self.rest_is_no_name(label, length),
            "FAC" if whole => is_known_well || is_sure || largest >= 4.0,
            "ORG" if whole => {
                is_known_well || is_sure || contained || largest >= 4.0 && self.stands_in_a_place()
            }
            "ORG" | "FAC" => {
                (is_known_well || is_sure || largest >= 4.0) && self.begins_a_body(label, length)
                    || (is_known_well || is_sure) && self.ends_a_body(label, length)
            }
            "PERSON" if whole => {
                !self.is_somebody(length)
                    && (self.stands_in_a_place() && largest >= 4.0
                        || is_sure
                        || contained
                        || self.opens_dateline(length))
            }
            "PERSON" => false,
            "NORP" => is_known_well,
            _ => is_known_well && self.stands_in_a_place(),
        }
    }

    /// "Ohio Department of Health", "Lebanon police": the place that a body is of leads its name.
    fn begins_a_body(&self, label: &NamedSpan, length: usize) -> bool {
        let own = self.span(self.at, length);
        let lead = &self.document.text[label.span.start.min(own.start) as usize..own.start as usize];
        let rest = &self.document.text[own.end as usize..label.span.end.max(own.end) as usize];
        matches!(fold(lead).as_str(), "" | "the")
            && rest.split_whitespace().any(|word| is_word_for_body(word))
    }

    /// "University of Kentucky": it stands at the end, after "of".
    fn ends_a_body(&self, label: &NamedSpan, length: usize) -> bool {
        let own = self.span(self.at, length);
        own.end >= label.span.end
            && self.word_before().is_some_and(|word| matches!(word, "of" | "in" | "for"))
    }

    /// What the recogniser's name has besides the run is no part of a proper name: "the City of", "northern".
    fn rest_is_no_name(&self, label: &NamedSpan, length: usize) -> bool {
        let own = self.span(self.at, length);
        let lead = &self.document.text[label.span.start.min(own.start) as usize..own.start as usize];
        let rest = &self.document.text[own.end as usize..label.span.end.max(own.end) as usize];
        let is_plain = |word: &str| {
            let word = word.trim_matches(|character: char| !character.is_alphanumeric());
            !word.starts_with(char::is_uppercase)
                || is_direction(&word.to_lowercase())
                || is_word_before_of(word)
                || matches!(word, "The" | "New" | "D" | "R" | "DFL")
        };
        lead.split_whitespace().all(is_plain)
            && (rest.split_whitespace().all(is_plain) || rest.trim_start().starts_with(','))
    }

    /// The next word makes it a street: "Memphis St.".
    fn names_a_street(&self, length: usize) -> bool {
        const STREETS: &[&str] = &[
            "Street",
            "St.",
            "Road",
            "Rd.",
            "Avenue",
            "Ave.",
            "Drive",
            "Dr.",
            "Lane",
            "Boulevard",
            "Blvd.",
            "Highway",
            "Pike",
            "Parkway",
            "Lake",
            "River",
            "Creek",
            "Virus",
            "virus",
            "Court",
            "Place",
            "Way",
            "Square",
            "Bridge",
            "Turnpike",
        ];
        self.word_after(length).is_some_and(|word| STREETS.contains(&word))
    }

    /// Without a label: another capitalised word right beside it makes a longer name of something else.
    fn is_joined_to_a_name(&self, length: usize) -> bool {
        let is_name = |word: Option<&str>| {
            word.is_some_and(|word| {
                word.starts_with(char::is_uppercase)
                    && !is_direction(&word.to_lowercase())
                    && !is_word_for_body(word)
            })
        };
        let is_proper = |at: Option<usize>| {
            at.and_then(|at| self.pieces.get(at))
                .is_some_and(|piece| self.document.token(piece.token).pos == "PROPN")
        };
        is_name(self.word_before()) && is_proper(self.at.checked_sub(1))
            || is_name(self.word_after(length)) && is_proper(Some(self.at + length))
    }

    /// "D-Minneapolis", "R-Ala.".
    fn follows_party(&self) -> bool {
        let party = self.at.checked_sub(2).map(|at| &self.document.text[self.pieces[at].span]);
        self.word_before() == Some("-") && party.is_some_and(|word| matches!(word, "D" | "R" | "DFL" | "I"))
    }

    /// A word that leads a name and is none: "Northern" of "Northern Europe", "City" of "City of Santa Ana".
    fn is_lead_of_a_name(&self) -> bool {
        let word = self.text(self.at, 1);
        let next = self.word_after(1);
        let is_party = next == Some("-") && matches!(word, "D" | "R" | "DFL");
        is_party || is_word_before_of(word) && next == Some("of")
    }

    /// A word of the run is part of a person's name elsewhere in the story.
    fn is_somebody(&self, length: usize) -> bool {
        let words =
            self.pieces[self.at..self.at + length].iter().map(|piece| fold(&self.document.text[piece.span]));
        words.into_iter().any(|word| self.labels.people.contains(&word))
    }

    fn is_proper(&self, length: usize) -> bool {
        self.pieces[self.at..self.at + length]
            .iter()
            .any(|piece| self.document.token(piece.token).pos == "PROPN")
    }

    /// "in", "near", "from" … stands before it.
    fn stands_in_a_place(&self) -> bool {
        const BEFORE: &[&str] = &[
            "in",
            "at",
            "from",
            "near",
            "to",
            "outside",
            "around",
            "into",
            "across",
            "inside",
            "through",
            "of",
            "between",
            "toward",
            "towards",
            "leaving",
            "throughout",
            "via",
            "north",
            "south",
            "east",
            "west",
            "downtown",
        ];
        self.word_before().is_some_and(|word| BEFORE.contains(&fold(word).as_str()))
    }

    /// Capitals at the head of a paragraph, before a dash or the agency: "GOMA (AP) —".
    fn opens_dateline(&self, length: usize) -> bool {
        let span = self.span(self.at, length);
        if self.article.dateline.is_some_and(|dateline| dateline.overlaps(span)) {
            return true;
        }
        let opens = self.at == 0 || {
            let between = self.pieces[self.at - 1].span.end as usize..span.start as usize;
            self.document.text[between].contains('\n')
        };
        let is_capitals = self.document.text[span]
            .chars()
            .filter(|character| character.is_alphabetic())
            .all(char::is_uppercase);
        let next = self.pieces.get(self.at + length).map(|piece| &self.document.text[piece.span]);
        opens
            && is_capitals
            && next.is_some_and(|next| matches!(next, "(" | "," | "—" | "–" | "-" | "--" | ":"))
    }

    fn toponym(&self, name: &str, length: usize, candidates: Vec<Candidate>) -> Toponym {
        let span = self.span(self.at, length);
        let part = self.at.checked_sub(1).map(|before| self.pieces[before].span).filter(|before| {
            before.end + 1 == span.start && is_direction(&self.document.text[*before].to_lowercase())
        });
        let is_sure = self.label().is_some_and(|label| {
            matches!(label.label.as_str(), "GPE" | "LOC") && self.is_whole(label, length)
        });
        Toponym { span, form: PlaceForm::Name, key: fold(name), candidates, part, container: None, is_sure }
    }

    /// A name that the recogniser calls a place and the gazetteer does not know.
    fn unknown(&self, gazetteer: &Gazetteer) -> Option<(Toponym, usize)> {
        let label = self.label().filter(|label| label.label == "GPE")?;
        let begins = self.pieces[self.at].token == label.start
            || self.word_before().is_some_and(|word| matches!(word, "the" | "The"));
        if !begins || !(self.stands_in_a_place() || self.word_after(1) == Some(",")) || self.is_somebody(1) {
            return None;
        }
        let inside = |piece: &&Piece| piece.span.end <= label.span.end;
        let length = self.pieces[self.at..].iter().take_while(inside).count().clamp(1, 12);
        let name = self.text(self.at, length);
        let is_word = name.len() > 2 && name.chars().any(char::is_lowercase);
        let is_nothing_else = gazetteer.organization(name).is_none() && gazetteer.role(name).is_none();
        (is_word && is_nothing_else).then(|| (self.toponym(name, length, Vec::new()), length))
    }
}

/// Words for parts of states, as they stand behind a name.
fn is_word_for_division(word: &str) -> bool {
    matches!(
        word,
        "province"
            | "state"
            | "region"
            | "governorate"
            | "oblast"
            | "district"
            | "prefecture"
            | "county"
            | "peninsula"
            | "island"
            | "islands"
    )
}

/// Words that are capitalised for other reasons than being a place's name.
fn is_common(word: &str, gazetteer: &Gazetteer) -> bool {
    const COMMON: &[&str] = &[
        "street",
        "road",
        "avenue",
        "church",
        "region",
        "bay",
        "earth",
        "valley",
        "center",
        "centre",
        "park",
        "union",
        "states",
        "state",
        "city",
        "town",
        "county",
        "creek",
        "river",
        "lake",
        "island",
        "hill",
        "point",
        "side",
        "mission",
        "march",
        "may",
        "sunday",
        "monday",
        "saturday",
        "friday",
        "general",
        "university",
        "college",
        "school",
        "hospital",
        "police",
        "mobile",
        "reading",
        "university park",
        "gulf",
        "the",
        "of",
        "opera",
        "most",
        "man",
        "nice",
        "best",
        "olympic",
        "soul",
        "moon",
        "mars",
        "jupiter",
        "victory",
        "independence",
        "liberty",
        "hope",
        "university city",
        "western",
        "eastern",
        "northern",
        "southern",
        "central",
        "north",
        "south",
        "east",
        "west",
        "old",
        "new",
        "upper",
        "lower",
        "grand",
        "federal",
        "republic",
        "province",
        "district",
        "village",
        "port",
        "fort",
        "mount",
        "great",
        "big",
        "little",
        "long",
        "high",
        "us$",
        "ordinary",
        "university heights",
    ];
    let folded = fold(word);
    COMMON.contains(&folded.as_str())
        || is_direction(&folded)
        || gazetteer.role(word).is_some() && gazetteer.country(word).is_none()
}

/// "City of", "State of": they lead a name.
fn is_word_before_of(word: &str) -> bool {
    matches!(
        word,
        "City"
            | "Town"
            | "Village"
            | "State"
            | "Province"
            | "County"
            | "Borough"
            | "Township"
            | "Port"
            | "Commonwealth"
            | "Island"
            | "Gulf"
    )
}

/// Words that a body's name has besides its place: "Police", "Department".
fn is_word_for_body(word: &str) -> bool {
    const BODIES: &[&str] = &[
        "Police",
        "Department",
        "Ministry",
        "County",
        "City",
        "State",
        "University",
        "College",
        "School",
        "High",
        "Council",
        "Court",
        "Hospital",
        "Fire",
        "Sheriff",
        "Board",
        "Public",
        "Embassy",
        "Army",
        "Navy",
        "Air",
        "National",
        "Parliament",
        "Congress",
        "Senate",
        "House",
        "Supreme",
        "Health",
        "Foreign",
        "Interior",
        "Defense",
        "Defence",
        "Education",
        "Authority",
        "Commission",
        "Committee",
        "Agency",
        "Office",
        "Bank",
        "Airport",
        "International",
        "Highway",
        "Patrol",
        "Institute",
        "Centers",
        "Center",
        "Centre",
        "Community",
        "Chamber",
        "Association",
        "Government",
        "Governor",
        "Mayor",
        "Attorney",
        "District",
        "Regional",
        "Central",
        "Federal",
        "Federation",
        "Party",
        "Union",
        "Service",
        "Services",
        "Division",
        "Bureau",
        "Food",
        "Agriculture",
        "Coast",
        "Border",
        "Pollution",
        "Workforce",
        "Legislature",
        "Republican",
        "Democratic",
        "Memorial",
        "Medical",
        "Municipal",
        "Prison",
        "Station",
        "Football",
        "Cricket",
        "Olympic",
        "Secretary",
        "Treasury",
        "Geological",
        "Weather",
        "Red",
        "Prime",
        "President",
        "Special",
        "Security",
        "Museum",
        "Library",
        "Township",
    ];
    let word = word.trim_end_matches(|character: char| !character.is_alphanumeric());
    let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
    BODIES.contains(&word)
}

fn is_direction(word: &str) -> bool {
    const DIRECTIONS: &[&str] = &[
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "north",
        "south",
        "east",
        "west",
        "rural",
        "upstate",
        "coastal",
    ];
    DIRECTIONS.contains(&word)
}

/// "Springfield, Illinois": a name right after another and a comma says where that lies, if it is the larger.
fn link_containers(document: &Document, found: &mut [Toponym]) {
    for at in 1..found.len() {
        let (before, after) = (&found[at - 1], &found[at]);
        let between = before.span.end as usize..after.span.start as usize;
        let is_joined = before.form == PlaceForm::Name
            && after.form == PlaceForm::Name
            && between.start <= between.end
            && matches!(document.text[between].trim(), "," | "" | "in" | ", in" | "(");
        if is_joined && before.key != after.key {
            found[at - 1].container = Some(at);
        }
    }
}
