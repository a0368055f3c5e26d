//! Days as numbers, to count between them, and as text, as they stand in the file.

use jiff::civil::Date;

/// Days since 1970-01-01 of "2024-05-15", or of the day that a date-time begins with.
pub(crate) fn number(text: &str) -> Option<i32> {
    let date: Date = text.get(..10)?.parse().ok()?;
    epoch().until(date).ok().map(|span| span.get_days())
}

pub(crate) fn text(number: i32) -> String {
    let span = jiff::Span::new().try_days(i64::from(number)).unwrap_or_default();
    epoch().checked_add(span).map(|date| date.to_string()).unwrap_or_default()
}

fn epoch() -> Date {
    jiff::civil::date(1970, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for day in ["1969-12-31", "1970-01-01", "2024-02-29", "2100-03-01"] {
            assert_eq!(text(number(day).unwrap()), day);
        }
        assert_eq!(number("2024-05-15T10:00:00Z"), number("2024-05-15"));
        assert_eq!(number("May"), None);
    }
}
