//! Following: periods told from the date last mentioned: "the next day", "the following year",
//! "the same month", "that year", "the previous day", "the day before".
//!
//! ```text
//! The siege began on 8 June 2012. The next day water ran out; the following month it was over.
//! ---
//! date "8 June 2012" 2012-06-08
//! date "The next day" 2012-06-09
//! date "the following month" 2012-07
//! ```
//!
//! ```text
//! In 1995 the front collapsed. Later that year a truce was signed, and the following year it held.
//! ---
//! date "1995" 1995
//! date "Later that year" 1995
//! date "the following year" 1996
//! ```

use super::super::period::{Period, Unit, add};
use super::super::reader::{Reader, Reading};

pub(crate) fn following(reader: &Reader, at: usize) -> Option<Reading> {
    let (shift, unit_at, after) = match (reader.word(at), reader.word(at + 1), reader.word(at + 2)) {
        ("the" | "that", "same", _) | ("this", "same", _) => (0, at + 2, 0),
        ("that", _, _) => (0, at + 1, 0),
        ("the", "next" | "following" | "subsequent", _) => (1, at + 2, 0),
        ("the", "previous" | "preceding" | "prior", _) => (-1, at + 2, 0),
        ("the", _, "before") if ends_phrase(reader, at + 3) => (-1, at + 1, 1),
        ("the", _, "after" | "following") if ends_phrase(reader, at + 3) => (1, at + 1, 1),
        _ => return None,
    };
    let (unit, is_plural) = reader.unit(unit_at)?;
    if is_plural || unit.is_within_day() {
        return None;
    }
    let end = unit_at + 1 + after;
    let Some(then) = reader.then() else {
        return Reading::open(end, ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(shift + 1) as usize]);
    };
    if then.unit() > unit {
        return match (unit, then) {
            (Unit::Day, Period::Month(..)) => Reading::open(end, format!("{then}-XX")),
            (Unit::Day, Period::Year(_)) => Reading::open(end, format!("{then}-XX-XX")),
            (Unit::Month, Period::Year(_)) => Reading::open(end, format!("{then}-XX")),
            _ => Reading::open(end, ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][(shift + 1) as usize]),
        };
    }
    let there = add(then.interval()?.from, unit.times(shift)?)?;
    Reading::date(end, Period::around(there, unit))
}

/// Whether nothing that "before" or "after" could govern begins at `at`.
fn ends_phrase(reader: &Reader, at: usize) -> bool {
    !matches!(
        reader.tag(at),
        "DT" | "PRP" | "PRP$" | "NNP" | "NN" | "NNS" | "JJ" | "VBG" | "CD" | "NNPS" | "EX" | "WP"
    )
}
