//! Nth: days and weeks counted within a longer period: "the first Friday of July", "the last week of
//! October 2018", "the 20th of next month", and a bare "the 27th" of the month last mentioned.
//!
//! ```text
//! The council meets on the first Friday of April and met in the last week of October 2018.
//! ---
//! date "the first Friday of April" 2021-04-02
//! date "the last week of October 2018" 2018-W44
//! ```
//!
//! ```text
//! Rents are due on the 20th of next month.
//! ---
//! date "the 20th of next month" 2021-04-20
//! ```
//!
//! ```text
//! The town fell on 24 May 2014. On the 27th the army came back, and the 30th regiment fled.
//! ---
//! date "24 May 2014" 2014-05-24
//! date "the 27th" 2014-05-27
//! ```

use jiff::civil::{Date, Weekday};

use super::super::lexeme::Form;
use super::super::number::ordinal;
use super::super::period::{Period, Unit, add, monday_of};
use super::super::reader::{Meaning, Reader, Reading};
use super::{deictic, following, month};

/// How far from the month that it belongs to "the 27th" may stand, in lexemes.
const NEAR: usize = 60;

pub(crate) fn nth(reader: &Reader, at: usize) -> Option<Reading> {
    let start = if reader.word(at) == "the" { at + 1 } else { return None };
    let (number, end) = match reader.word(start) {
        "last" | "final" => (-1, start + 1),
        _ => {
            let (number, end) = ordinal(reader, start)?;
            (i8::try_from(number).ok()?, end)
        }
    };
    if let Some((weekday, false, end)) = reader.weekday(end) {
        let (year, month, end) = month_after(reader, end)?;
        let first = Date::new(year, month as i8, 1).ok()?;
        let day = Weekday::from_monday_one_offset(weekday).ok()?;
        return Reading::date(end, Period::Day(first.nth_weekday_of_month(number, day).ok()?));
    }
    if matches!(reader.unit(end), Some((Unit::Week, false))) {
        let (year, month, end) = month_after(reader, end + 1)?;
        return Reading::date(end, Period::Week(week_of(year, month, number)?));
    }
    if matches!(reader.unit(end), Some((Unit::Day, false))) {
        let (year, month, end) = month_after(reader, end + 1)?;
        let day = if number > 0 { number } else { Date::new(year, month as i8, 1).ok()?.days_in_month() };
        return Reading::date(end, Period::day(year, month, u8::try_from(day).ok()?)?);
    }
    // "The 20th of next month".
    if let Some((year, month, end)) = month_after(reader, end)
        && number > 0
    {
        return Reading::date(end, Period::day(year, month, number as u8)?);
    }
    bare(reader, start, number)
}

/// "The 27th", after a date of the same month.
fn bare(reader: &Reader, at: usize, number: i8) -> Option<Reading> {
    let is_written_out = matches!(reader.form(at), Some(Form::Ordinal(_)));
    let is_alone =
        !matches!(reader.tag(at + 1), "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "CD") && !reader.is_dash(at + 1);
    let is_dated =
        at >= 2 && matches!(reader.word(at - 2), "on" | "until" | "from" | "by" | "of" | "before" | "after");
    if !(is_written_out && is_alone && is_dated) {
        return None;
    }
    let told = reader.told_within(at, NEAR)?;
    Reading::date(at + 1, Period::day(told.year()?, told.month()?, u8::try_from(number).ok()?)?)
}

/// "of July", "in this month", "of that month": the month that something is counted in.
fn month_after(reader: &Reader, at: usize) -> Option<(i16, u8, usize)> {
    if !matches!(reader.word(at), "of" | "in") {
        return None;
    }
    let reading = month::month(reader, at + 1)
        .or_else(|| deictic::deictic(reader, at + 1))
        .or_else(|| following::following(reader, at + 1))?;
    match reading.meaning {
        Meaning::Date(Period::Month(year, month)) => Some((year, month, reading.end)),
        _ => None,
    }
}

/// The Monday of a month's nth week, counted from the week of its first day; −1 is that of its last.
fn week_of(year: i16, month: u8, number: i8) -> Option<Date> {
    let first = Date::new(year, month as i8, 1).ok()?;
    match number {
        -1 => Some(monday_of(first.last_of_month())),
        1..=5 => add(monday_of(first), Unit::Week.times(i32::from(number) - 1)?),
        _ => None,
    }
}
