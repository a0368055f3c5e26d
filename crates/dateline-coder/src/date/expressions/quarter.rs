//! Quarter: quarters and halves: "the third quarter", "third-quarter", "Q3 2020",
//! "the first half of 2019", "next year's first quarter".
//!
//! ```text
//! Profit rose in the fourth quarter of 2020, beating the third-quarter figure.
//! ---
//! date "the fourth quarter of 2020" 2020-Q4
//! date "third-quarter" 2020-Q3
//! ```
//!
//! ```text
//! Output grew in the first half of 2019, then shrank in Q3 2019.
//! ---
//! date "the first half of 2019" 2019-H1
//! date "Q3 2019" 2019-Q3
//! ```
//!
//! ```text
//! He scored twice in the second half.
//! ---
//! no dates
//! ```

use super::super::number::ordinal;
use super::super::period::{Period, Unit};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;
use super::absolute::year_after;

pub(crate) fn quarter(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some(reading) = q_number(reader, at) {
        return Some(reading);
    }
    let mut start = at;
    let mut year = None;
    match (reader.word(start), reader.word(start + 1)) {
        ("the" | "its" | "their" | "a", _) => start += 1,
        (word @ ("this" | "last" | "next"), "year") => {
            let shift = match word {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            year = Some(reader.now().and_then(Period::year)? + shift);
            start += 2;
            if reader.is_apostrophe(start) {
                start += 2;
            }
        }
        _ => {}
    }
    if let Some((number, 4)) = reader.plain(start)
        && start > at
        && (1900..2100).contains(&number)
    {
        year = Some(number as i16);
        start += 1;
    }
    if reader.word(start) == "fiscal" {
        start += if reader.is_dash(start + 1) { 2 } else { 1 };
    }
    let (number, end) = match reader.word(start) {
        "last" | "latter" if reader.word(start + 1) == "half" => (2, start + 1),
        "latest" if reader.word(start + 1) == "quarter" => {
            let (year, quarter) = last_quarter(reader)?;
            return Reading::date(start + 2, Period::Quarter(year, quarter));
        }
        "quarter" if reader.word(at) == "the" && year.is_some() => {
            let (_, quarter) = reader.quarter()?;
            return Reading::date(start + 1, Period::Quarter(year?, quarter));
        }
        "quarter" if start > at && year.is_none() && reader.word(at) != "a" => {
            let (year, quarter) = reader.quarter()?;
            return Reading::date(start + 1, Period::Quarter(year, quarter));
        }
        _ => ordinal(reader, start)?,
    };
    let is_hyphened = reader.is_dash(end);
    // In "the third-quarter figure" the article is the figure's.
    if is_hyphened && start == at + 1 {
        return None;
    }
    let end = if is_hyphened { end + 1 } else { end };
    let (is_half, end) = match reader.word(end) {
        "quarter" => (false, end + 1),
        "half" => (true, end + 1),
        _ => return None,
    };
    if number == 0 || number > if is_half { 2 } else { 4 } {
        return None;
    }
    let number = number as u8;
    let (stated, end) = match year_after(reader, end) {
        Some((stated, end)) => (Some(stated), end),
        None => (year, end),
    };
    if is_half {
        // Halves without a year are of a match as often as of a year.
        return Reading::date(end, Period::Half(stated?, number));
    }
    match stated.or_else(|| quarter_year(reader, number, at)) {
        Some(year) => Reading::date(end, Period::Quarter(year, number)),
        None => Reading::open(end, format!("XXXX-Q{number}")),
    }
}

/// "Q3", "3Q", "Q3 2020".
fn q_number(reader: &Reader, at: usize) -> Option<Reading> {
    let (number, end) = match (reader.word(at), reader.plain(at)) {
        ("q", _) if reader.is_joined(at + 1) => (reader.plain(at + 1)?.0, at + 2),
        (_, Some((number, 1))) if reader.word(at + 1) == "q" && reader.is_joined(at + 1) => (number, at + 2),
        _ => return None,
    };
    let number = u8::try_from(number).ok().filter(|number| (1..=4).contains(number))?;
    let (year, end) = match year_after(reader, end) {
        Some((year, end)) => (Some(year), end),
        None => (quarter_year(reader, number, at), end),
    };
    match year {
        Some(year) => Reading::date(end, Period::Quarter(year, number)),
        None => Reading::open(end, format!("XXXX-Q{number}")),
    }
}

/// The year of a quarter named without one: the last such quarter that has begun, or under a verb
/// that looks ahead the next.
fn quarter_year(reader: &Reader, number: u8, at: usize) -> Option<i16> {
    let now = reader.now()?;
    let Period::Quarter(year, here) = Period::around(now.interval()?.from, Unit::Quarter) else {
        return None;
    };
    Some(match reader.tense(at) {
        Tense::Past if number > here => year - 1,
        // Results of the quarter just over are still to come.
        Tense::Future if number + 1 < here => year + 1,
        Tense::Present | Tense::Unknown if number > here + 1 => year - 1,
        _ => year,
    })
}

fn last_quarter(reader: &Reader) -> Option<(i16, u8)> {
    match Period::around(reader.now()?.interval()?.from, Unit::Quarter) {
        Period::Quarter(year, 1) => Some((year - 1, 4)),
        Period::Quarter(year, number) => Some((year, number - 1)),
        _ => None,
    }
}
