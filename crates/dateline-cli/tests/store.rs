//! `dateline add` and `dateline events`: what goes in comes out, once.

mod house;

use std::path::Path;

use house::{Folder, Run, STORY, dateline};

fn add(database: &Path, file: &Path) -> Run {
    Run::of(dateline().arg("add").arg("--db").arg(database).arg(file))
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
