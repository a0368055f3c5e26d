//! `dateline add` and `dateline events`: what goes in comes out, once.

mod house;

use std::path::Path;

use house::{Folder, Run, STORY, dateline};

fn add(database: &Path, file: &Path) -> Run {
    let published = ["--published-at", "2024-05-15"];
    Run::of(dateline().arg("add").args(published).arg("--db").arg(database).arg(file))
}

#[test]
fn what_is_added_is_listed_and_adding_it_again_changes_nothing() {
    let folder = Folder::new();
    let (database, page) = (folder.path("d.db"), folder.file("page.txt", STORY));
    let first = add(&database, &page);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stdout.contains("1 added"), "{}", first.stdout);
    let list =
        || Run::of(dateline().args(["events", "--type", "coerce", "--format", "csv", "--db"]).arg(&database));
    let events = list();
    assert_eq!(events.code, Some(0), "{}", events.stderr);
    assert!(events.stdout.contains("COERCE,arrest,asserted"), "{}", events.stdout);
    let again = add(&database, &page);
    assert!(again.stdout.contains("1 there already"), "{}", again.stdout);
    assert_eq!(list().stdout, events.stdout);
    let cut = Run::of(dateline().args(["events", "--limit", "1", "--db"]).arg(&database));
    assert!(cut.stderr.contains("cut after 1 rows"), "{}", cut.stderr);
    let groups = Run::of(dateline().args(["events", "--group-by", "type", "--db"]).arg(&database));
    assert!(groups.stdout.contains("PROTEST"), "{}", groups.stdout);
}

#[test]
fn every_listing_answers_in_every_form() {
    let folder = Folder::new();
    let (database, page) = (folder.path("d.db"), folder.file("page.txt", STORY));
    assert_eq!(add(&database, &page).code, Some(0));
    let ask = |arguments: &[&str]| {
        let run = Run::of(dateline().args(arguments).arg("--db").arg(&database));
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
        run.stdout
    };
    for listing in [
        &["events"][..],
        &["events", "--group-by", "type,status"],
        &["quotes"],
        &["stories"],
        &["stories", "--articles"],
        &["entities"],
        &["changes"],
        &["correct", "sample"],
        &["correct", "precision"],
        &["sql", "SELECT event_type, day FROM event"],
    ] {
        let with = |format| ask(&[listing, &["--format", format]].concat());
        assert!(with("table").lines().count() >= 2, "{listing:?}");
        let object: serde_json::Value = serde_json::from_str(&with("json")).expect("one object");
        let rows = object["rows"].as_array().expect("with rows").len();
        assert!(object["truncated"] == false && rows > 0, "{listing:?}");
        let lines = with("ndjson");
        assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
        assert_eq!(lines.lines().count(), rows, "{listing:?}");
        assert!(with("csv").lines().count() > rows, "{listing:?}: a line of names and the rows");
    }
    let events = ask(&["events", "--format", "ndjson", "--type", "COERCE"]);
    let event: serde_json::Value = serde_json::from_str(events.lines().next().expect("one")).expect("JSON");
    let id = event["id"].as_str().expect("an id");
    let shown = ask(&["show", id]);
    for words in
        ["COERCE/arrest", "trigger     'arrested'", "Police in Lima arrested three dockers", "version 1"]
    {
        assert!(shown.contains(words), "{words} is missing in: {shown}");
    }
    assert!(ask(&["correct", "reject", id]).starts_with(&format!("reject {id}")));
    assert!(!ask(&["events", "--format", "ndjson"]).contains(id), "it is listed no more");
    for format in ["csv", "ndjson", "geojson", "ftm", "graphml", "polecat", "gdelt"] {
        assert!(!ask(&["export", "--format", format]).is_empty(), "{format}");
    }
}

#[test]
fn what_is_wrong_with_a_database_is_said_in_a_sentence() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let events = |database: &Path| Run::of(dateline().args(["events", "--db"]).arg(database));
    events(&folder.path("none.db")).fails(1, &["none.db: there is no such database", "hint: dateline add"]);
    let text = folder.file("text.db", "this is no database at all");
    add(&text, &page).fails(1, &["text.db: this is no SQLite database"]);
    add(&folder.path("no/such/folder.db"), &page).fails(1, &["there is no folder"]);
    events(&text).fails(1, &["this is no SQLite database"]);
    let unknown = Run::of(dateline().args(["events", "--quad", "7", "--db"]).arg(&text));
    unknown.fails(1, &["--quad: 7 is not one of 1, 2, 3, 4"]);
}

#[test]
fn adding_takes_the_formats_limits_and_addresses_that_reading_takes() {
    let folder = Folder::new();
    let database = folder.path("d.db");
    let lines =
        folder.file("stories.dat", "{\"text\": \"Police arrested 40 teachers in Lima on Monday.\"}\n");
    let with = |arguments: &[&str], file: &Path| {
        Run::of(dateline().arg("add").args(arguments).arg("--db").arg(&database).arg(file))
    };
    let added = with(&["--from", "jsonl"], &lines);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    assert!(added.stdout.contains("1 added"), "{}", added.stdout);
    let text = with(&["--from", "text"], &lines);
    assert!(
        text.stdout.contains("1 added"),
        "the line is a story of its own: {} {}",
        text.stdout,
        text.stderr
    );
    // Nobody listens there: it is the network that refuses, as `read` says too.
    let nobody = with(&["--allow-private"], Path::new("http://127.0.0.1:1/story.html"));
    assert_eq!(nobody.code, Some(5), "{}", nobody.stderr);
}
