//! Year: "1988", "the year 2000", "'99", "nineteen ninety-seven", "490 BC", "1914–18",
//! "fiscal 1989".
//!
//! Four digits are a year where they stand as one: after "in" or "since", in brackets, before a
//! noun they don't count. "1,500 troops" is never one, "1900 troops" is a number.
//!
//! ```text
//! The party won in 1988, lost power in 2003 and has ruled since 2010.
//! ---
//! date "1988" 1988
//! date "2003" 2003
//! date "2010" 2010
//! ```
//!
//! ```text
//! The army sent 1900 troops and 2000 more police, or 3,000 men in all.
//! ---
//! no dates
//! ```
//!
//! ```text
//! The war of 1914–18 and the 1989 treaty shaped the border.
//! ---
//! date "1914" 1914
//! date "18" 1918
//! date "1989" 1989
//! ```
//!
//! ```text
//! The Persians landed at Marathon in 490 BC.
//! ---
//! date "490 BC" BC0490
//! ```

use dateline_document::DateKind;

use super::super::lexeme::Form;
use super::super::number::below_hundred;
use super::super::period::Period;
use super::super::reader::{Reader, Reading};

pub(crate) fn year_alone(reader: &Reader, at: usize) -> Option<Reading> {
    let mut start = at;
    let mut is_sure = false;
    if reader.word(start) == "the" {
        start += 1;
    }
    match reader.word(start) {
        "year" | "years" => {
            is_sure = true;
            start += 1;
        }
        "fiscal" | "fy" => {
            is_sure = true;
            start += 1;
            if reader.word(start) == "year" {
                start += 1;
            }
        }
        "ca" | "circa" => {
            is_sure = true;
            start = reader.skip_dot(start + 1);
        }
        _ if start > at => return None,
        _ => {}
    }
    if let Some(reading) = short_year(reader, start) {
        return Some(reading);
    }
    let (year, end) = year(reader, start)?;
    if !is_sure && year > 0 && end == start + 1 && !stands_as_year(reader, start) {
        return None;
    }
    Reading::date(end, Period::Year(year))
}

/// A year's number from `at` on, whatever stands around it.
pub(crate) fn year(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    match reader.plain(at) {
        Some((number, digits @ 1..=4)) => {
            if matches!(reader.word(at + 1), "bc" | "bce") {
                return Some((1 - i16::try_from(number).ok()?, at + 2));
            }
            if reader.word(at + 1) == "ad" || reader.word(at + 1) == "ce" {
                return Some((i16::try_from(number).ok()?, at + 2));
            }
            // "In 499" among years BC.
            let told = reader.then().and_then(Period::year);
            if digits == 3
                && told.is_some_and(|told| told <= 0)
                && matches!(
                    reader.word_before(at),
                    "in" | "of" | "by" | "until" | "since" | "from" | "early" | "late" | "during"
                )
            {
                return Some((1 - number as i16, at + 1));
            }
            ((1000..2200).contains(&number) && digits == 4).then_some((number as i16, at + 1))
        }
        Some(_) => None,
        None => spelled(reader, at),
    }
}

/// "nineteen ninety-seven", "two thousand", "two thousand eleven".
fn spelled(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    if reader.word(at) == "two" && reader.word(at + 1) == "thousand" && reader.unit(at + 2).is_none() {
        let before = reader.word_before(at);
        if !matches!(before, "year" | "in" | "since" | "by" | "until") {
            return None;
        }
        let after = if reader.word(at + 2) == "and" { at + 3 } else { at + 2 };
        return match below_hundred(reader, after) {
            Some((ones, end)) => Some((2000 + ones as i16, end)),
            None => (before == "year").then_some((2000, at + 2)),
        };
    }
    let (hundreds, middle) =
        below_hundred(reader, at).filter(|&(value, end)| (17..=20).contains(&value) && end == at + 1)?;
    let (rest, end) = below_hundred(reader, middle).filter(|&(value, _)| value >= 10)?;
    if reader.is_dash(middle) {
        return None;
    }
    Some(((hundreds * 100 + rest) as i16, end))
}

/// "'99", and "18" or "1918" that ends a range of years.
fn short_year(reader: &Reader, at: usize) -> Option<Reading> {
    if reader.is_apostrophe(at) && reader.is_joined(at + 1) {
        let (short, 2) = reader.plain(at + 1)? else { return None };
        let before =
            reader.then().and_then(Period::year).or_else(|| reader.published().map(|date| date.year()));
        return Reading::date(at + 2, Period::Year(in_century(short, before.unwrap_or(2000))));
    }
    let before = reader.just_read(at).filter(|before| before.end + 1 == at && reader.is_dash(at - 1))?;
    let Period::Year(first) = before.period else { return None };
    match reader.plain(at)? {
        (short, 2) if first > 0 && reader.is_joined(at) => {
            let year = first - first % 100 + short as i16;
            (year > first).then(|| Reading::date(at + 1, Period::Year(year)))?
        }
        _ => None,
    }
}

