//! What may be wrong with a file, and what is said then. Nothing that was acknowledged is lost.

mod support;

use std::fs;
use std::path::Path;
use std::time::Duration;

use dateline_store::{Filter, Prepared, Store, StoreError, WriteOptions, Writer};
use jiff::Timestamp;
use support::{Folder, Story, arrests};

fn open(path: &Path, options: &WriteOptions) -> Result<Writer, StoreError> {
    Writer::open(path, options, Timestamp::UNIX_EPOCH, &mut |_| ())
}

/// A writer that waits for nobody.
fn at_once() -> WriteOptions {
    let mut options = WriteOptions::default();
    options.wait = Duration::ZERO;
    options
}

fn said<T>(result: Result<T, StoreError>) -> String {
    match result {
        Ok(_) => panic!("it should have failed"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn there_is_no_such_file() {
    let folder = Folder::new();
    assert!(said(Store::open(&folder.db())).contains("no such database"));
    assert!(!folder.db().exists(), "asking makes no file");
}

#[test]
fn a_text_is_no_database_and_is_left_alone() {
    let folder = Folder::new();
    fs::write(folder.db(), "Dear diary, nothing happened today that anybody would want to read.").unwrap();
    let before = fs::read(folder.db()).unwrap();
    assert!(said(Store::open(&folder.db())).contains("no SQLite database"));
    assert!(said(open(&folder.db(), &at_once())).contains("no SQLite database"));
    assert_eq!(fs::read(folder.db()).unwrap(), before);
}

#[test]
fn somebody_else_s_database_is_left_alone() {
    let folder = Folder::new();
    let other = rusqlite::Connection::open(folder.db()).unwrap();
    other.execute_batch("CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('soup');").unwrap();
    drop(other);
    let before = fs::read(folder.db()).unwrap();
    assert!(said(Store::open(&folder.db())).contains("not made by dateline"));
    assert!(said(open(&folder.db(), &at_once())).contains("not made by dateline"));
    assert_eq!(fs::read(folder.db()).unwrap(), before);
}

#[test]
fn a_newer_database_is_refused_in_a_sentence() {
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    let connection = rusqlite::Connection::open(folder.db()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(said(Store::open(&folder.db())).contains("schema version 99"));
    assert!(said(open(&folder.db(), &at_once())).contains("use the dateline that wrote it"));
}

#[test]
fn an_empty_file_becomes_a_database() {
    let folder = Folder::new();
    fs::write(folder.db(), "").unwrap();
    assert!(said(Store::open(&folder.db())).contains("no such database"));
    folder.add(&[Story::default()]);
    assert_eq!(folder.store().count(&Filter::default()).unwrap().events, 1);
}

#[test]
fn a_damaged_database_is_said_to_be_damaged() {
    let folder = Folder::new();
    folder.add(&stories(60));
    let whole = fs::read(folder.db()).unwrap();
    // Cut off in the middle, and with a hole in the middle: what can still be read is read, and
    // nothing panics.
    let mut hole = whole.clone();
    let middle = hole.len() / 2;
    hole[4096..middle].fill(0x5a);
    for (name, bytes) in [("cut.db", &whole[..middle]), ("hole.db", &hole[..]), ("header.db", &whole[..50])] {
        let path = folder.path(name);
        fs::write(&path, bytes).unwrap();
        let asked = Store::open(&path).and_then(|store| {
            store.events(&Filter::default())?;
            store.entities(&Filter::default())?;
            store.sql("SELECT count(*) FROM telling NOT INDEXED", 1)?;
            Ok(())
        });
        let said = said(asked);
        assert!(said.contains("damaged"), "{name}: {said}");
        assert!(said.contains("recover"), "{name}: {said}");
    }
}

#[test]
fn a_second_writer_waits_and_then_says_who_holds_it() {
    let folder = Folder::new();
    let first = folder.writer();
    let mut waited_for = None;
    let mut options = WriteOptions::default();
    options.wait = Duration::from_millis(200);
    let second = Writer::open(&folder.db(), &options, Timestamp::UNIX_EPOCH, &mut |holder| {
        waited_for = Some(holder.to_string());
    });
    let expected = format!("process {}", std::process::id());
    assert!(said(second.map(|_| ())).contains(&expected));
    assert!(waited_for.unwrap().contains(&expected), "it says so before it waits");
    first.close().unwrap();
    open(&folder.db(), &at_once()).expect("once the first has ended the second may write");
}

#[test]
fn readers_read_while_one_writes() {
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    let mut writer = folder.writer();
    let store = folder.store();
    writer.add(&prepared(&stories(5)), Timestamp::UNIX_EPOCH).unwrap();
    assert!(store.count(&Filter::default()).unwrap().tellings >= 6, "and see what is committed");
    writer.close().unwrap();
}

#[test]
fn a_program_that_keeps_a_transaction_open_is_named_as_such() {
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    let other = rusqlite::Connection::open(folder.db()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE; DELETE FROM setting;").unwrap();
    let mut writer = match open(&folder.db(), &at_once()) {
        Ok(writer) => writer,
        Err(error) => {
            assert!(matches!(error, StoreError::Locked), "{error}");
            return;
        }
    };
    let error = writer.add(&prepared(&stories(1)), Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(error.to_string().contains("another program holds the database locked"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_read_only_file_can_be_asked_and_not_added_to() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    fs::set_permissions(folder.db(), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(folder.store().count(&Filter::default()).unwrap().events, 1);
    // Permissions do not bind an administrator.
    if fs::OpenOptions::new().append(true).open(folder.db()).is_err() {
        assert!(said(open(&folder.db(), &at_once()).map(|_| ())).contains("may not be written to"));
    }
}

#[test]
fn a_disk_that_fills_up_keeps_what_was_added_before() {
    let folder = Folder::new();
    let mut options = at_once();
    // A quota in the place of a disk: SQLite runs out of pages as it would run out of room.
    options.max_pages = Some(150);
    let mut writer = open(&folder.db(), &options).unwrap();
    let all = stories(400);
    let mut kept = 0;
    let error = all
        .chunks(8)
        .find_map(|batch| match writer.add(&prepared(batch), Timestamp::UNIX_EPOCH) {
            Ok(added) => {
                kept += added.len();
                None
            }
            Err(error) => Some(error),
        })
        .expect("150 pages do not hold 400 stories");
    assert!(matches!(error, StoreError::Full), "{error}");
    assert!(error.to_string().contains("no room left"), "{error}");
    assert!(kept > 0);
    drop(writer);
    let articles =
        |folder: &Folder| folder.store().sql("SELECT count(*) FROM article", 1).unwrap().rows[0][0].clone();
    assert_eq!(articles(&folder), kept, "what was acknowledged is there, and nothing else");
    assert_eq!(folder.store().sql("PRAGMA integrity_check", 9).unwrap().rows[0][0], "ok");
    // With room again the same run goes on.
    let mut writer = open(&folder.db(), &at_once()).unwrap();
    for batch in all.chunks(8) {
        writer.add(&prepared(batch), Timestamp::UNIX_EPOCH).unwrap();
    }
    writer.close().unwrap();
    assert_eq!(articles(&folder), 400);
}

/// A disk of its own, a megabyte large. Mounting needs an administrator; for others the quota above
/// stands in for it, and the test says so.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_that_fills_up_is_no_different() {
    use std::process::Command;
    let folder = Folder::new();
    let disk = folder.path("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("no disk can be mounted here; only the quota was tested");
        return;
    }
    let database = disk.join("small.db");
    let outcome = std::panic::catch_unwind(|| {
        let mut writer = open(&database, &at_once()).unwrap();
        let mut kept = 0_usize;
        let error = stories(600).chunks(8).find_map(|batch| {
            match writer.add(&prepared(batch), Timestamp::UNIX_EPOCH) {
                Ok(added) => {
                    kept += added.len();
                    None
                }
                Err(error) => Some(error),
            }
        });
        drop(writer);
        let there = Store::open(&database).and_then(|store| {
            let sound = store.sql("PRAGMA integrity_check", 9)?.rows[0][0].clone();
            Ok((store.sql("SELECT count(*) FROM article", 1)?.rows[0][0].clone(), sound))
        });
        (kept, error.map(|error| error.to_string()), there.map_err(|error| error.to_string()))
    });
    let _ = Command::new("umount").arg("-l").arg(&disk).output();
    let (kept, error, there) = outcome.expect("nothing panics on a full disk");
    assert!(error.expect("a megabyte does not hold 600 stories").contains("no room left"));
    assert_eq!(there.unwrap(), (kept.into(), "ok".into()));
}

fn prepared(stories: &[Story]) -> Vec<Prepared> {
    stories.iter().map(|story| Prepared::new(story.record())).collect()
}

/// Stories at different addresses.
fn stories(count: usize) -> Vec<Story> {
    (0..count)
        .map(|number| Story {
            url: Some(Box::leak(format!("https://wire.example/story/{number}").into_boxed_str())),
            title: Box::leak(format!("Story number {number}").into_boxed_str()),
            sentences: vec![arrests()],
            ..Story::default()
        })
        .collect()
}
