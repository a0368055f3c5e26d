//! Reader: the lexemes of a story, and what "now" and "then" mean at each of them.
//!
//! Three anchors: the day of publication, for what news says of itself ("yesterday"); the
//! reference, the date last mentioned ("the next day"); and, where the story is a narrative of
//! other years, the reference stands in for publication throughout (the two domains of
//! HeidelTime: Strötgen & Gertz 2013, "Multilingual and cross-domain temporal tagging").

use std::sync::OnceLock;

use dateline_document::{Article, DateKind, Document, Interval, PartRole, TokenId};
use jiff::civil::Date;

use super::lexeme::{Form, Lexeme, lexemes};
use super::period::{Period, Season, Unit};
use super::tense::{Tense, is_put_off, tense_at};

/// What a construction made of the lexemes up to `end`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub end: usize,
    pub meaning: Meaning,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// A stretch of the calendar.
    Date(Period),
    /// A stretch of a day: the value's part from "T" on.
    Time(Period, String),
    /// A value of another form, and the days it covers if those are known.
    Other { kind: DateKind, value: String, interval: Option<Interval> },
}

pub(crate) struct Reader<'a> {
    pub document: &'a Document,
    article: &'a Article,
    lexemes: Vec<Lexeme>,
    is_narrative: OnceLock<bool>,
    /// For each month, the year that the story gives with it.
    month_years: OnceLock<[Option<i16>; 12]>,
    /// The date last mentioned.
    reference: Option<Mentioned>,
    /// The quarter that a business story reports on.
    quarter: Option<(i16, u8)>,
}

/// A date that was read, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mentioned {
    pub period: Period,
    /// One past its last lexeme.
    pub end: usize,
    /// Whether the text itself says the year.
    pub has_year: bool,
}

impl Reading {
    pub fn date(end: usize, period: Period) -> Option<Reading> {
        Some(Reading { end, meaning: Meaning::Date(period) })
    }

    pub fn time(end: usize, day: Period, time: impl Into<String>) -> Option<Reading> {
        Some(Reading { end, meaning: Meaning::Time(day, time.into()) })
    }

    pub fn open(end: usize, value: impl Into<String>) -> Option<Reading> {
        Reading::other(end, DateKind::Date, value, None)
    }

    pub fn other(
        end: usize,
        kind: DateKind,
        value: impl Into<String>,
        interval: Option<Interval>,
    ) -> Option<Reading> {
        Some(Reading { end, meaning: Meaning::Other { kind, value: value.into(), interval } })
    }
}

