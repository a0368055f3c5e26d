//! Whatever the bytes, every reader ends, and says what it could not read; nothing panics and what
//! is held stays small.

#[path = "support/warc.rs"]
mod warc;

use std::io::Read;
use std::time::{Duration, Instant};

use dateline_archive::{ArchiveError, Format, Limits, Options, open, sitemap};
use proptest::prelude::*;

/// Our samples of every format.
fn samples() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/formats");
    let entries = std::fs::read_dir(folder).expect("the samples are there");
    let mut samples: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.expect("it can be listed").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("it can be read"))
        })
        .collect();
    samples.sort();
    samples.push(("crawl.warc".to_owned(), warc::sample().concat()));
    samples
}

/// Reads all there is; says how much was read and how much was not.
fn read(bytes: &[u8], format: Option<Format>) -> (usize, usize) {
    let (mut good, mut bad) = (0, 0);
    for story in open(bytes, Options { format, ..Options::default() }).stories() {
        match story {
            Ok(article) => {
                assert!(!article.text.is_empty() || !article.notes.is_empty());
                good += 1;
            }
            Err(rejected) => {
                assert!(!rejected.to_string().is_empty());
                bad += 1;
            }
        }
    }
    (good, bad)
}

#[test]
fn every_sample_is_told_by_its_content() {
    for (name, bytes) in samples() {
        let format = open(&bytes[..], Options::default()).format();
        let expected = match name.split(['.', '-']).next().unwrap_or_default() {
            "feed" => Format::Feed,
            "sitemap" => Format::Sitemap,
            "newsml" => Format::NewsMl,
            "nitf" => Format::Nitf,
            "crawl" => Format::Warc,
            _ if name.ends_with(".jsonl") => Format::JsonLines,
            _ => Format::Json,
        };
        assert_eq!(format, expected, "{name}");
    }
}

#[test]
fn a_sample_that_is_packed_is_read_the_same() {
    for (name, bytes) in samples().into_iter().filter(|(name, _)| !name.ends_with(".gz")) {
        assert_eq!(read(&bytes, None), read(&warc::packed(&bytes), None), "{name}");
    }
}

