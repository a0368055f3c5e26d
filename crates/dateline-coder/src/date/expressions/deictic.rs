//! Deictic: this, last and next: "this week", "last year", "next month", "the weekend",
//! "the current quarter", "the coming months", "earlier this year".
//!
//! ```text
//! Exports fell last month after a poor start this year, and may recover next quarter.
//! ---
//! date "last month" 2021-02
//! date "this year" 2021
//! date "next quarter" 2021-Q2
//! ```
//!
//! ```text
//! Leaders meet this week, having met last week and over the weekend.
//! ---
//! date "this week" 2021-W10
//! date "last week" 2021-W09
//! date "the weekend" 2021-W09-WE
//! ```
//!
//! ```text
//! Talks will resume in the coming weeks, as in recent months.
//! ---
//! date "the coming weeks" FUTURE_REF, open
//! date "recent months" PAST_REF, open
//! ```
//!
//! ```text
//! Profit for the year may double, after the year ended March 31 brought a loss.
//! ---
//! date "the year" 2021
//! duration "the year" P1Y, open
//! date "March 31" 2020-03-31
//! ```
//!
//! ```text
//! (published never)
//! Exports fell last month.
//! ---
//! date "last month" PAST_REF, open
//! ```

use super::super::period::{Period, Unit, add};
use dateline_document::DateKind;

use super::super::number::Amount;
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;
use super::duration;

pub(crate) fn deictic(reader: &Reader, at: usize) -> Option<Reading> {
    let mut start = at;
    if matches!(reader.word(start), "the" | "its" | "their" | "his" | "her" | "our") {
        start += 1;
    }
    let (shift, unit_at) = match reader.word(start) {
        "this" if matches!(reader.word(start + 1), "past" | "last") && start == at => (-1, start + 2),
        "this" if reader.word(start + 1) == "coming" && start == at => (1, start + 2),
        "this" if start == at => (0, start + 1),
        "current" if start > at => (0, start + 1),
        "last" | "past" => (-1, start + 1),
        "next" | "coming" | "upcoming" => (1, start + 1),
        "recent" => (-1, start + 1),
        "year" | "month" | "week" if start > at && is_own(reader, at, start) => (0, start),
        "full" if start > at && reader.word(start + 1) == "year" && !reader.is_dash(start + 2) => {
            (0, start + 1)
        }
        "weekend" if start > at => return weekend(reader, start + 1),
        _ => return None,
    };
    let word = reader.word(start);
    // "The year ended March 31" is a length, not the calendar's year.
    if shift == 0 && unit_at == start && matches!(reader.word(unit_at + 1), "ended" | "ending") {
        let (unit, _) = reader.unit(unit_at)?;
        let value = duration::value(Amount::Exact(1.0), unit)?;
        return Reading::other(unit_at + 1, DateKind::Duration, value, None);
    }
    let unit_at = if reader.word(unit_at) == "fiscal" { unit_at + 1 } else { unit_at };
    let (unit, is_plural) = reader.unit(unit_at)?;
    let end = unit_at + 1;
    // "This Week" the programme.
    if reader.is_capital(unit_at) && matches!(reader.name_label(unit_at), "ORG" | "WORK_OF_ART") {
        return None;
    }
    if is_plural {
        return match shift {
            0 => None,
            -1 => Reading::open(end, "PAST_REF"),
            _ => Reading::open(end, "FUTURE_REF"),
        };
    }
    // "The past year" is a duration, "the last century" or "the next year" is not ours to date.
    if unit.is_within_day() || matches!(word, "past" | "recent" | "coming") && start > at && word != "coming"
    {
        return None;
    }
    let open = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(shift + 1) as usize];
    // "The next day" counts from the day last mentioned; "last year" from now.
    let anchor =
        if start > at && word == "next" && unit != Unit::Weekend { reader.then() } else { reader.now() };
    let Some(anchor) = anchor else { return Reading::open(end, open) };
    if unit == Unit::Weekend {
        let here = Period::around(anchor.interval()?.from, unit);
        let Period::Weekend(saturday) = here else { return None };
        let is_past =
            shift == 0 && reader.tense(unit_at) == Tense::Past && anchor.interval()?.from < saturday;
        let weeks = if is_past { -1 } else { shift };
        return Reading::date(end, Period::Weekend(add(saturday, Unit::Week.times(weeks)?)?));
    }
    if unit == Unit::Day {
        let Period::Day(date) = anchor else { return Reading::open(end, open) };
        return match shift {
            1 => Reading::date(end, Period::Day(date.tomorrow().ok()?)),
            0 => Reading::date(end, anchor),
            _ => None,
        };
    }
    if anchor.unit() > unit {
        return Reading::open(end, open);
    }
    let there = add(anchor.interval()?.from, unit.times(shift)?)?;
    Reading::date(end, Period::around(there, unit))
}

/// "For the year", "during the week": the one that is on.
fn is_own(reader: &Reader, at: usize, unit_at: usize) -> bool {
    reader.word(at) == "the"
        && !reader.is_narrative()
        && (matches!(reader.word(unit_at + 1), "ended" | "ending")
            || matches!(
                reader.word_before(at),
                "for" | "during" | "in" | "of" | "over" | "throughout" | "through" | "on"
            ))
        && !matches!(reader.word(unit_at + 1), "of" | "before" | "after" | "that" | "when" | "beginning")
        && !reader.is_dash(unit_at + 1)
        && !reader.tag(unit_at + 1).starts_with("NN")
        && reader.tag(unit_at + 1) != "CD"
}

/// "The weekend": the last one, unless the clause looks ahead.
fn weekend(reader: &Reader, end: usize) -> Option<Reading> {
    let Some(Period::Day(now)) = reader.now() else { return Reading::open(end, "XXXX-WXX-WE") };
    let Period::Weekend(saturday) = Period::around(now, Unit::Weekend) else { return None };
    let tense = reader.tense(end - 1);
    let is_ahead = now < saturday && matches!(tense, Tense::Past | Tense::Unknown);
    let saturday = if is_ahead { add(saturday, Unit::Week.times(-1)?)? } else { saturday };
    Reading::date(end, Period::Weekend(saturday))
}
