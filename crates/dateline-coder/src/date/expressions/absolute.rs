//! Absolute: a day of a month, with its year or without: "Aug. 17, 2020", "17 August",
//! "the 17th of August", "2020-08-17", "13–19 June".
//!
//! Without a year, the tense of the clause says whether the last such day is meant or the next
//! one; a narrative goes on in its own year. Slashes are read as month/day, as the US prints them,
//! unless only day/month is possible.
//!
//! ```text
//! Rebels seized the port on Feb. 17, 2020, and lost it on 3 March 2021.
//! ---
//! date "Feb. 17, 2020" 2020-02-17
//! date "3 March 2021" 2021-03-03
//! ```
//!
//! ```text
//! The court, which met on February 2, will rule on the 9th of April.
//! ---
//! date "February 2" 2021-02-02
//! date "the 9th of April" 2021-04-09
//! ```
//!
//! ```text
//! Police arrested him on Nov. 5, and he will stand trial on 12 January.
//! ---
//! date "Nov. 5" 2020-11-05
//! date "12 January" 2022-01-12
//! ```
//!
//! ```text
//! The talks ran from 3 to 5 May 2019 and again on June 13-15, 2020.
//! ---
//! date "3" 2019-05-03
//! date "5 May 2019" 2019-05-05
//! date "June 13" 2020-06-13
//! date "15, 2020" 2020-06-15
//! ```
//!
//! ```text
//! Filed 2021-02-28, served 03/01/2021, heard 28.2.2021 and numbered 4/5/6.
//! ---
//! date "2021-02-28" 2021-02-28
//! date "03/01/2021" 2021-03-01
//! date "28.2.2021" 2021-02-28
//! ```

use super::super::number::ordinal;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::period::{Period, add};
use super::super::reader::{Reader, Reading};
use super::super::{lexeme::Form, number};
use super::year::year;

pub(crate) fn absolute(reader: &Reader, at: usize) -> Option<Reading> {
    let (day, end) = absolute_day(reader, at)?;
    Reading::date(end, day)
}

/// A day written out, weekday or not, from `at` on.
pub(crate) fn absolute_day(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    if let Some((weekday, false, end)) = reader.weekday(at) {
        let mut end = if reader.is_mark(end, ',') { end + 1 } else { end };
        if reader.word(end) == "the" {
            end += 1;
        }
        let (Period::Day(date), end) = calendar_day(reader, end)? else { return None };
        // "Saturday, April 25" is of the year in which they fall together.
        let falls = |date: &Date| date.weekday().to_monday_one_offset() == weekday;
        let has_year = (at..end).any(|at| matches!(reader.plain(at), Some((_, 4))));
        if falls(&date) || has_year {
            return Some((Period::Day(date), end));
        }
        let other = [1, -1].into_iter().filter_map(|years| add(date, years.years())).find(falls);
        return Some((Period::Day(other.unwrap_or(date)), end));
    }
    calendar_day(reader, at)
}

fn calendar_day(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    numeric(reader, at)
        .or_else(|| month_first(reader, at))
        .or_else(|| day_first(reader, at))
        .or_else(|| range_end(reader, at))
}

/// "Aug. 17, 2020", "August 17th".
fn month_first(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let (month, after) = reader.month(at)?;
    let after = if reader.word(after) == "the" { after + 1 } else { after };
    let (day, end) = day_of_month(reader, after)?;
    // "June 13-19, 1944": the year stands after the last day.
    let far = (reader.is_dash(end) || matches!(reader.word(end), "and" | "to"))
        .then(|| day_of_month(reader, end + 1))
        .flatten()
        .and_then(|(_, last)| year_after(reader, last));
    let (year, end) = match year_after(reader, end) {
        Some((year, end)) => (year, end),
        None => (far.map(|(year, _)| year).or_else(|| reader.year_of(month, Some(day), at))?, end),
    };
    // A Feb. 29 without a year is of a leap year.
    let leap =
        || (1..4).find_map(|back| Period::day(year - back, month, day).filter(|_| (month, day) == (2, 29)));
    Some((Period::day(year, month, day).or_else(leap)?, end))
}

/// "17 August 2020", "the 17th of August", "17–19 August".
fn day_first(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let start = if reader.word(at) == "the" { at + 1 } else { at };
    let (day, end) = day_of_month(reader, start)?;
    let name = if reader.word(end) == "of" { end + 1 } else { end };
    if let Some((month, after)) = reader.month(name) {
        let (year, end) = match year_after(reader, after) {
            Some((year, end)) => (year, end),
            None => {
                (year_at_range_end(reader, after).or_else(|| reader.year_of(month, Some(day), name))?, after)
            }
        };
        return Some((Period::day(year, month, day)?, end));
    }
    // "3 to 5 May": the month stands after the last day.
    if !(reader.is_dash(end) || matches!(reader.word(end), "and" | "to" | "or" | "until" | "through")) {
        return None;
    }
    let (last, last_end) = day_of_month(reader, end + 1)?;
    let (month, after) = reader.month(last_end)?;
    let year = match year_after(reader, after) {
        Some((year, _)) => year,
        None => reader.year_of(month, Some(last), last_end)?,
    };
    (day < last).then_some((Period::day(year, month, day)?, end))
}

