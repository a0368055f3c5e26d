//! What can go wrong with an export.

use dateline_store::StoreError;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error(
        "{0}: the folder is not empty\nhint: name another, or let an earlier export in it be replaced with --overwrite"
    )]
    NotEmpty(String),
    #[error("{path}: this is no Parquet file that can be read: {reason}\nhint: fetch or write it again")]
    NotParquet { path: String, reason: String },
    #[error(
        "{path}: there is no column \"record\" with text; there are {columns}\nhint: whole records are in the folder records/ of what `python -m dateline.spark` writes"
    )]
    NoRecords { path: String, columns: String },
}
