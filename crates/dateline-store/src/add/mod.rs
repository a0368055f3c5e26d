//! Writer: the one that adds. One process at a time holds it, one transaction is one batch.
//!
//! An article goes in as a whole, in this order: is it known → whose copy is it → who stands in it
//! → what does it tell, and is that an event we have → what story does it belong to. Each step sees
//! all articles before it, in the same batch or not, so that the result is the same however the
//! articles are batched, and however often adding was broken off.

mod article;
mod copies;
mod entities;
mod facts;
pub(crate) mod full_text;
mod places;
mod quotes;
mod recent;
mod same_event;
pub(crate) mod settle;
mod stories;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

use dateline_record::Versions;
use full_text::Unindexed;
use jiff::Timestamp;
use recent::Recent;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;

use crate::correct::{self, Rule};
use crate::hold::{Hold, Holder};
use crate::prepare::{ArticleKey, Prepared};
use crate::{StoreError, open};

/// Articles of a batch, at most, where more are waiting. A page of an index that the batch touches again and
/// again is written once; what is lost when adding is broken off is what reading so many takes.
pub const MOST_IN_A_BATCH: usize = 2048;

/// How a store is written to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Keep the whole text of every version, not only evidence.
    pub keep_text: bool,
    /// How long to wait for another process that adds.
    pub wait: Duration,
    /// The file of corrections; none is needed to be there.
    pub rules: Option<PathBuf>,
    /// Pages of 4096 bytes that the database may have, where there is a quota.
    pub max_pages: Option<u32>,
}

impl Default for WriteOptions {
    fn default() -> WriteOptions {
        WriteOptions { keep_text: false, wait: Duration::from_secs(30), rules: None, max_pages: None }
    }
}

/// A store that may be added to.
pub struct Writer {
    connection: Connection,
    keep_text: bool,
    rules: Vec<Rule>,
    path: PathBuf,
    /// What was looked up before. Emptied when a batch fails.
    known: Known,
    _hold: Hold,
}

#[derive(Default)]
pub(crate) struct Known {
    entities: HashMap<entities::EntityKey, i64>,
    places: HashMap<String, i64>,
    made_by: HashMap<[String; 4], i64>,
    recent: Recent,
}

