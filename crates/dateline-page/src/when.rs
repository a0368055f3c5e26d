//! Printed dates → days. Machine dates (ISO 8601, RFC 2822, seconds since 1970) and full dates
//! in words ("Aug. 17, 2020", "17. August 2020", "2020年8月17日"). A date without a year is none.
//!
//! The day is the one that is printed, that is the publisher's own: `2020-08-17T23:30:00-07:00`
//! is the 17th although it is the 18th in UTC.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use regex::Regex;

/// A day, and the moment where one is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub date: Date,
    /// RFC 3339, with the offset that was printed; none when no offset was.
    pub time: Option<String>,
    pub timestamp: Option<Timestamp>,
}

impl When {
    pub fn day(date: Date) -> When {
        When { date, time: None, timestamp: None }
    }

    fn moment(local: DateTime, offset: Option<Offset>) -> When {
        let Some((offset, timestamp)) =
            offset.and_then(|offset| offset.to_timestamp(local).ok().map(|timestamp| (offset, timestamp)))
        else {
            // A clock without an offset still orders the day.
            return When { date: local.date(), time: Some(local.to_string()), timestamp: None };
        };
        let zone = match offset.seconds() {
            0 => "Z".to_owned(),
            seconds => {
                let minutes = seconds.abs() / 60;
                let sign = if seconds < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        When { date: local.date(), time: Some(format!("{local}{zone}")), timestamp: Some(timestamp) }
    }

    /// Whether a news page can carry the date at all: newspapers were printed before 1700, but a
    /// page says so of a clock that was never set far more often ("1970-01-01", "0001-01-01").
    fn is_plausible(&self) -> bool {
        (1800..=2100).contains(&self.date.year()) && self.date != Date::constant(1970, 1, 1)
    }
}

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:(?:T|t|\s+|\s*-\s*)(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,:]\d+)?)?\s*(?:(?<half>[AaPp])\.?[Mm]\b\.?)?\s*(?<zone>Z|z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?)?",
    )
    .expect("the pattern above is valid")
});

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*(Z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CET|CEST|BST|IST|MSK|[+-]\d{2}:?\d{2})?")
        .expect("the pattern above is valid")
});

/// Reads a date that a machine wrote, or failing that a full date in words.
pub(crate) fn parse(printed: &str) -> Option<When> {
    let printed = printed.trim();
    let when = iso(printed).or_else(|| seconds(printed)).or_else(|| in_words(printed))?;
    when.is_plausible().then_some(when)
}

/// The moment that a printed date means; where only a day is printed, its noon in UTC.
///
/// ```
/// let printed = "Thu, 04 Mar 2021 08:00:00 +0100";
/// assert_eq!(dateline_page::moment(printed).unwrap().to_string(), "2021-03-04T07:00:00Z");
/// ```
pub fn moment(printed: &str) -> Option<Timestamp> {
    let when = parse(printed)?;
    when.timestamp.or_else(|| Offset::UTC.to_timestamp(when.date.at(12, 0, 0, 0)).ok())
}

fn iso(printed: &str) -> Option<When> {
    let found = ISO.captures(printed)?;
    let number = |group: usize| found.get(group).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let date = Date::new(number(1)?, number(2)? as i8, number(3)? as i8).ok()?;
    let (Some(hour), Some(minute)) = (number(4), number(5)) else { return Some(When::day(date)) };
    let hour = match found.name("half").map(|half| half.as_str()) {
        Some("p" | "P") if hour < 12 => hour + 12,
        Some("a" | "A") if hour == 12 => 0,
        _ => hour,
    };
    let Ok(time) = Time::new(hour as i8, minute as i8, number(6).unwrap_or(0).min(59) as i8, 0) else {
        return Some(When::day(date));
    };
    let offset = found.name("zone").and_then(|zone| offset(zone.as_str()));
    Some(When::moment(date.to_datetime(time), offset))
}

/// The hours from UTC that a zone's letters or digits mean.
fn offset(zone: &str) -> Option<Offset> {
    let hours = match zone.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" | "BST" => 1,
        "CEST" => 2,
        "MSK" => 3,
        digits if digits.starts_with(['+', '-']) => {
            let sign = if digits.starts_with('-') { -1 } else { 1 };
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = match digits.len() {
                1 | 2 => (digits.parse::<i32>().ok()?, 0),
                _ => digits.split_at_checked(digits.len() - 2).and_then(|(hours, minutes)| {
                    Some((hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?))
                })?,
            };
            return Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok();
        }
        _ => return None,
    };
    Offset::from_hours(hours).ok()
}

