//! Pages made to hurt: deep, wide, endless, cut, and no pages at all. Each is read in time that
//! grows with its length, or refused with a reason.

use std::time::{Duration, Instant};

use dateline_document::Article;
use dateline_page::{Limits, Options, PageError, read_html, read_story, read_text};

const STORY: &str = "<h1>Ferry runs again</h1><p>The ferry across the bay resumed service on Thursday, the harbour \
                     office said.</p><p>It had been in dock since a storm in January tore the ramp from the pier.</p>";

/// Reads a page within a time that only a runaway exceeds, on any machine and without optimisation.
fn read(page: &str) -> Article {
    let started = Instant::now();
    let article = read_html(page.as_bytes(), &Options::default()).expect("it is a page");
    let taken = started.elapsed();
    assert!(taken < Duration::from_secs(20), "{} bytes took {taken:?}", page.len());
    article
}

fn holds_the_story(article: &Article) -> bool {
    article.text.contains("resumed service on Thursday")
}

#[test]
fn a_hundred_thousand_levels_are_flattened_and_noted() {
    let article = read(&format!("{}{STORY}{}", "<div>".repeat(100_000), "</div>".repeat(100_000)));
    assert!(holds_the_story(&article));
    assert!(article.notes.iter().any(|note| note.contains("flattened")), "{:?}", article.notes);
}

#[test]
fn unclosed_formatting_does_not_multiply() {
    let bold: String = (0..20_000).map(|number| format!("<p><b><i><font color={number}>word")).collect();
    assert!(holds_the_story(&read(&format!("{STORY}{bold}"))));
    let inline = "<span>".repeat(50_000) + "word";
    assert!(holds_the_story(&read(&format!("{STORY}{inline}"))));
    let tables = "<table><tr><td>".repeat(5_000);
    assert!(holds_the_story(&read(&format!("{STORY}{tables}"))));
}

#[test]
fn huge_attributes_and_many_of_them_are_passed_over() {
    let long = "x".repeat(5_000_000);
    assert!(holds_the_story(&read(&format!("<div data-state='{long}'>{STORY}</div>"))));
    let many: String = (0..200_000).map(|number| format!(" a{number}=1")).collect();
    assert!(holds_the_story(&read(&format!("<div{many}>{STORY}</div>"))));
    let classes = "share-".repeat(500_000);
    assert!(holds_the_story(&read(&format!("<div><i class='{classes}'></i>{STORY}</div>"))));
}

#[test]
fn many_small_things_are_read_in_linear_time() {
    for thing in [
        "<p>Comments</p>",
        "<h1>Ferry runs again</h1>",
        "<a rel=author>Ana Ruiz</a> ",
        "<article><p>It rained.</article>",
    ] {
        read(&format!("<title>Ferry runs again</title>{STORY}{}", thing.repeat(40_000)));
    }
    let lines = "Ferry runs again\nIt rained on the islands, the harbour office said on Friday evening.\n"
        .repeat(20_000);
    let started = Instant::now();
    read_text(lines.as_bytes(), &Options::default()).expect("it is a text");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn entities_and_comments_do_not_expand_or_swallow() {
    assert!(holds_the_story(&read(&format!("{}{STORY}", "&amp;&lt;&#x41;&nosuchentity;".repeat(100_000)))));
    assert!(holds_the_story(&read(&format!("{STORY}<!-- {}", "never closed ".repeat(100_000)))));
    let bomb = "<!DOCTYPE html [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    assert!(holds_the_story(&read(&format!("{bomb}{STORY}<p>&b;&b;</p>"))));
}

#[test]
fn broken_and_deep_json_ld_is_passed_over() {
    let script = |json: &str| format!("<script type='application/ld+json'>{json}</script>{STORY}");
    assert!(holds_the_story(&read(&script(&"[".repeat(200_000)))));
    assert!(holds_the_story(&read(&script("{\"@type\": \"NewsArticle\", \"headline\": "))));
    let graph = vec!["{\"@type\":\"NewsArticle\",\"author\":{\"@id\":\"x\"}}"; 50_000].join(",");
    assert!(holds_the_story(&read(&script(&format!("[{graph}]")))));
}

#[test]
fn a_page_cut_anywhere_is_still_read() {
    let page = format!("<html><head><title>Ferry runs again</title></head><body>{STORY}</body></html>");
    for end in (0..page.len()).step_by(7) {
        match read_html(&page.as_bytes()[..end], &Options::default()) {
            Ok(article) => assert!(!article.parts.is_empty() || !article.notes.is_empty(), "cut at {end}"),
            Err(error) => assert_eq!(error, PageError::Empty, "cut at {end}"),
        }
    }
}

#[test]
fn what_is_no_page_is_refused_with_a_hint() {
    let options = Options::default();
    let refused = |bytes: &[u8]| read_html(bytes, &options).expect_err("no page").to_string();
    for (bytes, reason) in [
        (&b""[..], "empty"),
        (b"   \n", "empty"),
        (b"%PDF-1.4 ...", "a PDF"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07", "binary data"),
    ] {
        let message = refused(bytes);
        assert!(message.contains(reason) && message.contains("hint:"), "{message}");
    }
    let small = Options { limits: Limits { page_bytes: 100, ..Limits::default() }, ..Options::default() };
    assert_eq!(
        read_html(STORY.as_bytes(), &small).expect_err("too large"),
        PageError::TooLarge { bytes: STORY.len() as u64, limit: 100 }
    );
    assert!(matches!(read_story("[1, 2]", &options), Err(PageError::NotJson { .. })));
    assert!(matches!(read_story(&"[".repeat(10_000), &options), Err(PageError::NotJson { .. })));
    assert_eq!(read_story("{\"id\": 1, \"text\": \"  \"}", &options), Err(PageError::NoText));
}
