//! SQL of the asker's own: it can read all and change nothing, and it has an end.

use rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::store::Store;
use crate::StoreError;

/// The answer to a question in SQL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<String>,
    /// Text, numbers, nulls; bytes in hex.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more rows than these.
    pub truncated: bool,
}

impl Store {
    /// Asks one question, and takes at most `limit` rows of the answer. The time limit holds.
    pub fn sql(&self, question: &str, limit: usize) -> Result<Table, StoreError> {
        self.timed(|connection| {
            let mut statement = connection.prepare(question)?;
            // The file is opened to be read; this says so in time, and keeps ATTACH from making files.
            if !statement.readonly() || is_settings(question) {
                return Err(StoreError::NotReadOnly(first_word(question)));
            }
            let columns: Vec<String> = statement.column_names().map(Into::into).collect();
            let mut answer = statement.query([])?;
            let mut rows = Vec::new();
            while let Some(row) = answer.next()? {
                if rows.len() == limit {
                    return Ok(Table { columns, rows, truncated: true });
                }
                rows.push(
                    (0..columns.len())
                        .map(|at| Ok(value(row.get_ref(at)?)))
                        .collect::<Result<_, StoreError>>()?,
                );
            }
            Ok(Table { columns, rows, truncated: false })
        })
    }
}

/// ATTACH, DETACH and VACUUM count as reading for SQLite.
fn is_settings(question: &str) -> bool {
    matches!(
        first_word(question).as_str(),
        "ATTACH" | "DETACH" | "VACUUM" | "BEGIN" | "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" | "END"
    )
}

/// The first word of the question, comments passed over.
fn first_word(question: &str) -> String {
    let mut rest = question.trim_start();
    loop {
        rest = match (rest.strip_prefix("--"), rest.strip_prefix("/*")) {
            (Some(comment), _) => comment.split_once('\n').map_or("", |(_, rest)| rest).trim_start(),
            (_, Some(comment)) => comment.split_once("*/").map_or("", |(_, rest)| rest).trim_start(),
            _ => break,
        };
    }
    rest.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default().to_uppercase()
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
    }
}