impl<'a> Reader<'a> {
    pub fn new(article: &'a Article, document: &'a Document) -> Reader<'a> {
        Reader {
            document,
            article,
            lexemes: lexemes(document),
            is_narrative: OnceLock::new(),
            month_years: OnceLock::new(),
            reference: None,
            quarter: None,
        }
    }

    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    pub fn lexeme(&self, at: usize) -> Option<&Lexeme> {
        self.lexemes.get(at)
    }

    pub fn form(&self, at: usize) -> Option<Form> {
        self.lexemes.get(at).map(|lexeme| lexeme.form)
    }

    /// The word at `at` in lower case; "" for numbers, marks and past the end.
    pub fn word(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |lexeme| lexeme.lower.as_str())
    }

    /// The word before `at`.
    pub fn word_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.word(before))
    }

    pub fn is_mark(&self, at: usize, sign: char) -> bool {
        self.form(at) == Some(Form::Mark(sign))
    }

    pub fn mark_before(&self, at: usize) -> Option<char> {
        match self.form(at.checked_sub(1)?)? {
            Form::Mark(sign) => Some(sign),
            _ => None,
        }
    }

    /// A hyphen or a dash.
    pub fn is_dash(&self, at: usize) -> bool {
        matches!(self.form(at), Some(Form::Mark('-' | '–' | '—' | '‑' | '−')))
    }

    pub fn is_apostrophe(&self, at: usize) -> bool {
        matches!(self.form(at), Some(Form::Mark('\'' | '’' | '‘')))
    }

    /// Whether no white space stands before `at`.
    pub fn is_joined(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| !lexeme.is_spaced)
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.lexemes.get(at).is_some_and(|lexeme| lexeme.is_capital)
    }

    /// A whole number in digits, and how many.
    pub fn plain(&self, at: usize) -> Option<(u32, u8)> {
        match self.form(at)? {
            Form::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub fn token(&self, at: usize) -> Option<TokenId> {
        self.lexemes.get(at).map(|lexeme| lexeme.token)
    }

    pub fn tag(&self, at: usize) -> &str {
        self.token(at).map_or("", |id| self.document.token(id).tag.as_str())
    }

    pub fn relation(&self, at: usize) -> &str {
        self.token(at).map_or("", |id| self.document.token(id).relation.as_str())
    }

    /// The label of the named span that holds `at`.
    pub fn name_label(&self, at: usize) -> &str {
        self.token(at).and_then(|id| self.document.name_at(id)).map_or("", |name| name.label.as_str())
    }

    /// Past a full stop, if one is there ("Aug" "." "17").
    pub fn skip_dot(&self, at: usize) -> usize {
        if self.is_mark(at, '.') && self.is_joined(at) { at + 1 } else { at }
    }

    /// A month's name, unless the word is a verb or a person there.
    pub fn month(&self, at: usize) -> Option<(u8, usize)> {
        let word = self.word(at);
        if word.len() < 3 {
            return None;
        }
        let (month, is_short) = month_named(word)?;
        let end = if is_short { self.skip_dot(at + 1) } else { at + 1 };
        if !self.is_capital(at) && word.len() < 8 {
            return None;
        }
        if matches!(word, "may" | "march") && self.tag(at) == "MD" {
            return None;
        }
        Some((month, end))
    }

    /// A weekday's name, 1 for Monday; `true` if it is a plural.
    pub fn weekday(&self, at: usize) -> Option<(i8, bool, usize)> {
        let word = self.word(at);
        if word.len() < 3 || !(self.is_capital(at) || word.len() >= 6) {
            return None;
        }
        let (day, is_plural) = match word {
            "monday" | "mon" => (1, false),
            "tuesday" | "tue" | "tues" => (2, false),
            "wednesday" | "wed" => (3, false),
            "thursday" | "thu" | "thur" | "thurs" => (4, false),
            "friday" | "fri" => (5, false),
            "saturday" | "sat" => (6, false),
            "sunday" | "sun" => (7, false),
            "mondays" => (1, true),
            "tuesdays" => (2, true),
            "wednesdays" => (3, true),
            "thursdays" => (4, true),
            "fridays" => (5, true),
            "saturdays" => (6, true),
            "sundays" => (7, true),
            _ => return None,
        };
        if word.len() >= 6 {
            return Some((day, is_plural, at + 1));
        }
        // "Sun", "Sat", "Wed": only before a date.
        let mut end = self.skip_dot(at + 1);
        if self.is_mark(end, ',') {
            end += 1;
        }
        (self.month(end).is_some() || self.plain(end).is_some() && self.month(end + 1).is_some()).then_some((
            day,
            false,
            self.skip_dot(at + 1),
        ))
    }

    pub fn season(&self, at: usize) -> Option<Season> {
        Some(match self.word(at) {
            "spring" => Season::Spring,
            "summer" => Season::Summer,
            "autumn" | "fall" => Season::Fall,
            "winter" => Season::Winter,
            _ => return None,
        })
    }

    /// A unit of time; `true` if it is a plural.
    pub fn unit(&self, at: usize) -> Option<(Unit, bool)> {
        Some(match self.word(at) {
            "second" => (Unit::Second, false),
            "seconds" => (Unit::Second, true),
            "minute" | "min" => (Unit::Minute, false),
            "minutes" | "mins" => (Unit::Minute, true),
            "hour" => (Unit::Hour, false),
            "hours" | "hrs" => (Unit::Hour, true),
            "day" => (Unit::Day, false),
            "days" => (Unit::Day, true),
            "week" => (Unit::Week, false),
            "weeks" => (Unit::Week, true),
            "weekend" => (Unit::Weekend, false),
            "weekends" => (Unit::Weekend, true),
            "fortnight" => (Unit::Fortnight, false),
            "fortnights" => (Unit::Fortnight, true),
            "month" => (Unit::Month, false),
            "months" => (Unit::Month, true),
            "quarter" => (Unit::Quarter, false),
            "quarters" => (Unit::Quarter, true),
            "year" => (Unit::Year, false),
            "years" => (Unit::Year, true),
            "decade" => (Unit::Decade, false),
            "decades" => (Unit::Decade, true),
            "century" => (Unit::Century, false),
            "centuries" => (Unit::Century, true),
            "millennium" => (Unit::Millennium, false),
            "millennia" => (Unit::Millennium, true),
            _ => return None,
        })
    }

    /// The tense of the clause around `at`, with what the words before the date say of it.
    pub fn tense(&self, at: usize) -> Tense {
        let before = self.word_before(at);
        let is_article = before == "the";
        let before = if is_article { at.checked_sub(2).map_or("", |far| self.word(far)) } else { before };
        match before {
            "since" => return Tense::Past,
            "until" | "till" | "through" => {
                let is_put_off = self.token(at).is_some_and(|id| is_put_off(self.document, id));
                return match self.clause_tense(at) {
                    Tense::Past if !is_put_off => Tense::Unknown,
                    _ => Tense::Future,
                };
            }
            // "Signed by the Tuesday envoys" sets no deadline.
            "by" if is_article => {}
            "by" | "starting" | "beginning" | "effective" => {
                return match self.clause_tense(at) {
                    Tense::Past => Tense::Past,
                    _ => Tense::Future,
                };
            }
            "of" if at >= 2 && self.word(at - 2) == "ahead" => return Tense::Future,
            // "Before the end of March" may be either.
            "of" if at >= 4
                && matches!(self.word(at - 2), "end" | "start" | "middle" | "beginning")
                && matches!(self.word(at - 4), "before" | "by" | "until") =>
            {
                return match self.clause_tense(at) {
                    Tense::Past => Tense::Unknown,
                    tense => tense,
                };
            }
            "upcoming" | "coming" | "payable" => return Tense::Future,
            _ => {}
        }
        self.clause_tense(at)
    }

    fn clause_tense(&self, at: usize) -> Tense {
        let Some(id) = self.token(at) else { return Tense::Unknown };
        let role =
            self.article.part_of(self.document.token(id).span).map_or(PartRole::Body, |part| part.role);
        tense_at(self.document, id, role)
    }

    pub fn published(&self) -> Option<Date> {
        self.article.published_at.as_ref().map(|published| published.date)
    }

    /// Whether the story tells of other years than that of its publication: history, not news.
    pub fn is_narrative(&self) -> bool {
        *self.is_narrative.get_or_init(|| {
            let published = self.published().map(|date| i32::from(date.year()));
            let (mut far, mut news) = (0, 0);
            for at in 0..self.len() {
                match self.plain(at) {
                    Some((year @ 1000..=2099, 4)) => match published {
                        Some(published) if (published - 1..=published + 2).contains(&(year as i32)) => {}
                        _ => far += 1,
                    },
                    Some((_, 2..=4)) if matches!(self.word(at + 1), "bc" | "bce" | "ad") => far += 1,
                    Some(_) => {}
                    None => {
                        let is_news = matches!(self.word(at), "yesterday" | "tomorrow" | "tonight")
                            || (self.word(at).ends_with("day") && self.weekday(at).is_some())
                            || (matches!(self.word(at), "last" | "this" | "next")
                                && matches!(self.word(at + 1), "week" | "month" | "year"));
                        news += usize::from(is_news);
                    }
                }
            }
            far >= 5 && far > 3 * news
        })
    }

    /// What "now" is: publication in news; in a narrative the date last mentioned.
    pub fn now(&self) -> Option<Period> {
        if self.is_narrative() {
            return self.reference.map(|mentioned| mentioned.period);
        }
        self.published().map(Period::Day)
    }

    /// What "then" is: the date last mentioned, or else publication.
    pub fn then(&self) -> Option<Period> {
        self.reference.map(|mentioned| mentioned.period).or_else(|| self.now())
    }

    /// The quarter that the story was last speaking of.
    pub fn quarter(&self) -> Option<(i16, u8)> {
        self.quarter
    }

    /// The date that was read just before `at`, with at most a joining word or mark between.
    pub fn just_read(&self, at: usize) -> Option<Mentioned> {
        self.reference.filter(|mentioned| mentioned.end < at && mentioned.end + 3 > at)
    }

    /// The date that was read at most `lexemes` before `at`.
    pub fn told_within(&self, at: usize, lexemes: usize) -> Option<Period> {
        self.reference.filter(|told| told.end + lexemes >= at).map(|told| told.period)
    }

    /// Whether a paragraph began a few words ago.
    fn is_paragraph_start(&self, at: usize) -> bool {
        at < 6 || (at - 6..at).any(|before| self.form(before) == Some(Form::Break))
    }

    /// The one year of long ago that the story gives to a month, if it gives just one.
    fn told_year(&self, month: u8) -> Option<i16> {
        let years = self.month_years.get_or_init(|| {
            let mut years = [None; 12];
            for at in 0..self.len() {
                let Some((month, end)) = self.month(at) else { continue };
                let day = self.plain(end).filter(|&(_, digits)| digits <= 2);
                let end = if day.is_some() { end + 1 } else { end };
                let end = if self.is_mark(end, ',') { end + 1 } else { end };
                let year = match (self.plain(end), at.checked_sub(1).and_then(|before| self.plain(before))) {
                    (Some((year @ 1000..=2199, 4)), _) | (_, Some((year @ 1000..=2199, 4))) => year as i16,
                    _ => continue,
                };
                let slot: &mut Option<i16> = &mut years[usize::from(month) - 1];
                // Two years for a month tell nothing.
                *slot = if slot.is_none_or(|told| told == year) { Some(year) } else { Some(0) };
            }
            years
        });
        let this_year = self.published()?.year();
        years[usize::from(month) - 1].filter(|&year| year > 0 && year < this_year - 1)
    }

    /// Takes note of a date that was read.
    pub fn remember(&mut self, start: usize, reading: &Reading, rule: &str) {
        let period = match &reading.meaning {
            Meaning::Date(period) | Meaning::Time(period, _) => *period,
            Meaning::Other { value, .. } => {
                // With "for the nine months" a business story leaves its quarter.
                if matches!(value.as_str(), "P6M" | "P9M" | "P1Y") {
                    self.quarter = None;
                }
                return;
            }
        };
        if let (Period::Quarter(year, quarter), "quarter") = (period, rule) {
            self.quarter = Some((year, quarter));
        }
        if matches!(period, Period::Decade(_) | Period::Century(_)) {
            return;
        }
        // "Up from a year earlier" compares; the story stays where it was.
        if rule == "ago" && !self.is_narrative() && period.unit() >= Unit::Quarter {
            return;
        }
        let has_year = (start..reading.end).any(|at| {
            matches!(self.plain(at), Some((1000..=2099, 4))) || matches!(self.word(at), "bc" | "bce")
        });
        if self.is_narrative()
            && rule == "year"
            && let (Some(told), Some(year)) =
                (self.reference.and_then(|told| told.period.year()), period.year())
        {
            // A bare year in passing ("the 1975 treaty", "would end in 1976", "released in 2005")
            // does not move a narrative.
            let is_in_passing = !matches!(
                self.word_before(start),
                "in" | "of"
                    | "by"
                    | "until"
                    | "during"
                    | "from"
                    | "since"
                    | "to"
                    | "and"
                    | "between"
                    | "early"
                    | "late"
            );
            if is_in_passing || (year - told).abs() > 25 || self.tense(start) == Tense::Future {
                return;
            }
        }
        self.reference = Some(Mentioned { period, end: reading.end, has_year });
    }

    /// The year that a month, or a day of one, lies in when the text leaves it out.
    pub fn year_of(&self, month: u8, day: Option<u8>, at: usize) -> Option<i16> {
        if self.is_narrative() {
            let told = self.reference?.period;
            // From December a story goes on to January.
            let is_new_year = told.month().is_some_and(|before| before > month + 7);
            return Some(told.year()? + i16::from(is_new_year));
        }
        let published = self.published();
        if let Some(mentioned) = self.reference
            && let Some(year) = mentioned.period.year()
        {
            let is_near = at.saturating_sub(mentioned.end) < 40;
            let is_recent = published.is_some_and(|date| (date.year() - 1..=date.year() + 1).contains(&year));
            let is_past = !matches!(self.tense(at), Tense::Future | Tense::Present);
            if mentioned.has_year && mentioned.period.month().is_some() && is_near && !is_recent && is_past {
                return Some(year);
            }
        }
        // "The July riots" of a story that says "the July 2015 riots".
        let is_of_event = day.is_some() || matches!(self.relation(at), "compound" | "nmod" | "amod");
        if is_of_event && let Some(year) = self.told_year(month) {
            return Some(year);
        }
        let published = published?;
        let here = (published.month() as u8, published.day() as u8);
        let there = (month, day.unwrap_or(here.1));
        let last = published.year() - i16::from(there > here);
        let next = published.year() + i16::from(there < here);
        // How far ahead the next one is, in days, thirty to the month.
        let days = |(month, day): (u8, u8)| i32::from(month) * 30 + i32::from(day);
        let ahead = (days(there) - days(here)).rem_euclid(360);
        // A day of eleven months ago would have been given its year.
        let is_soon = day.is_some() && ahead <= 45 && self.word_before(at) != "ended";
        // "LIMA, Feb. 3 (Reuters)": the day on which it was written.
        if day.is_some() && (at..at + 4).any(|near| self.is_mark(near, '(')) && self.is_paragraph_start(at) {
            return Some(if ahead <= 20 { next } else { last });
        }
        Some(match self.tense(at) {
            Tense::Past if is_soon => next,
            Tense::Past => last,
            Tense::Future => next,
            Tense::Present | Tense::Unknown if ahead <= 130 => next,
            Tense::Present | Tense::Unknown => last,
        })
    }
}

/// A month by its name; `true` if it is short for it.
fn month_named(word: &str) -> Option<(u8, bool)> {
    Some(match word {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => return None,
    })
}
