//! Index: from a printed name to the rows of a table that bear it.

use hashbrown::HashMap;

use crate::fold::{fold, is_capitals};

/// Rows by folded name. An acronym ("US", "WHO") answers only to capitals.
#[derive(Debug, Default)]
pub(crate) struct Index {
    rows: HashMap<String, Vec<Entry>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    row: usize,
    spelling: Spelling,
}

/// How a name must be printed to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spelling {
    /// In any way.
    Any,
    /// With at least one capital: turkey is no country.
    Proper,
    /// In capitals.
    Capitals,
}

impl Spelling {
    fn of(name: &str) -> Spelling {
        if is_capitals(name) {
            Spelling::Capitals
        } else if name.contains(char::is_uppercase) {
            Spelling::Proper
        } else {
            Spelling::Any
        }
    }
}

/// A name made ready to be looked up in several tables.
pub(crate) struct Folded {
    key: String,
    printed: Spelling,
}

impl Folded {
    pub(crate) fn of(name: &str) -> Folded {
        Folded { key: fold(name), printed: Spelling::of(name) }
    }
}

impl Index {
    /// Adds `name` for `row`; a name that is all capitals is an acronym.
    pub(crate) fn add(&mut self, name: &str, row: usize) {
        let spelling = Spelling::of(name);
        let key = fold(name);
        if key.is_empty() {
            return;
        }
        let entries = self.rows.entry(key).or_default();
        if !entries.iter().any(|entry| entry.row == row && entry.spelling == spelling) {
            entries.push(Entry { row, spelling });
        }
    }

    /// What the names begin with, folded; often the same.
    pub(crate) fn first_words(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().filter_map(|name| name.split(' ').next())
    }

    /// The rows of this name, in the table's order.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = usize> + use<'_> {
        self.rows_of(&Folded::of(name))
    }

    /// The first row of this name.
    pub(crate) fn first_of(&self, name: &Folded) -> Option<usize> {
        self.rows_of(name).next()
    }

    fn rows_of(&self, name: &Folded) -> impl Iterator<Item = usize> + use<'_> {
        let printed = name.printed;
        let entries = self.rows.get(&name.key).map(Vec::as_slice).unwrap_or_default();
        let is_spelt = move |entry: &&Entry| entry.spelling <= printed;
        let mut last = None;
        entries
            .iter()
            .filter(is_spelt)
            .map(|entry| entry.row)
            .filter(move |&row| last.replace(row) != Some(row))
    }

    /// The first row of this name.
    pub(crate) fn first(&self, name: &str) -> Option<usize> {
        self.all(name).next()
    }

    /// Folded names that stand for more than one row.
    #[cfg(test)]
    pub(crate) fn shared_names(&self) -> Vec<&str> {
        let is_shared = |entries: &Vec<Entry>| entries.iter().any(|entry| entry.row != entries[0].row);
        let mut shared: Vec<&str> = self
            .rows
            .iter()
            .filter(|(_, entries)| is_shared(entries))
            .map(|(name, _)| name.as_str())
            .collect();
        shared.sort_unstable();
        shared
    }
}
