//! Stores: the database, opened a few times over, lent to one question each.
//!
//! SQLite answers a connection one question at a time, and answering is work for a core. So there are
//! as many connections as cores can keep busy; further questions wait their turn without a thread.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use dateline_store::{Store, StoreError};
use tokio::sync::Semaphore;

use crate::Problem;

/// Connections for each core: one computes while another waits for the disk.
const CONNECTIONS_PER_CORE: usize = 2;

/// The database that is served.
pub struct Stores {
    path: PathBuf,
    time_limit: Duration,
    free: Mutex<Vec<Lent>>,
    turns: Arc<Semaphore>,
}

/// A connection, and the file it was opened on: another file may stand in its place by now.
struct Lent {
    store: Store,
    file: Option<u64>,
}

impl Stores {
    pub fn new(path: PathBuf, time_limit: Duration) -> Stores {
        let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
        let turns = Arc::new(Semaphore::new(cores * CONNECTIONS_PER_CORE));
        Stores { path, time_limit, free: Mutex::default(), turns }
    }

    /// Asks on a thread of its own, when it is its turn.
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Stores>,
        question: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let stores = self.clone();
        let turn = self.turns.clone().acquire_owned().await.expect("nobody closes the semaphore");
        let asking = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let lent = stores.lend()?;
            let answer = question(&lent.store);
            stores.free().push(lent);
            answer
        });
        match asking.await {
            Ok(answer) => answer.map_err(|error| self.problem(error)),
            Err(_) => Err(Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "the question broke off; this is a bug of ours",
            )),
        }
    }

    /// A connection of its own, without a time limit: for what is streamed.
    pub fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.path)
    }

    /// What is wrong, told to whoever asked. Hints name the file as it was given.
    pub fn problem(&self, error: StoreError) -> Problem {
        let status = match &error {
            StoreError::Filter { .. } | StoreError::NotReadOnly(_) => StatusCode::BAD_REQUEST,
            StoreError::NoSuchId(_) | StoreError::Missing => StatusCode::NOT_FOUND,
            StoreError::TooLong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            StoreError::Locked | StoreError::Held(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let said = error.to_string().replace("FILE", &self.path.display().to_string());
        let is_of_the_question = status.is_client_error() && !matches!(error, StoreError::Missing);
        if is_of_the_question {
            Problem::of(status, said)
        } else {
            Problem::of(status, format!("{}: {said}", self.path.display()))
        }
    }

    fn lend(&self) -> Result<Lent, StoreError> {
        let file = file_at(&self.path);
        let free = self.free().pop();
        if let Some(lent) = free.filter(|lent| lent.file == file) {
            return Ok(lent);
        }
        let mut store = Store::open(&self.path)?;
        store.set_time_limit(Some(self.time_limit));
        Ok(Lent { store, file })
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<Lent>> {
        // What a panic leaves behind is a list of connections, whole.
        self.free.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The store gives up a question that takes too long; this gives up many that do so together.
#[derive(Clone, Copy)]
pub struct Patience {
    until: Instant,
    limit: Duration,
}

impl Patience {
    pub fn new(limit: Duration) -> Patience {
        Patience { until: Instant::now() + limit, limit }
    }

    pub fn check(&self) -> Result<(), StoreError> {
        if Instant::now() < self.until { Ok(()) } else { Err(StoreError::TooLong(self.limit.as_millis())) }
    }
}

#[cfg(unix)]
fn file_at(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| file.ino())
}

#[cfg(not(unix))]
fn file_at(path: &Path) -> Option<u64> {
    path.exists().then_some(0)
}
