//! Dates: how date expressions are found and laid on the calendar.
//!
//! A story is read once, from left to right. At each word every construction of
//! [`expressions`] is tried and the longest reading is kept; what it says becomes the reference
//! that later words ("two days later") count from. Values are those of TimeML's TIMEX3 tag
//! (ISO-TimeML, ISO 24617-1); intervals are whole days.
//!
//! "The minister said Monday" in a story of 10 March 2021 is `2021-03-08`; in a story without a
//! time of publication it is `XXXX-WXX-1`, and no interval is guessed.

mod expressions;
mod first_words;
mod lexeme;
mod number;
mod period;
mod reader;
mod tense;

use dateline_document::{Article, DateExpression, DateKind, Document, Interval};

use period::Period;
use reader::{Meaning, Reader};

/// Every date, time, duration and repetition that a story speaks of, in text order.
///
/// Relative expressions count from `article.published_at`, or in a narrative of other years from
/// the date last mentioned; with neither they are left open: the value says only what the words
/// do, and the interval is `None`.
pub fn find_dates(article: &Article, document: &Document) -> Vec<DateExpression> {
    let mut reader = Reader::new(article, document);
    let mut found = Vec::new();
    let mut at = 0;
    while at < reader.len() {
        let Some((rule, reading)) = expressions::longest(&reader, at) else {
            at += 1;
            continue;
        };
        reader.remember(at, &reading, rule);
        let (kind, value, interval) = match &reading.meaning {
            Meaning::Date(period) => (DateKind::Date, period.to_string(), period.interval()),
            Meaning::Time(period, time) => (DateKind::Time, format!("{period}{time}"), period.interval()),
            Meaning::Other { kind, value, interval } => (*kind, value.clone(), *interval),
        };
        if let (Some(first), Some(last)) = (reader.lexeme(at), reader.lexeme(reading.end - 1)) {
            found.push(DateExpression {
                span: first.span.cover(last.span),
                kind,
                value: Some(value),
                interval,
                rule,
            });
        }
        at = reading.end;
    }
    found
}

/// First and last day of a TIMEX3 value that names a stretch of the calendar: "2020-W34", "199",
/// "1988-Q3", "2021-03-10T09:00". `None` for all others.
pub fn interval_of_value(value: &str) -> Option<Interval> {
    Period::parse(value)?.interval()
}
