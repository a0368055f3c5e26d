//! Clock: times of day, with their day and zone where these are given: "9 a.m. Monday",
//! "08:00 GMT", "noon Thursday", "5 p.m. EST, Nov. 9".
//!
//! The value gives the time as printed; the zone is part of the span, not of the value, as in
//! TimeBank. A time without its day is of today.
//!
//! ```text
//! Polls will open at 8 a.m. Sunday and close at 7:30 p.m.
//! ---
//! time "8 a.m. Sunday" 2021-03-14T08:00
//! time "7:30 p.m." 2021-03-10T19:30
//! ```
//!
//! ```text
//! The quake struck at 0842 GMT on Tuesday, 08:42 in the score.
//! ---
//! time "0842 GMT on Tuesday" 2021-03-09T08:42
//! ```
//!
//! ```text
//! The deadline passed at noon Thursday, and at 5 p.m. EST, Nov. 9, police moved in.
//! ---
//! time "noon Thursday" 2021-03-04T12:00
//! time "5 p.m. EST, Nov. 9" 2020-11-09T17:00
//! ```

use dateline_document::DateKind;

use super::super::period::Period;
use super::super::reader::{Reader, Reading};
use super::day;

pub(crate) fn clock(reader: &Reader, at: usize) -> Option<Reading> {
    if let Some((time, end)) = time_of_day(reader, at) {
        let zoned = zone(reader, end);
        if let Some((period, end)) = day_after(reader, zoned) {
            return Reading::time(end, period, time);
        }
        return undated(reader, zoned, time);
    }
    // "Monday at 9 a.m.", "10/30/2020 22:19".
    let (period, end) = day(reader, at)?;
    let mut start = if reader.is_mark(end, ',') { end + 1 } else { end };
    if reader.word(start) == "at" {
        start += 1;
        if reader.word(start) == "about" || reader.word(start) == "around" {
            start += 1;
        }
    }
    let (time, end) = time_of_day(reader, start).or_else(|| with_seconds(reader, start))?;
    Reading::time(zone(reader, end), period, time)
}

fn undated(reader: &Reader, end: usize, time: String) -> Option<Reading> {
    match reader.then() {
        Some(Period::Day(date)) if reader.is_narrative() => Reading::time(end, Period::Day(date), time),
        _ => match reader.now() {
            Some(Period::Day(date)) => Reading::time(end, Period::Day(date), time),
            _ => Reading::other(end, DateKind::Time, format!("XXXX-XX-XX{time}"), None),
        },
    }
}

fn day_after(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let start = if reader.is_mark(at, ',') { at + 1 } else { at };
    let start = if matches!(reader.word(start), "on" | "of") { start + 1 } else { start };
    day(reader, start)
}

/// A time from `at` on: the value's part from "T".
fn time_of_day(reader: &Reader, at: usize) -> Option<(String, usize)> {
    match reader.word(at) {
        "noon" | "midday" => return Some(("T12:00".into(), at + 1)),
        "midnight" => return Some(("T24:00".into(), at + 1)),
        _ => {}
    }
    let (first, digits) = reader.plain(at)?;
    // "7:30 p.m.", "7.30pm", "08:00 GMT".
    let (hour, minute, end) = match reader.plain(at + 2) {
        Some((minute, 2))
            if minute < 60
                && digits <= 2
                && (reader.is_mark(at + 1, ':') || reader.is_mark(at + 1, '.'))
                && reader.is_joined(at + 2) =>
        {
            (first, minute, at + 3)
        }
        _ if digits <= 2 => (first, 0, at + 1),
        _ if digits == 4 && first % 100 < 60 => {
            let end = at + 1;
            let is_clock = zone(reader, end) > end || matches!(reader.word(end), "hrs" | "hours");
            if !is_clock || first >= 2400 {
                return None;
            }
            (first / 100, first % 100, end)
        }
        _ => return None,
    };
    let has_minutes = end == at + 3;
    let half = match reader.word(end) {
        "am" | "pm" => Some((reader.word(end), end + 1)),
        "a" | "p" if reader.is_mark(end + 1, '.') && reader.word(end + 2) == "m" => {
            Some((if reader.word(end) == "a" { "am" } else { "pm" }, reader.skip_dot(end + 3)))
        }
        _ => None,
    };
    match half {
        Some((half, end)) if (1..=12).contains(&hour) => {
            let hour = hour % 12 + if half == "pm" { 12 } else { 0 };
            Some((format!("T{hour:02}:{minute:02}"), end))
        }
        Some(_) => None,
        None if digits == 4 => {
            let end = if matches!(reader.word(end), "hrs" | "hours") { end + 1 } else { end };
            Some((format!("T{hour:02}:{minute:02}"), end))
        }
        None if has_minutes && reader.is_mark(at + 1, ':') && hour < 24 => {
            // A bare "08:42" is as often a result or a verse.
            let is_clock = zone(reader, end) > end
                || matches!(reader.word(end), "hrs" | "hours")
                || matches!(reader.word_before(at), "at" | "by" | "until" | "since" | "around");
            let end = if matches!(reader.word(end), "hrs" | "hours") { end + 1 } else { end };
            (is_clock && digits <= 2).then(|| (format!("T{hour:02}:{minute:02}"), end))
        }
        None if reader.word(end) == "o"
            && reader.is_apostrophe(end + 1)
            && reader.word(end + 2) == "clock"
            && hour <= 12 =>
        {
            Some((format!("T{hour:02}:00"), end + 3))
        }
        None => None,
    }
}

/// "22:19:00" after a date.
fn with_seconds(reader: &Reader, at: usize) -> Option<(String, usize)> {
    let (hour, 1..=2) = reader.plain(at)? else { return None };
    let (minute, 2) = reader.plain(at + 2)? else { return None };
    if !reader.is_mark(at + 1, ':') || hour > 23 || minute > 59 {
        return None;
    }
    if reader.is_mark(at + 3, ':')
        && let Some((second @ 0..=60, 2)) = reader.plain(at + 4)
    {
        return Some((format!("T{hour:02}:{minute:02}:{second:02}"), at + 5));
    }
    Some((format!("T{hour:02}:{minute:02}"), at + 3))
}

/// Past the name of a time zone, in brackets or not.
fn zone(reader: &Reader, at: usize) -> usize {
    let start = if reader.is_mark(at, '(') { at + 1 } else { at };
    let is_zone = matches!(
        reader.word(start),
        "gmt"
            | "utc"
            | "est"
            | "edt"
            | "cst"
            | "cdt"
            | "mst"
            | "mdt"
            | "pst"
            | "pdt"
            | "et"
            | "bst"
            | "cet"
            | "cest"
            | "ist"
            | "eet"
            | "eest"
            | "jst"
            | "msk"
            | "sast"
            | "wat"
            | "eat"
    );
    let is_local = matches!(
        (reader.word(start), reader.word(start + 1)),
        ("local" | "eastern" | "pacific" | "central", "time")
    );
    match (is_zone, is_local) {
        (true, _) => start + 1,
        (_, true) => start + 2,
        _ => at,
    }
}
