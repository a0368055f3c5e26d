//! Month: "June", "June 2014", "last April", "this September", "July of that year",
//! "between March and May 1944".
//!
//! A month without its year is the last one in a clause that looks back, the next one in a clause
//! that looks ahead. "May" the auxiliary, "march" the verb and Ms. June are none.
//!
//! ```text
//! The alliance was launched in June and may be renewed in December.
//! ---
//! date "June" 2020-06
//! date "December" 2021-12
//! ```
//!
//! ```text
//! The January killing of a general led to the April 2020 protests.
//! ---
//! date "January" 2021-01
//! date "April 2020" 2020-04
//! ```
//!
//! ```text
//! Last May the workers began a march that may end next September.
//! ---
//! date "Last May" 2020-05
//! date "next September" 2021-09
//! ```
//!
//! ```text
//! May will visit Berlin in May, her office said, and was asked: May I come in?
//! ---
//! date "May" 2021-05
//! ```
//!
//! ```text
//! Protesters march on the palace, Theresa May said.
//! ---
//! no dates
//! ```

use super::super::period::Period;
use super::super::reader::{Reader, Reading};
use super::absolute::year_after;

pub(crate) fn month(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some((year @ 1000..=2199, 4)) = reader.plain(at)
        && let Some((month, end)) = reader.month(at + 1)
        && reader.plain(end).is_none()
        && !reader.is_mark(end, ',')
    {
        return Reading::date(end, Period::Month(year as i16, month));
    }
    let (word, start) = match reader.word(at) {
        "the" if matches!(reader.word(at + 1), "previous" | "following" | "month") => {
            (reader.word(at + 1), at + 2)
        }
        "this" if matches!(reader.word(at + 1), "past" | "coming" | "last") => {
            (if reader.word(at + 1) == "coming" { "next" } else { "last" }, at + 2)
        }
        word @ ("last" | "next" | "this" | "previous") => (word, at + 1),
        _ => ("", at),
    };
    let (month, end) = reader.month(start)?;
    if is_false_friend(reader, start, end) {
        return None;
    }
    if word.is_empty() {
        if let Some((year, end)) = year_after(reader, end) {
            return Reading::date(end, Period::Month(year, month));
        }
        let year = year_at_range_end(reader, month, end).or_else(|| reader.year_of(month, None, start));
        return match year {
            Some(year) => Reading::date(end, Period::Month(year, month)),
            None => Reading::open(end, format!("XXXX-{month:02}")),
        };
    }
    let anchor = match word {
        "previous" | "following" => reader.then(),
        _ => reader.now(),
    };
    let (Some(year), here) = (anchor.and_then(Period::year), anchor.and_then(Period::month).unwrap_or(1))
    else {
        return Reading::open(end, format!("XXXX-{month:02}"));
    };
    let year = match word {
        "last" | "previous" if month >= here => year - 1,
        "next" | "following" if month <= here => year + 1,
        _ => year,
    };
    Reading::date(end, Period::Month(year, month))
}

/// "March" in "between March and May 1944".
fn year_at_range_end(reader: &Reader, month: u8, at: usize) -> Option<i16> {
    if !(reader.is_dash(at) || matches!(reader.word(at), "to" | "and" | "or" | "until" | "through")) {
        return None;
    }
    let (last, end) = reader.month(at + 1)?;
    let (year, _) =
        year_after(reader, end).filter(|_| reader.plain(end).is_some() || reader.is_mark(end, ','))?;
    Some(if month > last { year - 1 } else { year })
}

fn is_false_friend(reader: &Reader, at: usize, end: usize) -> bool {
    let is_followed_by_year = reader.plain(end).is_some();
    if is_followed_by_year {
        return false;
    }
    if matches!(reader.name_label(at), "PERSON" | "ORG" | "WORK_OF_ART" | "FAC" | "GPE") {
        return true;
    }
    // "Mar", "Jan", "Dec" alone are names or worse.
    if reader.word(at).len() == 3
        && reader.word(at) != "may"
        && end == at + 1
        && !reader.document.text[reader.lexeme(at).map_or_else(Default::default, |lexeme| lexeme.span)]
            .ends_with('.')
    {
        return true;
    }
    // "the Long March".
    if at > 0
        && reader.is_capital(at - 1)
        && !starts_sentence(reader, at - 1)
        && reader
            .lexeme(at - 1)
            .zip(reader.token(at))
            .is_some_and(|(before, id)| reader.document.head(before.token) == Some(id))
        && reader.unit(at - 1).is_none()
        && reader.weekday(at - 1).is_none()
        && reader.tag(at - 1) != "IN"
    {
        return true;
    }
    let tag = reader.tag(at);
    match reader.word(at) {
        // A month does nothing: "May will visit Berlin".
        "may" if matches!(reader.relation(at), "nsubj" | "nsubjpass") => true,
        "may" => tag == "MD" || !reader.is_capital(at) || starts_sentence(reader, at) && tag != "NNP",
        "march" => {
            tag.starts_with("VB") || !reader.is_capital(at) || tag == "NN" && starts_sentence(reader, at)
        }
        "august" => !reader.is_capital(at),
        _ => false,
    }
}

fn starts_sentence(reader: &Reader, at: usize) -> bool {
    reader.token(at).is_some_and(|id| reader.document.sentence_of(id).start == id)
}
