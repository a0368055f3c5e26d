//! Hosts: whose turn it is. A host is asked one question at a time, and left alone between two.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What is remembered of hosts or servers, by their names.
pub(crate) struct Known<T> {
    by_name: Mutex<HashMap<String, Arc<T>>>,
}

/// Names remembered at most; beyond it those that nobody is asking are forgotten.
const REMEMBERED: usize = 10_000;

impl<T: Default> Known<T> {
    pub fn new() -> Known<T> {
        Known { by_name: Mutex::new(HashMap::new()) }
    }

    pub fn get(&self, name: &str) -> Arc<T> {
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        if by_name.len() >= REMEMBERED && !by_name.contains_key(name) {
            by_name.retain(|_, known| Arc::strong_count(known) > 1);
        }
        by_name.entry(name.to_owned()).or_default().clone()
    }
}

/// A host's turn. Whoever holds the lock may ask.
#[derive(Default)]
pub(crate) struct Host {
    pub turn: tokio::sync::Mutex<Turn>,
}

#[derive(Default)]
pub(crate) struct Turn {
    /// When the next page may be asked for: politeness.
    page: Option<Instant>,
    /// Until when the host asked to be left alone altogether.
    quiet: Option<Instant>,
}

/// What is asked for: rules may be asked for between two pages, as asking for them is the polite thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Page,
    Rules,
}

impl Turn {
    /// How long there is to wait from `now`.
    pub fn wait(&self, what: What, now: Instant) -> Duration {
        let until = match what {
            What::Page => self.page.max(self.quiet),
            What::Rules => self.quiet,
        };
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    pub fn has_asked(&mut self, what: What, now: Instant, delay: Duration) {
        if what == What::Page {
            self.page = self.page.max(now.checked_add(delay));
        }
    }

    pub fn is_to_be_left_alone(&mut self, now: Instant, wait: Duration) {
        self.quiet = self.quiet.max(now.checked_add(wait));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_may_be_asked_for_between_pages_but_not_in_the_quiet() {
        let (now, second) = (Instant::now(), Duration::from_secs(1));
        let mut turn = Turn::default();
        assert_eq!(turn.wait(What::Page, now), Duration::ZERO);
        turn.has_asked(What::Page, now, 2 * second);
        assert_eq!(turn.wait(What::Page, now), 2 * second);
        assert_eq!(turn.wait(What::Rules, now), Duration::ZERO);
        turn.is_to_be_left_alone(now, 5 * second);
        turn.is_to_be_left_alone(now, second);
        assert_eq!(turn.wait(What::Page, now + second), 4 * second);
        assert_eq!(turn.wait(What::Rules, now), 5 * second);
    }
}
