//! What only shows in a store of some size.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::Writer;
use crate::Prepared;
use support::{Folder, Story, Told, plain, told};

#[path = "../../tests/support/mod.rs"]
mod support;

const COUNTRIES: [&str; 8] = ["GHA", "FRA", "ISR", "LBN", "USA", "RUS", "UKR", "PER"];

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// A story of its own words, eight of them a day; `site` prints it.
fn story(number: usize, site: &str) -> Story {
    let words =
        |from: usize| (from..from + 30).map(|word| format!("w{number}x{word}")).collect::<Vec<_>>().join(" ");
    let day = crate::days::text(19_000 + number as i32 / 8);
    let actor = COUNTRIES[number % 8];
    let recipient = COUNTRIES[number / 8 % 8];
    let event = Told {
        actors: vec![("Police", actor, "COP")],
        recipients: vec![("14 people", recipient, "CVL")],
        date: Some(leaked(day.clone())),
        place: None,
        ..Told::default()
    };
    Story {
        url: Some(leaked(format!("https://{site}.example/{number}"))),
        title: leaked(format!("Headline{number} Matter{number}")),
        day: leaked(day),
        sentences: vec![
            told(leaked(format!("Police arrested 14 people {}.", words(0))), event),
            plain(leaked(format!("{}.", words(30)))),
        ],
        ..Story::default()
    }
}

fn add(writer: &mut Writer, numbers: std::ops::Range<usize>, site: &str) -> Vec<super::Added> {
    let batch: Vec<Prepared> = numbers.map(|number| Prepared::new(story(number, site).record())).collect();
    writer.add(&batch, Timestamp::UNIX_EPOCH).expect("it can be added")
}

/// What SQLite's machine does while these are added. The clock would say less: it hears other programs.
fn steps(writer: &mut Writer, numbers: std::ops::Range<usize>, site: &str) -> u64 {
    let count = Arc::new(AtomicU64::new(0));
    let counted = count.clone();
    let count_ten = move || {
        counted.fetch_add(10, Ordering::Relaxed);
        false
    };
    writer.connection.progress_handler(10, Some(count_ten)).expect("steps can be counted");
    add(writer, numbers, site);
    writer.connection.progress_handler(10, None::<fn() -> bool>).expect("or not");
    count.load(Ordering::Relaxed)
}

#[test]
fn a_story_costs_as_many_steps_in_a_large_store_and_its_copies_are_found_there() {
    let folder = Folder::new();
    let mut writer = folder.writer();
    add(&mut writer, 0..160, "wire");
    // Copies have more to do than originals: their events are summed up anew.
    let in_small = (steps(&mut writer, 160..192, "wire"), steps(&mut writer, 160..192, "copier"));
    for from in (192..2400).step_by(32) {
        add(&mut writer, from..from + 32, "wire");
    }
    let in_large = (steps(&mut writer, 2400..2432, "wire"), steps(&mut writer, 2400..2432, "copier"));
    assert!(in_large.0 * 4 < in_small.0 * 5, "originals: {in_small:?} steps became {in_large:?}");
    assert!(in_large.1 * 4 < in_small.1 * 5, "copies: {in_small:?} steps became {in_large:?}");

    let number = |writer: &Writer, sql: &str| -> i64 {
        writer.connection.query_row(sql, [], |row| row.get(0)).expect("a number")
    };
    let written = number(&writer, "SELECT value + 0 FROM setting WHERE name = 'sketched'");
    assert!((2048..2432).contains(&written), "some are in the tables, some only in memory: {written}");
    let is_copy = |added: Vec<super::Added>| added.iter().all(|added| added.copy_of.is_some());
    assert!(is_copy(add(&mut writer, 5..8, "late")), "of what is in the tables");
    assert!(is_copy(add(&mut writer, 2395..2398, "late")), "of what is in memory");
    writer.close().unwrap();
    let mut writer = folder.writer();
    assert!(is_copy(add(&mut writer, 9..12, "later")), "of what is in the tables, in another run");
    assert!(is_copy(add(&mut writer, 2390..2392, "later")), "of what was in memory, in another run");
}

#[test]
fn words_can_be_asked_for_as_soon_as_they_are_there_and_no_longer_than_that() {
    let folder = Folder::new();
    let mut writer = folder.writer();
    let found = |words: &str| {
        let store = folder.store();
        store.events(&crate::Filter::from_pairs([("text", words)]).unwrap()).unwrap().rows.len()
    };
    // The same address twice in one batch: the first version never comes into the index.
    let versions = ["Police arrested 14 people for bread.", "Police arrested 14 people for salt."];
    let revised = |text: &'static str| {
        let sentences = vec![told(text, Told::default())];
        Prepared::new(Story { sentences, ..Story::default() }.record())
    };
    writer.add(&versions.map(revised), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((found("bread"), found("salt")), (0, 1));
    writer.add(&[revised("Police arrested 14 people for oil.")], Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((found("salt"), found("oil")), (0, 1));
    for index in ["sentence_fts", "quote_fts", "entity_fts"] {
        let check = format!("INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)");
        writer.connection.execute(&check, []).unwrap_or_else(|error| panic!("{index}: {error}"));
    }
}
