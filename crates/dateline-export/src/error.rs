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
}
