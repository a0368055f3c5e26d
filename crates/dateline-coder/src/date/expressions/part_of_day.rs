//! Part of day: "Monday night", "yesterday afternoon", "the morning of June 14", "that evening".
//!
//! ```text
//! Gunmen struck on Monday night, after the protest of Sunday afternoon.
//! ---
//! time "Monday night" 2021-03-08TNI
//! time "Sunday afternoon" 2021-03-07TAF
//! ```
//!
//! ```text
//! He died on the morning of 5 May 2019. That evening crowds gathered.
//! ---
//! time "the morning of 5 May 2019" 2019-05-05TMO
//! time "That evening" 2019-05-05TEV
//! ```

use dateline_document::DateKind;

use super::super::period::Period;
use super::super::reader::{Reader, Reading};
use super::day;

pub(crate) fn part_of_day(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some((period, end)) = day(reader, at) {
        let start = if matches!(reader.word(end), "early" | "late") { end + 1 } else { end };
        let start =
            if reader.word(start) == "in" && reader.word(start + 1) == "the" { start + 2 } else { start };
        let (code, end) = part(reader, start)?;
        return Reading::time(end, period, code);
    }
    if reader.word(at) == "that"
        || (reader.word(at) == "the" && matches!(reader.word(at + 1), "same" | "next" | "following"))
    {
        let is_next = matches!(reader.word(at + 1), "next" | "following");
        let start = if reader.word(at) == "that" { at + 1 } else { at + 2 };
        let start = if matches!(reader.word(start), "same") { start + 1 } else { start };
        let (code, end) = part(reader, start)?;
        return match reader.then() {
            Some(Period::Day(date)) if is_next => {
                Reading::time(end, Period::Day(date.tomorrow().ok()?), code)
            }
            Some(Period::Day(date)) => Reading::time(end, Period::Day(date), code),
            _ => Reading::other(end, DateKind::Time, format!("XXXX-XX-XX{code}"), None),
        };
    }
    // "the morning of 5 May", "early in the morning of", "the early hours of".
    let start = if reader.word(at) == "the" { at + 1 } else { at };
    let start = if matches!(reader.word(start), "early" | "late" | "mid") { start + 1 } else { start };
    let start = if reader.is_dash(start) { start + 1 } else { start };
    let (code, end) = match (reader.word(start), reader.word(start + 1)) {
        ("hours", _) if start > at + 1 => ("TMO", start + 1),
        _ => part(reader, start)?,
    };
    if let Some((period, end)) = day(reader, end).filter(|_| code.len() == 3) {
        return Reading::time(end, period, code);
    }
    let of = if matches!(reader.word(end), "of" | "on") { end + 1 } else { return None };
    let (period, end) = day(reader, of)?;
    let end = part(reader, end).filter(|&(again, _)| again == code).map_or(end, |(_, end)| end);
    Reading::time(end, period, code)
}

/// A part of the day by its name, as the value writes it.
pub(crate) fn part(reader: &Reader, at: usize) -> Option<(&'static str, usize)> {
    let code = match reader.word(at) {
        "morning" | "dawn" => "TMO",
        "afternoon" => "TAF",
        "evening" | "dusk" => "TEV",
        "night" => "TNI",
        "noon" | "midday" => "T12:00",
        "midnight" => "T24:00",
        _ => return None,
    };
    Some((code, at + 1))
}
