//! Full text: what a batch has written goes into the full-text indexes all at once, at its end.
//!
//! SQLite's FTS5 gathers words in memory and merges them into its tree when it must. A trigger would
//! make it do so for every row, since each statement that has one sets a savepoint.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::StoreError;

/// Rows of this batch that are in no full-text index yet, with their words.
#[derive(Default)]
pub(crate) struct Unindexed {
    pub sentences: BTreeMap<i64, String>,
    pub quotes: BTreeMap<i64, String>,
    /// Entities after this row; none is ever deleted.
    entities_after: i64,
}

impl Unindexed {
    pub fn begin(connection: &Connection) -> Result<Unindexed, StoreError> {
        let mut last = connection.prepare_cached("SELECT coalesce(max(row), 0) FROM entity")?;
        Ok(Unindexed { entities_after: last.query_row([], |row| row.get(0))?, ..Unindexed::default() })
    }

    /// To be called before an article's sentences are deleted.
    pub fn forget_sentences(&mut self, connection: &Connection, article: i64) -> Result<(), StoreError> {
        let old = texts(connection, "SELECT row, text FROM sentence WHERE article = ?1", article)?;
        let delete = "INSERT INTO sentence_fts (sentence_fts, rowid, text) VALUES ('delete', ?1, ?2)";
        forget(connection, &mut self.sentences, delete, old)
    }

    /// To be called before an article's quotes are deleted.
    pub fn forget_quotes(&mut self, connection: &Connection, article: i64) -> Result<(), StoreError> {
        let old = texts(connection, "SELECT row, content FROM quote WHERE article = ?1", article)?;
        let delete = "INSERT INTO quote_fts (quote_fts, rowid, content) VALUES ('delete', ?1, ?2)";
        forget(connection, &mut self.quotes, delete, old)
    }

    pub fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        // Of literal values, row by row: `INSERT … SELECT` would set a savepoint too.
        let mut sentence =
            connection.prepare_cached("INSERT INTO sentence_fts (rowid, text) VALUES (?1, ?2)")?;
        for row in &self.sentences {
            sentence.execute(row)?;
        }
        let mut quote =
            connection.prepare_cached("INSERT INTO quote_fts (rowid, content) VALUES (?1, ?2)")?;
        for row in &self.quotes {
            quote.execute(row)?;
        }
        connection
            .prepare_cached(
                "INSERT INTO entity_fts (rowid, name) SELECT row, name FROM entity WHERE row > ?1",
            )?
            .execute([self.entities_after])?;
        Ok(())
    }
}

fn texts(connection: &Connection, sql: &str, article: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let mut find = connection.prepare_cached(sql)?;
    let found = find.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Takes texts out of an index, but for those that have not come into it yet.
fn forget(
    connection: &Connection,
    unindexed: &mut BTreeMap<i64, String>,
    delete: &str,
    old: Vec<(i64, String)>,
) -> Result<(), StoreError> {
    let mut delete = connection.prepare_cached(delete)?;
    for (row, text) in old {
        if unindexed.remove(&row).is_none() {
            delete.execute((row, text))?;
        }
    }
    Ok(())
}