/// Seconds or milliseconds since 1970, as ten or thirteen digits.
fn seconds(printed: &str) -> Option<When> {
    if !matches!(printed.len(), 10 | 13) || !printed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = printed.parse().ok()?;
    let timestamp = Timestamp::from_second(if printed.len() == 13 { number / 1000 } else { number }).ok()?;
    Some(When::moment(Offset::UTC.to_datetime(timestamp), Some(Offset::UTC)))
}

/// First three or four letters of the months, in the languages whose news we meet most.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "янв", "січ", "sty", "oca", "led", "ian", "ιαν", "tammi", "sij"],
    &["feb", "fév", "fev", "fév", "фев", "лют", "lut", "şub", "úno", "φεβ", "helmi", "velj"],
    &["mar", "mär", "mrz", "maa", "maart", "мар", "бер", "bře", "μαρ", "ožu", "mart"],
    &["apr", "avr", "abr", "апр", "кві", "kwi", "nis", "dub", "απρ", "huhti", "tra"],
    &["may", "mai", "maj", "mei", "mag", "мая", "май", "тра", "kvě", "μαϊ", "μαΐ", "touko", "svi"],
    &["jun", "jui", "giu", "июн", "чер", "cze", "haz", "čvn", "ιουν", "kesä", "lip"],
    &["jul", "lug", "июл", "лип", "tem", "ιουλ", "heinä", "srp"],
    &["aug", "aoû", "aou", "ago", "авг", "сер", "sie", "ağu", "srp", "αυγ", "elo", "kol", "ágú"],
    &["sep", "set", "сен", "вер", "wrz", "eyl", "zář", "σεπ", "syys", "ruj"],
    &["oct", "okt", "out", "ott", "окт", "жов", "paź", "eki", "říj", "οκτ", "loka", "lis"],
    &["nov", "noi", "ноя", "лис", "lis", "kas", "νοε", "marras", "stu"],
    &["dec", "dez", "déc", "dic", "des", "дек", "гру", "gru", "ara", "pro", "δεκ", "joulu", "pros"],
];

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    // French and Polish months that share three letters with another.
    if word.starts_with("juil") || word.starts_with("lipc") || word.starts_with("lipi") {
        return Some(7);
    }
    if word.starts_with("marra") {
        return Some(11);
    }
    let index =
        MONTHS.iter().position(|openings| openings.iter().any(|opening| word.starts_with(opening)))?;
    Some(index as i8 + 1)
}

static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<m1>\p{L}{3,10})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y1>(?:1[89]|20)\d{2})\b
        | \b(?P<d2>\d{1,2})(?:st|nd|rd|th|er|º|ª)?\.?(?:\s+|-|/)(?:de\s+|of\s+)?(?P<m2>\p{L}{3,10})\.?,?(?:\s+|-|/)(?:de\s+|del\s+)?(?P<y2>(?:1[89]|20)\d{2})\b
        | \b(?P<y3>(?:1[89]|20)\d{2})\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월]\s?(?P<d3>\d{1,2})\s?[日일]
        | \b(?P<y4>(?:1[89]|20)\d{2})[-/.](?P<m4>\d{1,2})[-/.](?P<d4>\d{1,2})\b
        | \b(?P<d5>\d{1,2})[-/.]\s?(?P<m5>\d{1,2})[-/.]\s?(?P<y5>(?:1[89]|20)\d{2})\b
        | \b(?P<y6>(?:1[89]|20)\d{2})\.\s(?P<m6w>\p{L}{3,10})\s(?P<d6>\d{1,2})\b
        ",
    )
    .expect("the pattern above is valid")
});

/// The first full date in running words, with its clock where one follows or precedes closely.
pub(crate) fn in_words(text: &str) -> Option<When> {
    IN_WORDS.captures_iter(text).find_map(|found| {
        let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<i16>().ok());
        let named = |name: &str| found.name(name).and_then(|word| month(word.as_str()));
        let date = if let (Some(month), Some(day), Some(year)) = (named("m1"), number("d1"), number("y1")) {
            Date::new(year, month, day as i8)
        } else if let (Some(day), Some(month), Some(year)) = (number("d2"), named("m2"), number("y2")) {
            Date::new(year, month, day as i8)
        } else if let (Some(year), Some(month), Some(day)) = (number("y3"), number("m3"), number("d3")) {
            Date::new(year, month as i8, day as i8)
        } else if let (Some(year), Some(month), Some(day)) = (number("y4"), number("m4"), number("d4")) {
            Date::new(year, month as i8, day as i8)
        } else if let (Some(day), Some(month), Some(year)) = (number("d5"), number("m5"), number("y5")) {
            // Day first, as everywhere but in the United States; "03/17/2021" can only be theirs.
            if month > 12 {
                Date::new(year, day as i8, month as i8)
            } else {
                Date::new(year, month as i8, day as i8)
            }
        } else if let (Some(year), Some(month), Some(day)) = (number("y6"), named("m6w"), number("d6")) {
            Date::new(year, month, day as i8)
        } else {
            return None;
        }
        .ok()?;
        let whole = found.get(0)?;
        let after = &text[whole.end()..text.floor_char_boundary(whole.end() + 40)];
        let when = clock(after)
            .map_or_else(|| When::day(date), |(time, offset)| When::moment(date.to_datetime(time), offset));
        when.is_plausible().then_some(when)
    })
}

