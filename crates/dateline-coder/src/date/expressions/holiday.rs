//! Holiday: days that have a name: "Christmas", "New Year's Eve", "Labor Day", "Good Friday",
//! "Election Day", "Sept. 11".
//!
//! Fixed days, days counted in a month, and days counted from Easter (Gregorian computus,
//! Anonymous algorithm, Nature 1876). Lunar holidays are left out: their day is proclaimed, not
//! computed. "The Sept. 11 attacks" are those of 2001.
//!
//! ```text
//! Shops closed on Christmas Day and will close on Good Friday.
//! ---
//! date "Christmas Day" 2020-12-25
//! date "Good Friday" 2021-04-02
//! ```
//!
//! ```text
//! Since the Sept. 11 attacks, and since Election Day 2016, security is tight.
//! ---
//! date "Sept. 11" 2001-09-11
//! date "Election Day 2016" 2016-11-08
//! ```

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::super::period::{Period, add, monday_of};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;
use super::absolute::year_after;

/// How the day of a holiday is found.
#[derive(Clone, Copy)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday and which of them; −1 is the last.
    Nth(i8, Weekday, i8),
    /// Days from Easter Sunday.
    Easter(i32),
    /// The Tuesday after the first Monday in November.
    ElectionDay,
}

const HOLIDAYS: [(&[&str], Rule); 42] = [
    (&["new", "year", "'", "s", "day"], Rule::Fixed(1, 1)),
    (&["new", "year", "'", "s", "eve"], Rule::Fixed(12, 31)),
    (&["martin", "luther", "king", "day"], Rule::Nth(1, Weekday::Monday, 3)),
    (&["mlk", "day"], Rule::Nth(1, Weekday::Monday, 3)),
    (&["valentine", "'", "s", "day"], Rule::Fixed(2, 14)),
    (&["valentines", "day"], Rule::Fixed(2, 14)),
    (&["presidents", "'", "day"], Rule::Nth(2, Weekday::Monday, 3)),
    (&["presidents", "day"], Rule::Nth(2, Weekday::Monday, 3)),
    (&["international", "women", "'", "s", "day"], Rule::Fixed(3, 8)),
    (&["st", "patrick", "'", "s", "day"], Rule::Fixed(3, 17)),
    (&["april", "fools", "'", "day"], Rule::Fixed(4, 1)),
    (&["april", "fool", "'", "s", "day"], Rule::Fixed(4, 1)),
    (&["anzac", "day"], Rule::Fixed(4, 25)),
    (&["may", "day"], Rule::Fixed(5, 1)),
    (&["earth", "day"], Rule::Fixed(4, 22)),
    (&["mother", "'", "s", "day"], Rule::Nth(5, Weekday::Sunday, 2)),
    (&["father", "'", "s", "day"], Rule::Nth(6, Weekday::Sunday, 3)),
    (&["fourth", "of", "july"], Rule::Fixed(7, 4)),
    (&["memorial", "day"], Rule::Nth(5, Weekday::Monday, -1)),
    (&["juneteenth"], Rule::Fixed(6, 19)),
    (&["canada", "day"], Rule::Fixed(7, 1)),
    (&["bastille", "day"], Rule::Fixed(7, 14)),
    (&["labor", "day"], Rule::Nth(9, Weekday::Monday, 1)),
    (&["columbus", "day"], Rule::Nth(10, Weekday::Monday, 2)),
    (&["halloween"], Rule::Fixed(10, 31)),
    (&["guy", "fawkes", "night"], Rule::Fixed(11, 5)),
    (&["election", "day"], Rule::ElectionDay),
    (&["veterans", "day"], Rule::Fixed(11, 11)),
    (&["armistice", "day"], Rule::Fixed(11, 11)),
    (&["thanksgiving", "day"], Rule::Nth(11, Weekday::Thursday, 4)),
    (&["thanksgiving"], Rule::Nth(11, Weekday::Thursday, 4)),
    (&["christmas", "eve"], Rule::Fixed(12, 24)),
    (&["christmas", "day"], Rule::Fixed(12, 25)),
    (&["christmas"], Rule::Fixed(12, 25)),
    (&["boxing", "day"], Rule::Fixed(12, 26)),
    (&["ash", "wednesday"], Rule::Easter(-46)),
    (&["palm", "sunday"], Rule::Easter(-7)),
    (&["good", "friday"], Rule::Easter(-2)),
    (&["easter", "sunday"], Rule::Easter(0)),
    (&["easter", "monday"], Rule::Easter(1)),
    (&["easter"], Rule::Easter(0)),
    (&["pentecost"], Rule::Easter(49)),
];

