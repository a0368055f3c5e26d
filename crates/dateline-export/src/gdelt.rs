//! The preset `gdelt`: the 61 columns of GDELT 2.0's table of events, tab-separated, no line of
//! names, CAMEO codes.
//!
//! Events are folded as in the preset `polecat`. What GDELT has and we do not (ethnic groups,
//! religions, tone, places of the actors) is empty. `DATEADDED` is the day of publication, so that
//! the same articles give the same file.

use dateline_store::{EventRow, PartyRow, PlaceRow};

use crate::codes::country;
use crate::fold::fold_event;

/// The names of the columns, in their order.
pub const GDELT: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The event's row; `None` for what has no day, and for what has neither happened nor been announced.
pub fn gdelt(event: &EventRow) -> Option<Vec<String>> {
    let folded = fold_event(event)?;
    let (year, month, day) = (event.day.get(..4)?, event.day.get(5..7)?, event.day.get(8..10)?);
    // Those who meet are all actors with us; there the second one is the other side.
    let second = event.recipients.first().or(event.actors.get(1));
    let evidence = event.evidence.as_ref();
    let published: String = evidence
        .and_then(|it| it.published_at.as_deref())
        .map(|at| at.chars().take(10).filter(char::is_ascii_digit).collect())
        .unwrap_or_else(|| format!("{year}{month}{day}"));
    let code = |length: usize| folded.cameo.get(..length).unwrap_or(&folded.cameo).to_string();
    let mut row = vec![
        // 63 bits of the id: their readers take it for a signed integer.
        (u64::from_str_radix(&event.id, 16).unwrap_or_default() >> 1).to_string(),
        format!("{year}{month}{day}"),
        format!("{year}{month}"),
        year.to_string(),
        fraction(year, month, day)?,
    ];
    row.extend(actor(event.actors.first()));
    row.extend(actor(second));
    row.extend([
        "1".into(),
        folded.cameo.clone(),
        code(3),
        code(2),
        folded.quad.to_string(),
        folded.intensity.to_string(),
        event.tellings.to_string(),
        event.originals.to_string(),
        event.articles.to_string(),
        String::new(),
    ]);
    row.extend(std::array::from_fn::<String, 16, _>(
        |at| if at % 8 == 0 { "0".into() } else { String::new() },
    ));
    row.extend(geography(event.place.as_ref()));
    row.push(format!("{published}000000"));
    row.push(evidence.and_then(|it| it.url.clone()).unwrap_or_default());
    for cell in &mut row {
        *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Some(row)
}

/// The ten columns of an actor.
fn actor(party: Option<&PartyRow>) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    let Some(party) = party else { return cells };
    let country = party.country.clone().unwrap_or_default();
    // CAMEO's letters for journalists and for health are PLOVER's for others.
    let sector = match party.sector.as_deref().unwrap_or_default() {
        "JRN" => "MED",
        "MED" => "HLH",
        sector => sector,
    };
    cells[0] = format!("{country}{sector}");
    cells[1] = party.name.to_uppercase();
    cells[2] = country;
    cells[7] = sector.into();
    cells
}

/// The eight columns of a place.
fn geography(place: Option<&PlaceRow>) -> [String; 8] {
    let mut cells: [String; 8] = Default::default();
    cells[0] = "0".into();
    let Some(place) = place else { return cells };
    let is_american = place.country.as_deref() == Some("USA");
    cells[0] = match (place.precision.as_str(), is_american) {
        ("country" | "area", _) => "1",
        ("admin", true) => "2",
        ("admin", false) => "5",
        (_, true) => "3",
        (_, false) => "4",
    }
    .into();
    let codes = place.country.as_deref().and_then(country);
    let parts = [Some(place.name.as_str()), place.admin1.as_deref(), codes.map(|it| it.name)];
    cells[1] = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    cells[2] = codes.map(|it| it.fips.to_string()).unwrap_or_default();
    cells[5] = place.lat.map(|lat| lat.to_string()).unwrap_or_default();
    cells[6] = place.lon.map(|lon| lon.to_string()).unwrap_or_default();
    cells[7] = place.geonames.map(|id| id.to_string()).unwrap_or_default();
    cells
}

/// "2024.3644": the year, and the part of it that has gone by.
fn fraction(year: &str, month: &str, day: &str) -> Option<String> {
    const BEFORE: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let month: usize = month.parse().ok()?;
    let passed = BEFORE.get(month.checked_sub(1)?)? + day.parse::<u32>().ok()?;
    Some(format!("{:.4}", year.parse::<f64>().ok()? + f64::from(passed) / 365.0))
}