impl Known {
    /// Names may stand for others now.
    fn forget_names(&mut self) {
        self.entities.clear();
        self.places.clear();
    }
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Added {
    pub id: String,
    pub outcome: Outcome,
    /// Its version, counted from 1.
    pub version: u32,
    /// The article that it is a copy of.
    pub copy_of: Option<String>,
    /// Events that it tells.
    pub events: usize,
    /// Facts of the version before that this one no longer has.
    pub deleted: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// An article we did not have.
    Added,
    /// It is there already, text and versions alike.
    Unchanged,
    /// The same address with another text.
    Revised,
    /// The same text, read with other versions of program, codebook, weights or gazetteer.
    Recoded,
}

/// What a batch in the making must remember until it is settled. Its row says when; all that it adds
/// or changes points to it.
pub(crate) struct Batch {
    pub row: i64,
    pub keep_text: bool,
    /// Whether an article that was there already has got its text.
    pub has_kept_text: bool,
    /// Whether somebody has judged events.
    pub has_verdicts: bool,
    /// Events and stories whose summaries must be made anew.
    pub events: BTreeSet<i64>,
    pub stories: BTreeSet<i64>,
    pub unindexed: Unindexed,
}

impl Batch {
    pub fn begin(connection: &Connection, at: Timestamp, keep_text: bool) -> Result<Batch, StoreError> {
        connection.prepare_cached("INSERT INTO batch (at) VALUES (?1)")?.execute([seconds(at)])?;
        Ok(Batch {
            row: connection.last_insert_rowid(),
            keep_text,
            has_kept_text: false,
            has_verdicts: connection.prepare_cached("SELECT 1 FROM verdict LIMIT 1")?.exists([])?,
            events: BTreeSet::new(),
            stories: BTreeSet::new(),
            unindexed: Unindexed::begin(connection)?,
        })
    }
}

impl Writer {
    /// Opens the store at `path`, made if it is not there, brought up to date if it is older.
    /// `waiting` hears who holds it while we wait.
    pub fn open(
        path: &Path,
        options: &WriteOptions,
        now: Timestamp,
        waiting: &mut dyn FnMut(&Holder),
    ) -> Result<Writer, StoreError> {
        // Looked at first: a foreign file is left alone, and nothing is made beside it.
        open::look(path)?;
        let hold = Hold::take(path, options.wait, &seconds(now), waiting)?;
        let mut connection = open::for_writing(path, options.max_pages)?;
        let rules = read_rules(options.rules.as_deref())?;
        correct::replay(&mut connection, &rules, now)?;
        Ok(Writer {
            connection,
            keep_text: options.keep_text,
            rules,
            path: path.into(),
            known: Known::default(),
            _hold: hold,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds the articles of a batch, all or none. What is returned is on the disk.
    pub fn add(&mut self, batch: &[Prepared], at: Timestamp) -> Result<Vec<Added>, StoreError> {
        let added = add(&mut self.connection, &mut self.known, self.keep_text, &self.rules, batch, at);
        if added.is_err() {
            // What the failed batch has made is gone.
            self.known = Known::default();
        }
        added
    }

    /// Ends well: the write-ahead log is folded into the file, so that it can be copied and read
    /// from a read-only disk.
    pub fn close(self) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "optimize", 0x1_0002)?;
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        self.connection.close().map_err(|(_, error)| error.into())
    }
}

pub(crate) fn is_known(
    connection: &Connection,
    key: &ArticleKey,
    made_by: &Versions,
) -> Result<bool, StoreError> {
    let mut find = connection.prepare_cached(
        "SELECT 1 FROM article JOIN made_by ON made_by.row = article.made_by
         WHERE id = ?1 AND text_hash = ?2
           AND made_by.dateline = ?3 AND codebook = ?4 AND weights = ?5 AND gazetteer = ?6",
    )?;
    let Versions { dateline, codebook, weights, gazetteer } = made_by;
    Ok(find.exists(params![key.id, key.text_hash, dateline, codebook, weights, gazetteer])?)
}

fn add(
    connection: &mut Connection,
    known: &mut Known,
    keep_text: bool,
    rules: &[Rule],
    articles: &[Prepared],
    at: Timestamp,
) -> Result<Vec<Added>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut batch = Batch::begin(&transaction, at, keep_text)?;
    known.recent.load(&transaction)?;
    let added: Result<Vec<Added>, StoreError> =
        articles.iter().map(|article| article::add(&transaction, known, &mut batch, article)).collect();
    let added = added?;
    if added.iter().all(|added| added.outcome == Outcome::Unchanged) && !batch.has_kept_text {
        return Ok(added);
    }
    if !rules.is_empty() {
        correct::apply(&transaction, &mut batch, rules)?;
        known.forget_names();
    }
    settle::settle(&transaction, &batch)?;
    known.recent.write(&transaction)?;
    transaction.commit()?;
    Ok(added)
}

/// Adds an article to a store that has nothing else and is not kept, within the caller's transaction.
pub(crate) fn add_alone(connection: &Connection, article: &Prepared) -> Result<(), StoreError> {
    let mut known = Known::default();
    let mut batch = Batch::begin(connection, Timestamp::UNIX_EPOCH, false)?;
    known.recent.load(connection)?;
    article::add(connection, &mut known, &mut batch, article)?;
    settle::settle(connection, &batch)
}

fn read_rules(path: Option<&Path>) -> Result<Vec<Rule>, StoreError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    match std::fs::read_to_string(path) {
        Ok(text) => correct::parse(&text, &path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn seconds(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// The row of the four versions, made if it is not there.
fn made_by(connection: &Connection, known: &mut Known, versions: &Versions) -> Result<i64, StoreError> {
    let Versions { dateline, codebook, weights, gazetteer } = versions.clone();
    let key = [dateline, codebook, weights, gazetteer];
    if let Some(row) = known.made_by.get(&key) {
        return Ok(*row);
    }
    let found = connection
        .prepare_cached(
            "SELECT row FROM made_by WHERE dateline = ?1 AND codebook = ?2 AND weights = ?3 AND gazetteer = ?4",
        )?
        .query_row(rusqlite::params_from_iter(&key), |row| row.get(0))
        .optional()?;
    let row = match found {
        Some(row) => row,
        None => {
            connection
                .prepare_cached(
                    "INSERT INTO made_by (dateline, codebook, weights, gazetteer) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(rusqlite::params_from_iter(&key))?;
            connection.last_insert_rowid()
        }
    };
    known.made_by.insert(key, row);
    Ok(row)
}

/// Remembers that something is no longer as it was.
pub(crate) fn remember(
    connection: &Connection,
    batch: &Batch,
    what: &str,
    kind: &str,
    id: &str,
    was: &serde_json::Value,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO change (batch, what, kind, id, was) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![batch.row, what, kind, id, was.to_string()])?;
    Ok(())
}

#[cfg(test)]
mod tests;
