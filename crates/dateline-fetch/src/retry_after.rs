//! `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// No server means longer than a year; a larger number is one that overflowed on its side.
const YEAR: Duration = Duration::from_secs(366 * 24 * 3600);

/// How long the header asks us to wait, seen from `now`. A date that has passed asks for nothing.
///
/// ```text
/// Retry-After: 120
/// Retry-After: Fri, 31 Dec 1999 23:59:59 GMT
/// ```
pub(crate) fn parse(header: &str, now: SystemTime) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a year too.
        return Some(header.parse().map_or(YEAR, Duration::from_secs).min(YEAR));
    }
    let until = httpdate::parse_http_date(header).ok()?;
    Some(until.duration_since(now).unwrap_or(Duration::ZERO).min(YEAR))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn seconds_and_dates_are_read() {
        let now = at(784_111_777 - 60);
        let seconds = |header| parse(header, now).map(|wait| wait.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(60));
        assert_eq!(seconds("Sunday, 06-Nov-94 08:49:37 GMT"), Some(60), "the old form");
        assert_eq!(seconds("Sun Nov  6 08:49:37 1994"), Some(60), "the form of C");
        assert_eq!(seconds("Sat, 05 Nov 1994 08:49:37 GMT"), Some(0), "it has passed");
        assert_eq!(seconds("99999999999999999999"), Some(YEAR.as_secs()));
        for nonsense in ["", "soon", "-5", "1.5", "12 minutes"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn no_header_breaks_it(header in "\\PC{0,60}", now in 0u64..4_000_000_000) {
            if let Some(wait) = parse(&header, at(now)) {
                prop_assert!(wait <= YEAR);
            }
        }
    }
}
