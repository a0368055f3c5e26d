//! Organizations: bodies that news names, and what each was at which time.

use dateline_document::{Codes, Sector};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::tables::{Row, TableError, read_sectors};

/// Rows of `organizations.tsv` under one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    pub name: String,
    pub aliases: Vec<String>,
    /// In the table's order. Most have one; one whose standing changed has several, with dates.
    pub spells: Vec<Spell>,
}

/// What an organization counts as, and from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Alpha-3, or IGO, UNO, EUR, NGO, ISM, IMG, MNC.
    pub country: SmolStr,
    /// Leading one first; an alliance of states has none.
    pub sectors: Vec<Sector>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Organization {
    /// What it counted as on `date`; without a date, what it counts as now.
    pub fn spell(&self, date: Option<Date>) -> &Spell {
        let holds = |spell: &&Spell| match date {
            Some(date) => spell.from.is_none_or(|from| from <= date) && spell.to.is_none_or(|to| date <= to),
            None => spell.to.is_none(),
        };
        self.spells.iter().find(holds).unwrap_or(&self.spells[self.spells.len() - 1])
    }

    /// Country and sectors on `date`.
    pub fn codes(&self, date: Option<Date>) -> Codes {
        let spell = self.spell(date);
        Codes { country: Some(spell.country.clone()), sectors: spell.sectors.clone() }
    }

    pub(crate) const COLUMNS: &[&str] = &["name", "aliases", "code", "sectors", "from", "to"];

    pub(crate) fn read(row: &Row) -> Result<Organization, TableError> {
        let spell = Spell {
            country: row.required(2)?.into(),
            sectors: read_sectors(row, 3)?,
            from: row.date(4)?,
            to: row.date(5)?,
        };
        Ok(Organization { name: row.required(0)?.to_owned(), aliases: row.list(1), spells: vec![spell] })
    }
}
