//! Format: what kind of page the bytes are, told by looking at them.

use std::path::Path;

use crate::decode;

/// The kinds of page we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A web page.
    Html,
    /// A plain story, or a web page that somebody saved as text.
    Text,
    /// One story a line, each a JSON object.
    JsonLines,
}

/// Bytes looked at. A page whose first tag comes later than this calls itself nothing.
const LOOK: usize = 4096;

impl Format {
    /// Tells the format from the first bytes; the file's extension decides only when they don't.
    ///
    /// ```
    /// use dateline_page::Format;
    ///
    /// assert_eq!(Format::sniff(b"<!doctype html><p>Rain.", None), Format::Html);
    /// assert_eq!(Format::sniff(b"{\"id\": 1, \"text\": \"Rain.\"}\n", None), Format::JsonLines);
    /// assert_eq!(Format::sniff(b"Rain fell on Lima.\n", None), Format::Text);
    /// ```
    pub fn sniff(bytes: &[u8], path: Option<&Path>) -> Format {
        let decoded = decode::decode_lossy(&bytes[..bytes.len().min(LOOK)], None);
        let head = decoded.text.trim_start();
        if head.starts_with('{') && head[1..].trim_start().starts_with(['"', '}']) {
            return Format::JsonLines;
        }
        let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
        let named = match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Some(Format::Html),
            Some("jsonl" | "ndjson") => Some(Format::JsonLines),
            Some("txt" | "text" | "md") => Some(Format::Text),
            _ => None,
        };
        if starts_like_html(head) {
            return Format::Html;
        }
        named.unwrap_or(if has_many_tags(head) { Format::Html } else { Format::Text })
    }
}

/// Whether the first thing on the page is a tag that opens a document.
fn starts_like_html(head: &str) -> bool {
    let mut rest = head;
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return true };
        rest = comment[end + 3..].trim_start();
    }
    let start: String = rest.chars().take(9).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<meta", "<title", "<script", "<article", "<div", "<p>", "<?xml"]
        .iter()
        .any(|opening| start.starts_with(opening))
}

/// Whether a page that begins with words is nevertheless made of tags.
fn has_many_tags(head: &str) -> bool {
    ["</p>", "</div>", "<br>", "<br/>", "</a>", "</h1>"]
        .iter()
        .map(|tag| head.matches(tag).count())
        .sum::<usize>()
        >= 3
}
