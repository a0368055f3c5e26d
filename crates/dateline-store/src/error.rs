//! What can be wrong with a store, said to the person who asked.
//!
//! The file's own name is left out: whoever opened it knows it and puts it in front.

use rusqlite::ErrorCode;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    #[error("there is no such database\nhint: dateline add makes one: dateline add --db FILE page.html")]
    Missing,
    #[error("this is no SQLite database\nhint: check the name given with --db")]
    NotADatabase,
    #[error(
        "this SQLite database was not made by dateline\nhint: give the name of another file with --db; this one was left as it was"
    )]
    Foreign,
    #[error(
        "the database has schema version {found}, and this dateline knows versions up to {known}\nhint: use the dateline that wrote it, or a newer one"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "the database has schema version {found}, and this dateline reads version {known}\nhint: dateline add --db FILE brings it up to date; any story will do"
    )]
    Older { found: i64, known: i64 },
    #[error(
        "the database is damaged: {0}\nhint: keep a copy, then try: sqlite3 FILE .recover | sqlite3 recovered.db"
    )]
    Damaged(String),
    #[error(
        "there is no room left for the database; what was added before is kept\nhint: free some space and run the same command again: it goes on from there"
    )]
    Full,
    #[error(
        "the database may not be written to\nhint: look at the owner and permissions of the file and its folder"
    )]
    ReadOnly,
    #[error(
        "the database cannot be opened: {0}\nhint: look at the owner and permissions of the file and its folder"
    )]
    CannotOpen(String),
    #[error(
        "another dateline is adding to the database: {0}\nhint: wait for it to end, or wait longer with --wait"
    )]
    Held(crate::hold::Holder),
    #[error(
        "another program holds the database locked\nhint: end its transaction, or try again when it is done"
    )]
    Locked,
    #[error("{filter}: {reason}")]
    Filter { filter: String, reason: String },
    #[error("the question took longer than {0} ms\nhint: narrow it, or allow more time")]
    TooLong(u128),
    #[error(
        "nothing here has the id {0}\nhint: ids stand in the listings of events, stories, quotes and entities"
    )]
    NoSuchId(String),
    #[error(
        "only questions may be asked here: {0}\nhint: SELECT, WITH, VALUES, EXPLAIN and PRAGMA that reads are allowed"
    )]
    NotReadOnly(String),
    #[error("{0}")]
    Query(String),
    #[error("{place}: {reason}")]
    Rule { place: String, reason: String },
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// Whether the question is wrong and not the file.
    pub fn is_of_question(&self) -> bool {
        matches!(
            self,
            StoreError::Filter { .. }
                | StoreError::NoSuchId(_)
                | StoreError::NotReadOnly(_)
                | StoreError::Query(_)
                | StoreError::TooLong(_)
                | StoreError::Rule { .. }
        )
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let said = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreError::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged(said),
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => StoreError::CannotOpen(said),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked,
            Some(ErrorCode::SystemIoFailure) => {
                StoreError::Damaged(format!("{said} (an input or output error)"))
            }
            _ => StoreError::Query(said),
        }
    }
}
