//! Set: what comes again: "every Monday", "each year", "daily", "Tuesdays", "twice a week".
//!
//! ```text
//! Patrols cross the line daily and every Monday; the leaders meet once a year.
//! ---
//! set "daily" XXXX-XX-XX
//! set "every Monday" XXXX-WXX-1
//! set "a year" P1Y
//! ```
//!
//! ```text
//! Crowds gathered on Fridays, in weekly protests and near-daily clashes.
//! ---
//! set "Fridays" XXXX-WXX-5
//! set "weekly" XXXX-WXX
//! set "near-daily" XXXX-XX-XX
//! ```
//!
//! ```text
//! The Daily Bugle reported that every man had left.
//! ---
//! no dates
//! ```

use dateline_document::DateKind;

use super::super::number::amount;
use super::super::reader::{Reader, Reading};
use super::duration;
use super::part_of_day::part;

pub(crate) fn set(reader: &Reader, at: usize) -> Option<Reading> {
    let made = |end: usize, value: &str| Reading::other(end, DateKind::Set, value, None);
    let start = if matches!(reader.word(at), "near" | "almost" | "nearly") {
        if reader.is_dash(at + 1) { at + 2 } else { at + 1 }
    } else {
        at
    };
    let adverb = match reader.word(start) {
        "daily" => Some("XXXX-XX-XX"),
        "weekly" => Some("XXXX-WXX"),
        "monthly" => Some("XXXX-XX"),
        "quarterly" if reader.tag(start) == "RB" => Some("XXXX-QX"),
        "yearly" | "annually" => Some("XXXX"),
        "hourly" => Some("PT1H"),
        "nightly" => Some("XXXX-XX-XXTNI"),
        "fortnightly" | "biweekly" => Some("P2W"),
        "everyday" if reader.tag(start) == "RB" => Some("XXXX-XX-XX"),
        _ => None,
    };
    if let Some(value) = adverb {
        let is_name = reader.is_capital(start)
            && matches!(reader.name_label(start), "ORG" | "WORK_OF_ART" | "PRODUCT")
            || reader.is_capital(start) && reader.tag(start).starts_with("NNP");
        return if is_name { None } else { made(start + 1, value) };
    }
    if start > at {
        return None;
    }
    if let Some((day, true, end)) = reader.weekday(at) {
        return made(end, &format!("XXXX-WXX-{day}"));
    }
    if let Some((day, false, end)) = reader.weekday(at)
        && reader.word(end) == "nights"
    {
        return made(end + 1, &format!("XXXX-WXX-{day}TNI"));
    }
    match reader.word(at) {
        "every" | "each" => {}
        "a" | "an" | "per" => return rate(reader, at),
        _ => return None,
    }
    let next =
        if reader.word(at + 1) == "other" && reader.weekday(at + 2).is_some() { at + 2 } else { at + 1 };
    if let Some((day, _, end)) = reader.weekday(next) {
        return match part(reader, end) {
            Some((code, end)) => made(end, &format!("XXXX-WXX-{day}{code}")),
            None => made(end, &format!("XXXX-WXX-{day}")),
        };
    }
    if let Some((month, end)) = reader.month(next) {
        return made(end, &format!("XXXX-{month:02}"));
    }
    if let Some(season) = reader.season(next) {
        return made(next + 1, &format!("XXXX-{}", season.code()));
    }
    if let Some((code, end)) = part(reader, next) {
        return made(end, &format!("XXXX-XX-XX{code}"));
    }
    let (count, unit_at) = match amount(reader, next) {
        Some((count, end)) => (count, end),
        None if reader.word(next) == "other" => (super::super::number::Amount::Exact(2.0), next + 1),
        None => (super::super::number::Amount::Exact(1.0), next),
    };
    let (unit, _) = reader.unit(unit_at)?;
    made(unit_at + 1, &duration::value(count, unit)?)
}

/// "twice a week", "10 barrels a day", "per month".
fn rate(reader: &Reader, at: usize) -> Option<Reading> {
    let before = reader.word_before(at);
    let is_per = reader.word(at) == "per";
    if !is_per
        && !matches!(
            before,
            "once" | "twice" | "times" | "barrels" | "dollars" | "percent" | "hours" | "days"
        )
    {
        return None;
    }
    let (unit, false) = reader.unit(at + 1)? else { return None };
    let value = duration::value(super::super::number::Amount::Exact(1.0), unit)?;
    Reading::other(at + 2, DateKind::Set, value, None)
}