/// The time of day at the start of what follows a date.
fn clock(after: &str) -> Option<(Time, Option<Offset>)> {
    let found = CLOCK.captures(after).filter(|found| found.get(0).is_some_and(|whole| whole.start() <= 8))?;
    let number = |group: usize| found.get(group).and_then(|digits| digits.as_str().parse::<i8>().ok());
    let (hour, minute) = (number(1)?, number(2)?);
    let half = found.get(4).map(|half| half.as_str().to_ascii_lowercase());
    let hour = match half.as_deref().map(|half| half.starts_with('p')) {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let time = Time::new(hour, minute, number(3).unwrap_or(0), 0).ok()?;
    Some((time, found.get(5).and_then(|zone| offset(zone.as_str()))))
}

static IN_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[/\-_.](20[0-4]\d|19\d{2})[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?:[/\-_.]|$)")
        .expect("the pattern above is valid")
});

static MONTH_IN_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[/\-](20[0-4]\d)[/\-]([a-z]{3})[/\-](\d{1,2})[/\-]").expect("the pattern above is valid")
});

/// The day in an address: "/2020/08/17/", "/2020/aug/17/", "-20200817.html".
pub(crate) fn in_url(url: &str) -> Option<When> {
    let url = &url[..url.floor_char_boundary(2_000)];
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let number = |digits: Option<regex::Match>| digits.and_then(|digits| digits.as_str().parse::<i16>().ok());
    let date = if let Some(found) = IN_PATH.captures(path) {
        Date::new(number(found.get(1))?, number(found.get(2))? as i8, number(found.get(3))? as i8)
    } else {
        let found = MONTH_IN_PATH.captures(path)?;
        Date::new(number(found.get(1))?, month(&found[2])?, number(found.get(3))? as i8)
    };
    date.ok().map(When::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(printed: &str) -> String {
        match parse(printed) {
            Some(When { time: Some(time), .. }) => time,
            Some(When { date, .. }) => date.to_string(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn machine_dates_keep_the_publishers_day() {
        assert_eq!(shown("2020-08-17T23:30:00-07:00"), "2020-08-17T23:30:00-07:00");
        assert_eq!(shown("2020-08-17T23:30:00+0200"), "2020-08-17T23:30:00+02:00");
        assert_eq!(shown("2020-08-17 10:00:00.123Z"), "2020-08-17T10:00:00Z");
        assert_eq!(shown("Mon, 17 Aug 2020 10:00:00 GMT"), "2020-08-17T10:00:00Z");
        assert_eq!(shown("2020-08-17 11:30 PM +0530"), "2020-08-17T23:30:00+05:30");
        assert_eq!(shown("2020-08-17 12:05 a.m."), "2020-08-17T00:05:00");
        assert_eq!(shown("20200817"), "2020-08-17");
        assert_eq!(shown("1597658400000"), "2020-08-17T10:00:00Z");
    }

    #[test]
    fn dates_in_words_are_read_in_many_languages() {
        for printed in [
            "Monday, Aug. 17, 2020.",
            "17 August 2020",
            "Montag, 17. August 2020",
            "le 17 août 2020",
            "17 de agosto de 2020",
            "17 августа 2020",
            "2020年8月17日",
            "17.08.2020",
            "08/17/2020",
        ] {
            assert_eq!(shown(printed), "2020-08-17", "{printed}");
        }
        assert_eq!(shown("17.08.2020, 14:05"), "2020-08-17T14:05:00");
    }

    #[test]
    fn absurd_and_partial_dates_are_none() {
        assert_eq!(shown("0001-01-01T00:00:00Z"), "none");
        assert_eq!(shown("1970-01-01"), "none");
        assert_eq!(shown("2020-13-40"), "none");
        assert_eq!(shown("Monday, Aug. 17"), "none");
    }

    #[test]
    fn addresses_hold_days() {
        let shown = |url| in_url(url).map(|when| when.date.to_string());
        assert_eq!(shown("https://post.example/2020/08/17/ferry").as_deref(), Some("2020-08-17"));
        assert_eq!(shown("https://post.example/world/2020/aug/17/ferry").as_deref(), Some("2020-08-17"));
        assert_eq!(shown("https://post.example/ferry-20200817.html").as_deref(), Some("2020-08-17"));
        assert_eq!(shown("https://post.example/story/3000000218734"), None);
    }
}
