//! Recognise: the words of a story that name a place.
//!
//! At each word that may begin a name, the longest run of words that the gazetteer knows is taken. What
//! the pipeline's recogniser says of those words then decides, with the words around them:
//!
//! | the recogniser says | the run is a place if |
//! |---|---|
//! | GPE, LOC | what else it has in that name is no proper name ("the City of", "northern") |
//! | ORG, FAC | it is the whole of it and large, or leads it ("Ohio Department of Health") |
//! | PERSON | it is the whole of it, nobody else in the story bears it, and "in", "near" … stands before it |
//! | nothing | it is large, or "in", "near" … stands before it, or its country or state after it |
//!
//! A name that is a place beyond doubt somewhere in the story is one where the recogniser doubts it. What
//! it calls GPE and the gazetteer does not know is kept without a place.

use std::cell::OnceCell;

use dateline_document::{Article, Document, NamedSpan, PlaceForm, Span, TokenId};
use dateline_gazetteer::{Gazetteer, Lands, fold};
use hashbrown::{HashMap, HashSet};

use super::candidates::{Candidate, Kind, candidates, of_country, of_division, of_region};
use super::containers;
use super::pieces::{Piece, pieces};
use super::words;

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
    /// Whether the recogniser leaves no doubt.
    pub is_sure: bool,
}

/// Pieces in the longest name.
const LONGEST: usize = 8;
/// Mentions of one story that are looked at; the rest of a list of names is left.
const MOST: usize = 20_000;
/// A town of so many people, as a power of ten, is known beyond its neighbours.
const LARGE: f64 = 4.0;
/// A town of so many is better known than anybody who bears its name.
const METROPOLIS: f64 = 6.5;
/// Countries, regions and the divisions of our own table weigh as much.
const KNOWN_WELL: f64 = 7.0;

pub(crate) fn toponyms(article: &Article, document: &Document, gazetteer: &Gazetteer) -> Vec<Toponym> {
    let pieces = pieces(document);
    let labels = Labels::of(document);
    let mut looked_up = LookUps { gazetteer, known: HashMap::new() };
    let story = Story { document, article, pieces: &pieces, labels: &labels };
    let mut known = Known::default();
    for toponym in story.scan(&mut looked_up, &known) {
        known.starts.push(toponym.span.start);
        if toponym.is_sure {
            known.sure.insert(toponym.key);
        }
    }
    let mut found = story.scan(&mut looked_up, &known);
    containers::link(document, &mut found);
    found
}

/// What a first reading found.
#[derive(Default)]
struct Known {
    /// Names that are places beyond doubt.
    sure: HashSet<String>,
    /// Where toponyms start, ascending.
    starts: Vec<u32>,
}

/// A story and what is known of its words before places are looked for.
struct Story<'a> {
    document: &'a Document,
    article: &'a Article,
    pieces: &'a [Piece],
    labels: &'a Labels<'a>,
}

