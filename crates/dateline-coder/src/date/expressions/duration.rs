//! Duration: "three years", "a two-day visit", "more than four hours", "the past six months",
//! "the next few days", "months of talks".
//!
//! What ends or begins now is laid on the calendar ("the past six months"), as is what has lasted
//! "since" something; other durations have no place in time. Ages ("12 years old",
//! "a 12-year-old") are left alone: they tell of a person, not of when.
//!
//! ```text
//! After a two-day visit and more than four hours of talks he left for three weeks.
//! ---
//! duration "two-day" P2D, open
//! duration "more than four hours" PT4H, open
//! duration "three weeks" P3W, open
//! ```
//!
//! ```text
//! Over the past six months prices doubled; they will fall in the next two years.
//! ---
//! duration "the past six months" P6M, 2020-09-10 to 2021-03-10
//! duration "the next two years" P2Y, 2021-03-10 to 2023-03-10
//! ```
//!
//! ```text
//! Four years since the truce was signed, shelling goes on.
//! ---
//! duration "Four years" P4Y, 2017-03-10 to 2021-03-10
//! ```
//!
//! ```text
//! The 12-year-old boy and a woman, 30 years old, were hurt; a second man fled.
//! ---
//! no dates
//! ```

use dateline_document::{DateKind, Interval};

use super::super::number::{Amount, amount};
use super::super::period::{Period, Unit, add};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;

pub(crate) fn duration(reader: &Reader, at: usize) -> Option<Reading> {
    let mut start = approximator(reader, at);
    // Which side of now it lies on.
    let mut side = 0;
    if matches!(reader.word(start), "the" | "these" | "those" | "his" | "her" | "its" | "their") {
        match reader.word(start + 1) {
            "past" | "last" | "previous" | "preceding" | "latest" => side = -1,
            "next" | "coming" | "following" | "first" => side = 1,
            _ => {}
        }
        if reader.word(start + 1) == "first" {
            side = 2;
        }
        if side == 0 && reader.word(start) != "the" {
            return None;
        }
        start += if side == 0 { 1 } else { 2 };
    } else if matches!(reader.word(start), "an" | "another")
        && matches!(reader.word(start + 1), "additional" | "extra" | "entire")
    {
        start += 1;
    }
    let (count, unit_at) = match reader.word(start) {
        "another" | "additional" | "entire" => match amount(reader, start + 1) {
            Some(found) => found,
            None => (Amount::Exact(1.0), start + 1),
        },
        "single" => (Amount::Exact(1.0), start + 1),
        _ => match amount(reader, start) {
            Some(found) => found,
            None if side == -1 || side == 1 => (Amount::Exact(1.0), start),
            // "months of talks", "for years".
            None => return vague_plural(reader, at, start),
        },
    };
    let unit_at = match reader.word(unit_at) {
        "more" | "full" | "consecutive" | "straight" | "long" | "additional" | "trading" | "whole"
        | "entire" | "calendar" => unit_at + 1,
        _ => unit_at,
    };
    let is_hyphened = reader.is_dash(unit_at);
    if is_hyphened && side == 0 && reader.word(at) == "the" {
        // In "the eight-week siege" the article is the siege's.
        return None;
    }
    let unit_at = if is_hyphened { unit_at + 1 } else { unit_at };
    let (unit, is_plural) = reader.unit(unit_at)?;
    let mut end = unit_at + 1;
    if unit == Unit::Second && !is_plural && !is_hyphened
        || unit == Unit::Quarter && !is_plural && count == Amount::Exact(1.0)
    {
        return None;
    }
    // "three-quarters", "the 1988 quarter", "last-minute".
    let is_fraction = unit == Unit::Quarter && (is_hyphened || !is_plural);
    let is_many = count.whole().is_some_and(|count| count > 99) && !is_plural && !is_hyphened;
    if is_fraction
        || is_many
        || (reader.is_dash(start) && unit_at == start + 1)
        || reader.is_dash(unit_at - 1)
            && unit.is_within_day()
            && !is_plural
            && count == Amount::Exact(1.0)
            && side != 0
    {
        return None;
    }
    // "a months-long siege".
    let mut count = if is_plural && matches!(reader.word(start), "a" | "an") && unit_at == start + 1 {
        Amount::Unknown
    } else {
        count
    };
    if (reader.word(start), unit, is_hyphened) == ("one", Unit::Day, false) && is_some_day(reader, at) {
        return match reader.tense(unit_at) {
            Tense::Future => Reading::open(end, "FUTURE_REF"),
            _ => Reading::open(end, "XXXX-XX-XX"),
        };
    }
    // "a day" is a rate in "ten barrels a day", and "one day" is some day.
    if count == Amount::Exact(1.0) && !is_hyphened && side == 0 && is_rate(reader, start) {
        return None;
    }
    if (reader.word(end), reader.word(end + 1), reader.word(end + 2)) == ("and", "a", "half") {
        end += 3;
        count = match count {
            Amount::Exact(value) => Amount::Exact(value + 0.5),
            Amount::Unknown => count,
        };
    }
    if matches!((reader.word(end), reader.word(end + 1)), ("or", "so" | "more")) {
        end += 2;
    }
    // Ages.
    let is_age = reader.word(end) == "old"
        || (reader.is_dash(end) && matches!(reader.word(end + 1), "old" | "olds"))
        || (reader.word(end) == "of" && reader.word(end + 1) == "age");
    if is_age {
        return None;
    }
    if reader.is_dash(end) && reader.word(end + 1) == "long" {
        end += 2;
    }
    let (value, end) = with_smaller_unit(reader, value(count, unit)?, unit, end);
    let interval = match side {
        -1 => lasting(reader, unit, count, -1),
        1 => lasting(reader, unit, count, 1),
        _ if reader.word(end) == "since" => lasting(reader, unit, count, -1),
        _ => None,
    };
    Reading::other(end, DateKind::Duration, value, interval)
}

