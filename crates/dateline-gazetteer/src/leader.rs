//! Leaders: who held which office of which country, and when.

use std::cmp::Reverse;

use dateline_document::Sector;
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::tables::{Row, TableError, read_sectors};

/// A row of the tables of leaders: one person's time in one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    pub name: String,
    /// Other spellings, and short forms that news uses alone.
    pub aliases: Vec<String>,
    /// Alpha-3, or the code of a body of states: "UNO".
    pub country: SmolStr,
    /// "Prime Minister".
    pub office: String,
    pub sectors: Vec<Sector>,
    pub from: Option<Date>,
    /// `None` while in office.
    pub to: Option<Date>,
}

impl Leader {
    /// Whether `date` lies in this spell. The day of handing over counts for both.
    pub fn is_in_office(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// Whether the spell was over on `date`.
    pub fn had_left(&self, date: Date) -> bool {
        self.to.is_some_and(|to| to < date)
    }

    pub(crate) const COLUMNS: &[&str] = &["name", "aliases", "country", "office", "sectors", "from", "to"];

    pub(crate) fn read(row: &Row) -> Result<Leader, TableError> {
        Ok(Leader {
            name: row.required(0)?.to_owned(),
            aliases: row.list(1),
            country: row.required(2)?.into(),
            office: row.required(3)?.to_owned(),
            sectors: read_sectors(row, 4)?,
            from: row.date(5)?,
            to: row.date(6)?,
        })
    }
}

/// In office first, then those who left last, then those to come; ties as in the tables.
pub(crate) fn sort_by_date(leaders: &mut [&Leader], date: Option<Date>) {
    leaders.sort_by_key(|leader| match date {
        None => (u8::from(leader.to.is_some()), Reverse(leader.to.or(leader.from))),
        Some(date) if leader.is_in_office(date) => (0, Reverse(leader.from)),
        Some(date) if leader.had_left(date) => (1, Reverse(leader.to)),
        Some(_) => (2, Reverse(leader.from)),
    });
}
