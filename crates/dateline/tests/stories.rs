//! Whole stories: does a page become the coding that we would write by hand?
//!
//! `tests/stories/<slug>/` holds a page of ours and `coding.txt`, the coding we want, in the form of
//! the codebook's examples. Where the reader does not reach it, the differences stand in `known.diff`
//! beside it: asserted too, so that we notice when one of them mends itself. `UPDATE=1` rewrites
//! `known.diff`, never what we want.

mod sheet;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use dateline::{Article, Codebook, Options, Reader, read_html, read_text};
use similar::TextDiff;

#[test]
fn whole_stories_are_coded_as_we_would_code_them() {
    let reader = support::reader(Codebook::embedded(), None);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    let mut stories: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the stories are there")
        .map(|entry| entry.expect("a story").path())
        .collect();
    stories.sort();
    assert!(stories.len() >= 3, "stories are missing from {}", folder.display());
    let changed: Vec<String> = stories.iter().filter_map(|story| check(&reader, story)).collect();
    assert!(changed.is_empty(), "{}\nUPDATE=1 accepts this\n", changed.join("\n"));
}

/// Reads a story and holds it against what we want; returns what is not as known.
fn check(reader: &Reader, story: &Path) -> Option<String> {
    let name = story.file_name()?.to_string_lossy().into_owned();
    let wanted =
        fs::read_to_string(story.join("coding.txt")).unwrap_or_else(|error| panic!("{name}: {error}"));
    let coded = sheet::sheet(&reader.read(article(story)));
    let diff = TextDiff::from_lines(&wanted, &coded);
    let differences = diff.unified_diff().context_radius(1).header("wanted", "coded").to_string();
    let path = story.join("known.diff");
    let known = fs::read_to_string(&path).unwrap_or_default();
    if differences == known {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        match differences.is_empty() {
            true => fs::remove_file(&path).expect("it can be removed"),
            false => fs::write(&path, differences).expect("it can be written"),
        }
        return None;
    }
    let change = TextDiff::from_lines(&known, &differences).unified_diff().context_radius(0).to_string();
    Some(format!("{name}: the differences from what we want have changed\n{change}"))
}

fn article(story: &Path) -> Article {
    let options = Options::default();
    let read = |name: &str| fs::read(story.join(name)).ok();
    let article = match (read("page.html"), read("page.txt")) {
        (Some(page), _) => read_html(&page, &options),
        (None, Some(page)) => read_text(&page, &options),
        (None, None) => panic!("{} has neither page.html nor page.txt", story.display()),
    };
    article.unwrap_or_else(|error| panic!("{}: {error}", story.display()))
}
