//! Numbers as news writes them: "17", "three", "twenty-four", "a couple of", "several".

use super::lexeme::Form;
use super::reader::Reader;

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    Exact(f64),
    /// "a few", "several", "dozens of".
    Unknown,
}

impl Amount {
    /// The amount, if it is whole and small enough to count with.
    pub fn whole(self) -> Option<i32> {
        match self {
            Amount::Exact(value) if value.fract() == 0.0 && value.abs() < 100_000.0 => Some(value as i32),
            _ => None,
        }
    }
}

/// The number written from lexeme `at` on, and where it ends. "a" counts as one only where
/// something is counted ("a week"), which the caller sees to.
pub(crate) fn amount(reader: &Reader, at: usize) -> Option<(Amount, usize)> {
    let (first, end) = single_amount(reader, at)?;
    // "two to three weeks", "12 or 18 months": the first is what the writer vouches for.
    let between = reader.word(end);
    let is_range = matches!(between, "to" | "or") || reader.is_dash(end);
    if is_range
        && let (Amount::Exact(low), Some((Amount::Exact(high), range_end))) =
            (first, single_amount(reader, end + 1))
        && high > low
        && (reader.unit(range_end).is_some() || reader.is_dash(range_end))
    {
        return Some((first, range_end));
    }
    Some((first, end))
}

fn single_amount(reader: &Reader, at: usize) -> Option<(Amount, usize)> {
    match reader.form(at)? {
        Form::Quantity(value) => return Some((Amount::Exact(value), at + 1)),
        Form::Number { value, .. } => {
            if let Some((part, end)) = fraction(reader, at + 1) {
                return Some((Amount::Exact(f64::from(value) + part), end));
            }
            if reader.word(at + 1) == "and" && reader.word(at + 2) == "a" && reader.word(at + 3) == "half" {
                return Some((Amount::Exact(f64::from(value) + 0.5), at + 4));
            }
            return Some((Amount::Exact(f64::from(value)), at + 1));
        }
        Form::Word => {}
        _ => return None,
    }
    let vague = match (reader.word(at), reader.word(at + 1), reader.word(at + 2)) {
        ("a", "couple", "of") => Some((Amount::Exact(2.0), 3)),
        ("a", "couple", _) => Some((Amount::Exact(2.0), 2)),
        ("couple", "of", _) => Some((Amount::Exact(2.0), 2)),
        ("a", "dozen", _) => Some((Amount::Exact(12.0), 2)),
        ("a", "few" | "handful", "of") => Some((Amount::Unknown, 3)),
        ("a", "few", _) | ("quite", "a", "few") | ("a", "number", "of") => {
            Some((Amount::Unknown, if reader.word(at + 1) == "few" { 2 } else { 3 }))
        }
        ("several" | "few" | "many" | "some", "more", _) => Some((Amount::Unknown, 2)),
        ("dozens" | "hundreds" | "thousands", "of", _) => Some((Amount::Unknown, 2)),
        ("several" | "few" | "many", _, _) => Some((Amount::Unknown, 1)),
        ("half", "hour" | "year" | "century" | "decade", _) => Some((Amount::Exact(0.5), 1)),
        ("half", "a" | "an", _) => Some((Amount::Exact(0.5), 2)),
        ("a", "half", _) => Some((Amount::Exact(0.5), 2)),
        ("a", "hundred", _) => Some((Amount::Exact(100.0), 2)),
        ("a", "thousand", _) => Some((Amount::Exact(1000.0), 2)),
        ("a" | "an", _, _) => Some((Amount::Exact(1.0), 1)),
        _ => None,
    };
    if let Some((amount, length)) = vague {
        return Some((amount, at + length));
    }
    let (value, mut end) = cardinal(reader, at)?;
    let mut value = f64::from(value);
    if reader.word(end) == "and" && reader.word(end + 1) == "a" && reader.word(end + 2) == "half" {
        value += 0.5;
        end += 3;
    }
    Some((Amount::Exact(value), end))
}

/// "1/2" or "½".
fn fraction(reader: &Reader, at: usize) -> Option<(f64, usize)> {
    if reader.form(at) == Some(Form::Mark('½')) {
        return Some((0.5, at + 1));
    }
    let (1, _) = reader.plain(at)? else { return None };
    (reader.form(at + 1) == Some(Form::Mark('/')) && reader.plain(at + 2)?.0 == 2).then_some((0.5, at + 3))
}

/// A cardinal in words: "three", "twenty-four", "two thousand".
pub(crate) fn cardinal(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    let (mut value, mut end) = below_hundred(reader, at)?;
    for (word, size) in [("hundred", 100), ("thousand", 1000)] {
        if reader.word(end) == word {
            value *= size;
            end += 1;
            let after = if reader.word(end) == "and" { end + 1 } else { end };
            if let Some((rest, rest_end)) = below_hundred(reader, after)
                && rest < size
            {
                value += rest;
                end = rest_end;
            }
        }
    }
    Some((value, end))
}

/// "seven", "forty", "forty-seven".
pub(crate) fn below_hundred(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    let value = simple_cardinal(reader.word(at))?;
    if (20..100).contains(&value) {
        let next = if reader.is_dash(at + 1) { at + 2 } else { at + 1 };
        if let Some(ones) = simple_cardinal(reader.word(next)).filter(|ones| (1..10).contains(ones)) {
            return Some((value + ones, next + 1));
        }
    }
    Some((value, at + 1))
}

fn simple_cardinal(word: &str) -> Option<u32> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// "first", "17th", "twenty-first".
pub(crate) fn ordinal(reader: &Reader, at: usize) -> Option<(u32, usize)> {
    if let Some(Form::Ordinal(value)) = reader.form(at) {
        return Some((value, at + 1));
    }
    if let Some(value) = simple_ordinal(reader.word(at)) {
        return Some((value, at + 1));
    }
    let tens = simple_cardinal(reader.word(at)).filter(|&tens| tens >= 20)?;
    let next = if reader.is_dash(at + 1) { at + 2 } else { at + 1 };
    let ones = simple_ordinal(reader.word(next)).filter(|&ones| ones < 10)?;
    Some((tens + ones, next + 1))
}

fn simple_ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    })
}