/// "3 May – 5 June 1944": the year of the second day is the first one's too.
fn year_at_range_end(reader: &Reader, at: usize) -> Option<i16> {
    if !(reader.is_dash(at) || matches!(reader.word(at), "to" | "and" | "until" | "through")) {
        return None;
    }
    let (_, end) = day_of_month(reader, at + 1)?;
    let (_, end) = reader.month(end)?;
    year_after(reader, end).map(|(year, _)| year)
}

/// "19, 1944" after "June 13-": a second day of the month just read.
fn range_end(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let before = reader.just_read(at).filter(|before| before.end + 1 == at)?;
    let Period::Day(first) = before.period else { return None };
    if !(reader.is_dash(at - 1)
        || reader.is_mark(at - 1, ',')
        || matches!(reader.word(at - 1), "to" | "and" | "or" | "through"))
    {
        return None;
    }
    let (day, end) = day_of_month(reader, at)?;
    // "May 3, 12 people": a number that counts something is no day.
    let counts = reader.form(end) == Some(Form::Word)
        && !matches!(
            reader.word(end),
            "and" | "in" | "at" | "as" | "to" | "with" | "when" | "by" | "for" | "or" | "of"
        );
    if day <= first.day() as u8 || counts || (reader.is_mark(at - 1, ',') && reader.is_mark(end, '.')) {
        return None;
    }
    let end = year_after(reader, end).map_or(end, |(_, end)| end);
    Some((Period::day(first.year(), first.month() as u8, day)?, end))
}

/// 1 to 31, in digits or as an ordinal.
fn day_of_month(reader: &Reader, at: usize) -> Option<(u8, usize)> {
    let (day, end) = match reader.plain(at) {
        Some((day, 1..=2)) => (day, at + 1),
        Some(_) => return None,
        None => ordinal(reader, at)?,
    };
    (1..=31).contains(&day).then_some((day as u8, end))
}

/// ", 2020", "of 1944", "last year", "of that year" after a month or a day.
pub(crate) fn year_after(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    let start = if reader.is_mark(at, ',')
        || reader.word(at) == "of"
        || reader.word(at) == "in" && reader.plain(at + 1).is_some()
    {
        at + 1
    } else {
        at
    };
    if let Some((number, digits @ 3..=4)) = reader.plain(start) {
        let is_bc = matches!(reader.word(start + 1), "bc" | "bce");
        if (digits == 4 && (1000..2200).contains(&number)) || is_bc {
            return year(reader, start);
        }
        return None;
    }
    if number::below_hundred(reader, start).is_some() && (start == at || reader.word(at) == "of") {
        return year(reader, start);
    }
    let published = reader.now().and_then(Period::year);
    let shift = match (reader.word(start), reader.word(start + 1), reader.word(start + 2)) {
        ("last", "year", _) => -1,
        ("this", "year", _) => 0,
        ("next", "year", _) => 1,
        ("that", "year", _) => return Some((reader.then()?.year()?, start + 2)),
        ("the", "same" | "following", "year") => {
            let following = i16::from(reader.word(start + 1) == "following");
            return Some((reader.then()?.year()? + following, start + 3));
        }
        _ => return None,
    };
    Some((published? + shift, start + 2))
}

/// "2020-08-17", "8/17/2020", "17.8.2020", "20200817".
fn numeric(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let (first, digits) = reader.plain(at)?;
    if digits == 8 && (19_000_101..21_000_101).contains(&first) {
        let day = Period::day((first / 10_000) as i16, (first / 100 % 100) as u8, (first % 100) as u8)?;
        return Some((day, at + 1));
    }
    let sign = match reader.form(at + 1)? {
        Form::Mark(sign @ ('-' | '/' | '.')) => sign,
        _ => return None,
    };
    let (second, second_digits) = reader.plain(at + 2)?;
    let (third, third_digits) = reader.plain(at + 4)?;
    let is_tight = (at + 1..at + 5).all(|near| reader.is_joined(near));
    if !reader.is_mark(at + 3, sign) || !is_tight || second_digits > 2 {
        return None;
    }
    if digits == 4 && third_digits <= 2 && sign != '.' {
        return Some((
            Period::day(i16::try_from(first).ok()?, u8::try_from(second).ok()?, u8::try_from(third).ok()?)?,
            at + 5,
        ));
    }
    if digits > 2 || !matches!(third_digits, 2 | 4) {
        return None;
    }
    // Two-digit years are of the hundred years that end twenty years after publication.
    let pivot = reader.published().map_or(2030, |date| i32::from(date.year()) + 20);
    let year = match (third_digits, third as i32) {
        (4, year) => year,
        (_, short) => pivot - (pivot - short).rem_euclid(100),
    };
    let is_day_first = sign == '.' || first > 12;
    let (month, day) = if is_day_first { (second, first) } else { (first, second) };
    Some((
        Period::day(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?,
        at + 5,
    ))
}
