//! Periods: stretches of the calendar that have a TIMEX3 value.
//!
//! "1988" is a year, "198" a decade, "1988-Q3" a quarter, "1988-W07" an ISO week. A period knows
//! its first and last day, and reads its own value back:
//!
//! ```
//! use dateline_coder::date::interval_of_value;
//!
//! let week = interval_of_value("2021-W10").unwrap();
//! assert_eq!((week.from.to_string(), week.to.to_string()), ("2021-03-08".into(), "2021-03-14".into()));
//! assert!(interval_of_value("PAST_REF").is_none());
//! ```
//!
//! Years are astronomical: 0 is 1 BC, and prints "BC0001". Seasons are meteorological and
//! northern; the winter of a year begins in its December, as TIMEX3's annotators count it.

use std::fmt;

use dateline_document::Interval;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span as Days, ToSpan};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    /// The first two digits of its years; −5 is the 5th century BC.
    Century(i16),
    /// The first three digits of its years; −48 is the 480s BC.
    Decade(i16),
    Year(i16),
    /// Year, and 1 or 2.
    Half(i16, u8),
    /// Year, and 1 to 4.
    Quarter(i16, u8),
    Season(i16, Season),
    /// Year, and 1 to 12.
    Month(i16, u8),
    /// The week of this Monday.
    Week(Date),
    /// The weekend of this Saturday.
    Weekend(Date),
    Day(Date),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Fall,
    Winter,
}

/// Units that time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Season {
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }

    fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Fall => 9,
            Season::Winter => 12,
        }
    }
}

