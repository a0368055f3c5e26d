//! Opening: for one who writes, for many who read, and what may be wrong with the file.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::occurrence::kilometres;
use crate::{StoreError, schema};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How long to wait for a program that is not ours to end its transaction.
const BUSY: Duration = Duration::from_secs(5);

/// Refuses what is no database of ours, without touching it. A file that is not there is fine, and
/// so is an empty one: both are about to be made.
pub(crate) fn look(path: &Path) -> Result<(), StoreError> {
    if path.is_dir() {
        return Err(StoreError::CannotOpen("it is a folder".into()));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            return match folder {
                Some(folder) if !folder.is_dir() => {
                    Err(StoreError::CannotOpen(format!("there is no folder {}", folder.display())))
                }
                _ => Ok(()),
            };
        }
        Err(error) => return Err(StoreError::CannotOpen(error.to_string())),
    };
    let mut magic = Vec::new();
    file.by_ref().take(16).read_to_end(&mut magic)?;
    if !magic.is_empty() && magic != MAGIC {
        return Err(StoreError::NotADatabase);
    }
    if magic.is_empty() {
        return Ok(());
    }
    // Whose it is stands in the header; asking SQLite for it might already make files beside it.
    let mut header = magic;
    file.take(84).read_to_end(&mut header)?;
    let number =
        |at: usize| header.get(at..at + 4).map(|bytes| u32::from_be_bytes(bytes.try_into().expect("four")));
    match (number(68), number(60)) {
        (Some(application), Some(_)) if i64::from(application) == schema::APPLICATION => Ok(()),
        // Empty but for its header: we were ended before the first table was made. `check` sees
        // whether it has tables.
        (Some(0), Some(0)) => Ok(()),
        (None, _) | (_, None) => Err(StoreError::Damaged("the file ends within its header".into())),
        _ => Err(StoreError::Foreign),
    }
}

pub(crate) fn for_writing(path: &Path, max_pages: Option<u32>) -> Result<Connection, StoreError> {
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY)?;
    if connection.is_readonly("main")? {
        return Err(StoreError::ReadOnly);
    }
    // Whether it is ours is asked before anything is set.
    schema_is_ours(&connection)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    // What is acknowledged has reached the disk.
    connection.pragma_update(None, "synchronous", "full")?;
    // Checked by tests and `PRAGMA foreign_key_check`, not row by row: an article points to its story
    // before the story is known.
    connection.pragma_update(None, "foreign_keys", false)?;
    // A plan must not hang on the values that are asked for: with statistics on, SQLite would compile
    // such a statement anew each time it is run, which took a quarter of the time that adding takes.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "cache_size", -131_072)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // A page that is written again and again goes into the file once a log of 64 MB.
    connection.pragma_update(None, "wal_autocheckpoint", 16_000)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    if let Some(pages) = max_pages {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    connection.set_prepared_statement_cache_capacity(128);
    schema::bring_up_to_date(&mut connection)?;
    Ok(connection)
}

fn schema_is_ours(connection: &Connection) -> Result<(), StoreError> {
    match schema::check(connection) {
        Err(StoreError::Missing | StoreError::Older { .. }) => Ok(()),
        other => other,
    }
}

pub(crate) fn for_reading(path: &Path) -> Result<Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing);
    }
    look(path)?;
    let connection = match opened(path, false) {
        // On a read-only disk the files that readers share cannot be made; nobody else writes then.
        // With a log beside it the file alone is not all there is.
        Err(StoreError::CannotOpen(_) | StoreError::ReadOnly) if !has_log(path) => opened(path, true)?,
        other => other?,
    };
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_prepared_statement_cache_capacity(64);
    add_functions(&connection)?;
    Ok(connection)
}

fn has_log(path: &Path) -> bool {
    std::fs::metadata(crate::hold::beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn opened(path: &Path, is_immutable: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if is_immutable {
        let path: String = path.to_string_lossy().chars().map(escaped).collect();
        Connection::open_with_flags(format!("file:{path}?immutable=1"), flags | OpenFlags::SQLITE_OPEN_URI)?
    } else {
        Connection::open_with_flags(path, flags)?
    };
    connection.busy_timeout(BUSY)?;
    schema::check(&connection)?;
    Ok(connection)
}

fn escaped(character: char) -> String {
    match character {
        '%' => "%25".into(),
        '?' => "%3f".into(),
        '#' => "%23".into(),
        other => other.into(),
    }
}

/// What questions may use beyond SQLite's own: `km(lat, lon, lat, lon)`.
fn add_functions(connection: &Connection) -> Result<(), StoreError> {
    use rusqlite::functions::FunctionFlags;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("km", 4, flags, |context| {
        let number = |at| context.get::<Option<f64>>(at);
        let (Some(lat), Some(lon), Some(other_lat), Some(other_lon)) =
            (number(0)?, number(1)?, number(2)?, number(3)?)
        else {
            return Ok(None);
        };
        Ok(Some(kilometres((lat, lon), (other_lat, other_lon))))
    })?;
    Ok(())
}
