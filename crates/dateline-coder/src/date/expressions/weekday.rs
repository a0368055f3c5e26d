//! Weekday: "Monday", "last Friday", "next Tuesday", "this coming Sunday".
//!
//! News names the days of this week: "said Monday" is the last Monday, the day of publication
//! included; "will meet Friday" is the next one. The tense of the governing verb decides.
//! In a narrative a weekday follows the date last mentioned.
//!
//! ```text
//! The minister said Monday that envoys will meet again Friday.
//! ---
//! date "Monday" 2021-03-08
//! date "Friday" 2021-03-12
//! ```
//!
//! ```text
//! Police fired on the crowd on Wednesday.
//! ---
//! date "Wednesday" 2021-03-10
//! ```
//!
//! ```text
//! The trial was adjourned until Saturday. HARARE, March 9 (Wire) - It will resume next month.
//! ---
//! date "Saturday" 2021-03-13
//! date "March 9" 2021-03-09
//! date "next month" 2021-04
//! ```
//!
//! ```text
//! The court will sit again Tuesday next week; it rose on Friday of last week.
//! ---
//! date "Tuesday next week" 2021-03-16
//! date "Friday of last week" 2021-03-05
//! ```
//!
//! ```text
//! A vote is scheduled for Thursday, the speaker said last Thursday.
//! ---
//! date "Thursday" 2021-03-11
//! date "last Thursday" 2021-03-04
//! ```
//!
//! ```text
//! (published never)
//! The minister said Monday that talks had failed.
//! ---
//! date "Monday" XXXX-WXX-1, open
//! ```

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::period::{Period, add, monday_of};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;

pub(crate) fn weekday(reader: &Reader, at: usize) -> Option<Reading> {
    let (day, end) = weekday_day(reader, at)?;
    match day {
        Ok(date) => Reading::date(end, Period::Day(date)),
        Err(number) => Reading::open(end, format!("XXXX-WXX-{number}")),
    }
}

/// The day that a weekday's name stands for, or its number where no anchor is known.
pub(crate) fn weekday_day(reader: &Reader, at: usize) -> Option<(Result<Date, i8>, usize)> {
    let (word, start) = match (reader.word(at), reader.word(at + 1)) {
        ("this", "past" | "last") => ("last", at + 2),
        ("this", "coming") | ("the", "coming" | "next") => ("next", at + 2),
        ("the", "previous" | "preceding") => ("previous", at + 2),
        ("the", "following") => ("following", at + 2),
        (word @ ("last" | "next" | "this" | "previous" | "past"), _) => (word, at + 1),
        _ => ("", at),
    };
    let (number, is_plural, end) = reader.weekday(start)?;
    if is_plural || is_name(reader, start) {
        return None;
    }
    let anchor = match word {
        "previous" | "following" => reader.then(),
        _ => reader.now(),
    };
    if word.is_empty()
        && let Some((week, end)) = week_after(reader, end)
    {
        return Some((add(week, i64::from(number - 1).days()).ok_or(number), end));
    }
    let Some(Period::Day(anchor)) = anchor else { return Some((Err(number), end)) };
    let back = (anchor.weekday().to_monday_one_offset() - number).rem_euclid(7);
    let (last, next) = (-i32::from(back), (7 - i32::from(back)) % 7);
    let days = match word {
        "last" | "previous" | "past" if last == 0 => -7,
        "last" | "previous" | "past" => last,
        "next" | "following" if next == 0 => 7,
        "next" | "following" => next,
        "this" if reader.tense(start) == Tense::Past => last,
        "this" => next,
        _ if reader.is_narrative() => next,
        // "On Tuesday, early Wednesday in Sydney": the day after the one just told.
        _ if is_day_after(reader, at, add(anchor, (last + 7).days())) => last + 7,
        _ => match reader.tense(start) {
            Tense::Past | Tense::Unknown => last,
            // "Friday's talks" were, unless they will be.
            Tense::Present if reader.is_apostrophe(end) => last,
            Tense::Future | Tense::Present => next,
        },
    };
    Some((add(anchor, days.days()).ok_or(number), end))
}

/// The Monday of "next week" in "Tuesday next week", "Friday of last week".
fn week_after(reader: &Reader, at: usize) -> Option<(Date, usize)> {
    let start = if reader.word(at) == "of" { at + 1 } else { at };
    let weeks = match (reader.word(start), reader.word(start + 1)) {
        ("last", "week") => -1,
        ("this", "week") => 0,
        ("next", "week") => 1,
        _ => return None,
    };
    let Some(Period::Day(now)) = reader.now() else { return None };
    Some((add(monday_of(now), weeks.weeks())?, start + 2))
}

/// Whether `date` follows a day that was named a few words before.
fn is_day_after(reader: &Reader, at: usize, date: Option<Date>) -> bool {
    let told = reader.told_within(at, 6).and_then(|told| match told {
        Period::Day(told) => told.tomorrow().ok(),
        _ => None,
    });
    told.is_some() && told == date
}

/// "Good Friday", "the Sunday Times", "Friday Magazine".
fn is_name(reader: &Reader, at: usize) -> bool {
    matches!(reader.name_label(at), "ORG" | "PERSON" | "WORK_OF_ART" | "FAC" | "PRODUCT")
        || matches!(
            reader.word_before(at),
            "good"
                | "black"
                | "bloody"
                | "easter"
                | "palm"
                | "ash"
                | "cyber"
                | "holy"
                | "super"
                | "maundy"
                | "shrove"
        )
}
