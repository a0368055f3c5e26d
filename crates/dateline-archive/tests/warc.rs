//! Crawlers' archives: whole, packed, lying about their lengths, cut anywhere.

#[path = "support/warc.rs"]
mod warc;

use dateline_archive::{Limits, Options, open};
use dateline_document::Article;
use warc::{packed, page, record, record_saying, response, sample};

/// Titles of what was read, and the first lines of what was not.
fn read_with(archive: &[u8], limits: Limits) -> Vec<String> {
    open(archive, Options { limits, ..Options::default() })
        .stories()
        .map(|story| match story {
            Ok(Article { title, .. }) => title.unwrap_or_default(),
            Err(rejected) => rejected.to_string().lines().next().unwrap_or_default().to_owned(),
        })
        .collect()
}

fn read(archive: &[u8]) -> Vec<String> {
    read_with(archive, Limits::default())
}

const STRIKE: &str = "Strike closes Port Amaro";
const FISHERMEN: &str = "Court frees two fishermen";

/// A response that is a page with this title.
fn story(title: &str) -> Vec<u8> {
    let page = page(
        title,
        "The ferry across the bay resumed service on Thursday, the harbour office said, after two months in dock.",
        "A storm in January had torn the ramp from the pier, and the islanders had to take the long way round.",
    );
    response("Content-Type: text/html\r\n", page.as_bytes())
}

#[test]
fn pages_are_read_packed_or_not_and_all_else_is_passed_over() {
    let plain = sample().concat();
    let by_record: Vec<u8> = sample().iter().flat_map(|record| packed(record)).collect();
    for archive in [&plain, &by_record, &packed(&plain)] {
        assert_eq!(read(archive), [STRIKE, FISHERMEN]);
    }
    let articles: Vec<Article> =
        open(&plain[..], Options::default()).stories().collect::<Result<_, _>>().expect("they are read");
    assert_eq!(articles[0].url.as_deref(), Some("https://riverpost.example/2022/05/18/strike"));
    assert_eq!(articles[0].source_id.as_deref(), Some("urn:uuid:00000000-0000-4000-8000-000000000002"));
    assert_eq!(
        articles[0].published_at.as_ref().map(|published| published.date.to_string()).as_deref(),
        Some("2022-05-18")
    );
    assert!(
        articles[0].text.contains("“that is a promise”"),
        "the charset of the header is obeyed: {}",
        articles[0].text
    );
}

#[test]
fn the_sample_is_what_its_program_writes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/formats/crawl.warc.gz");
    let committed = std::fs::read(path).expect("the sample is there");
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(&committed[..]), &mut unpacked)
        .expect("it can be unpacked");
    assert!(
        unpacked == sample().concat(),
        "cargo run -p dateline-archive --example pack_warc writes it anew"
    );
}

#[test]
fn a_record_is_named_by_its_byte_in_the_packed_file() {
    let records: Vec<Vec<u8>> = (1..4)
        .map(|number| record("response", "https://a.example/", number, &story("First ferry")))
        .collect();
    let bad = record("response", "https://a.example/", 9, b"no response at all");
    let first = packed(&records[0]);
    let archive = [first.as_slice(), &packed(&bad), &packed(&records[1])].concat();
    let read = read(&archive);
    assert_eq!((read[0].as_str(), read[2].as_str()), ("First ferry", "First ferry"));
    assert!(read[1].starts_with(&format!("byte {}: the response", first.len())), "{read:?}");
}

#[test]
fn lengths_that_lie_cost_one_record() {
    let block = story("Second ferry");
    let one = record("response", "https://a.example/", 1, &story("First ferry"));
    let three = record("response", "https://a.example/", 3, &story("Third ferry"));
    // Up to four bytes more, it swallows only the blank lines after it, and nobody is hurt.
    for length in [
        0,
        3,
        block.len() - 40,
        block.len() - 3,
        block.len() + 5,
        block.len() + 200,
        block.len() + one.len() + 30,
        4_000_000,
        400_000_000,
        usize::MAX / 2,
    ] {
        let two = record_saying("response", "https://a.example/", 2, &block, length);
        for (form, archive) in [
            ("plain", [one.as_slice(), &two, &three].concat()),
            ("packed by record", [packed(&one), packed(&two), packed(&three)].concat()),
            ("packed as one", packed(&[one.as_slice(), &two, &three].concat())),
        ] {
            let read = read(&archive);
            assert_eq!(read.first().map(String::as_str), Some("First ferry"), "{form}, {length}: {read:?}");
            assert_eq!(read.last().map(String::as_str), Some("Third ferry"), "{form}, {length}: {read:?}");
            assert_eq!(read.len(), 3, "{form}, {length}: {read:?}");
            assert!(read[1].starts_with("byte "), "{form}, {length}: {read:?}");
        }
    }
}

#[test]
fn a_cut_archive_gives_its_whole_records_and_the_byte_of_the_break() {
    let records: Vec<Vec<u8>> = sample();
    let by_record: Vec<Vec<u8>> = records.iter().map(|record| packed(record)).collect();
    for records in [records, by_record] {
        let archive = records.concat();
        let mut ends = Vec::new();
        for record in &records {
            ends.push(ends.last().copied().unwrap_or(0) + record.len());
        }
        for cut in (1..archive.len()).step_by(29).chain([archive.len() - 1]) {
            let read = read(&archive[..cut]);
            let whole = |record: usize| ends[record] <= cut;
            assert_eq!(
                read.iter().any(|line| line == STRIKE),
                whole(2) || ends[2] <= cut + 4,
                "cut at {cut}: {read:?}"
            );
            let at_border = ends.iter().any(|&end| (end - 4..=end).contains(&cut));
            let broken = read.iter().filter(|line| line.starts_with("byte ")).count();
            if !at_border && cut < archive.len() - 12 && cut > 8 {
                assert!(
                    read.last().is_some_and(|line| line.starts_with(&format!("byte {cut}: "))),
                    "cut at {cut}: {read:?}"
                );
                assert_eq!(broken, 1, "cut at {cut}: {read:?}");
            }
        }
    }
}

#[test]
fn limits_hold_and_the_other_records_go_on() {
    let one = record("response", "https://a.example/", 1, &story("First ferry"));
    let large = record(
        "response",
        "https://a.example/",
        2,
        &response("Content-Type: text/html\r\n", &vec![b'a'; 200_000]),
    );
    let picture = record(
        "response",
        "https://a.example/",
        3,
        &response("Content-Type: image/png\r\n", &vec![b'a'; 200_000]),
    );
    let archive = [one.as_slice(), &large, &picture, &one, &one].concat();
    let small = Limits { record_bytes: 100_000, ..Limits::default() };
    let read = read_with(&archive, small);
    assert_eq!(
        (read[0].as_str(), read[2].as_str(), read.len()),
        ("First ferry", "First ferry", 4),
        "{read:?}"
    );
    assert!(read[1].contains("more than the limit of 100000"), "{read:?}");
    let few = Limits { records: 2, ..small };
    assert!(read_with(&archive, few)[1].ends_with("more than 2 records"), "{:?}", read_with(&archive, few));
}

#[test]
fn an_archive_without_pages_says_what_it_lacks() {
    let archive = [
        record("warcinfo", "", 0, b"software: ours\r\n"),
        record("metadata", "https://a.example/", 1, b"a: b"),
    ]
    .concat();
    assert!(read(&archive)[0].ends_with("there is no web page in the file"), "{:?}", read(&archive));
}