impl<'a> Story<'a> {
    fn scan(&self, looked_up: &mut LookUps<'a>, known: &Known) -> Vec<Toponym> {
        let mut found: Vec<Toponym> = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() && found.len() < MOST {
            match (Reader { story: self, known, at }).read(looked_up, found.last()) {
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
    known: HashMap<&'a str, Name<'a>>,
}

impl<'a> LookUps<'a> {
    fn name(&mut self, printed: &'a str) -> &Name<'a> {
        let gazetteer = self.gazetteer;
        self.known.entry(printed).or_insert_with(|| Name {
            gazetteer,
            printed,
            folded: fold(printed),
            demonym: OnceCell::new(),
            is_common: OnceCell::new(),
            candidates: OnceCell::new(),
        })
    }
}

/// Words that may be a name, with what is known of them as far as it was asked.
struct Name<'a> {
    gazetteer: &'a Gazetteer,
    printed: &'a str,
    folded: String,
    demonym: OnceCell<Option<Candidate>>,
    is_common: OnceCell<bool>,
    candidates: OnceCell<Vec<Candidate>>,
}

impl Name<'_> {
    /// The country, region or division whose people are called so.
    fn demonym(&self) -> Option<&Candidate> {
        let (printed, gazetteer) = (self.printed, self.gazetteer);
        let look_up = || {
            let Lands { country, region, division } = gazetteer.lands_of_people(printed);
            // "English" is mostly the language.
            let division = || division.filter(|_| printed != "English");
            country
                .map(of_country)
                .or_else(|| region.filter(|region| region.country.is_some()).map(of_region))
                .or_else(|| Some(of_division(division()?, gazetteer)))
        };
        self.demonym.get_or_init(look_up).as_ref()
    }

    fn is_common(&self) -> bool {
        *self.is_common.get_or_init(|| words::is_common(self.printed, self.gazetteer))
    }

    fn candidates(&self) -> &[Candidate] {
        self.candidates.get_or_init(|| candidates(self.printed, self.gazetteer))
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
}

/// Reads one toponym at a piece, if one begins there.
struct Reader<'s, 'a> {
    story: &'s Story<'a>,
    known: &'s Known,
    at: usize,
}

impl<'a> Reader<'_, 'a> {
    fn read(&self, looked_up: &mut LookUps<'a>, before: Option<&Toponym>) -> Option<(Toponym, usize)> {
        let first = self.text(1);
        if !first.starts_with(char::is_uppercase) || self.leads_a_name() {
            return None;
        }
        for length in (1..=self.longest()).rev() {
            if !self.ends_a_name(length) {
                continue;
            }
            let name = looked_up.name(self.text(length));
            if let Some(toponym) = self.demonym(name, length) {
                return Some((toponym, length));
            }
            if length == 1 && name.is_common() {
                continue;
            }
            let found = self.as_printed(name, length, before);
            if !found.is_empty() && self.is_place(name, length, &found, before) {
                let candidates = found.into_iter().cloned().collect();
                return Some((self.toponym(name, length, candidates), length));
            }
        }
        self.unknown(looked_up)
    }

    /// The run's last piece is no small word of the middle: "British-".
    fn ends_a_name(&self, length: usize) -> bool {
        let last = &self.story.document.text[self.story.pieces[self.at + length - 1].span];
        length == 1 || !words::stands_inside(last)
    }

    /// How many pieces may belong to one name from here: capitalised words, and small ones between.
    fn longest(&self) -> usize {
        let pieces = self.story.pieces;
        let mut longest = 1;
        for length in 2..=LONGEST {
            let Some(piece) = pieces.get(self.at + length - 1) else { break };
            let gap = pieces[self.at + length - 2].span.end as usize..piece.span.start as usize;
            if piece.sentence != pieces[self.at].sentence || self.story.document.text[gap].contains('\n') {
                break;
            }
            let word = &self.story.document.text[piece.span];
            // "d'Ivoire", "al-Zour", "l’Aquila".
            let article =
                ["d'", "d’", "l'", "l’", "al-", "el-"].iter().find_map(|lead| word.strip_prefix(lead));
            if article.unwrap_or(word).starts_with(|first: char| first.is_uppercase() || first.is_numeric()) {
                longest = length;
            } else if words::is_division(word) {
                return length;
            } else if !words::stands_inside(word) {
                break;
            }
        }
        longest
    }

    fn demonym(&self, name: &Name, length: usize) -> Option<Toponym> {
        let candidate = if length > 2 { None } else { name.demonym() }?;
        // "African American", "Native American": who they are, not where they are from.
        let is_people =
            self.word_before().is_some_and(|word| matches!(word, "African" | "Native" | "Asian" | "Latin"));
        let is_other_name = self.label().is_some_and(|label| {
            matches!(label.label.as_str(), "PERSON" | "LANGUAGE" | "WORK_OF_ART" | "FAC")
        });
        if is_people || is_other_name || self.names_something_else(length) {
            return None;
        }
        Some(Toponym {
            span: self.span(length),
            form: PlaceForm::Demonym,
            key: format!("demonym {}", name.folded),
            candidates: vec![candidate.clone()],
            part: None,
            container: None,
            is_sure: true,
        })
    }

    /// The candidates that may be meant by the name as it is printed here: abbreviations need a place before
    /// them ("La Crosse, Wis.") or the recogniser's word; "the state of Washington" is the state.
    fn as_printed<'n>(&self, name: &'n Name, length: usize, before: Option<&Toponym>) -> Vec<&'n Candidate> {
        let (found, folded, printed) = (name.candidates(), &name.folded, name.printed);
        if found.is_empty() {
            return Vec::new();
        }
        let is_abbreviation = |candidate: &Candidate| {
            candidate.kind == Kind::Division
                && candidate.weight >= KNOWN_WELL - 1.0
                && folded.len() <= 5
                && fold(&candidate.place.name) != *folded
        };
        let is_labelled =
            self.label().is_some_and(|label| label.label == "GPE" && self.is_whole(label, length));
        let may_abbreviate = self.follows_comma(before)
            || self.follows_party()
            || is_labelled && (printed.contains('.') || printed.len() >= 3);
        let is_called_state = self.is_called_state();
        let is_division = |candidate: &Candidate| candidate.kind == Kind::Division;
        let only_divisions = is_called_state && found.iter().any(is_division);
        found
            .iter()
            .filter(|candidate| may_abbreviate || !is_abbreviation(candidate))
            .filter(|candidate| !only_divisions || is_division(candidate))
            .collect()
    }

