//! What a server says of text and data mining: in headers, in its own file, in robots.txt.
//!
//! What the page itself says (`<meta>`) is read where pages are read.

use dateline_document::{TdmWord, robots_reserve};
use reqwest::Url;
use reqwest::header::HeaderMap;
use robotxt::Robots;
use robotxt::url::Position;
use serde::Deserialize;

/// Rules of a file of reservations that are looked at.
const RULES: usize = 1000;

/// The headers `tdm-reservation` and `tdm-policy` (TDMRep, section 6.2).
pub(crate) fn tdm_header(headers: &HeaderMap) -> Option<TdmWord> {
    let value = |name: &str| headers.get(name)?.to_str().ok();
    TdmWord::read(value("tdm-reservation"), value("tdm-policy"))
}

/// Whether an `X-Robots-Tag` header that is meant for us says "noai". One may be meant for a robot by
/// name: "otherbot: noai".
pub(crate) fn robots_tag(headers: &HeaderMap, product: &str) -> bool {
    headers.get_all("x-robots-tag").iter().filter_map(|value| value.to_str().ok()).any(|value| {
        match value.split_once(':') {
            Some((name, directives)) if is_robot(name) => {
                name.trim().eq_ignore_ascii_case(product) && robots_reserve(directives)
            }
            _ => robots_reserve(value),
        }
    })
}

/// Whether the word before the first colon names a robot, and not a directive with a value.
fn is_robot(word: &str) -> bool {
    const WITH_VALUE: [&str; 4] =
        ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];
    let word = word.trim();
    !word.is_empty()
        && !word.contains([',', ' '])
        && !WITH_VALUE.iter().any(|directive| word.eq_ignore_ascii_case(directive))
}

/// One rule of `/.well-known/tdmrep.json`.
#[derive(Deserialize)]
struct Rule {
    location: String,
    #[serde(rename = "tdm-reservation")]
    reservation: serde_json::Value,
    #[serde(rename = "tdm-policy")]
    policy: Option<String>,
}

/// A server's file of reservations (TDMRep, section 6.1): each location with what holds there.
#[derive(Clone, Debug, Default)]
pub(crate) struct TdmFile {
    rules: Vec<(Robots, TdmWord)>,
}

impl TdmFile {
    /// Reads the file. What is no such file says nothing: servers answer any question with a page.
    pub fn read(bytes: &[u8]) -> TdmFile {
        let rules: Vec<serde_json::Value> = serde_json::from_slice(bytes).unwrap_or_default();
        let rules = rules.into_iter().take(RULES).filter_map(|rule| {
            let rule: Rule = serde_json::from_value(rule).ok()?;
            let reservation = match &rule.reservation {
                serde_json::Value::String(word) => word.clone(),
                number => number.to_string(),
            };
            let word = TdmWord::read(Some(&reservation), rule.policy.as_deref())?;
            Some((pattern(&rule.location)?, word))
        });
        TdmFile { rules: rules.collect() }
    }

    /// What holds for an address. Patterns are those of robots.txt, and like there the longest one
    /// that fits decides.
    pub fn word_for(&self, url: &Url) -> Option<&TdmWord> {
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let fitting = self
            .rules
            .iter()
            .filter_map(|(pattern, word)| Some((pattern.matching_rule(path)?.pattern().len(), word)));
        // Of patterns of one length the first decides.
        fitting.rev().max_by_key(|(length, _)| *length).map(|(_, word)| word)
    }
}

/// A location as the only rule of a robots.txt, so that it fits what it would fit there.
fn pattern(location: &str) -> Option<Robots> {
    let location = location.trim();
    let is_one_line = !location.chars().any(|character| character.is_control() || character == '#');
    (is_one_line && !location.is_empty())
        .then(|| Robots::parse(format!("user-agent: *\ndisallow: {location}").as_bytes(), "*"))
}

/// Uses of robots.txt's signals that are text and data mining.
const MINING: [&str; 4] = ["ai-train", "train-ai", "tdm", "ai"];

/// Whether robots.txt, in the groups of `agent` (the one that applies to us), says no to mining:
/// `Content-Signal: search=yes, ai-train=no`, or `Content-Usage: train-ai=n` of the IETF's draft.
pub(crate) fn robots_text(text: &[u8], agent: &str) -> bool {
    let text = String::from_utf8_lossy(&text[..text.len().min(robotxt::BYTE_LIMIT)]);
    let (mut applies, mut among_agents) = (false, false);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        match key.as_str() {
            "user-agent" => {
                applies = (among_agents && applies) || value.eq_ignore_ascii_case(agent);
                among_agents = true;
            }
            "content-signal" | "content-usage" if applies && says_no(value) => return true,
            "sitemap" => {}
            _ => among_agents = false,
        }
    }
    false
}

