//! `dateline import`: what a cluster has read comes into a database as if it had been read here.

mod house;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use house::{Folder, Run, STORY, dateline};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Writes a file of records as the cluster's job has them.
fn records(path: &Path, records: &[Option<&str>]) {
    let schema =
        "message spark_schema { optional binary article_id (STRING); optional binary record (STRING); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let file = File::create(path).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    for _ in 0..2 {
        let mut column = group.next_column().expect("a column").expect("there are two");
        let present: Vec<i16> = records.iter().map(|record| i16::from(record.is_some())).collect();
        let values: Vec<ByteArray> =
            records.iter().flatten().map(|record| ByteArray::from(*record)).collect();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&present), None).expect("written");
        column.close().expect("closed");
    }
    group.close().expect("closed");
    writer.close().expect("closed");
}

fn import(database: &Path, file: &Path) -> Run {
    Run::of(dateline().arg("import").arg("--db").arg(database).arg(file))
}

fn record(folder: &Folder) -> String {
    let page = folder.file("page.txt", STORY);
    let read =
        Run::of(dateline().args(["read", "--format", "ndjson", "--published-at", "2024-05-15"]).arg(page));
    read.stdout.trim().to_owned()
}

#[test]
fn what_is_imported_is_what_would_have_been_added_and_only_once() {
    let folder = Folder::new();
    let (added, imported) = (folder.path("added.db"), folder.path("imported.db"));
    let record = record(&folder);
    let slice = folder.path("out/records/date=2024-05-15");
    fs::create_dir_all(&slice).expect("a folder");
    fs::create_dir_all(folder.path("out/events")).expect("a folder");
    fs::write(folder.path("out/records/_SUCCESS"), "").expect("a file");
    records(&slice.join("part-0.parquet"), &[Some(&record)]);
    let first = import(&imported, &folder.path("out"));
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert!(first.stdout.contains("1 added"), "{}", first.stdout);
    let add = dateline()
        .args(["add", "--published-at", "2024-05-15", "--db"])
        .arg(&added)
        .arg(folder.path("page.txt"))
        .output();
    assert!(add.expect("it runs").status.success());
    let listed = |database: &Path, what: &str| {
        Run::of(dateline().args([what, "--format", "ndjson", "--db"]).arg(database)).stdout
    };
    for what in ["events", "quotes", "entities", "stories"] {
        assert!(!listed(&added, what).is_empty());
        assert_eq!(listed(&imported, what), listed(&added, what), "{what}");
    }
    let again = import(&imported, &slice);
    assert!(again.stdout.contains("1 there already"), "{}", again.stdout);
}

#[test]
fn files_and_rows_that_are_no_records_are_named_and_the_rest_is_imported() {
    let folder = Folder::new();
    let (database, record) = (folder.path("d.db"), record(&folder));
    fs::create_dir_all(folder.path("out")).expect("a folder");
    records(&folder.path("out/a.parquet"), &[None, Some("{\"no\": 1}"), Some(&record)]);
    fs::write(folder.path("out/b.parquet"), "PAR1 and nothing else").expect("a file");
    let whole = fs::read(folder.path("out/a.parquet")).expect("it is there");
    fs::write(folder.path("out/c.parquet"), &whole[..whole.len() / 2]).expect("a file");
    let mut other = whole.clone();
    // In the second column, which has the records.
    let at = other.len() * 3 / 4;
    other[at..at + 40].fill(0xff);
    fs::write(folder.path("out/d.parquet"), other).expect("a file");
    let run = import(&database, &folder.path("out"));
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stdout.contains("1 added"), "{}", run.stdout);
    for words in [
        "a.parquet: row 1: there is no record",
        "a.parquet: row 2: this is no record: missing field",
        "b.parquet: this is no Parquet file that can be read",
        "c.parquet: this is no Parquet file that can be read",
        "d.parquet: this is no Parquet file that can be read: Error reading BYTE_ARRAY as String",
    ] {
        assert!(run.stderr.contains(words), "{words} is missing in: {}", run.stderr);
    }
}

#[test]
fn a_file_without_records_says_which_columns_it_has() {
    let folder = Folder::new();
    let schema = "message m { optional binary event_id (STRING); optional int64 record; }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let file = File::create(folder.path("events.parquet")).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let mut column = group.next_column().expect("a column").expect("the first");
    let text = ByteArray::from("e");
    column.typed::<ByteArrayType>().write_batch(&[text], Some(&[1]), None).expect("written");
    column.close().expect("closed");
    let mut column = group.next_column().expect("a column").expect("the second");
    column.typed::<Int64Type>().write_batch(&[7], Some(&[1]), None).expect("written");
    column.close().expect("closed");
    group.close().expect("closed");
    writer.close().expect("closed");
    let run = import(&folder.path("d.db"), &folder.path("events.parquet"));
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("there is no column \"record\" with text; there are event_id, record"),
        "{}",
        run.stderr
    );
    let nothing = import(&folder.path("d.db"), &folder.path("no-such"));
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.stderr.contains("no such file or folder"), "{}", nothing.stderr);
}