/// Bytes that are made while they are read: a feed or list of any length takes no memory here.
struct Endless<'a> {
    head: &'a [u8],
    item: &'a [u8],
    items: usize,
    at: usize,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.head.len() {
            if self.items == 0 {
                return Ok(0);
            }
            (self.head, self.at, self.items) = (self.item, 0, self.items - 1);
        }
        let length = into.len().min(self.head.len() - self.at);
        into[..length].copy_from_slice(&self.head[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[test]
fn files_of_very_many_items_are_cut_one_by_one() {
    let item = b"<item><title>Rain</title><description>It rained on the islands.</description></item>\n";
    let line = b"{\"url\": \"https://post.example/\", \"title\": \"Rain\"},\n";
    let url = b"<url><loc>https://post.example/</loc></url>";
    for (head, item, items) in [
        (&b"<rss version='2.0'><channel><title>Post</title>"[..], &item[..], 1_000_000),
        (b"{\"articles\": [", line, 1_000_000),
        (b"<urlset>", url, 1_000_000),
    ] {
        let started = Instant::now();
        let endless = Endless { head, item, items, at: 0 };
        let cut = open(endless, Options::default()).count();
        // Whoever cuts the list off is told so.
        assert!((items..=items + 1).contains(&cut), "{cut}");
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    }
    let endless = Endless { head: b"<rss version='2.0'><channel>", item, items: 2_000, at: 0 };
    let titles = open(endless, Options::default()).stories().filter(Result::is_ok).count();
    assert_eq!(titles, 2_000);
}

#[test]
fn what_is_made_to_hurt_is_refused_or_read() {
    let started = Instant::now();
    let laughs: String = (1..20)
        .map(|number| format!("<!ENTITY l{number} \"{}\">", format!("&l{};", number - 1).repeat(10)))
        .collect();
    let doctype =
        |root: &str| format!("<?xml version='1.0'?><!DOCTYPE {root} [<!ENTITY l0 \"ha\">{laughs}]>");
    let bombs = [
        format!(
            "{}<rss version='2.0'><channel><item><title>&l19;</title><description>&l19;</description></item></channel></rss>",
            doctype("rss")
        ),
        format!(
            "{}<nitf><body><body.content><p>&l19; It rained.</p></body.content></body></nitf>",
            doctype("nitf")
        ),
        format!(
            "{}<newsItem guid='&l19;'><contentMeta><headline>&l19;</headline></contentMeta></newsItem>",
            doctype("newsItem")
        ),
        format!("{}<urlset><url><loc>https://a.example/&l19;</loc></url></urlset>", doctype("urlset")),
    ];
    for bomb in &bombs {
        let (good, bad) = read(bomb.as_bytes(), None);
        assert_eq!(good + bad, 1, "{bomb}");
    }
    let deep = |open: &str, close: &str| format!("{}rain{}", open.repeat(100_000), close.repeat(100_000));
    let divs = deep("<div>", "</div>");
    let wide = format!("<p title='{}'>It rained.</p>", "x".repeat(45_000_000));
    for (name, document) in [
        (
            "divs in a feed",
            format!(
                "<rss version='2.0'><channel><item><title>Rain</title><description><![CDATA[{divs}]]></description></item></channel></rss>"
            ),
        ),
        (
            "xhtml in a feed",
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Rain</title><content type='xhtml'>{divs}</content></entry></feed>"
            ),
        ),
        (
            "nitf",
            format!("<nitf><body><body.content>{}</body.content></body></nitf>", deep("<block>", "</block>")),
        ),
        ("newsml", format!("<newsItem><contentSet><inlineXML>{divs}</inlineXML></contentSet></newsItem>")),
        ("sitemap", format!("<urlset><url>{}</url></urlset>", deep("<loc>", "</loc>"))),
        ("json", format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000))),
        (
            "json object",
            format!("{{\"text\": \"rain\", \"title\": {}}}", deep("{\"a\":", "}").replace("rain", "1")),
        ),
        ("feed", format!("<rss version='2.0'><channel>{}</channel></rss>", "<x>".repeat(100_000))),
        (
            "attribute in a feed",
            format!(
                "<rss version='2.0'><channel><item><title>Rain</title><description><![CDATA[{wide}]]></description></item></channel></rss>"
            ),
        ),
        ("attribute in nitf", format!("<nitf><body><body.content>{wide}</body.content></body></nitf>")),
        (
            "attribute of a feed",
            format!(
                "<rss version='2.0' a='{}'><channel><item><title>Rain</title><description>It rained.</description></item></channel></rss>",
                "x".repeat(45_000_000)
            ),
        ),
        (
            "json feed",
            format!(
                "{{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"{}\", \"items\": [{{\"id\": 1, \"title\": \"Rain\", \"summary\": \"It rained.\"}}]}}",
                "x".repeat(1_000_000)
            ),
        ),
    ] {
        let (good, bad) = read(document.as_bytes(), None);
        assert!(good + bad >= 1, "{name}");
    }
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn a_bomb_of_gzip_is_not_unpacked_to_its_end() {
    let line = b"{\"url\": \"https://post.example/\", \"title\": \"Rain\"}\n".repeat(1_000_000);
    let packed = warc::packed(&line);
    let last = open(&packed[..], Options::default()).last().expect("there is one");
    assert_eq!(last.map(|_| ()).map_err(|rejected| rejected.error), Err(ArchiveError::Swells { limit: 200 }));
    let limits = Limits { ratio: 2_000, records: 100, ..Limits::default() };
    assert_eq!(open(&packed[..], Options { limits, ..Options::default() }).count(), 100);
}

#[test]
fn sitemaps_that_name_each_other_end() {
    let index = |name: &str| {
        format!(
            "<sitemapindex><sitemap><loc>{name}</loc></sitemap><sitemap><loc>a</loc></sitemap></sitemapindex>"
        )
    };
    let mut walk = sitemap::Walk::new("a");
    let mut read = Vec::new();
    while let Some((url, level)) = walk.next() {
        let document = index(if url == "a" { "b" } else { "c" });
        for address in sitemap::addresses(document.as_bytes(), Limits::default()).flatten() {
            assert!(address.is_sitemap);
            walk.add(&address.url, level);
        }
        read.push(url);
    }
    assert_eq!(read, ["a", "b", "c"]);
}

