//! Hold: one process adds at a time. The file beside the database says who.
//!
//! The lock is the operating system's, on `FILE-writer`: it falls when its process ends, however it
//! ends, so that no stale lock is ever left. What stands in the file is for the next one to read.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::StoreError;

const POLL: Duration = Duration::from_millis(50);

/// The process that adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// "process 4711 on ostara since 2024-05-15T09:30:00Z".
    pub description: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.description)
    }
}

/// The right to add, given up when dropped.
#[derive(Debug)]
pub(crate) struct Hold {
    _file: File,
}

impl Hold {
    /// Takes the hold on `database`; waits for it at most `wait`. `waiting` hears once who holds it.
    pub fn take(
        database: &Path,
        wait: Duration,
        now: &str,
        waiting: &mut dyn FnMut(&Holder),
    ) -> Result<Hold, StoreError> {
        let path = beside(database, "-writer");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| cannot_write(&error))?;
        let started = Instant::now();
        let mut was_told = false;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let holder = holder(&mut file);
                    if started.elapsed() >= wait {
                        return Err(StoreError::Held(holder));
                    }
                    if !was_told {
                        waiting(&holder);
                        was_told = true;
                    }
                    std::thread::sleep(POLL);
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        let said = format!("process {} on {} since {now}\n", std::process::id(), host());
        // Only a courtesy to the next one: a full disk must not keep us from trying.
        let _ = file
            .set_len(0)
            .and_then(|()| file.seek(SeekFrom::Start(0)))
            .and_then(|_| file.write_all(said.as_bytes()));
        Ok(Hold { _file: file })
    }
}

/// "dateline.db" → "dateline.db-writer".
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn holder(file: &mut File) -> Holder {
    let mut said = String::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(512).read_to_string(&mut said));
    let said = said.trim();
    let description = if read.is_ok() && !said.is_empty() {
        said.to_string()
    } else {
        "a process that is just starting".into()
    };
    Holder { description }
}

fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .map(|name| name.trim().to_string())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".into())
}

fn cannot_write(error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        std::io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::CannotOpen(error.to_string()),
    }
}
