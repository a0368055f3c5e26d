//! Recent: what the latest articles are found by, until there are so many that writing it is cheap.
//!
//! Bands and features are hashes: each goes to another page of its table, and an article has some
//! fifty. Written with every batch they would make most of what goes to the disk, the more the larger
//! the store. So those of the latest articles stay in memory and are written by the thousand, in
//! order. Nothing is lost with the memory: `sketch` has them too, and they are read again from there.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::sketch::from_bytes;
use crate::{StoreError, days};

/// Articles that are remembered, at least and at most; between the two, one in [`SHARE`].
const FEWEST: i64 = 2048;
const MOST: i64 = 16_384;
const SHARE: i64 = 16;

#[derive(Default)]
pub(crate) struct Recent {
    is_loaded: bool,
    /// Articles after this row are here, the others in the tables.
    after: i64,
    last: i64,
    bands: HashMap<u64, Vec<i64>>,
    /// With the article's day.
    features: HashMap<u64, Vec<(i32, i64)>>,
}

impl Recent {
    /// To be called before a batch.
    pub fn load(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.is_loaded {
            return Ok(());
        }
        let after: Option<String> = connection
            .query_row("SELECT value FROM setting WHERE name = 'sketched'", [], |row| row.get(0))
            .optional()?;
        let after = after.and_then(|after| after.parse().ok()).unwrap_or_default();
        *self = Recent { is_loaded: true, after, last: after, ..Recent::default() };
        let mut find = connection.prepare_cached(
            "SELECT article, bands, features, day FROM sketch WHERE article > ?1 ORDER BY article",
        )?;
        let mut rows = find.query([after])?;
        while let Some(row) = rows.next()? {
            let article = row.get(0)?;
            let numbers = |at: usize| Ok::<_, StoreError>(from_bytes(&row.get::<_, Vec<u8>>(at)?));
            self.keep_bands(connection, article, &numbers(1)?)?;
            self.keep_features(connection, article, &row.get::<_, String>(3)?, &numbers(2)?)?;
        }
        Ok(())
    }

    pub fn keep_bands(&mut self, connection: &Connection, row: i64, bands: &[u64]) -> Result<(), StoreError> {
        if !self.takes(row) {
            return bands.iter().try_for_each(|band| write_band(connection, *band, row));
        }
        for band in bands {
            put(self.bands.entry(*band).or_default(), row);
        }
        Ok(())
    }

    pub fn keep_features(
        &mut self,
        connection: &Connection,
        row: i64,
        day: &str,
        features: &[u64],
    ) -> Result<(), StoreError> {
        let Some(number) = days::number(day) else { return Ok(()) };
        if !self.takes(row) {
            return features.iter().try_for_each(|feature| write_feature(connection, *feature, day, row));
        }
        for feature in features {
            put(self.features.entry(*feature).or_default(), (number, row));
        }
        Ok(())
    }

    /// Whether the article is one of those that are kept here.
    fn takes(&mut self, row: i64) -> bool {
        self.last = self.last.max(row);
        row > self.after
    }

    pub fn forget_bands(
        &mut self,
        connection: &Connection,
        row: i64,
        bands: &[u64],
    ) -> Result<(), StoreError> {
        let mut delete = connection.prepare_cached("DELETE FROM band WHERE hash = ?1 AND article = ?2")?;
        for band in bands {
            if row <= self.after {
                delete.execute(params![*band as i64, row])?;
            } else if let Some(articles) = self.bands.get_mut(band) {
                articles.retain(|article| *article != row);
            }
        }
        Ok(())
    }

    pub fn forget_features(
        &mut self,
        connection: &Connection,
        row: i64,
        day: &str,
        features: &[u64],
    ) -> Result<(), StoreError> {
        let mut delete =
            connection.prepare_cached("DELETE FROM feature WHERE hash = ?1 AND day = ?2 AND article = ?3")?;
        for feature in features {
            if row <= self.after {
                delete.execute(params![*feature as i64, day, row])?;
            } else if let Some(articles) = self.features.get_mut(feature) {
                articles.retain(|(_, article)| *article != row);
            }
        }
        Ok(())
    }

    /// Other articles with the band, oldest first.
    pub fn in_band(
        &self,
        connection: &Connection,
        band: u64,
        row: i64,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let mut find = connection
            .prepare_cached("SELECT article FROM band WHERE hash = ?1 AND article <> ?2 LIMIT ?3")?;
        let mut found = find
            .query_map(params![band as i64, row, limit as i64], |found| found.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        let recent = self.bands.get(&band).into_iter().flatten().filter(|article| **article != row);
        found.extend(recent.take(limit - found.len()));
        Ok(found)
    }

    /// Other articles with the feature, of these days.
    pub fn with_feature(
        &self,
        connection: &Connection,
        feature: u64,
        window: (i32, i32),
        row: i64,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let (from, to) = window;
        let mut find = connection.prepare_cached(
            "SELECT article FROM feature WHERE hash = ?1 AND day BETWEEN ?2 AND ?3 AND article <> ?4 LIMIT ?5",
        )?;
        let values = params![feature as i64, days::text(from), days::text(to), row, limit as i64];
        let mut found = find.query_map(values, |found| found.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let recent = self.features.get(&feature).into_iter().flatten();
        let recent = recent.filter(|(day, article)| (from..=to).contains(day) && *article != row);
        found.extend(recent.map(|(_, article)| article).take(limit - found.len()));
        Ok(found)
    }

    /// Writes what is here into the tables, once it is much.
    pub fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.last - self.after < (self.after / SHARE).clamp(FEWEST, MOST) {
            return Ok(());
        }
        let mut bands: Vec<(i64, Vec<i64>)> =
            self.bands.drain().map(|(band, articles)| (band as i64, articles)).collect();
        bands.sort_unstable();
        for (band, articles) in bands {
            articles.iter().try_for_each(|article| write_band(connection, band as u64, *article))?;
        }
        let mut features: Vec<(i64, Vec<(i32, i64)>)> =
            self.features.drain().map(|(feature, articles)| (feature as i64, articles)).collect();
        features.sort_unstable_by_key(|(feature, _)| *feature);
        for (feature, articles) in features {
            articles.iter().try_for_each(|(day, article)| {
                write_feature(connection, feature as u64, &days::text(*day), *article)
            })?;
        }
        self.after = self.last;
        connection.execute(
            "INSERT INTO setting (name, value) VALUES ('sketched', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1",
            [self.after.to_string()],
        )?;
        Ok(())
    }
}

/// Keeps a short list sorted and without doubles; new articles come last.
fn put<T: Ord + Copy>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

fn write_band(connection: &Connection, band: u64, article: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO band (hash, article) VALUES (?1, ?2)")?
        .execute(params![band as i64, article])?;
    Ok(())
}

fn write_feature(connection: &Connection, feature: u64, day: &str, article: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO feature (hash, day, article) VALUES (?1, ?2, ?3)")?
        .execute(params![feature as i64, day, article])?;
    Ok(())
}
