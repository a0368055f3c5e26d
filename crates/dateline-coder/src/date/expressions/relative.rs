//! Relative: days counted from today: "today", "yesterday", "tomorrow", "tonight", "last night",
//! "this morning", "overnight", "the day before yesterday".
//!
//! ```text
//! Soldiers who left yesterday return tomorrow, the ministry said today.
//! ---
//! date "yesterday" 2021-03-09
//! date "tomorrow" 2021-03-11
//! date "today" 2021-03-10
//! ```
//!
//! ```text
//! Shelling last night killed two, and fighting went on this morning.
//! ---
//! time "last night" 2021-03-09TNI
//! time "this morning" 2021-03-10TMO
//! ```
//!
//! ```text
//! (published never)
//! He left yesterday.
//! ---
//! date "yesterday" PAST_REF, open
//! ```

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::period::{Period, add};
use super::super::reader::{Reader, Reading};
use super::part_of_day::part;

pub(crate) fn relative(reader: &Reader, at: usize) -> Option<Reading> {
    // "USA Today" the paper.
    if reader.word(at) == "today" && reader.is_capital(at) && reader.name_label(at) == "ORG" {
        return None;
    }
    let (days, end): (i32, usize) =
        match (reader.word(at), reader.word(at + 1), reader.word(at + 2), reader.word(at + 3)) {
            ("the", "day", "before", "yesterday") => (-2, at + 4),
            ("the", "day", "after", "tomorrow") => (2, at + 4),
            ("today", ..) => (0, at + 1),
            ("yesterday", ..) => (-1, at + 1),
            ("tomorrow", ..) => (1, at + 1),
            ("tonight", ..) => return on_day(reader, 0, at + 1, "TNI"),
            ("overnight", ..) if reader.tag(at).starts_with("RB") => return on_day(reader, 0, at + 1, "TNI"),
            ("last", "night", ..) => return on_day(reader, -1, at + 2, "TNI"),
            ("last", "evening", ..) => return on_day(reader, -1, at + 2, "TEV"),
            ("this", ..) => {
                let (code, end) = part(reader, at + 1)?;
                return on_day(reader, 0, end, code);
            }
            ("later" | "earlier", "this", ..) => {
                let (code, end) = part(reader, at + 2)?;
                return on_day(reader, 0, end, code);
            }
            _ => return None,
        };
    if reader.is_narrative() && days == 0 {
        return Reading::open(end, "PRESENT_REF");
    }
    match today(reader).and_then(|today| add(today, days.days())) {
        Some(date) => Reading::date(end, Period::Day(date)),
        None => {
            Reading::open(end, ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(i32::signum(days) + 1) as usize])
        }
    }
}

/// The day that "today" is.
pub(crate) fn today(reader: &Reader) -> Option<Date> {
    match reader.now()? {
        Period::Day(date) => Some(date),
        _ => None,
    }
}

fn on_day(reader: &Reader, days: i32, end: usize, code: &str) -> Option<Reading> {
    match today(reader).and_then(|today| add(today, days.days())) {
        Some(date) => Reading::time(end, Period::Day(date), code),
        None => Reading::other(end, dateline_document::DateKind::Time, format!("XXXX-XX-XX{code}"), None),
    }
}
