//! Runs the examples in the comments of `src/date/expressions/`, with real weights.
//!
//! The stories are published on Wednesday, 10 March 2021, unless their first line says otherwise:
//! `(published 2015-06-01)`, `(published never)`. An answer gives the days that an expression covers where
//! its value doesn't say them already, or "open" where they are not known.

mod support;

use std::fmt::Write as _;

use dateline_coder::date::{find_dates, interval_of_value};
use dateline_document::{Article, DateKind, PublishedAt, PublishedBasis};

#[test]
fn the_examples_of_every_expression_hold() {
    support::check_examples("src/date/expressions", answer);
}

fn answer(story: &str) -> String {
    let (published, text) = match story.strip_prefix("(published ").and_then(|rest| rest.split_once(")\n")) {
        Some((published, text)) => (published, text),
        None => ("2021-03-10", story),
    };
    let mut article = Article::from_text(text);
    article.published_at =
        published.parse().ok().map(|date| PublishedAt { date, time: None, basis: PublishedBasis::Argument });
    let document = support::pipeline().read_article(&article);
    let mut out = String::new();
    for date in find_dates(&article, &document) {
        let kind = match date.kind {
            DateKind::Date => "date",
            DateKind::Time => "time",
            DateKind::Duration => "duration",
            DateKind::Set => "set",
        };
        let value = date.value.unwrap_or_default();
        let days = match date.interval {
            None if kind == "set" => String::new(),
            None => ", open".into(),
            interval if interval == interval_of_value(&value) => String::new(),
            Some(interval) => format!(", {} to {}", interval.from, interval.to),
        };
        writeln!(out, "{kind} \"{}\" {value}{days}", &document.text[date.span])
            .expect("a string takes all that is written");
    }
    if out.is_empty() { "no dates\n".into() } else { out }
}
