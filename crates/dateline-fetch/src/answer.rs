//! One question and its answer: a head that is looked at, and a body that is measured as it comes.

use std::time::{Duration, SystemTime};

use reqwest::header::{
    CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION, RETRY_AFTER,
};
use reqwest::{Client, Url};

use crate::client::failure;
use crate::{FetchError, Validators, retry_after};

/// A question to one server.
pub(crate) struct Question<'a> {
    pub url: &'a Url,
    pub validators: Option<&'a Validators>,
    pub timeout: Duration,
    pub limit: Limit,
    /// Whether an answer that is no text is refused before it is read.
    pub wants_text: bool,
}

/// What is done with a body that goes on and on.
#[derive(Clone, Copy)]
pub(crate) enum Limit {
    /// It is refused: half a page is not a page.
    Refuse(u64),
    /// It is cut: the lines read so far count.
    Cut(u64),
}

/// A server's answer.
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// Of a page; empty for every other answer.
    pub body: Vec<u8>,
}

pub(crate) async fn ask(client: &Client, question: &Question<'_>) -> Result<Answer, FetchError> {
    match tokio::time::timeout(question.timeout, exchange(client, question)).await {
        Ok(answer) => answer,
        Err(_) => Err(FetchError::Timeout { after: question.timeout }),
    }
}

async fn exchange(client: &Client, question: &Question<'_>) -> Result<Answer, FetchError> {
    let mut request = client.get(question.url.clone());
    if let Some(validators) = question.validators {
        if let Some(etag) = &validators.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(moment) = &validators.last_modified {
            request = request.header(IF_MODIFIED_SINCE, moment);
        }
    }
    let failed = |error: reqwest::Error| failure(&error, question.url, question.timeout);
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status();
    let mut answer =
        Answer { status: status.as_u16(), headers: std::mem::take(response.headers_mut()), body: Vec::new() };
    if !status.is_success() {
        return Ok(answer);
    }
    if question.wants_text
        && let Some(content_type) = answer.content_type()
        && is_no_text(&content_type)
    {
        return Err(FetchError::NotAPage { content_type });
    }
    if let Limit::Refuse(limit) = question.limit
        && let Some(length) = answer.header(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok())
        && length > limit
    {
        return Err(FetchError::TooLarge { limit });
    }
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        let total = (answer.body.len() + chunk.len()) as u64;
        match question.limit {
            Limit::Refuse(limit) if total > limit => return Err(FetchError::TooLarge { limit }),
            Limit::Cut(limit) if total > limit => {
                let room = limit as usize - answer.body.len();
                answer.body.extend_from_slice(&chunk[..room]);
                return Ok(answer);
            }
            _ => answer.body.extend_from_slice(&chunk),
        }
    }
    Ok(answer)
}

impl Answer {
    fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// "text/html", in lower case and without parameters.
    pub fn content_type(&self) -> Option<String> {
        let kind = self.header(CONTENT_TYPE)?.split(';').next()?.trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }

    /// The "windows-1251" of "text/html; charset=windows-1251".
    pub fn charset(&self) -> Option<String> {
        let parameters = self.header(CONTENT_TYPE)?.split(';').skip(1);
        let charset =
            parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
                name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
            })?;
        (!charset.is_empty()).then(|| charset.to_owned())
    }

    pub fn validators(&self, url: &Url) -> Option<Validators> {
        let kept = |name: HeaderName| self.header(name).filter(|value| value.len() < 1000).map(str::to_owned);
        let (etag, last_modified) = (kept(ETAG), kept(LAST_MODIFIED));
        (etag.is_some() || last_modified.is_some()).then(|| Validators {
            url: url.as_str().to_owned(),
            etag,
            last_modified,
        })
    }

    /// How long a busy server asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::parse(self.header(RETRY_AFTER)?, SystemTime::now())
    }

    /// Where the answer leads on to: its address, whole or beside that of the question.
    pub fn location(&self, url: &Url) -> Option<Result<String, FetchError>> {
        let location = self.headers.get(LOCATION)?;
        // Addresses beyond ASCII are sent as they are, against the rules.
        let location = String::from_utf8_lossy(location.as_bytes()).into_owned();
        Some(url.join(&location).map(String::from).map_err(|error| FetchError::Address {
            reason: format!("the server sends us on to {location:?}: {error}"),
        }))
    }
}

/// Types that no story comes in.
fn is_no_text(content_type: &str) -> bool {
    let (kind, subtype) = content_type.split_once('/').unwrap_or((content_type, ""));
    match kind {
        "image" | "audio" | "video" | "font" => !subtype.contains("xml"),
        "application" => {
            matches!(
                subtype,
                "pdf"
                    | "zip"
                    | "msword"
                    | "epub+zip"
                    | "vnd.rar"
                    | "x-7z-compressed"
                    | "x-tar"
                    | "javascript"
            ) || subtype.starts_with("vnd.openxmlformats")
                || subtype.starts_with("vnd.ms-")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: HeaderName, value: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        Answer { status: 200, headers, body: Vec::new() }
    }

    #[test]
    fn a_content_type_is_taken_apart() {
        let answer = with(CONTENT_TYPE, "Text/HTML; Charset=\"windows-1251\"; x=y");
        assert_eq!(answer.content_type().as_deref(), Some("text/html"));
        assert_eq!(answer.charset().as_deref(), Some("windows-1251"));
        assert_eq!(with(CONTENT_TYPE, "text/html").charset(), None);
        assert_eq!(with(CONTENT_TYPE, ";charset=").content_type(), None);
        assert_eq!(with(CONTENT_TYPE, ";charset=").charset(), None);
    }

    #[test]
    fn pictures_and_archives_are_no_text() {
        for no_text in ["image/png", "video/mp4", "application/pdf", "application/vnd.ms-excel"] {
            assert!(is_no_text(no_text), "{no_text}");
        }
        for text in [
            "text/html",
            "application/rss+xml",
            "application/json",
            "image/svg+xml",
            "application/octet-stream",
            "odd",
        ] {
            assert!(!is_no_text(text), "{text}");
        }
    }

    #[test]
    fn an_address_may_stand_beside_the_last_one() {
        let url = Url::parse("https://example.org/a/b").unwrap();
        let to = |location: &str| with(LOCATION, location).location(&url);
        assert_eq!(to("c?d").unwrap().unwrap(), "https://example.org/a/c?d");
        assert_eq!(to("//example.net/").unwrap().unwrap(), "https://example.net/");
        assert!(to("http://[").unwrap().is_err());
    }
}
