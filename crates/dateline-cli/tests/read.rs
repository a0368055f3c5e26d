//! `dateline read` and its neighbours on good input.

mod house;

use std::io::Read as _;
use std::process::{Command, Stdio};

use house::{Folder, Run, STORY, dateline, read};

#[test]
fn people_get_lines_and_a_pipe_gets_no_colour() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let run = Run::of(dateline().arg("read").arg(&page));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("\nEvents"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    assert_eq!(run.stderr, "");
}

#[test]
fn one_page_is_one_object_and_many_are_one_a_line() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let one = Run::of(dateline().args(["read", "--format", "json"]).arg(&page));
    let record: serde_json::Value = serde_json::from_str(&one.stdout).expect("one object");
    assert_eq!(record["record_version"], 1);
    assert!(one.stdout.lines().count() > 10, "one object is laid out to be read");
    let many = Run::of(dateline().args(["read", "--format", "json"]).arg(&page).arg(&page));
    assert_eq!(many.records().len(), 2);
}

#[test]
fn events_are_explained_in_the_form_of_the_codebook() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let run = Run::of(dateline().args(["read", "--explain"]).arg(&page));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let sentence = "Police in Lima arrested three dockers on Tuesday, a union lawyer said.";
    assert!(
        run.stdout.starts_with(&format!("{sentence}\n---\nCOERCE/arrest \"arrested\"\n  actor ")),
        "{}",
        run.stdout
    );
}

#[test]
fn an_explanation_names_the_rule_the_path_to_each_party_and_what_was_dropped() {
    let folder = Folder::new();
    let page = folder.file("page.txt", "The ministers struck a deal. Police in Lima arrested three dockers.");
    let run = Run::of(dateline().args(["read", "--explain", "--reader", "rules"]).arg(&page));
    let has = |line: &str| assert!(run.stdout.lines().any(|told| told.trim() == line), "{}", run.stdout);
    has("#   actor: subject, arrested ↓nsubj Police");
    has("#   recipient: object, arrested ↓dobj dockers");
    let dropped = run.stdout.lines().find(|line| line.trim().starts_with("# not assault.md#pound"));
    assert!(dropped.is_some_and(|line| line.contains(": if clause: ")), "{}", run.stdout);
}

#[test]
fn an_explanation_can_be_pasted_as_an_example() {
    let folder = Folder::new();
    let story = folder.file("story.txt", "Police in Lima arrested three dockers.");
    let rule = "```rule arrest\nverb arrest\nactor subject\nrecipient object\n```\n";
    let page = format!("# COERCE\n\nHeld.\n\n- quad: 4\n- intensity: -7\n- cameo: 170\n\n## Rules\n\n{rule}");
    let codebook = Folder::new();
    codebook.file("coerce.md", &page);
    let explain = ["read", "--explain", "--reader", "rules", "--codebook"];
    let explained = Run::of(dateline().args(explain).arg(codebook.path("")).arg(&story)).stdout;
    let example = format!("\n## Examples\n\n```example pasted\n{}\n```\n", explained.trim_end());
    codebook.file("coerce.md", &(page + &example));
    let run = Run::of(dateline().arg("test").arg(codebook.path("")));
    assert_eq!(run.code, Some(0), "{explained}{}{}", run.stdout, run.stderr);
    assert!(run.stderr.starts_with("1 hold, 0 do not"), "{}", run.stderr);
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    assert_eq!(read([&page]).stdout, read([&page, &"--jobs", &"1"]).stdout);
}

#[test]
fn records_come_in_the_order_of_the_input() {
    let lines: Vec<String> =
        (0..100).map(|id| format!("{{\"id\": {id}, \"text\": \"Story {id}. {STORY}\"}}")).collect();
    let run = Run::of(dateline().args(["read", "--format", "ndjson", "-"]).write_stdin(lines.join("\n")));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let ids: Vec<String> = run
        .records()
        .iter()
        .map(|record| record["article"]["source_id"].as_str().expect("an id is a string").into())
        .collect();
    assert_eq!(ids, (0..100).map(|id| id.to_string()).collect::<Vec<_>>());
}

#[test]
fn the_day_of_publication_may_be_told() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let record = read([&page, &"--published-at", &"2021-05-05"]).record();
    assert_eq!(record["article"]["published_at"], "2021-05-05");
    assert_eq!(record["article"]["published_at_basis"], "argument");
}

#[test]
fn every_record_names_the_versions_that_made_it() {
    let record = read([&Folder::new().file("page.txt", STORY)]).record();
    for version in ["dateline", "codebook", "weights", "gazetteer"] {
        let named = record["made_by"][version].as_str().unwrap_or_default();
        assert!(!named.is_empty(), "{version} is not named: {}", record["made_by"]);
    }
}

#[test]
fn a_reader_who_has_seen_enough_may_close_the_pipe() {
    let lines: Vec<String> = (0..200).map(|id| format!("{{\"id\": {id}, \"text\": \"{STORY}\"}}")).collect();
    let folder = Folder::new();
    let stories = folder.file("stories.jsonl", lines.join("\n"));
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("dateline"))
        .args(["read", "--format", "ndjson"])
        .arg(&stories)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let status = child.wait().expect("it ends");
    let mut said = String::new();
    child.stderr.take().expect("it was piped").read_to_string(&mut said).expect("messages are UTF-8");
    assert!(status.success(), "{status}: {said}");
    assert_eq!(said, "");
}

#[test]
fn completions_and_the_manual_are_printed() {
    let completions = Run::of(dateline().args(["completions", "bash"]));
    assert!(completions.stdout.contains("_dateline"), "{}", completions.stderr);
    let manual = Run::of(dateline().args(["man", "read"]));
    assert!(manual.stdout.contains("rejects"), "{}", manual.stderr);
    Run::of(dateline().args(["man", "nothing"])).fails(1, &["there is no subcommand nothing", "hint:"]);
}

#[test]
fn wrong_usage_has_its_own_status() {
    Run::of(dateline().arg("read")).fails(2, &["FILE"]);
    Run::of(dateline().args(["read", "--format", "xml", "-"])).fails(2, &["ndjson"]);
}
