//! Vague: the present, the past and the future without a date: "now", "currently", "recently",
//! "soon", "the future", "these days".
//!
//! ```text
//! The army now holds the pass it recently lost, and will soon move on.
//! ---
//! date "now" PRESENT_REF, open
//! date "recently" PAST_REF, open
//! date "soon" FUTURE_REF, open
//! ```
//!
//! ```text
//! A recent poll says the country currently fears for the future.
//! ---
//! date "recent" PAST_REF, open
//! date "currently" PRESENT_REF, open
//! date "the future" FUTURE_REF, open
//! ```
//!
//! ```text
//! The former minister once more said the current was strong.
//! ---
//! no dates
//! ```

use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;

pub(crate) fn vague(reader: &Reader, at: usize) -> Option<Reading> {
    let (value, length) = match (reader.word(at), reader.word(at + 1), reader.word(at + 2)) {
        ("right", "now", _) => ("PRESENT_REF", 2),
        ("now", ..) if reader.tag(at) != "IN" => ("PRESENT_REF", 1),
        ("currently" | "presently" | "nowadays", ..) => ("PRESENT_REF", 1),
        ("current", ..) if reader.tag(at).starts_with("JJ") && !reader.is_dash(at + 1) => ("PRESENT_REF", 1),
        ("these", "days", _) => ("PRESENT_REF", 2),
        ("the", "time", "being") => ("PRESENT_REF", 3),
        ("at", "present", _) | ("present", "day", _) => ("PRESENT_REF", 2),
        ("more" | "most", "recently", _) => ("PAST_REF", 2),
        ("recently" | "lately", ..) => ("PAST_REF", 1),
        ("recent", ..) if reader.tag(at).starts_with("JJ") && reader.unit(at + 1).is_none() => {
            ("PAST_REF", 1)
        }
        ("the", "past", _) if is_noun(reader, at + 1) => ("PAST_REF", 2),
        ("soon", next, _)
            if next != "after" && reader.word_before(at) != "as" && reader.tense(at) != Tense::Past =>
        {
            ("FUTURE_REF", 1)
        }
        ("the", "near" | "foreseeable", "future") => ("FUTURE_REF", 3),
        ("the", "future", _) if is_noun(reader, at + 1) => ("FUTURE_REF", 2),
        ("future", ..) if reader.unit(at + 1).is_some() => ("FUTURE_REF", 2),
        ("future", ..) if is_noun(reader, at) => ("FUTURE_REF", 1),
        ("as", "soon", "as") if reader.word(at + 3) == "possible" => ("FUTURE_REF", 4),
        _ => return None,
    };
    Reading::open(at + length, value)
}

/// Whether the word is a noun that nothing follows as its head.
fn is_noun(reader: &Reader, at: usize) -> bool {
    reader.tag(at) == "NN" && !reader.tag(at + 1).starts_with("NN") && reader.unit(at + 1).is_none()
}
