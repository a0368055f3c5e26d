//! What a file is, told by looking at it.

use std::path::Path;

use dateline_page::Format as PageFormat;

use crate::{json, xml};

/// What we read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A web page.
    Html,
    /// A plain story, or a web page that somebody saved as text.
    Text,
    /// One story a line, each a JSON object.
    JsonLines,
    /// One story or a list of them, in JSON over as many lines as it likes.
    Json,
    /// Pages as a crawler kept them.
    Warc,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Addresses of pages; a news sitemap tells their headlines too.
    Sitemap,
    /// IPTC's news in JSON, 1.x to 3.x.
    Ninjs,
    /// IPTC's NewsML-G2.
    NewsMl,
    /// IPTC's News Industry Text Format, by itself or within NewsML 1.
    Nitf,
}

impl Format {
    /// Bytes looked at. A line of JSON that ends later is taken for a whole file.
    pub(crate) const LOOK: usize = 1 << 16;

    /// The formats with the names they are called by.
    pub const NAMES: [(&str, Format); 10] = [
        ("html", Format::Html),
        ("text", Format::Text),
        ("jsonl", Format::JsonLines),
        ("json", Format::Json),
        ("warc", Format::Warc),
        ("feed", Format::Feed),
        ("sitemap", Format::Sitemap),
        ("ninjs", Format::Ninjs),
        ("newsml", Format::NewsMl),
        ("nitf", Format::Nitf),
    ];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        Format::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }

    /// Whether the file is one page and not a file of stories.
    pub fn is_page(self) -> bool {
        matches!(self, Format::Html | Format::Text)
    }

    /// Tells the format from the first bytes of an unpacked file; its name decides only where they
    /// don't.
    ///
    /// ```
    /// use dateline_archive::Format;
    ///
    /// let told = |head: &str| Format::sniff(head.as_bytes(), None);
    /// assert_eq!(told("WARC/1.0\r\nWARC-Type: warcinfo\r\n"), Format::Warc);
    /// assert_eq!(told("<?xml version='1.0'?><!-- ours --><rss version='2.0'>"), Format::Feed);
    /// assert_eq!(told("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"), Format::Sitemap);
    /// assert_eq!(told("{\"id\": 1, \"text\": \"Rain.\"}\n{\"id\": 2"), Format::JsonLines);
    /// assert_eq!(told("{\"articles\": [{\"url\": \"https://post.example/1\""), Format::Json);
    /// assert_eq!(told("<!doctype html><p>Rain."), Format::Html);
    /// ```
    pub fn sniff(head: &[u8], path: Option<&Path>) -> Format {
        if head.starts_with(b"WARC/") {
            return Format::Warc;
        }
        let decoded = xml::decoded(&head[..head.len().min(Format::LOOK)]);
        let words = decoded.trim_start_matches('\u{feff}').trim_start();
        if words.starts_with(['{', '[']) {
            return json::format(words, path);
        }
        if words.starts_with('<')
            && let Some(format) = xml::root(words).and_then(|root| of_root(root, words))
        {
            return format;
        }
        let mut lines = words.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
        let is_address = |line: &str| line.starts_with("http://") || line.starts_with("https://");
        if lines.peek().is_some() && lines.take(100).all(|line| is_address(line) && !line.contains(' ')) {
            return Format::Sitemap;
        }
        match PageFormat::sniff(head, path) {
            PageFormat::Html => Format::Html,
            PageFormat::Text => Format::Text,
            PageFormat::JsonLines => Format::JsonLines,
        }
    }
}

/// The format whose documents are made of this element.
fn of_root(root: &str, head: &str) -> Option<Format> {
    Some(match root {
        "rss" | "feed" => Format::Feed,
        "RDF" if head.contains("purl.org/rss/") || head.contains("my.netscape.com/rdf") => Format::Feed,
        "urlset" | "sitemapindex" => Format::Sitemap,
        "newsItem" | "newsMessage" | "packageItem" => Format::NewsMl,
        "nitf" | "NewsML" => Format::Nitf,
        _ => return None,
    })
}
