//! The schema: its version, the steps from each version to the next, and whose file this is.

use rusqlite::Connection;

use crate::StoreError;

/// "Dtln", in the header of every file of ours (SQLite's `application_id`).
pub(crate) const APPLICATION: i64 = 0x4474_6c6e;

/// The steps from an empty file to the newest version: step *n* makes version *n* + 1 of version *n*.
const STEPS: &[&str] = &[include_str!("schema.sql"), IN_BATCHES, TO_EVENTS];

/// The full-text indexes are written a batch at a time, where triggers did it row by row; bands and
/// features are written by the thousand, and a setting says how far they are.
const IN_BATCHES: &str = "
    DROP TRIGGER sentence_insert; DROP TRIGGER sentence_delete;
    DROP TRIGGER quote_insert; DROP TRIGGER quote_delete;
    DROP TRIGGER entity_insert; DROP TRIGGER entity_delete; DROP TRIGGER entity_update;
    INSERT INTO setting (name, value) SELECT 'sketched', coalesce(max(article), 0) FROM sketch;";

/// From sentences and articles to their events, and from events to their sentences, without a look at the
/// tellings between: questions for words ask that of all that have the words.
const TO_EVENTS: &str = "
    DROP INDEX telling_sentence; CREATE INDEX telling_sentence ON telling (sentence, event);
    DROP INDEX telling_article; CREATE INDEX telling_article ON telling (article, event);
    DROP INDEX telling_event; CREATE INDEX telling_event ON telling (event, sentence);";

/// The newest version of the schema.
pub const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// Brings a file that may be written to the newest version, each step in a transaction of its own.
pub(crate) fn bring_up_to_date(connection: &mut Connection) -> Result<(), StoreError> {
    bring_up(connection, STEPS)
}

fn bring_up(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = steps.len() as i64;
    let found = version_of_ours(connection, known)?;
    for (step, version) in steps.iter().zip(1..).skip(found as usize) {
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Whether the file can be read as it is.
pub(crate) fn check(connection: &Connection) -> Result<(), StoreError> {
    match version_of_ours(connection, SCHEMA_VERSION)? {
        0 => Err(StoreError::Missing),
        SCHEMA_VERSION => Ok(()),
        found => Err(StoreError::Older { found, known: SCHEMA_VERSION }),
    }
}

/// The version of a file of ours; 0 where the file is empty.
fn version_of_ours(connection: &Connection, known: i64) -> Result<i64, StoreError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id")?;
    let version = pragma("user_version")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION, found) if found > known => Err(StoreError::Newer { found, known }),
        (APPLICATION, found) if found > 0 => Ok(found),
        _ => Err(StoreError::Foreign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_file_is_brought_up_step_by_step_and_keeps_what_it_holds() {
        let mut connection = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE article (row INTEGER PRIMARY KEY, id TEXT);";
        bring_up(&mut connection, &[first]).unwrap();
        connection.execute("INSERT INTO article (id) VALUES ('kept')", []).unwrap();
        bring_up(&mut connection, &[first, "ALTER TABLE article ADD COLUMN url TEXT;"]).unwrap();
        let kept: (String, Option<String>) = connection
            .query_row("SELECT id, url FROM article", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(kept, ("kept".into(), None));
        assert_eq!(version_of_ours(&connection, 2).unwrap(), 2);
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE article (row INTEGER PRIMARY KEY);";
        bring_up(&mut connection, &[first]).unwrap();
        assert!(bring_up(&mut connection, &[first, "CREATE TABLE extra (a); nonsense"]).is_err());
        assert_eq!(version_of_ours(&connection, 2).unwrap(), 1);
        assert!(connection.prepare("SELECT * FROM extra").is_err());
    }

    #[test]
    fn a_newer_file_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        bring_up_to_date(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(check(&connection), Err(StoreError::Newer { found: 99, .. })));
    }
}