/// "And 45 seconds" after "one minute": the value of both.
fn with_smaller_unit(reader: &Reader, value: String, unit: Unit, end: usize) -> (String, usize) {
    let start = if reader.word(end) == "and" || reader.is_mark(end, ',') { end + 1 } else { end };
    let more = || {
        let (count, unit_at) = amount(reader, start)?;
        let (smaller, _) = reader.unit(unit_at)?;
        let fits = smaller < unit && (smaller.is_within_day() == unit.is_within_day() || unit == Unit::Day);
        let written =
            self::value(count, smaller).filter(|_| fits && reader.word(start) != "a" && value.len() < 6)?;
        let tail = if unit.is_within_day() { &written[2..] } else { &written[1..] };
        Some((format!("{value}{tail}"), unit_at + 1))
    };
    more().unwrap_or((value, end))
}

/// The days from `count` units before now to now, or after it.
fn lasting(reader: &Reader, unit: Unit, count: Amount, sign: i32) -> Option<Interval> {
    let Period::Day(now) = reader.now()? else { return None };
    let there = add(now, unit.times(sign * count.whole()?)?)?;
    Some(Interval { from: now.min(there), to: now.max(there) })
}

/// "years", "weeks" where they last: "for months", "years of war".
fn vague_plural(reader: &Reader, at: usize, start: usize) -> Option<Reading> {
    let (unit, true) = reader.unit(start)? else { return None };
    if start != at
        || reader.plain(at.wrapping_sub(1)).is_some()
        || matches!(unit, Unit::Weekend | Unit::Second)
    {
        return None;
    }
    let is_lasting = matches!(
        reader.word_before(at),
        "for" | "after" | "in" | "within" | "over" | "of" | "took" | "takes" | "take"
    ) || matches!(reader.word(start + 1), "of" | "before" | "after");
    if !is_lasting || reader.word(start + 1) == "old" {
        return None;
    }
    Reading::other(start + 1, DateKind::Duration, value(Amount::Unknown, unit)?, None)
}

