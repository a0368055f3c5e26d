//! Points: events counted by place, for maps. A place carries how exactly it is known, so that a
//! country's middle is not taken for a town.

use serde::{Deserialize, Serialize};

use super::events::PlaceRow;
use super::filter::Filter;
use super::plan::Plan;
use super::store::{Store, rows};
use crate::StoreError;

/// Places, where no limit is given.
const PLACES: usize = 2000;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Points {
    /// The busiest first.
    pub points: Vec<Point>,
    /// Events whose place is not told.
    pub unplaced: u64,
    /// Whether there are more places than these.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Point {
    pub place: PlaceRow,
    /// Each event once.
    pub events: u64,
    /// As often as they are told.
    pub tellings: u64,
    /// Their mean intensity, hostile −10 to friendly +10.
    pub intensity: f64,
}

impl Store {
    /// Where the events of a filter are.
    pub fn points(&self, filter: &Filter) -> Result<Points, StoreError> {
        let limit = filter.limit.unwrap_or(PLACES).min(10_000);
        self.timed(|connection| {
            let (condition, values) = Plan::new(connection, filter)?.condition();
            let sql = format!(
                "SELECT c.events, c.tellings, c.intensity, l.name, l.country, l.admin1, l.lat, l.lon, l.geonames, l.precision
                 FROM (SELECT e.place AS place, count(*) AS events, sum(e.tellings) AS tellings, avg(e.intensity) AS intensity
                       FROM event AS e WHERE {condition} GROUP BY e.place) AS c
                 LEFT JOIN place AS l ON l.row = c.place ORDER BY c.events DESC, c.place"
            );
            let mut unplaced = 0;
            let found = rows(connection, &sql, &values, |row| {
                let (events, tellings) = (row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64);
                let Some(name) = row.get(3)? else { return Ok((events, None)) };
                let place = PlaceRow {
                    name,
                    country: row.get(4)?,
                    admin1: row.get(5)?,
                    lat: row.get(6)?,
                    lon: row.get(7)?,
                    geonames: row.get(8)?,
                    precision: row.get(9)?,
                };
                let intensity = (row.get::<_, f64>(2)? * 1000.0).round() / 1000.0;
                Ok((events, Some(Point { place, events, tellings, intensity })))
            })?;
            let mut points = Vec::new();
            for (events, point) in found {
                match point {
                    Some(point) => points.push(point),
                    None => unplaced += events,
                }
            }
            let truncated = points.len() > limit;
            points.truncate(limit);
            Ok(Points { points, unplaced, truncated })
        })
    }
}