#[test]
fn broken_items_break_no_others() {
    let feed = "<rss version='2.0'><channel><item><title>One</title></b><description>It rained.</description></item>\
        <item><title>Two</title><description>It rained.</description></item><item><title>Three";
    assert_eq!(read(feed.as_bytes(), None), (1, 2));
    let list = "[{\"text\": \"It rained.\"}, {\"text\": It rained.}, {\"text\": \"It rained again.\"}";
    assert_eq!(read(list.as_bytes(), None), (2, 2));
    let nitf =
        "<nitf><body.content><p>One</nitf><nitf><body><body.content><p>Two.</p></body.content></body></nitf>";
    assert_eq!(read(nitf.as_bytes(), None), (1, 1));
}

#[test]
fn origins_lead_into_the_file() {
    let file = "{\"articles\": [ {\"title\": \"Rain\", \"text\": \"It rained on Mo\\u0308n.\"},\n {\"text\": \"It snowed.\"}]}";
    let articles: Vec<_> =
        open(file.as_bytes(), Options::default()).stories().collect::<Result<_, _>>().expect("they are read");
    let written: Vec<&str> = articles
        .iter()
        .flat_map(|article| &article.parts)
        .filter_map(|part| part.origin)
        .map(|origin| &file[origin.start as usize..origin.end as usize])
        .collect();
    assert_eq!(written, ["Rain", "It rained on Mo\\u0308n.", "It snowed."]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_bytes_are_read_or_refused_as_any_format(bytes in prop::collection::vec(any::<u8>(), 0..300), format in 0..Format::NAMES.len()) {
        read(&bytes, Some(Format::NAMES[format].1));
        read(&bytes, None);
    }

    #[test]
    fn marks_and_names_in_any_order_are_read_or_refused(pieces in prop::collection::vec(piece(), 0..40), format in 0..Format::NAMES.len()) {
        read(pieces.concat().as_bytes(), Some(Format::NAMES[format].1));
        read(pieces.concat().as_bytes(), None);
    }

    #[test]
    fn samples_with_damage_are_read_or_refused(sample in 0..samples().len(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..40), 1..6), format in prop::option::of(0..Format::NAMES.len())) {
        let (_, mut bytes) = samples().swap_remove(sample);
        for (at, byte, removed) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let end = (at + removed).min(bytes.len());
            if bytes.len() > end - at {
                bytes.drain(at..end);
            }
        }
        read(&bytes, format.map(|format| Format::NAMES[format].1));
    }

    #[test]
    fn samples_cut_anywhere_are_read_or_refused(sample in 0..samples().len(), at in any::<prop::sample::Index>()) {
        let (_, bytes) = samples().swap_remove(sample);
        read(&bytes[..at.index(bytes.len())], None);
    }
}

/// What the formats are made of.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<entry>",
        "<title>Rain</title>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<!DOCTYPE a [",
        "]>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<urlset>",
        "<url>",
        "<loc>https://a.example/</loc>",
        "</url>",
        "<newsItem>",
        "</newsItem>",
        "<nitf>",
        "</nitf>",
        "<p>",
        "</p>",
        "&amp;",
        "&x;",
        "&#0;",
        "&#x110000;",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\"text\"",
        "\"items\"",
        "\"articles\": [{",
        "null",
        "1",
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "Content-Length: 7\r\n",
        "\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Content-Type: text/html\r\n",
        "\n",
        "\0",
        "\u{feff}",
        "<pubDate>Thu, 04 Mar 2021 08:00:00 +0100</pubDate>",
        "\"uri\": \"a\", \"bodies\": [",
        "a='",
        ">",
        "<",
        "/",
        "'",
    ];
    prop_oneof![
        8 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        1 => "[ -~é漢]{0,20}",
    ]
}