    fn is_place(&self, name: &Name, length: usize, found: &[&Candidate], before: Option<&Toponym>) -> bool {
        if self.names_something_else(length) || name.printed.contains('$') {
            return false;
        }
        let largest = found.iter().map(|candidate| candidate.weight).fold(0.0, f64::max);
        let is_large = largest >= LARGE;
        let is_known_well =
            found.iter().any(|candidate| candidate.kind < Kind::Town && candidate.weight >= KNOWN_WELL);
        let is_given = is_known_well || self.known.sure.contains(&name.folded) || self.opens_dateline(length);
        let is_contained = self.follows_comma(before) || self.stands_among_places(length, before);
        let is_somewhere = is_large && (self.stands_in_a_place() || self.precedes_a_place_word(length));
        let Some(label) = self.label().filter(|label| !is_number(label)) else {
            let is_joined = self.is_joined_to_a_name(length) && !(is_known_well && self.stands_in_a_place());
            return !self.is_somebody(length)
                && !is_joined
                && (is_given || is_large && is_contained || is_somewhere && self.is_proper(length));
        };
        let whole = self.is_whole(label, length);
        match label.label.as_str() {
            "GPE" | "LOC" => {
                whole || self.rest_is_no_name(label, length) || is_large && self.begins_a_body(label, length)
            }
            "FAC" if whole => is_given || is_large,
            "ORG" if whole => is_given || is_large && is_contained || is_somewhere,
            "ORG" | "FAC" => {
                (is_given || is_large) && self.begins_a_body(label, length)
                    || is_given && self.ends_a_body(label, length)
            }
            "PERSON" if whole => {
                let is_unmistakable =
                    is_given && !is_known_well || largest >= METROPOLIS && !is_known_country(found);
                !self.is_somebody(length) && (is_unmistakable || is_large && is_contained || is_somewhere)
            }
            "PERSON" => false,
            "NORP" => is_given || is_somewhere || is_large && is_contained,
            _ => is_known_well && (whole || self.stands_in_a_place()),
        }
    }

    fn toponym(&self, name: &Name, length: usize, candidates: Vec<Candidate>) -> Toponym {
        let span = self.span(length);
        let before = self.at.checked_sub(1).map(|before| self.story.pieces[before].span);
        let part = before.filter(|before| {
            before.end + 1 == span.start && words::is_direction(&self.story.document.text[*before])
        });
        let is_sure = self.label().is_some_and(|label| {
            matches!(label.label.as_str(), "GPE" | "LOC") && self.is_whole(label, length)
        });
        Toponym {
            span,
            form: PlaceForm::Name,
            key: name.folded.clone(),
            candidates,
            part,
            container: None,
            is_sure,
        }
    }

    /// A name that the gazetteer does not know, and that the recogniser or "the village of" calls a place.
    fn unknown(&self, looked_up: &mut LookUps<'a>) -> Option<(Toponym, usize)> {
        let label = self.label().filter(|label| label.label == "GPE");
        let length = match label {
            _ if self.is_called_settlement() => self.length_of_unlisted(),
            Some(label) => self.length_of_label(label)?,
            None => return None,
        };
        let gazetteer = looked_up.gazetteer;
        let name = looked_up.name(self.text(length));
        let printed = name.printed;
        let is_word = printed.len() > 2 && printed.contains(char::is_lowercase) && !name.is_common();
        let is_nothing_else =
            || gazetteer.organization(printed).is_none() && gazetteer.role(printed).is_none();
        (is_word && is_nothing_else()).then(|| (self.toponym(name, length, Vec::new()), length))
    }

    /// Pieces in the recogniser's name, if it begins here and the words around allow a place.
    fn length_of_label(&self, label: &NamedSpan) -> Option<usize> {
        let begins = self.story.pieces[self.at].token == label.start
            || self.word_before().is_some_and(|word| matches!(word, "the" | "The"));
        if !begins || !(self.stands_in_a_place() || self.word_after(1) == Some(",")) || self.is_somebody(1) {
            return None;
        }
        let inside = |piece: &&Piece| piece.span.end <= label.span.end;
        Some(self.story.pieces[self.at..].iter().take_while(inside).count().clamp(1, 12))
    }

