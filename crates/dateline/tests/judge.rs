//! The judge at work on every example of the codebook: whatever it says has a page, words and a confidence.

mod support;

use dateline::{Article, Codebook, Coding, Encoder, Judge, Reader};
use dateline_parts::{Cache, ENCODER};

fn check(reader: &Reader, coding: &Coding) -> usize {
    for event in &coding.events {
        let text = &coding.article.text[event.sentence];
        assert!(reader.codebook.page(&event.event_type).is_some(), "{text}");
        let (file, rule) = event.rule.split_once('#').expect("a rule has a page");
        assert!(reader.codebook.pages.iter().any(|page| page.file == file) && !rule.is_empty(), "{text}");
        assert!(event.confidence > 0.0 && event.confidence < 1.0, "{text}");
        assert!(!event.trigger.is_empty() && event.sentence.contains(event.trigger), "{text}");
    }
    coding.events.iter().filter(|event| event.rule.contains("#judge:")).count()
}

/// Events that the judge made or turned, over the first examples of each page.
fn judged(reader: &Reader, examples: usize) -> usize {
    let pages = &reader.codebook.pages;
    let texts =
        pages.iter().flat_map(|page| page.examples.iter().take(examples)).map(|example| &example.text);
    texts.map(|text| check(reader, &reader.read(Article::from_text(&text.replace('\n', " "))))).sum()
}

#[test]
fn the_fast_reader_finds_more_than_the_rules() {
    let reader = support::reader(Codebook::embedded(), Some(Judge::fast()));
    assert!(reader.versions().weights.contains("+fast-"));
    assert!(judged(&reader, usize::MAX) > 0);
}

#[test]
fn the_careful_reader_finds_more_than_the_rules() {
    let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
    let encoder = Encoder::open(&cache.part_folder(&ENCODER));
    let judge = Judge::careful(encoder.unwrap_or_else(|error| panic!("{error}\nhint: cargo xtask fetch")));
    let reader = support::reader(Codebook::embedded(), Some(judge));
    assert!(reader.versions().weights.contains("+careful-"));
    assert!(judged(&reader, 12) > 0);
}

#[test]
fn the_table_of_reliability_is_of_these_weights() {
    let table = include_str!("../../../eval/reliability.txt");
    let cache = Cache::from_environment().unwrap_or_else(|error| panic!("{error}"));
    let encoder = Encoder::open(&cache.part_folder(&ENCODER));
    let careful = Judge::careful(encoder.unwrap_or_else(|error| panic!("{error}\nhint: cargo xtask fetch")));
    for judge in [Judge::fast(), careful] {
        let version = judge.version();
        assert!(table.contains(version), "{version} has no table\nhint: cargo xtask train writes it anew");
    }
}
