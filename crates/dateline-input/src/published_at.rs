//! The time of publication as a caller says it.

use dateline_document::{PublishedAt, PublishedBasis};
use jiff::civil::Date;

/// "2020-08-17", or a date and time: "2020-08-17T09:30:00+03:00".
pub fn published_at(text: &str) -> Result<PublishedAt, String> {
    let date: Date = text.parse().map_err(|_| {
        "a date looks like 2020-08-17, a date and time like 2020-08-17T09:30:00+03:00".to_string()
    })?;
    let time = text.contains(['T', 't', ' ']).then(|| text.to_string());
    Ok(PublishedAt { date, time, basis: PublishedBasis::Argument })
}
