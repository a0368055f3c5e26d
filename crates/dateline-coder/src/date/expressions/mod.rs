//! Expressions: one construction a file. Each begins with what it sees and the sentences it must
//! read; those run as tests. All have the same shape: from the lexemes at a place to a
//! [`Reading`], or nothing. Of several that read the same words, the longest wins.

mod absolute;
mod ago;
mod clock;
mod decade;
mod deictic;
mod duration;
mod following;
mod holiday;
mod modifier;
mod month;
mod nth;
mod part_of_day;
mod quarter;
mod relative;
mod season;
mod set;
mod vague;
mod weekday;
mod year;

pub(super) use holiday::first_words as first_words_of_holidays;

use super::first_words;
use super::period::Period;
use super::reader::{Meaning, Reader, Reading};

pub(crate) type Construction = fn(&Reader, usize) -> Option<Reading>;

/// Every construction by its name; where two read equally far, the earlier one is taken.
pub(crate) const CONSTRUCTIONS: &[(&str, Construction)] = &[
    ("holiday", holiday::holiday),
    ("absolute", absolute::absolute),
    ("clock", clock::clock),
    ("part_of_day", part_of_day::part_of_day),
    ("nth", nth::nth),
    ("month", month::month),
    ("weekday", weekday::weekday),
    ("relative", relative::relative),
    ("ago", ago::ago),
    ("following", following::following),
    ("quarter", quarter::quarter),
    ("season", season::season),
    ("deictic", deictic::deictic),
    ("decade", decade::decade),
    ("year", year::year_alone),
    ("fiscal", year::fiscal),
    ("modifier", modifier::modifier),
    ("set", set::set),
    ("duration", duration::duration),
    ("vague", vague::vague),
];

/// The longest reading of the words from `at` on, and the construction that made it.
pub(crate) fn longest(reader: &Reader, at: usize) -> Option<(&'static str, Reading)> {
    if !first_words::may_begin(reader, at) {
        return None;
    }
    let mut best: Option<(&'static str, Reading)> = None;
    for &(name, construction) in CONSTRUCTIONS {
        if let Some(reading) = construction(reader, at)
            && best.as_ref().is_none_or(|(_, best)| reading.end > best.end)
        {
            best = Some((name, reading));
        }
    }
    best
}

/// A single day from `at` on, however it is written.
pub(crate) fn day(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    if let Some((period @ Period::Day(_), end)) = absolute::absolute_day(reader, at) {
        return Some((period, end));
    }
    if let Some((Ok(date), end)) = weekday::weekday_day(reader, at) {
        return Some((Period::Day(date), end));
    }
    if let Some(Reading { end, meaning: Meaning::Date(period @ Period::Day(_)) }) =
        holiday::holiday(reader, at)
    {
        return Some((period, end));
    }
    let days = match reader.word(at) {
        "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    let date = super::period::add(relative::today(reader)?, jiff::ToSpan::days(days))?;
    Some((Period::Day(date), at + 1))
}