/// The year of two digits nearest to `near`.
fn in_century(short: u32, near: i16) -> i16 {
    let this = near - near % 100 + short as i16;
    if this > near + 20 { this - 100 } else { this }
}

/// Whether a number of four digits is a year where it stands.
fn stands_as_year(reader: &Reader, at: usize) -> bool {
    // A piece of "2021-02-30" or "13/13/2021".
    let is_tied = |mark: usize| {
        matches!(reader.form(mark), Some(Form::Mark('-' | '/')))
            && reader.is_joined(mark)
            && reader.is_joined(mark + 1)
    };
    let is_front = is_tied(at + 1) && is_tied(at + 3);
    let is_back = at >= 4 && is_tied(at - 1) && is_tied(at - 3);
    if is_front || is_back || (at > 0 && is_tied(at - 1) && reader.is_mark(at - 1, '/')) {
        return false;
    }
    let before = reader.word_before(at);
    let after = reader.word(at + 1);
    if matches!(reader.mark_before(at), Some('$' | '£' | '€' | '#' | '¥' | '.' | ':')) && reader.is_joined(at)
    {
        return false;
    }
    if matches!(reader.form(at + 1), Some(Form::Mark('%' | '$' | '°' | '€' | '£'))) {
        return false;
    }
    if (reader.is_mark(at + 1, ':') || reader.is_mark(at + 1, '/') || reader.is_mark(at + 1, '.'))
        && reader.plain(at + 2).is_some()
        && reader.is_joined(at + 2)
    {
        return false;
    }
    if matches!(
        after,
        "percent"
            | "hours"
            | "hrs"
            | "gmt"
            | "utc"
            | "million"
            | "billion"
            | "km"
            | "miles"
            | "meters"
            | "metres"
            | "feet"
            | "kilometers"
            | "kilometres"
            | "tons"
            | "tonnes"
            | "people"
            | "men"
            | "troops"
            | "dollars"
            | "pounds"
            | "points"
            | "others"
            | "more"
    ) {
        return false;
    }
    if reader.unit(at + 1).is_some_and(|(_, is_plural)| is_plural) {
        return false;
    }
    if matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "year"
            | "years"
            | "early"
            | "late"
            | "mid"
            | "of"
            | "fiscal"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
            | "after"
            | "before"
            | "and"
            | "to"
            | "through"
    ) || reader.month(at.saturating_sub(1)).is_some()
    {
        return !counts(reader, at) || before == "in";
    }
    if reader.is_dash(at.wrapping_sub(1)) && reader.just_read(at).is_some() {
        return true;
    }
    if matches!(
        before,
        "about"
            | "some"
            | "nearly"
            | "over"
            | "than"
            | "least"
            | "almost"
            | "approximately"
            | "roughly"
            | "around"
            | "number"
            | "no"
            | "flight"
            | "route"
            | "highway"
            | "resolution"
            | "room"
            | "page"
            | "article"
            | "section"
    ) {
        return before == "around" && reader.name_label(at) == "DATE";
    }
    let is_before_noun = matches!(reader.tag(at + 1), "NN" | "NNP" | "JJ")
        && (1900..2100).contains(&reader.plain(at).map_or(0, |(year, _)| year));
    match reader.name_label(at) {
        "DATE" => true,
        "CARDINAL" if is_before_noun => true,
        "CARDINAL" | "QUANTITY" | "MONEY" | "PERCENT" | "TIME" => false,
        _ => !counts(reader, at),
    }
}

/// Whether the number is how many of something there are.
fn counts(reader: &Reader, at: usize) -> bool {
    let Some(id) = reader.token(at) else { return false };
    let document = reader.document;
    if document.token(id).relation != "nummod" {
        return false;
    }
    let Some(head) = document.head(id) else { return false };
    head > id
        && matches!(document.token(head).tag.as_str(), "NNS" | "NNPS")
        && reader.name_label(at) != "DATE"
}

/// "fiscal year", "the fiscal year" without its number.
pub(crate) fn fiscal(reader: &Reader, at: usize) -> Option<Reading> {
    let start = if reader.word(at) == "the" { at + 1 } else { at };
    let (start, shift) = match reader.word(start) {
        "current" | "this" => (start + 1, 0),
        "next" => (start + 1, 1),
        "last" | "latest" | "previous" => (start + 1, -1),
        _ => (start, 0),
    };
    if reader.word(start) != "fiscal" || reader.word(start + 1) != "year" {
        return None;
    }
    match reader.now().and_then(Period::year) {
        Some(year) => Reading::date(start + 2, Period::Year(year + shift)),
        None => Reading::other(start + 2, DateKind::Duration, "P1Y", None),
    }
}
