//! Season: "this summer", "last fall", "the spring of 1968", "summer 1940", "in winter".
//!
//! "The fall of Saigon" and "a spring in the desert" are no seasons.
//!
//! ```text
//! Prices rose last summer and in the spring of 2019.
//! ---
//! date "last summer" 2020-SU
//! date "the spring of 2019" 2019-SP
//! ```
//!
//! ```text
//! The fall of the government came as prices fall.
//! ---
//! no dates
//! ```

use super::super::period::{Period, Season};
use super::super::reader::{Reader, Reading};
use super::super::tense::Tense;
use super::absolute::year_after;

pub(crate) fn season(reader: &Reader, at: usize) -> Option<Reading> {
    // "1940 summer".
    if let Some((number, 4)) = reader.plain(at)
        && (1000..2200).contains(&number)
        && let Some(season) = reader.season(at + 1)
        && season != Season::Fall
    {
        return Reading::date(at + 2, Period::Season(number as i16, season));
    }
    let (word, start) = match (reader.word(at), reader.word(at + 1)) {
        ("this", "past" | "last") => ("last", at + 2),
        ("this", "coming") => ("next", at + 2),
        ("the", "next" | "following") => ("following", at + 2),
        ("the", "previous") => ("previous", at + 2),
        (word @ ("this" | "last" | "next" | "the" | "that"), _) => (word, at + 1),
        _ => ("", at),
    };
    let start =
        if matches!(reader.word(start), "early" | "late") && word == "the" { start + 1 } else { start };
    let season = reader.season(start)?;
    if reader.tag(start).starts_with("VB") {
        return None;
    }
    let end = start + 1;
    if let Some((year, end)) = year_after(reader, end) {
        return Reading::date(end, Period::Season(year, season));
    }
    let is_after_preposition = matches!(
        reader.word_before(at),
        "in" | "during"
            | "by"
            | "until"
            | "since"
            | "through"
            | "throughout"
            | "every"
            | "each"
            | "of"
            | "early"
            | "late"
            | "over"
            | "before"
            | "after"
            | "for"
    ) || reader.is_dash(at.wrapping_sub(1));
    let is_bare = matches!(word, "" | "the");
    // "Spent the winter": the other two are as often a coil and a collapse.
    let is_plain = word == "the" && matches!(season, Season::Winter | Season::Summer);
    if is_bare
        && (!(is_after_preposition || is_plain)
            || reader.word(end) == "of"
            || reader.is_dash(end)
            || reader.tag(end).starts_with("NN"))
    {
        return None;
    }
    if season == Season::Fall && is_bare && reader.word_before(at) == "of" {
        return None;
    }
    let anchor = match word {
        "that" | "following" | "previous" => reader.then(),
        _ => reader.now(),
    };
    let Some(now) = anchor else { return Reading::open(end, format!("XXXX-{}", season.code())) };
    let (year, month) = (now.year()?, now.month());
    let Some(month) = month else { return Reading::date(end, Period::Season(year, season)) };
    let (first, last) = match season {
        Season::Spring => (3, 5),
        Season::Summer => (6, 8),
        Season::Fall => (9, 11),
        Season::Winter => (12, 14),
    };
    let is_on = (first..=last).contains(&month) || (season == Season::Winter && month <= 2);
    let in_winter = season == Season::Winter && month <= 2;
    let this = if in_winter { year - 1 } else { year };
    let has_begun = month >= first || in_winter;
    let year = match word {
        _ if reader.is_narrative() && matches!(word, "" | "the") => year,
        "last" | "previous" if is_on || !has_begun => this - 1,
        "last" | "previous" => this,
        "next" | "following" if has_begun => this + 1,
        "next" | "following" => this,
        _ if is_on => this,
        _ => match reader.tense(start) {
            Tense::Past if !has_begun => this - 1,
            Tense::Future if month > last => this + 1,
            _ => this,
        },
    };
    Reading::date(end, Period::Season(year, season))
}
