//! Regions and divisions: parts of the world that are no countries.

use dateline_document::Precision;
use smol_str::SmolStr;

use crate::tables::{Row, TableError};

/// A row of `regions.tsv`: a continent, sea, river, historical land or disputed territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    pub name: String,
    pub other_names: Vec<String>,
    pub demonyms: Vec<String>,
    /// The country it lies in, alpha-3; `None` where it lies in several or in none.
    pub country: Option<SmolStr>,
    /// What a party from here is coded as where that is not its country: "EUR".
    pub code: Option<SmolStr>,
    /// Degrees, WGS 84, of a point in the middle.
    pub latitude: f64,
    pub longitude: f64,
    /// [`Precision::Area`], or [`Precision::Admin`] where it is about a province.
    pub precision: Precision,
}

impl Region {
    pub(crate) const COLUMNS: &[&str] =
        &["name", "other_names", "demonyms", "country", "code", "latitude", "longitude", "precision"];

    pub(crate) fn read(row: &Row) -> Result<Region, TableError> {
        let precision = match row.text(7) {
            "area" => Precision::Area,
            "admin" => Precision::Admin,
            "point" => Precision::Point,
            other => return Err(row.wrong("precision", other)),
        };
        Ok(Region {
            name: row.required(0)?.to_owned(),
            other_names: row.list(1),
            demonyms: row.list(2),
            country: row.optional(3).map(SmolStr::from),
            code: row.optional(4).map(SmolStr::from),
            latitude: row.number(5)?,
            longitude: row.number(6)?,
            precision,
        })
    }
}

/// A row of `divisions.tsv`: a first-order division that news in English names without its
/// country, with the abbreviations that datelines use.
#[derive(Clone, Debug, PartialEq)]
pub struct Division {
    /// ISO 3166-2: "US-WI".
    pub code: SmolStr,
    pub name: String,
    /// "Wis.", "WI".
    pub abbreviations: Vec<String>,
    pub demonyms: Vec<String>,
    /// Alpha-3.
    pub country: SmolStr,
    /// Degrees, WGS 84, of a point in the middle.
    pub latitude: f64,
    pub longitude: f64,
    /// GeoNames id.
    pub geonames: Option<u32>,
}

impl Division {
    pub(crate) const COLUMNS: &[&str] =
        &["code", "name", "abbreviations", "demonyms", "country", "latitude", "longitude", "geonames"];

    pub(crate) fn read(row: &Row) -> Result<Division, TableError> {
        Ok(Division {
            code: row.required(0)?.into(),
            name: row.required(1)?.to_owned(),
            abbreviations: row.list(2),
            demonyms: row.list(3),
            country: row.required(4)?.into(),
            latitude: row.number(5)?,
            longitude: row.number(6)?,
            geonames: row.id(7)?,
        })
    }
}
