//! Changes: what came, what is told otherwise, and what is no longer told, since a moment.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::store::{Store, rows};
use crate::StoreError;

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// When its batch was written: RFC 3339, in UTC.
    pub at: String,
    /// "article", "telling", "quote", "event" or "entity".
    pub what: String,
    /// "added", "revised", "recoded", "deleted", "corrected".
    pub kind: String,
    pub id: String,
    /// What it was before; `null` for what is new.
    pub was: Value,
}

impl Store {
    /// Changes since a moment (a day, or RFC 3339), the oldest first, and whether there are more.
    pub fn changes(&self, since: Option<&str>, limit: usize) -> Result<(Vec<ChangeRow>, bool), StoreError> {
        self.timed(|connection| {
            let since = since.unwrap_or_default().to_string();
            let sql = format!(
                "SELECT at, what, kind, id, was FROM (
                     SELECT article_version.added AS batch, 0 AS first, row AS number, 'article' AS what,
                         'added' AS kind, id, 'null' AS was
                     FROM article_version JOIN article ON article.row = article
                     WHERE article_version.version = 1
                     UNION ALL
                     SELECT batch, 1, row, what, kind, id, was FROM change
                 ) JOIN batch ON batch.row = batch
                 WHERE at >= ?1 ORDER BY batch, first, number LIMIT {}",
                limit.saturating_add(1).min(i64::MAX as usize)
            );
            let mut found = rows(connection, &sql, &[since.into()], |row| {
                let was: String = row.get(4)?;
                Ok(ChangeRow {
                    at: row.get(0)?,
                    what: row.get(1)?,
                    kind: row.get(2)?,
                    id: row.get(3)?,
                    was: serde_json::from_str(&was).unwrap_or_default(),
                })
            })?;
            let truncated = found.len() > limit;
            found.truncate(limit);
            Ok((found, truncated))
        })
    }
}
