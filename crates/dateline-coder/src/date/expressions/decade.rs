//! Decade: decades and centuries: "the 1990s", "the '80s", "the nineties", "the 480s BC",
//! "the 19th century", "eighteenth-century".
//!
//! ```text
//! The rift of the 1990s goes back to the sixties, if not the 19th century.
//! ---
//! date "the 1990s" 199
//! date "the sixties" 196
//! date "the 19th century" 18
//! ```
//!
//! ```text
//! He is in his sixties and drives in the 80s.
//! ---
//! no dates
//! ```

use super::super::lexeme::Form;
use super::super::number::ordinal;
use super::super::period::Period;
use super::super::reader::{Reader, Reading};

pub(crate) fn decade(reader: &Reader, at: usize) -> Option<Reading> {
    let has_article = reader.word(at) == "the";
    let mut start = if has_article { at + 1 } else { at };
    if matches!(reader.word(start), "early" | "late" | "mid") && has_article {
        start += 1;
        if reader.is_dash(start) {
            start += 1;
        }
    }
    if let Some(reading) = century(reader, start) {
        return Some(reading);
    }
    let is_short = reader.is_apostrophe(start);
    if is_short {
        start += 1;
    }
    match reader.form(start)? {
        Form::Decade { value, digits } => {
            let mut end = start + 1;
            if matches!(reader.word(end), "bc" | "bce") {
                end += 1;
                return Reading::date(end, Period::Decade(-((value / 10) as i16)));
            }
            match digits {
                4 if (1000..2200).contains(&value) && value % 10 == 0 => {
                    Reading::date(end, Period::Decade((value / 10) as i16))
                }
                2 if is_short && value % 10 == 0 => Reading::date(end, Period::Decade(recent(value))),
                _ => None,
            }
        }
        // "1990's".
        Form::Number { value, digits: 4 }
            if has_article && value % 10 == 0 && (1000..2200).contains(&value) =>
        {
            let is_plural = reader.is_apostrophe(start + 1)
                && reader.word(start + 2) == "s"
                && reader.is_joined(start + 1);
            is_plural.then(|| Reading::date(start + 3, Period::Decade((value / 10) as i16)))?
        }
        Form::Word if has_article => {
            let value = match reader.word(start) {
                "noughties" => 0,
                "twenties" => 20,
                "thirties" => 30,
                "forties" => 40,
                "fifties" => 50,
                "sixties" => 60,
                "seventies" => 70,
                "eighties" => 80,
                "nineties" => 90,
                _ => return None,
            };
            Reading::date(start + 1, Period::Decade(recent(value)))
        }
        _ => None,
    }
}

/// "The twenties" are this century's, all others the last one's.
fn recent(value: u32) -> i16 {
    let value = (value / 10) as i16;
    if value <= 2 { 200 + value } else { 190 + value }
}

fn century(reader: &Reader, at: usize) -> Option<Reading> {
    let (number, end) = ordinal(reader, at)?;
    let end = if reader.is_dash(end) { end + 1 } else { end };
    if reader.word(end) != "century" || !(1..=22).contains(&number) {
        return None;
    }
    let number = number as i16;
    if matches!(reader.word(end + 1), "bc" | "bce") {
        return Reading::date(end + 2, Period::Century(-number));
    }
    Reading::date(end + 1, Period::Century(number - 1))
}
