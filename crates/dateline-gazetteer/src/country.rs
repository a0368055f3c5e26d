//! Countries: states and territories of ISO 3166-1, and a few that are no more.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::tables::{Row, TableError};

/// A row of `countries.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; "KOS" for Kosovo, as PLOVER codes it; for states that ended, the code of
    /// ISO 3166-3 ("SUN").
    pub code: SmolStr,
    pub alpha2: SmolStr,
    pub name: String,
    pub other_names: Vec<String>,
    /// Adjectives and people, singular and plural: "Danish", "Dane", "Danes".
    pub demonyms: Vec<String>,
    pub capitals: Vec<String>,
    /// Buildings and streets that stand for the government: "Kremlin".
    pub seats: Vec<String>,
    /// Degrees, WGS 84, of a point in the middle.
    pub latitude: f64,
    pub longitude: f64,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// The state that a dependency belongs to and is coded as.
    pub belongs_to: Option<SmolStr>,
    /// "NATO", "EU", "AU", …, as of 2026.
    pub memberships: Vec<SmolStr>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Country {
    /// The code of a party from here: a dependency counts as its state (PLOVER manual 2.0,
    /// actors), but for Hong Kong, Palestine and Kosovo.
    pub fn party_code(&self) -> &SmolStr {
        self.belongs_to.as_ref().unwrap_or(&self.code)
    }

    /// Whether it exists no more.
    pub fn is_historical(&self) -> bool {
        self.to.is_some()
    }

    pub(crate) const COLUMNS: &[&str] = &[
        "code",
        "alpha2",
        "name",
        "other_names",
        "demonyms",
        "capitals",
        "seats",
        "latitude",
        "longitude",
        "geonames",
        "party_code",
        "memberships",
        "from",
        "to",
    ];

    pub(crate) fn read(row: &Row) -> Result<Country, TableError> {
        let belongs_to = row.text(10);
        Ok(Country {
            code: row.text(0).into(),
            alpha2: row.text(1).into(),
            name: row.required(2)?.to_owned(),
            other_names: row.list(3),
            demonyms: row.list(4),
            capitals: row.list(5),
            seats: row.list(6),
            latitude: row.number(7)?,
            longitude: row.number(8)?,
            geonames: row.id(9)?,
            belongs_to: (!belongs_to.is_empty()).then(|| belongs_to.into()),
            memberships: row.list(11).into_iter().map(SmolStr::from).collect(),
            from: row.date(12)?,
            to: row.date(13)?,
        })
    }
}