impl Period {
    /// The day, or nothing for a day that no calendar has.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Period> {
        Date::new(year, month as i8, day as i8).ok().map(Period::Day)
    }

    /// The period of size `unit` that holds `date`. Units smaller than a day give the day.
    pub fn around(date: Date, unit: Unit) -> Period {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Period::Day(date),
            Unit::Week | Unit::Fortnight => Period::Week(monday_of(date)),
            Unit::Weekend => Period::Weekend(add(monday_of(date), 5.days()).unwrap_or(date)),
            Unit::Month => Period::Month(date.year(), date.month() as u8),
            Unit::Quarter => Period::Quarter(date.year(), (date.month() as u8 - 1) / 3 + 1),
            Unit::Year => Period::Year(date.year()),
            Unit::Decade => Period::Decade(date.year().div_euclid(10)),
            Unit::Century | Unit::Millennium => Period::Century(date.year().div_euclid(100)),
        }
    }

    /// First and last day.
    pub fn interval(self) -> Option<Interval> {
        let months = |year: i16, first: i8, count: i32| {
            let from = Date::new(year, first, 1).ok()?;
            let to = add(from, count.months()).and_then(|next| add(next, (-1).days()))?;
            Some(Interval { from, to })
        };
        let years = |from: i16, to: i16| {
            Some(Interval { from: Date::new(from, 1, 1).ok()?, to: Date::new(to, 12, 31).ok()? })
        };
        match self {
            Period::Century(n) if n < 0 => years(n.checked_mul(100)?.checked_add(1)?, (n + 1) * 100),
            Period::Century(n) => years(n.checked_mul(100)?, n * 100 + 99),
            Period::Decade(n) if n < 0 => {
                let first = n.checked_mul(10)?.checked_sub(8)?;
                years(first, first + 9)
            }
            Period::Decade(n) => years(n.checked_mul(10)?, n * 10 + 9),
            Period::Year(year) => years(year, year),
            Period::Half(year, n) => months(year, if n == 1 { 1 } else { 7 }, 6),
            Period::Quarter(year, n) => months(year, (n.clamp(1, 4) as i8 - 1) * 3 + 1, 3),
            Period::Season(year, season) => months(year, season.first_month(), 3),
            Period::Month(year, month) => months(year, month as i8, 1),
            Period::Week(monday) => Some(Interval { from: monday, to: add(monday, 6.days())? }),
            Period::Weekend(saturday) => Some(Interval { from: saturday, to: add(saturday, 1.days())? }),
            Period::Day(date) => Some(Interval { from: date, to: date }),
        }
    }

    /// The year that it lies in; none for decades and centuries.
    pub fn year(self) -> Option<i16> {
        match self {
            Period::Century(_) | Period::Decade(_) => None,
            Period::Year(year)
            | Period::Half(year, _)
            | Period::Quarter(year, _)
            | Period::Season(year, _)
            | Period::Month(year, _) => Some(year),
            Period::Week(date) | Period::Weekend(date) | Period::Day(date) => Some(date.year()),
        }
    }

    /// The month that it lies in, where it is no longer than one.
    pub fn month(self) -> Option<u8> {
        match self {
            Period::Month(_, month) => Some(month),
            Period::Week(date) | Period::Weekend(date) | Period::Day(date) => Some(date.month() as u8),
            _ => None,
        }
    }

    /// How fine it is: the unit it is counted in.
    pub fn unit(self) -> Unit {
        match self {
            Period::Century(_) => Unit::Century,
            Period::Decade(_) => Unit::Decade,
            Period::Year(_) => Unit::Year,
            Period::Half(..) | Period::Season(..) | Period::Quarter(..) => Unit::Quarter,
            Period::Month(..) => Unit::Month,
            Period::Week(_) | Period::Weekend(_) => Unit::Week,
            Period::Day(_) => Unit::Day,
        }
    }

    /// The same period, `years` later.
    pub fn plus_years(self, years: i16) -> Option<Period> {
        Some(match self {
            Period::Year(year) => Period::Year(year.checked_add(years)?),
            Period::Half(year, n) => Period::Half(year.checked_add(years)?, n),
            Period::Quarter(year, n) => Period::Quarter(year.checked_add(years)?, n),
            Period::Season(year, season) => Period::Season(year.checked_add(years)?, season),
            Period::Month(year, month) => Period::Month(year.checked_add(years)?, month),
            Period::Day(date) => Period::Day(add(date, years.years())?),
            _ => return None,
        })
    }

    /// Reads a TIMEX3 value that names a stretch of the calendar; a time of day is passed over.
    pub fn parse(value: &str) -> Option<Period> {
        if let Some(rest) = value.strip_prefix("BC") {
            let n: i16 = rest.get(..rest.len().min(4))?.parse().ok()?;
            return Some(match rest.len() {
                2 => Period::Century(-n - 1),
                3 => Period::Decade(-n),
                4 => Period::Year(1 - n),
                _ => Period::parse(&format!("0000{}", &rest[4..]))?.plus_years(1 - n)?,
            });
        }
        let year: i16 = match value.len() {
            2 => return value.parse().ok().map(Period::Century),
            3 => return value.parse().ok().map(Period::Decade),
            _ => value.get(..4)?.parse().ok()?,
        };
        let Some(rest) = value.get(4..).filter(|rest| !rest.is_empty()) else {
            return Some(Period::Year(year));
        };
        let rest = rest.strip_prefix('-')?.split('T').next()?;
        match rest {
            "SP" => return Some(Period::Season(year, Season::Spring)),
            "SU" => return Some(Period::Season(year, Season::Summer)),
            "FA" => return Some(Period::Season(year, Season::Fall)),
            "WI" => return Some(Period::Season(year, Season::Winter)),
            _ => {}
        }
        if let Some(n) = rest.strip_prefix('Q') {
            return n.parse().ok().filter(|n| (1..=4).contains(n)).map(|n| Period::Quarter(year, n));
        }
        if let Some(n) = rest.strip_prefix('H') {
            return n.parse().ok().filter(|n| (1..=2).contains(n)).map(|n| Period::Half(year, n));
        }
        if let Some(week) = rest.strip_prefix('W') {
            let monday = ISOWeekDate::new(year, week.get(..2)?.parse().ok()?, Weekday::Monday).ok()?.date();
            return match week.get(2..)? {
                "" => Some(Period::Week(monday)),
                "-WE" => Some(Period::Weekend(add(monday, 5.days())?)),
                day => {
                    let number: i32 = day.strip_prefix('-')?.parse().ok()?;
                    (1..=7).contains(&number).then(|| add(monday, (number - 1).days()).map(Period::Day))?
                }
            };
        }
        let (month, day) = match rest.split_once('-') {
            Some((month, day)) => (month, Some(day)),
            None => (rest, None),
        };
        let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        match day {
            None | Some("XX") => Some(Period::Month(year, month)),
            Some(day) => Period::day(year, month, day.parse().ok()?),
        }
    }
}