    /// Pieces in a name that no list bounds: English prepositions end it.
    fn length_of_unlisted(&self) -> usize {
        let ends = |length: &usize| self.word_after(*length).is_none_or(words::is_english);
        let bound = (1..self.longest()).find(ends).unwrap_or(self.longest());
        (1..=bound).rev().find(|&length| self.ends_a_name(length)).unwrap_or(1)
    }

    /// "the village of", "the riverside town".
    fn is_called_settlement(&self) -> bool {
        let before = self.word_before();
        let kind = if before == Some("of") { self.word(self.at.checked_sub(2)) } else { before };
        kind.is_some_and(words::is_settlement)
    }
}

/// The recogniser takes "U.S.-Iraq" for a number.
fn is_number(label: &NamedSpan) -> bool {
    matches!(label.label.as_str(), "CARDINAL" | "ORDINAL" | "QUANTITY" | "MONEY")
}

/// "Jordan", "Chad": given names, too.
fn is_known_country(found: &[&Candidate]) -> bool {
    found.iter().any(|candidate| candidate.kind == Kind::Country)
}

/// What stands around a run of pieces.
impl<'a> Reader<'_, 'a> {
    fn span(&self, length: usize) -> Span {
        self.story.pieces[self.at].span.cover(self.story.pieces[self.at + length - 1].span)
    }

    fn text(&self, length: usize) -> &'a str {
        &self.story.document.text[self.span(length)]
    }

    fn word(&self, at: Option<usize>) -> Option<&'a str> {
        let piece = self.story.pieces.get(at?)?;
        let is_here = piece.sentence == self.story.pieces[self.at].sentence;
        is_here.then(|| &self.story.document.text[piece.span])
    }

    fn word_before(&self) -> Option<&'a str> {
        self.word(self.at.checked_sub(1))
    }

    fn word_after(&self, length: usize) -> Option<&'a str> {
        self.word(Some(self.at + length))
    }

    fn label(&self) -> Option<&'a NamedSpan> {
        self.story.labels.names[self.story.pieces[self.at].token.index()]
    }

    /// What the recogniser's name has before and after the run.
    fn rest_of(&self, label: &NamedSpan, length: usize) -> (&'a str, &'a str) {
        let text = &self.story.document.text;
        let own = self.span(length);
        let lead = &text[label.span.start.min(own.start) as usize..own.start as usize];
        let rest = &text[own.end as usize..label.span.end.max(own.end) as usize];
        (lead, rest)
    }

    /// Whether the recogniser's name is the run and no more, but for "the" and "'s".
    fn is_whole(&self, label: &NamedSpan, length: usize) -> bool {
        let (lead, rest) = self.rest_of(label, length);
        matches!(lead.trim(), "" | "the" | "The") && matches!(rest, "" | "'s" | "’s" | "'S" | "'" | "’")
    }

    /// What else the recogniser's name has is no part of a proper name: "the City of", "northern".
    fn rest_is_no_name(&self, label: &NamedSpan, length: usize) -> bool {
        let (lead, rest) = self.rest_of(label, length);
        let is_plain = |word: &str| {
            let word = word.trim_matches(|character: char| !character.is_alphanumeric());
            !word.contains(char::is_uppercase)
                || words::is_direction(word)
                || words::leads_a_name(word)
                || matches!(word, "The" | "New" | "D" | "R" | "DFL")
        };
        lead.split_whitespace().all(is_plain)
            && (rest.split_whitespace().all(is_plain) || rest.trim_start().starts_with(','))
    }

    /// "Ohio Department of Health", "Lebanon police": the place that a body is of leads its name.
    fn begins_a_body(&self, label: &NamedSpan, length: usize) -> bool {
        let (lead, rest) = self.rest_of(label, length);
        matches!(fold(lead).as_str(), "" | "the") && rest.split_whitespace().any(words::is_of_a_body)
    }

    /// "University of Kentucky": it stands at the end, after "of".
    fn ends_a_body(&self, label: &NamedSpan, length: usize) -> bool {
        let (_, rest) = self.rest_of(label, length);
        rest.is_empty() && self.word_before().is_some_and(|word| matches!(word, "of" | "in" | "for"))
    }

    /// The next word makes it a street or a germ: "Memphis St.".
    fn names_something_else(&self, length: usize) -> bool {
        self.word_after(length).is_some_and(words::is_named_after_places)
    }

    /// Without a label: another capitalised word right beside it makes a longer name of something else.
    fn is_joined_to_a_name(&self, length: usize) -> bool {
        let is_name = |at: Option<usize>| {
            self.word(at).is_some_and(|word| {
                word.starts_with(char::is_uppercase)
                    && !words::is_direction(word)
                    && !words::is_of_a_body(word)
            }) && at.is_some_and(|at| self.pos(at) == "PROPN")
        };
        is_name(self.at.checked_sub(1)) || is_name(Some(self.at + length))
    }

    fn pos(&self, at: usize) -> &'a str {
        &self.story.document.token(self.story.pieces[at].token).pos
    }

    fn is_proper(&self, length: usize) -> bool {
        (self.at..self.at + length).any(|at| self.pos(at) == "PROPN")
    }

    /// A word of the run is part of a person's name elsewhere in the story.
    fn is_somebody(&self, length: usize) -> bool {
        let pieces = &self.story.pieces[self.at..self.at + length];
        pieces
            .iter()
            .any(|piece| self.story.labels.people.contains(&fold(&self.story.document.text[piece.span])))
    }

    /// "in", "near", "stormed" … stands before it.
    fn stands_in_a_place(&self) -> bool {
        let earlier = self.word(self.at.checked_sub(2));
        // "a raid on Clinton's house": places are seldom owners.
        let rest = &self.story.document.text[self.story.pieces[self.at].span.end as usize..];
        let owns = rest.starts_with("'s") || rest.starts_with("’s");
        self.word_before().is_some_and(|word| {
            words::comes_before_a_place(word) || !owns && words::attacks_a_place(word, earlier)
        })
    }

    /// "the state of Washington".
    fn is_called_state(&self) -> bool {
        let earlier = self.word(self.at.checked_sub(2));
        self.word_before() == Some("of")
            && earlier.is_some_and(|word| matches!(word, "state" | "province" | "State"))
    }

    /// A toponym and a comma stand right before: "Springfield, |".
    fn follows_comma(&self, before: Option<&Toponym>) -> bool {
        before.is_some_and(|before| {
            let between = before.span.end as usize..self.story.pieces[self.at].span.start as usize;
            between.start <= between.end && self.story.document.text[between].trim() == ","
        })
    }

    /// In a list of places: "Kisumu, | and Wajir".
    fn stands_among_places(&self, length: usize, before: Option<&Toponym>) -> bool {
        let text = &self.story.document.text;
        let is_joint = |between: std::ops::Range<usize>| {
            between.start <= between.end && matches!(text[between].trim(), "," | "and" | ", and" | "or" | "&")
        };
        let span = self.span(length);
        let next = self.known.starts.partition_point(|&start| start < span.end);
        before.is_some_and(|before| is_joint(before.span.end as usize..span.start as usize))
            || self.known.starts.get(next).is_some_and(|&start| is_joint(span.end as usize..start as usize))
    }

    /// "the Somme region", "a Buenos Aires hospital".
    fn precedes_a_place_word(&self, length: usize) -> bool {
        self.word_after(length).is_some_and(words::goes_with_a_place)
    }

    /// "D-Minneapolis", "R-Ala.".
    fn follows_party(&self) -> bool {
        let party = self.word(self.at.checked_sub(2));
        self.word_before() == Some("-") && party.is_some_and(|word| matches!(word, "D" | "R" | "DFL" | "I"))
    }

    /// A word that leads a name and is none: "City" of "City of Santa Ana", "D" of "D-Minneapolis", "The".
    fn leads_a_name(&self) -> bool {
        let (word, next) = (self.text(1), self.word_after(1));
        let is_article = word == "The" && next != Some("Hague");
        let is_party = next == Some("-") && matches!(word, "D" | "R" | "DFL");
        is_article || is_party || words::leads_a_name(word) && next == Some("of")
    }

    /// Capitals at the head of a paragraph, before a dash or the agency: "GOMA (AP) —".
    fn opens_dateline(&self, length: usize) -> bool {
        let text = &self.story.document.text;
        let span = self.span(length);
        if self.story.article.dateline.is_some_and(|dateline| dateline.overlaps(span)) {
            return true;
        }
        let opens = self.word_before().is_none();
        let is_capitals = text[span].chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase);
        let next = self.story.pieces.get(self.at + length).map(|piece| &text[piece.span]);
        opens
            && is_capitals
            && next.is_some_and(|next| matches!(next, "(" | "," | "—" | "–" | "-" | "--" | "---" | ":"))
    }
}
