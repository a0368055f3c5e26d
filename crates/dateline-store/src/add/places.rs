//! Places: one row for each place in the world, and a box in the R*Tree for each with coordinates.

use dateline_record::Place;
use rusqlite::{Connection, OptionalExtension, params};

use super::Known;
use crate::StoreError;
use crate::occurrence::Where;

/// The place's row, made if it is not there; `None` for a toponym that was not resolved.
pub(super) fn resolve(
    connection: &Connection,
    known: &mut Known,
    place: &Place,
) -> Result<Option<Where>, StoreError> {
    let Some(name) = &place.name else { return Ok(None) };
    let key = key(place, name);
    let precision = place.precision.clone().unwrap_or_else(|| "point".into());
    let row = match known.places.get(&key) {
        Some(row) => *row,
        None => {
            let row = row(connection, &key, name, place, &precision)?;
            known.places.insert(key, row);
            row
        }
    };
    Ok(Some(Where {
        row,
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        point: place.lat.zip(place.lon),
        precision,
    }))
}

fn key(place: &Place, name: &str) -> String {
    match place.geonames {
        Some(id) => format!("geonames {id}"),
        None => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let degrees = |value: Option<f64>| value.map(|value| format!("{value:.3}")).unwrap_or_default();
            format!(
                "{name}|{}|{}|{}|{}",
                text(&place.country),
                text(&place.admin1),
                degrees(place.lat),
                degrees(place.lon)
            )
        }
    }
}

fn row(
    connection: &Connection,
    key: &str,
    name: &str,
    place: &Place,
    precision: &str,
) -> Result<i64, StoreError> {
    let found = connection
        .prepare_cached("SELECT row FROM place WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    if let Some(row) = found {
        return Ok(row);
    }
    connection
        .prepare_cached(
            "INSERT INTO place (key, name, country, admin1, lat, lon, geonames, precision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            key,
            name,
            place.country,
            place.admin1,
            place.lat,
            place.lon,
            place.geonames,
            precision
        ])?;
    let row = connection.last_insert_rowid();
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        connection
            .prepare_cached(
                "INSERT INTO place_box (row, lat_from, lat_to, lon_from, lon_to) VALUES (?1, ?2, ?2, ?3, ?3)",
            )?
            .execute(params![row, lat, lon])?;
    }
    Ok(row)
}