/// Whether "one day" is some day rather than a day's length.
fn is_some_day(reader: &Reader, at: usize) -> bool {
    !matches!(
        reader.word_before(at),
        "in" | "for"
            | "within"
            | "after"
            | "than"
            | "of"
            | "about"
            | "least"
            | "only"
            | "by"
            | "every"
            | "just"
            | "lasted"
    ) && !matches!(reader.word(at + 2), "of" | "before" | "after" | "later" | "earlier")
}

/// Whether "a day" tells how often rather than how long.
fn is_rate(reader: &Reader, at: usize) -> bool {
    if !matches!(reader.word(at), "a" | "an") {
        return false;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    // "$5 a day", "ten barrels a day", "twice a week".
    matches!(reader.tag(before), "NNS" | "CD" | "NN")
        && !matches!(reader.word(before), "about" | "for" | "within" | "lasted")
        || matches!(reader.word(before), "twice" | "once" | "times" | "percent")
        || reader.is_mark(before, '%')
}

/// The value of an amount of time: "P3Y", "PT30M", "PXM".
pub(crate) fn value(count: Amount, unit: Unit) -> Option<String> {
    let (time, letter, size) = match unit {
        Unit::Second => ("T", "S", 1.0),
        Unit::Minute => ("T", "M", 1.0),
        Unit::Hour => ("T", "H", 1.0),
        Unit::Day => ("", "D", 1.0),
        Unit::Week => ("", "W", 1.0),
        Unit::Weekend => ("", "WE", 1.0),
        Unit::Fortnight => ("", "W", 2.0),
        Unit::Month => ("", "M", 1.0),
        Unit::Quarter => ("", "Q", 1.0),
        Unit::Year => ("", "Y", 1.0),
        Unit::Decade => ("", "DE", 1.0),
        Unit::Century => ("", "CE", 1.0),
        Unit::Millennium => ("", "ML", 1.0),
    };
    let Amount::Exact(count) = count else { return Some(format!("P{time}X{letter}")) };
    let count = count * size;
    if !count.is_finite() || count > 1e9 {
        return None;
    }
    if count.fract() == 0.0 {
        return Some(format!("P{time}{count}{letter}"));
    }
    let (whole, is_half) = (count.trunc(), count.fract() == 0.5);
    let (larger, smaller) = match (unit, is_half) {
        (Unit::Year, true) => ("Y", "6M"),
        (Unit::Hour, true) => ("H", "30M"),
        (Unit::Minute, true) => ("M", "30S"),
        _ => return Some(format!("P{time}{count}{letter}")),
    };
    Some(if whole == 0.0 { format!("P{time}{smaller}") } else { format!("P{time}{whole}{larger}{smaller}") })
}

/// Past "about", "more than" and the like.
pub(crate) fn approximator(reader: &Reader, at: usize) -> usize {
    let once = one_approximator(reader, at);
    if once > at { one_approximator(reader, once) } else { at }
}

fn one_approximator(reader: &Reader, at: usize) -> usize {
    match (reader.word(at), reader.word(at + 1), reader.word(at + 2)) {
        ("no", "more" | "less", "than") => at + 3,
        ("more" | "less" | "fewer" | "longer", "than", _) => at + 2,
        ("at", "least" | "most", _) => at + 2,
        ("up", "to", _) | ("close", "to", _) => at + 2,
        (
            "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "over" | "under"
            | "some" | "just" | "only" | "within" | "barely" | "exactly",
            next,
            _,
        ) => {
            // "Over the past year" is no approximation.
            if matches!(next, "the" | "this" | "these" | "last" | "next") { at } else { at + 1 }
        }
        _ => at,
    }
}
