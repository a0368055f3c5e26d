//! Whole pages and what we read from them: `tests/pages/<slug>/page.*` and `article.txt` beside it.
//!
//! `UPDATE=1 cargo test -p dateline-page --test pages` writes what is read now; read it as an
//! editor would before it is committed.

use std::fmt::Write as _;
use std::path::Path;

use dateline_document::Article;
use dateline_page::{Format, Options, read_html, read_text};

/// One test for each folder: `every_page!(slug, …)`.
macro_rules! every_page {
    ($($slug:ident),* $(,)?) => {
        $(#[test] fn $slug() { check(stringify!($slug)); })*

        #[test]
        fn every_folder_is_tested() {
            let tested = [$(stringify!($slug)),*];
            let folders = std::fs::read_dir(folder()).expect("the folder of pages is there");
            for entry in folders.map(|entry| entry.expect("a readable folder").file_name()) {
                let slug = entry.to_string_lossy().replace('-', "_");
                assert!(tested.contains(&slug.as_str()), "tests/pages/{slug} is in no test");
            }
        }
    };
}

every_page!(
    wire_gallery_capture,
    capture_with_menus,
    capture_with_comments,
    capture_with_path,
    capture_with_boxes,
    capture_with_quotes_and_teasers,
    capture_that_scrolls_on,
    capture_of_interview,
    wrapped_wire_story,
    json_ld_news,
    boxes_within_the_story,
    several_articles,
    script_built_page,
    subscribers_only,
    reserved_rights,
    live_ticker,
    pictures_of_the_day,
    german_interview,
    lists_and_comments,
    posts_lists_and_talk,
    index_page,
);

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"))
}

fn check(slug: &str) {
    let folder = folder().join(slug.replace('_', "-"));
    let page = ["page.html", "page.txt"].map(|name| folder.join(name)).into_iter().find(|page| page.exists());
    let page = page.unwrap_or_else(|| panic!("{} holds no page", folder.display()));
    let bytes = std::fs::read(&page).expect("the page is readable");
    let options = Options::default();
    let article = match Format::sniff(&bytes, Some(&page)) {
        Format::Html => read_html(&bytes, &options),
        _ => read_text(&bytes, &options),
    };
    let found = shown(&article.expect("the page is a page"));
    let expected = folder.join("article.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &found).expect("the expected article can be written");
    }
    let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
    assert!(found == wanted, "{} reads as\n{found}", page.display());
}

/// The article as a page of text: what is known about it, then its parts.
fn shown(article: &Article) -> String {
    let mut page = String::new();
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(page, "{name}: {value}");
        }
    };
    line("title", article.title.as_deref());
    line("bylines", Some(&article.bylines.join("; ")));
    line("publisher", article.publisher.as_deref());
    line("agency", article.agency.as_deref());
    line("rights", article.rights.as_deref());
    let reserved = article.reservation.as_ref().map(|reservation| {
        let by: Vec<&str> = reservation.by.iter().map(|place| place.name()).collect();
        format!("{} {}", by.join(", "), reservation.policy.as_deref().unwrap_or_default())
    });
    line("reserved", reserved.as_deref());
    line("language", article.language.as_deref());
    line("form", Some(&format!("{:?}", article.form).to_lowercase()));
    let published = article.published_at.as_ref().map(|published| {
        let time = published.time.as_deref().unwrap_or_default();
        format!("{} {time} ({:?})", published.date, published.basis).replace("  ", " ")
    });
    line("published", published.as_deref());
    line("updated", article.updated_at.map(|updated| updated.to_string()).as_deref());
    line("dateline", article.dateline.map(|span| &article.text[span]));
    line("url", article.url.as_deref());
    for image in &article.images {
        let place = image.position.zip(image.of).map(|(position, of)| format!(" {position} of {of}"));
        let caption = image.caption.map_or("no caption", |span| &article.text[span]);
        let credit = image.credit.as_deref().map(|credit| format!(" (credit: {credit})"));
        line(
            &format!("image{}", place.unwrap_or_default()),
            Some(&(caption.to_owned() + &credit.unwrap_or_default())),
        );
    }
    for note in &article.notes {
        line("note", Some(note));
    }
    for part in &article.parts {
        let role = format!("{:?}", part.role).to_lowercase();
        let _ = write!(page, "\n[{role}] {}\n", &article.text[part.span]);
    }
    page
}
