//! Cursor: where a page ended, by what rows are sorted by. It stays right when rows are added.

use rusqlite::types::Value;

use super::filter::refused;
use crate::StoreError;

/// The sort key and the row of the last row of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cursor {
    pub key: String,
    pub row: i64,
}

impl Cursor {
    pub fn parse(text: &str) -> Result<Cursor, StoreError> {
        text.rsplit_once('.')
            .and_then(|(key, row)| Some(Cursor { key: key.into(), row: row.parse().ok()? }))
            .ok_or_else(|| refused("cursor", &format!("{text} is not what a page's `next` looks like")))
    }

    pub fn print(&self) -> String {
        format!("{}.{}", self.key, self.row)
    }

    pub fn key_value(&self) -> Value {
        Value::Text(self.key.clone())
    }
}