fn says_no(signals: &str) -> bool {
    signals.split([',', ' ', ';']).filter_map(|signal| signal.split_once('=')).any(|(usage, word)| {
        MINING.iter().any(|mining| usage.trim().eq_ignore_ascii_case(mining))
            && matches!(word.trim().to_ascii_lowercase().as_str(), "n" | "no")
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(lines: &[(&str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            let name: reqwest::header::HeaderName = name.parse().unwrap();
            headers.append(name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn headers_reserve_or_say_that_nothing_is_reserved() {
        let word = |lines: &[(&str, &str)]| tdm_header(&headers(lines));
        let reserved =
            word(&[("TDM-Reservation", "1"), ("tdm-policy", "https://example.org/terms.json")]).unwrap();
        assert!(reserved.is_reserved);
        assert_eq!(reserved.policy.as_deref(), Some("https://example.org/terms.json"));
        assert!(!word(&[("tdm-reservation", "0")]).unwrap().is_reserved);
        assert_eq!(word(&[("tdm-reservation", "true")]), None);
        assert_eq!(word(&[("tdm-policy", "https://example.org/terms.json")]), None);
    }

    #[test]
    fn robots_tags_are_read_when_they_are_meant_for_us() {
        let reserves = |values: &[&str]| {
            let lines: Vec<(&str, &str)> = values.iter().map(|value| ("x-robots-tag", *value)).collect();
            robots_tag(&headers(&lines), "dateline")
        };
        assert!(reserves(&["noindex, noai, noimageai"]));
        assert!(reserves(&["all", "NOAI"]));
        assert!(reserves(&["dateline: noai"]));
        assert!(reserves(&["unavailable_after: 25 Jun 2030 15:00:00 PST, noai"]));
        assert!(!reserves(&["otherbot: noai"]));
        assert!(!reserves(&["noindex, nofollow, max-snippet:20"]));
        assert!(!reserves(&[]));
    }

    #[test]
    fn the_server_s_file_says_what_holds_where() {
        let file = TdmFile::read(
            br#"[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://example.org/all"},
                 {"location": "/open/", "tdm-reservation": 0},
                 {"location": "/open/*.pdf$", "tdm-reservation": 1},
                 {"location": "no slash"}, 7]"#,
        );
        let reserved = |path: &str| {
            let url = Url::parse("https://example.org").unwrap().join(path).unwrap();
            file.word_for(&url).map(|word| word.is_reserved)
        };
        assert_eq!(reserved("/news/ferry.html"), Some(true));
        assert_eq!(reserved("/open/ferry.html"), Some(false));
        assert_eq!(reserved("/open/ferry.pdf"), Some(true));
        assert!(TdmFile::read(b"<!doctype html><p>Not found").rules.is_empty());
        assert!(TdmFile::read(b"{}").rules.is_empty());
    }

    #[test]
    fn signals_in_robots_text_hold_for_their_group() {
        let text = b"User-agent: otherbot\nContent-Signal: ai-train=no\n\nUser-agent: *\nUser-agent: more\n\
            Content-Signal: search=yes, ai-train=no # thanks\nAllow: /\n";
        assert!(robots_text(text, "*"));
        assert!(robots_text(text, "otherbot"));
        assert!(!robots_text(text, "dateline"));
        assert!(robots_text(b"User-Agent: *\nAllow: /\nContent-Usage: /news train-ai=n\n", "*"));
        assert!(!robots_text(b"User-Agent: *\nContent-Signal: search=no, ai-train=yes\n", "*"));
        assert!(!robots_text(b"Content-Signal: ai-train=no\n", "*"), "it stands before every group");
    }

    proptest! {
        #[test]
        fn no_bytes_break_them(bytes in prop::collection::vec(any::<u8>(), 0..300), path in "[ -~]{0,40}") {
            robots_text(&bytes, "*");
            let file = TdmFile::read(&bytes);
            if let Ok(url) = Url::parse("http://example.org/").unwrap().join(&path) {
                file.word_for(&url);
            }
        }

        #[test]
        fn no_location_breaks_it(location in "\\PC{0,40}", path in "/[ -~]{0,40}") {
            let rule = serde_json::json!([{ "location": location, "tdm-reservation": 1 }]);
            let file = TdmFile::read(rule.to_string().as_bytes());
            if let Ok(url) = Url::parse("http://example.org/").unwrap().join(&path) {
                file.word_for(&url);
            }
        }

        #[test]
        fn no_header_breaks_them(value in "[ -~]{0,60}") {
            robots_tag(&headers(&[("x-robots-tag", &value)]), "dateline");
            tdm_header(&headers(&[("tdm-reservation", &value), ("tdm-policy", &value)]));
        }
    }
}