impl fmt::Display for Period {
    /// Its TIMEX3 value.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match *self {
            Period::Century(n) if n < 0 => write!(f, "BC{:02}", -n - 1),
            Period::Century(n) => write!(f, "{n:02}"),
            Period::Decade(n) if n < 0 => write!(f, "BC{:03}", -n),
            Period::Decade(n) => write!(f, "{n:03}"),
            Period::Year(year) => Year(year).fmt(f),
            Period::Half(year, n) => write!(f, "{}-H{n}", Year(year)),
            Period::Quarter(year, n) => write!(f, "{}-Q{n}", Year(year)),
            Period::Season(year, season) => write!(f, "{}-{}", Year(year), season.code()),
            Period::Month(year, month) => write!(f, "{}-{month:02}", Year(year)),
            Period::Week(date) => {
                let week = date.iso_week_date();
                write!(f, "{}-W{:02}", Year(week.year()), week.week())
            }
            Period::Weekend(date) => {
                let week = date.iso_week_date();
                write!(f, "{}-W{:02}-WE", Year(week.year()), week.week())
            }
            Period::Day(date) => write!(f, "{}-{:02}-{:02}", Year(date.year()), date.month(), date.day()),
        }
    }
}

/// A year as TIMEX3 prints it.
struct Year(i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.0 {
            year if year > 0 => write!(f, "{year:04}"),
            year => write!(f, "BC{:04}", 1 - i32::from(year)),
        }
    }
}

impl Unit {
    /// `count` of them, as a span to add to a date. Units smaller than a day are none.
    pub fn times(self, count: i32) -> Option<Days> {
        let count = i64::from(count);
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => Some(Days::new()),
            Unit::Day => Days::new().try_days(count).ok(),
            Unit::Week | Unit::Weekend => Days::new().try_weeks(count).ok(),
            Unit::Fortnight => Days::new().try_weeks(count * 2).ok(),
            Unit::Month => Days::new().try_months(count).ok(),
            Unit::Quarter => Days::new().try_months(count * 3).ok(),
            Unit::Year => Days::new().try_years(count).ok(),
            Unit::Decade => Days::new().try_years(count * 10).ok(),
            Unit::Century => Days::new().try_years(count * 100).ok(),
            Unit::Millennium => Days::new().try_years(count * 1000).ok(),
        }
    }

    pub fn is_within_day(self) -> bool {
        self < Unit::Day
    }
}

/// `date` plus `span`, unless that leaves the calendar (9999 BC to AD 9999).
pub(crate) fn add(date: Date, span: Days) -> Option<Date> {
    date.checked_add(span).ok()
}

/// The Monday of the ISO week that holds `date`.
pub(crate) fn monday_of(date: Date) -> Date {
    let back = i32::from(date.weekday().to_monday_zero_offset());
    add(date, (-back).days()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_back_as_they_are_printed() {
        for value in [
            "19",
            "199",
            "1988",
            "1988-H2",
            "1988-Q3",
            "1988-SU",
            "1988-WI",
            "1988-02",
            "1988-02-29",
            "2020-W53",
            "2020-W53-WE",
            "BC04",
            "BC048",
            "BC0490",
            "BC0001",
            "BC0490-08",
            "BC0044-03-15",
        ] {
            let period = Period::parse(value);
            assert_eq!(period.map(|period| period.to_string()).as_deref(), Some(value));
        }
    }

    #[test]
    fn intervals_hold_first_and_last_day() {
        for (value, days) in [
            ("1988-02", "1988-02-01/1988-02-29"),
            ("1988-WI", "1988-12-01/1989-02-28"),
            ("199", "1990-01-01/1999-12-31"),
            ("2020-W53-WE", "2021-01-02/2021-01-03"),
            ("2020-W53-5", "2021-01-01/2021-01-01"),
            ("2021-03-10T09:00", "2021-03-10/2021-03-10"),
            ("BC0001", "0000-01-01/0000-12-31"),
        ] {
            let interval = Period::parse(value).and_then(Period::interval).unwrap();
            assert_eq!(format!("{}/{}", interval.from, interval.to), days, "{value}");
        }
    }

    #[test]
    fn what_is_no_date_has_no_period() {
        for value in
            ["", "P3Y", "PAST_REF", "XXXX-08", "2021-13", "2021-02-30", "2021-W54", "2021-Q5", "20é1", "BCé"]
        {
            assert_eq!(Period::parse(value), None, "{value}");
        }
    }
}
