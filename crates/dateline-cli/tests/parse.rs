//! `dateline parse`: texts in, columns, JSON or a picture out.

mod house;

use std::ffi::OsStr;

use dateline_document::Span;
use house::{Folder, Run, dateline};
use serde_json::Value;

fn parse(format: &str, file: impl AsRef<OsStr>) -> Run {
    Run::of(dateline().args(["parse", "--format", format]).arg(file))
}

#[test]
fn json_points_into_the_text_as_it_was_given() {
    let folder = Folder::new();
    // The two spaces, the line break and NUL stay where they are.
    let text = "Réunion's  port:\nJo\u{0} sailed.";
    let file = folder.file("a.jsonl", serde_json::json!({"id": 7, "text": text}).to_string());
    let document = parse("json", file).record();
    assert_eq!((&document["id"], &document["text"]), (&Value::from("7"), &Value::from(text)));
    let tokens = document["tokens"].as_array().expect("tokens are a list");
    for token in tokens {
        let at = |end: &str| token[end].as_u64().expect("offsets are numbers") as usize;
        assert_eq!(token["text"], text[Span::new(at("start"), at("end"))]);
        assert!((token["head"].as_u64().expect("a head is a number") as usize) < tokens.len());
    }
    assert_eq!(tokens[0]["sentence_start"], true);
    let fields: Vec<_> = tokens[0].as_object().expect("a token is an object").keys().collect();
    assert_eq!(fields.len(), 10, "{fields:?}");
}

#[test]
fn many_texts_come_in_their_order() {
    let folder = Folder::new();
    let lines: String =
        (0..300).map(|id| format!("{{\"id\": {id}, \"text\": \"Envoy {id} left.\"}}\n")).collect();
    let run =
        Run::of(dateline().args(["parse", "--format=json", "--jobs=3"]).arg(folder.file("a.jsonl", lines)));
    let ids: Vec<_> =
        run.records().iter().map(|document| document["id"].as_str().map(str::to_owned)).collect();
    assert_eq!(ids, (0..300).map(|id| Some(id.to_string())).collect::<Vec<_>>());
}

#[test]
fn a_line_that_is_no_text_is_rejected_and_the_others_are_parsed() {
    let folder = Folder::new();
    let lines = "{\"text\": \"\\ud800\"}\n{\"text\": \"Peru voted.\"}\nPeru voted.\n{\"text\": \"\"}\n";
    let run = parse("json", folder.file("a.jsonl", lines));
    run.fails(3, &["a.jsonl: line 1: ", "a.jsonl: line 3: ", "hint: one story a line"]);
    assert_eq!(run.records().len(), 2);
}

#[test]
fn columns_hold_no_white_space_of_the_text() {
    let folder = Folder::new();
    let run =
        parse("conllu", folder.file("a.txt", "\u{feff} \n Two\tmen fled.\r\n\r\nNobody saw\u{2028}them."));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let words: Vec<Vec<&str>> = run
        .stdout
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let forms: Vec<&str> = words.iter().map(|columns| columns[1]).collect();
    assert_eq!(forms, ["Two", "men", "fled", ".", "Nobody", "saw", "them", "."]);
    assert!(words.iter().all(|columns| columns.len() == 10), "{}", run.stdout);
    assert_eq!(words.iter().filter(|columns| columns[6] == "0").count(), 2);
    assert_eq!(words[0][9].split('|').next(), Some("SpacesBefore=\\s\\n\\s"));
    assert_eq!(words[3][9], "SpacesAfter=\\r\\n\\r\\n");
}

#[test]
fn the_senter_tells_sentences_without_dependencies() {
    let folder = Folder::new();
    let file = folder.file("a.txt", "Rain fell in Lima. Nobody minded.");
    let run = Run::of(dateline().args(["parse", "--format=json", "--sentences=senter"]).arg(file));
    let tokens = run.record()["tokens"].as_array().expect("tokens are a list").clone();
    let starts: Vec<_> = (0..tokens.len()).filter(|&at| tokens[at]["sentence_start"] == true).collect();
    assert_eq!(starts, [0, 5]);
    assert!(tokens.iter().enumerate().all(|(at, token)| token["head"] == at && token["relation"] == ""));
}

#[test]
fn a_picture_is_of_one_text() {
    let folder = Folder::new();
    let run = parse("svg", folder.file("a.txt", "AT&T sued <Kivu>."));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("AT&amp;T") && !run.stdout.contains("<Kivu"), "{}", run.stdout);
    let two = "{\"text\": \"Peru voted.\"}\n{\"text\": \"Chile did not.\"}\n";
    let run = parse("svg", folder.file("two.jsonl", two));
    run.fails(1, &["a picture shows one text", "hint:"]);
    assert!(run.stdout.is_empty());
}

#[test]
fn files_that_hold_no_text_are_told_apart() {
    let folder = Folder::new();
    parse("json", folder.path("none.txt")).fails(1, &["no such file"]);
    parse("json", folder.path("")).fails(1, &["this is a folder"]);
    parse("json", folder.file("latin.txt", b"Caf\xe9 burnt.")).fails(1, &["byte 3 is not UTF-8", "iconv"]);
    parse("json", folder.file("wide.txt", b"\xff\xfea\0")).fails(1, &["is UTF-16", "iconv -f UTF-16"]);
}
