//! Answers: what was asked before and has not changed since is not asked again.
//!
//! Counts over a million events take a good part of a second, and every visitor begins with the same
//! ones. So an answer is kept with the revision of the database that it is of. Of many who ask the
//! same at a time, one asks the database and all get the answer.

use std::future::Future;
use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::sync::Cache;
use quick_cache::{Weighter, sync::DefaultLifecycle};

use crate::Problem;

/// Bytes of answers that are kept.
const CAPACITY: u64 = 64 << 20;

/// An answer's question and the revision it is of.
type Key = (i64, Arc<str>);

pub struct Answers(Cache<Key, Bytes, BytesOfAnswer>);

#[derive(Clone)]
struct BytesOfAnswer;

impl Weighter<Key, Bytes> for BytesOfAnswer {
    fn weight(&self, (_, question): &Key, answer: &Bytes) -> u64 {
        (question.len() + answer.len() + 64) as u64
    }
}

impl Answers {
    pub fn new() -> Answers {
        Answers(Cache::with(
            1024,
            CAPACITY,
            BytesOfAnswer,
            quick_cache::DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        ))
    }

    /// The answer to `question` as of `revision`, asked for only where it is not there.
    pub async fn get(
        &self,
        revision: i64,
        question: &str,
        ask: impl Future<Output = Result<Bytes, Problem>>,
    ) -> Result<Bytes, Problem> {
        self.0.get_or_insert_async(&(revision, question.into()), ask).await
    }
}
