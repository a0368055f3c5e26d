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
}

/// Words in the longest name.
const LONGEST: usize = 8;
/// Mentions of one story that are looked at; the rest of a list of names is left.
const MOST: usize = 20_000;

pub(crate) fn toponyms(article: &Article, document: &Document, gazetteer: &Gazetteer) -> Vec<Toponym> {
    let pieces = pieces(document);
    let labels = Labels::of(document);
    let mut looked_up = LookUps { gazetteer, known: HashMap::new() };
    let mut found: Vec<Toponym> = Vec::new();
    let mut at = 0;
    while at < pieces.len() && found.len() < MOST {
        let reader = Reader { document, article, pieces: &pieces, labels: &labels, at };
        match reader.read(&mut looked_up, found.last()) {
            Some((toponym, length)) => {
                found.push(toponym);
                at += length;
            }
            None => at += 1,
        }
    }
    link_containers(document, &mut found);
    found.retain(|toponym| !toponym.key.is_empty());
    found
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
    at: usize,
}

impl<'a> Reader<'a> {
    fn read(&self, looked_up: &mut LookUps<'_>, before: Option<&Toponym>) -> Option<(Toponym, usize)> {
        let first = self.text(self.at, 1);
        if !first.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        let lengths = (1..=self.longest()).rev();
        for length in lengths {
            let name = self.text(self.at, length);
            if let Some(toponym) = self.demonym(name, length, looked_up.gazetteer) {
                return Some((toponym, length));
            }
            let found = looked_up.candidates(name);
            if found.is_empty() {
                continue;
            }
            let found = self.kept(name, length, found, before);
            if found.is_empty() || !self.is_place(length, &found, before) {
                continue;
            }
            return Some((self.toponym(name, length, found), length));
        }
        self.unknown()
    }

    /// How many pieces may belong to one name from here: capitalised words, and small ones between.
    fn longest(&self) -> usize {
        const BETWEEN: &[&str] = &[
            "of", "the", "and", "de", "la", "del", "el", "al", "upon", "on", "in", "du", "des", "di", "da",
            "le", "les", "do", "dos", "das", "den", "der", "am", "an", "sur", "under", "-", "'", "’", "&",
            "bin", "ul", "i", "e", "y",
        ];
        let sentence = self.pieces[self.at].sentence;
        let mut longest = 1;
        for length in 2..=LONGEST {
            let Some(piece) = self.pieces.get(self.at + length - 1) else { break };
            if piece.sentence != sentence {
                break;
            }
            let word = &self.document.text[piece.span];
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
        let tail = printed.len() - printed.trim_end_matches(['s', 'S', '\'', '’']).len();
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
        let key = format!("demonym {}", fold(name));
        let span = self.span(self.at, length);
        Some(Toponym {
            span,
            form: PlaceForm::Demonym,
            key,
            candidates: vec![candidate],
            part: None,
            container: None,
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
        let stands_for_state = self.follows_comma(before)
            || self.label().is_some_and(|label| label.label == "GPE" && self.is_whole(label, length))
                && name.contains('.');
        found.iter().filter(|candidate| !is_abbreviation(candidate) || stands_for_state).cloned().collect()
    }

    /// Whether a toponym and a comma stand right before: "Springfield, |".
    fn follows_comma(&self, before: Option<&Toponym>) -> bool {
        before.is_some_and(|before| {
            let between = before.span.end as usize..self.pieces[self.at].span.start as usize;
            between.start <= between.end && self.document.text[between].trim() == ","
        })
    }

    fn is_place(&self, length: usize, found: &[Candidate], before: Option<&Toponym>) -> bool {
        let largest = found.iter().map(|candidate| candidate.weight).fold(0.0, f64::max);
        let is_known_well =
            found.iter().any(|candidate| candidate.kind < Kind::Town && candidate.weight >= 7.0);
        let contained = self.follows_comma(before);
        if self.belongs_to_a_longer_name(length) {
            return false;
        }
        match self.label() {
            Some(label) => {
                let whole = self.is_whole(label, length);
                match label.label.as_str() {
                    "GPE" | "LOC" => whole || is_known_well || largest >= 4.0,
                    "FAC" => whole && (is_known_well || largest >= 4.0),
                    "ORG" => {
                        whole
                            && (is_known_well
                                || largest >= 4.5 && self.stands_in_a_place(length)
                                || contained)
                    }
                    "PERSON" => {
                        whole
                            && !self.is_somebody(length)
                            && (self.stands_in_a_place(length) && largest >= 4.0
                                || self.opens_dateline(length))
                    }
                    "NORP" => is_known_well,
                    _ => is_known_well && self.stands_in_a_place(length),
                }
            }
            None => {
                !self.is_somebody(length)
                    && (is_known_well
                        || self.opens_dateline(length)
                        || contained && largest >= 4.0
                        || self.stands_in_a_place(length) && largest >= 4.0 && self.is_proper(length))
            }
        }
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
    fn stands_in_a_place(&self, length: usize) -> bool {
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
        let _ = length;
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

    /// The run is cut out of a name that goes on: "Paris Hilton", "Dublin Road", "New London".
    fn belongs_to_a_longer_name(&self, length: usize) -> bool {
        let Some(label) = self.label() else {
            return false;
        };
        match label.label.as_str() {
            "PERSON" => !self.is_whole(label, length),
            _ => false,
        }
    }

    fn toponym(&self, name: &str, length: usize, candidates: Vec<Candidate>) -> Toponym {
        let span = self.span(self.at, length);
        let part = self
            .at
            .checked_sub(1)
            .map(|before| self.pieces[before].span)
            .filter(|before| before.end + 1 == span.start && is_direction(&self.document.text[*before]));
        Toponym { span, form: PlaceForm::Name, key: fold(name), candidates, part, container: None }
    }

    /// A name that the recogniser calls a place and the gazetteer does not know.
    fn unknown(&self) -> Option<(Toponym, usize)> {
        let label = self.label().filter(|label| label.label == "GPE")?;
        let begins = self.pieces[self.at].token == label.start
            || self
                .at
                .checked_sub(1)
                .is_some_and(|before| fold(&self.document.text[self.pieces[before].span]) == "the");
        if !begins {
            return None;
        }
        let length = self.pieces[self.at..]
            .iter()
            .take_while(|piece| piece.span.end <= label.span.end)
            .count()
            .clamp(1, 12);
        let name = self.text(self.at, length);
        let key = fold(name);
        let is_word = key.chars().any(char::is_alphabetic) && name.len() > 2;
        is_word.then(|| (self.toponym(name, length, Vec::new()), length))
    }
}

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
