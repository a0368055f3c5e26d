//! Ago: an amount of time away: "three years ago", "two days later", "a month earlier",
//! "a year before", "in two weeks", "10 days from now", "year-ago".
//!
//! "Ago" and "from now" count from now; "later", "earlier" and "before" from the date last
//! mentioned. The result is as fine as the unit: two years ago is a year, two days ago a day.
//!
//! ```text
//! He resigned three years ago, and two weeks ago she followed.
//! ---
//! date "three years ago" 2018
//! date "two weeks ago" 2021-W08
//! ```
//!
//! ```text
//! Fighting broke out on 3 May 2019. Two days later the bridge fell, and a month later the city.
//! ---
//! date "3 May 2019" 2019-05-03
//! date "Two days later" 2019-05-05
//! date "a month later" 2019-06
//! ```
//!
//! ```text
//! The vote comes in two weeks, 10 days from now at the earliest.
//! ---
//! date "in two weeks" 2021-W12
//! date "10 days from now" 2021-03-20
//! ```
//!
//! ```text
//! She left years ago and came back days later.
//! ---
//! date "years ago" PAST_REF, open
//! date "days later" FUTURE_REF, open
//! ```

use super::super::number::{Amount, amount};
use super::super::period::{Period, Unit, add};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;
use super::duration::approximator;

pub(crate) fn ago(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some(reading) = year_ago(reader, at) {
        return Some(reading);
    }
    let start = approximator(reader, at);
    let (is_ahead, start) = match reader.word(at) {
        "in" if start == at => (true, approximator(reader, at + 1)),
        _ => (false, start),
    };
    let (count, unit_at) = match amount(reader, start) {
        Some((count, end)) => (count, end),
        // "years ago", "days later".
        None if reader.unit(start).is_some_and(|(_, is_plural)| is_plural) => (Amount::Unknown, start),
        None => return None,
    };
    let (unit, _) = reader.unit(unit_at)?;
    if is_ahead && unit == Unit::Quarter {
        return None;
    }
    // "Half a century ago".
    let (count, unit) = match (count, unit) {
        (Amount::Exact(0.5), Unit::Century) => (Amount::Exact(5.0), Unit::Decade),
        (Amount::Exact(0.5), Unit::Decade) => (Amount::Exact(5.0), Unit::Year),
        (Amount::Exact(0.5), Unit::Year) => (Amount::Exact(6.0), Unit::Month),
        other => other,
    };
    let mut end = unit_at + 1;
    if matches!((reader.word(end), reader.word(end + 1)), ("or", "so" | "more")) {
        end += 2;
    }
    if is_ahead {
        // "in two weeks" is ahead only under a verb that looks ahead; else it is how long it took.
        let is_future = matches!(reader.tense(at), Tense::Future | Tense::Present);
        let (Some(count), true) = (count.whole(), is_future) else { return None };
        if matches!(reader.word(end), "of" | "or" | "and") {
            return None;
        }
        return distant(reader.now(), unit, count, end);
    }
    let (sign, is_from_now, end) = match (reader.word(end), reader.word(end + 1)) {
        ("ago", _) => (-1, true, end + 1),
        ("from", "now" | "today") => (1, true, end + 2),
        ("later" | "afterwards" | "afterward", _) => (1, false, end + 1),
        ("earlier" | "previously" | "beforehand", _) => (-1, false, end + 1),
        // "a year before the war": before something of which we know no date.
        ("before", _) => {
            if starts_phrase(reader, end + 1) {
                return None;
            }
            (-1, false, end + 1)
        }
        _ => return None,
    };
    let anchor = if is_from_now { reader.now() } else { reader.then() };
    if unit.is_within_day() {
        return match anchor {
            Some(Period::Day(date)) => Reading::time(end, Period::Day(date), "TXX"),
            _ => Reading::open(end, if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }),
        };
    }
    match count.whole() {
        Some(count) => {
            // A business story's "a year earlier" is the same quarter of the year before.
            if let (Unit::Year, Some((year, quarter))) = (unit, reader.quarter())
                && count == 1
            {
                return Reading::date(end, Period::Quarter(year.checked_add(sign as i16)?, quarter));
            }
            distant(anchor, unit, sign * count, end)
        }
        None => Reading::open(end, if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }),
    }
}

/// The period of size `unit` that lies `count` units from `anchor`.
fn distant(anchor: Option<Period>, unit: Unit, count: i32, end: usize) -> Option<Reading> {
    let open = if count < 0 { "PAST_REF" } else { "FUTURE_REF" };
    let Some(anchor) = anchor else { return Reading::open(end, open) };
    if anchor.unit() > unit && unit < Unit::Year {
        // Two days after some time in 1980: a day of which only the year is known.
        return match (anchor.year(), unit) {
            (Some(_), Unit::Month) if matches!(anchor, Period::Year(_)) => {
                Reading::open(end, format!("{anchor}-XX"))
            }
            (Some(_), Unit::Day) => match anchor {
                Period::Month(..) => Reading::open(end, format!("{anchor}-XX")),
                Period::Year(_) => Reading::open(end, format!("{anchor}-XX-XX")),
                _ => Reading::open(end, open),
            },
            _ => Reading::open(end, open),
        };
    }
    let from = anchor.interval()?.from;
    // "A week ago" is meant to the day.
    let is_week = unit == Unit::Week && count.abs() == 1 && matches!(anchor, Period::Day(_));
    let unit = if is_week { Unit::Day } else { unit };
    let count = if unit == Unit::Day && is_week { count * 7 } else { count };
    let there = add(from, unit.times(count)?)?;
    Reading::date(end, Period::around(there, unit))
}

/// "year-ago", "a year-earlier": the same period, a year before.
fn year_ago(reader: &Reader, at: usize) -> Option<Reading> {
    let start = if matches!(reader.word(at), "a" | "the") { at + 1 } else { at };
    if reader.word(start) != "year"
        || !reader.is_dash(start + 1)
        || !matches!(reader.word(start + 2), "ago" | "earlier")
    {
        return None;
    }
    let mut end = start + 3;
    if matches!(reader.word(end), "period" | "quarter" | "month" | "third" | "second" | "first" | "fourth") {
        end += 1;
        if reader.word(end) == "quarter" {
            end += 1;
        }
    }
    match reader.quarter() {
        Some((year, quarter)) => Reading::date(end, Period::Quarter(year - 1, quarter)),
        None => match reader.then().and_then(Period::year) {
            Some(year) => Reading::date(end, Period::Year(year - 1)),
            None => Reading::open(end, "PAST_REF"),
        },
    }
}

/// Whether a noun phrase or a clause begins at `at`.
fn starts_phrase(reader: &Reader, at: usize) -> bool {
    matches!(reader.tag(at), "DT" | "PRP" | "PRP$" | "NNP" | "NN" | "NNS" | "JJ" | "VBG" | "CD" | "NNPS")
}