/// What the names of holidays begin with.
pub(in crate::date) fn first_words() -> impl Iterator<Item = &'static str> {
    HOLIDAYS.iter().filter_map(|(words, _)| words.first().copied())
}

pub(crate) fn holiday(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some(reading) = eleventh_of_september(reader, at) {
        return Some(reading);
    }
    let (word, start) = match reader.word(at) {
        word @ ("last" | "next" | "this") => (word, at + 1),
        _ => ("", at),
    };
    if !reader.is_capital(start) {
        return None;
    }
    let (rule, end) =
        HOLIDAYS.iter().find_map(|(words, rule)| Some((*rule, named(reader, start, words)?)))?;
    if end == start + 1 && matches!(reader.name_label(start), "PERSON" | "GPE") {
        return None;
    }
    if let Some((year, end)) = year_after(reader, end) {
        return Reading::date(end, Period::Day(day_of(rule, year)?));
    }
    let weekend = reader.word(end) == "weekend";
    let end = if weekend { end + 1 } else { end };
    let now = reader.now();
    let Some(Period::Day(now)) = now else {
        return match now.and_then(Period::year) {
            Some(year) => Reading::date(end, Period::Day(day_of(rule, year)?)),
            None => match rule {
                Rule::Fixed(month, day) => Reading::open(end, format!("XXXX-{month:02}-{day:02}")),
                _ => Reading::open(end, "XXXX-XX-XX"),
            },
        };
    };
    let this = day_of(rule, now.year())?;
    let year = match (word, reader.tense(start)) {
        ("last", _) if this >= now => now.year() - 1,
        ("next", _) if this <= now => now.year() + 1,
        ("last" | "next", _) => now.year(),
        (_, Tense::Past) if this > now => now.year() - 1,
        (_, Tense::Future) if this < now => now.year() + 1,
        (_, Tense::Present | Tense::Unknown) if this > now && (this - now).get_days() > 183 => now.year() - 1,
        _ => now.year(),
    };
    let date = day_of(rule, year)?;
    if weekend {
        // The weekend that a Monday holiday ends, or that holds or follows another one.
        let back = if date.weekday() == Weekday::Monday { -7 } else { 0 };
        return Reading::date(end, Period::Weekend(add(monday_of(date), (5 + back).days())?));
    }
    Reading::date(end, Period::Day(date))
}

/// Where the words of a holiday's name end, if they stand at `at`.
fn named(reader: &Reader, at: usize, words: &[&str]) -> Option<usize> {
    for (index, &word) in words.iter().enumerate() {
        let is_there =
            if word == "'" { reader.is_apostrophe(at + index) } else { reader.word(at + index) == word };
        if !is_there {
            return None;
        }
    }
    Some(at + words.len())
}

fn day_of(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(month, weekday, nth) => {
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        }
        Rule::Easter(days) => add(easter(year)?, days.days()),
        Rule::ElectionDay => {
            let monday = Date::new(year, 11, 1).ok()?.nth_weekday_of_month(1, Weekday::Monday).ok()?;
            monday.tomorrow().ok()
        }
    }
}

/// Easter Sunday of a Gregorian year.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    if year < 1583 {
        return None;
    }
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year as i16, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// "9/11", "the Sept. 11 attacks".
fn eleventh_of_september(reader: &Reader, at: usize) -> Option<Reading> {
    let day = Period::day(2001, 9, 11)?;
    let now = reader.published();
    if now.is_some_and(|date| date.year() < 2001) {
        return None;
    }
    if reader.plain(at) == Some((9, 1))
        && reader.is_mark(at + 1, '/')
        && reader.plain(at + 2) == Some((11, 2))
        && !reader.is_mark(at + 3, '/')
    {
        return Reading::date(at + 3, day);
    }
    let (9, end) = reader.month(at)? else { return None };
    if reader.plain(end)?.0 != 11 {
        return None;
    }
    let after = if reader.word(end + 1) == "terrorist" || reader.word(end + 1) == "terror" {
        end + 2
    } else {
        end + 1
    };
    matches!(reader.word(after), "attack" | "attacks" | "hijackers" | "hijackings" | "attackers")
        .then(|| Reading::date(end + 1, day))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (year, month, day) in
            [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2021, 4, 4), (2024, 3, 31), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Date::new(year, month, day).ok(), "{year}");
        }
    }
}
