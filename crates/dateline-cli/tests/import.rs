//! `dateline import`: what a cluster has read comes into a database as if it had been read here.

mod house;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use dateline_record::Record;
use dateline_store::{Prepared, Trace};
use house::{Folder, Run, STORY, dateline};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
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

/// Writes a file of one record without its text, as the cluster's job has it by default.
fn bare(path: &Path, record: &str, with_trace: bool) -> String {
    let record: Record = serde_json::from_str(record).expect("a record");
    let article = Prepared::new(record.clone());
    let Trace { words, sketch } = article.trace();
    let json = serde_json::to_string(&record.without_text()).expect("it is JSON");
    let trace = "optional int64 words; optional int32 level; optional binary shingles; \
        optional group bands (LIST) { repeated group list { optional int64 element; } }";
    let trace = if with_trace { trace } else { "" };
    let schema = format!("message spark_schema {{ optional binary record (STRING); {trace} }}");
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let file = File::create(path).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::default()).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let mut at = 0;
    while let Some(mut column) = group.next_column().expect("a column") {
        let (text, known) = (ByteArray::from(json.as_str()), Some(&[1_i16][..]));
        match at {
            0 => column.typed::<ByteArrayType>().write_batch(&[text], known, None),
            1 => column.typed::<Int64Type>().write_batch(&[*words as i64], known, None),
            2 => column.typed::<Int32Type>().write_batch(&[sketch.level as i32], known, None),
            3 => column.typed::<ByteArrayType>().write_batch(&[sketch.bytes().into()], known, None),
            _ => {
                let bands: Vec<i64> = sketch.bands.iter().map(|band| *band as i64).collect();
                let (there, mut repeated) = (vec![3; bands.len()], vec![1; bands.len()]);
                repeated[0] = 0;
                column.typed::<Int64Type>().write_batch(&bands, Some(&there), Some(&repeated))
            }
        }
        .expect("written");
        column.close().expect("closed");
        at += 1;
    }
    group.close().expect("closed");
    writer.close().expect("closed");
    json
}

#[test]
fn a_record_without_its_text_is_stored_as_one_with_it() {
    let folder = Folder::new();
    let (whole, without) = (folder.path("whole.db"), folder.path("without.db"));
    let record = record(&folder);
    records(&folder.path("whole.parquet"), &[Some(&record)]);
    let json = bare(&folder.path("bare.parquet"), &record, true);
    assert!(json.len() < record.len() && json.contains("\"text\":\"\",\"parts\""), "{json}");
    assert!(import(&whole, &folder.path("whole.parquet")).stdout.contains("1 added"));
    let run = import(&without, &folder.path("bare.parquet"));
    assert!(run.stdout.contains("1 added") && run.stderr.is_empty(), "{} {}", run.stdout, run.stderr);
    let asked = |database: &Path, question: &str| {
        Run::of(dateline().args(["sql", "--format", "csv", "--db"]).arg(database).arg(question)).stdout
    };
    for (question, lines) in [
        ("SELECT id, text_hash, words, title, day, story, copy_of FROM article", 2),
        ("SELECT level, hex(shingles), hex(bands), hex(features) FROM sketch", 2),
        ("SELECT id, digest, event_type, trigger_start FROM telling", 3),
        ("SELECT entity, mentions FROM appearance", 3),
    ] {
        let found = asked(&whole, question);
        assert!(found.lines().count() >= lines, "{question}: {found}");
        assert_eq!(asked(&without, question), found, "{question}");
    }
    // The same article, whichever way it comes.
    assert!(import(&without, &folder.path("whole.parquet")).stdout.contains("1 there already"));
}

#[test]
fn texts_are_kept_when_asked_for_and_there() {
    let folder = Folder::new();
    let database = folder.path("d.db");
    let record = record(&folder);
    records(&folder.path("whole.parquet"), &[Some(&record)]);
    bare(&folder.path("bare.parquet"), &record, true);
    let keeping = |file: &str| {
        Run::of(dateline().args(["import", "--keep-text", "--db"]).arg(&database).arg(folder.path(file)))
    };
    let length = || {
        let question = "SELECT coalesce(length(text), 0) AS n FROM article_version";
        Run::of(dateline().args(["sql", "--format", "csv", "--db"]).arg(&database).arg(question)).stdout
    };
    let run = keeping("bare.parquet");
    assert_eq!(run.code, Some(0));
    assert!(run.stderr.contains("note: 1 came without their texts"), "{}", run.stderr);
    assert_eq!(length(), "n\n0\n");
    assert_eq!(keeping("whole.parquet").stderr, "");
    assert_ne!(length(), "n\n0\n");
}

#[test]
fn a_record_that_nothing_tells_the_copies_of_is_named() {
    let folder = Folder::new();
    bare(&folder.path("bare.parquet"), &record(&folder), false);
    let run = import(&folder.path("d.db"), &folder.path("bare.parquet"));
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("bare.parquet: row 1: the record has no text"), "{}", run.stderr);
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
