//! Countries: codes, names and middles, as the gazetteer has them.

use axum::Json;
use dateline::Gazetteer;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct Countries {
    countries: Vec<CountryRow>,
}

#[derive(Serialize, ToSchema)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-3.
    code: &'static str,
    name: &'static str,
    /// Degrees, WGS 84, of a point in the middle.
    lat: f64,
    lon: f64,
}

/// Countries by code, with their names
#[utoipa::path(get, path = "/api/v1/countries", tag = "codebook", responses((status = 200, body = Countries)))]
pub async fn countries() -> Json<Countries> {
    let rows = Gazetteer::embedded().countries().iter().filter(|country| !country.is_historical());
    let countries = rows.map(|country| CountryRow {
        code: &country.code,
        name: &country.name,
        lat: country.latitude,
        lon: country.longitude,
    });
    Json(Countries { countries: countries.collect() })
}
