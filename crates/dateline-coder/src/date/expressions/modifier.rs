//! Modifier: a part of a period: "early June", "late 1943", "mid-October", "the end of the month",
//! "earlier this year", "the beginning of 2014".
//!
//! The value is the whole period's, as TimeML has it (the modifier is an attribute there); the
//! interval too, since nobody agrees how long "early" lasts.
//!
//! ```text
//! Turnout fell in early June 2019 and again in mid-October 2020.
//! ---
//! date "early June 2019" 2019-06
//! date "mid-October 2020" 2020-10
//! ```
//!
//! ```text
//! Earlier this year he vowed to step down by the end of the month.
//! ---
//! date "Earlier this year" 2021
//! date "the end of the month" 2021-03
//! ```

use super::super::period::{Period, Unit, add};
use super::super::reader::{Meaning, Reader, Reading};
use super::{absolute, decade, deictic, following, month, quarter, season, weekday, year};

pub(crate) fn modifier(reader: &Reader, at: usize) -> Option<Reading> {
    let mut start = if reader.word(at) == "the" { at + 1 } else { at };
    let word = reader.word(start);
    match word {
        "early" | "late" | "mid" | "earlier" | "later" | "around" | "sometime" | "middle" | "midway" => {
            start += 1;
            if reader.is_dash(start) {
                start += 1;
            }
            if matches!(reader.word(start), "in" | "on" | "of") && !matches!(word, "around") {
                start += 1;
            }
        }
        "end" | "beginning" | "start" | "close" | "rest" | "remainder" | "part" | "half"
            if reader.word(start + 1) == "of" =>
        {
            start += 2
        }
        // "the early part of", "the latter half of".
        "latter" if reader.word(start + 2) == "of" => start += 3,
        // "year-end", "the month's end".
        "year" | "month" if reader.is_dash(start + 1) && reader.word(start + 2) == "end" => {
            return this_unit(reader, start, start + 3);
        }
        "year" | "month" if reader.is_apostrophe(start + 1) && reader.word(start + 3) == "end" => {
            return this_unit(reader, start, start + 4);
        }
        "year" if reader.word(start + 1) == "end" => return this_unit(reader, start, start + 2),
        _ => return None,
    }
    if matches!(word, "earlier" | "later") && start == at + 1 && reader.word(start) == "than" {
        return None;
    }
    if reader.word(start) == "the"
        && matches!(reader.word(start + 1), "year" | "month" | "week" | "day" | "decade")
    {
        return this_unit(reader, start + 1, start + 2);
    }
    let is_adjective = matches!(word, "early" | "late" | "mid") && reader.word(at) == "the";
    if is_adjective && reader.month(start).is_some() {
        // In "the late February ruling" the article is the ruling's.
        return None;
    }
    inner(reader, start)
}

/// "The year" after "the end of": the one now or, in a narrative, the one told of.
fn this_unit(reader: &Reader, unit_at: usize, end: usize) -> Option<Reading> {
    let (unit, false) = reader.unit(unit_at)? else { return None };
    let Some(anchor) = reader.now() else { return Reading::open(end, "XXXX") };
    if anchor.unit() > unit || (unit == Unit::Day && !matches!(anchor, Period::Day(_))) {
        return None;
    }
    let there = add(anchor.interval()?.from, unit.times(0)?)?;
    Reading::date(end, Period::around(there, unit))
}

/// The period that is modified.
fn inner(reader: &Reader, at: usize) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for construction in [
        absolute::absolute,
        month::month,
        season::season,
        quarter::quarter,
        decade::decade,
        deictic::deictic,
        following::following,
        weekday::weekday,
        super::relative::relative,
        bare_year,
    ] {
        if let Some(reading) = construction(reader, at)
            && !matches!(reading.meaning, Meaning::Other { .. })
            && best.as_ref().is_none_or(|best| reading.end > best.end)
        {
            best = Some(reading);
        }
    }
    best
}

fn bare_year(reader: &Reader, at: usize) -> Option<Reading> {
    let (year, end) = year::year(reader, at)?;
    Reading::date(end, Period::Year(year))
}
