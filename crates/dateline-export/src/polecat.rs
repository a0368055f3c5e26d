//! The preset `polecat`: the 40 columns of the POLECAT data set, tab-separated, "None" for what is
//! not known, lists with "; " between values.

use dateline_store::{CodingRow, EventRow, PartyRow};

use crate::codes::country;
use crate::fold::fold_event;

/// The names of the columns, in their order.
pub const POLECAT: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The event's row; `None` for what POLECAT has no events for: what has neither happened nor been
/// announced, and what nobody is said to do.
pub fn polecat(event: &EventRow, coding: &CodingRow) -> Option<Vec<String>> {
    let folded = fold_event(event)?;
    if event.actors.is_empty() {
        return None;
    }
    let quad = match folded.quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    let place = event.place.as_ref();
    let evidence = event.evidence.as_ref();
    let is_city = place.is_some_and(|place| matches!(place.precision.as_str(), "city" | "point"));
    let mut row = vec![
        event.id.clone(),
        event.day.clone(),
        folded.event_type,
        folded.mode.unwrap_or_default(),
        folded.intensity.to_string(),
        quad.into(),
        event.contexts.join("; "),
    ];
    row.extend(side(&event.actors, &coding.actor_titles, &coding.actor_words));
    row.extend(side(&event.recipients, &coding.recipient_titles, &coding.recipient_words));
    row.extend([
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.filter(|_| is_city).map(|place| place.name.clone()).unwrap_or_default(),
        String::new(),
        place.and_then(|place| place.admin1.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        place.and_then(|place| place.lat).map(|lat| lat.to_string()).unwrap_or_default(),
        place.and_then(|place| place.lon).map(|lon| lon.to_string()).unwrap_or_default(),
        place.and_then(|place| place.geonames).map(|id| id.to_string()).unwrap_or_default(),
        coding.place_words.clone().unwrap_or_default(),
        place.map(|place| place.precision.clone()).unwrap_or_default(),
        evidence.and_then(|it| it.publisher.clone()).unwrap_or_default(),
        evidence
            .and_then(|it| it.published_at.as_deref())
            .map(|at| at.chars().take(10).collect())
            .unwrap_or_default(),
        coding.people.join("; "),
        coding.organizations.join("; "),
        coding.places.join("; "),
        coding.language.clone().unwrap_or_default(),
        format!("dateline {}", coding.version),
    ]);
    for cell in &mut row {
        // A tabulator or a line break would end the cell.
        *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if cell.is_empty() {
            *cell = "None".into();
        }
    }
    Some(row)
}

/// The eight columns of a side: name, country, COW, first sector, sectors, title, raw name, Wikipedia.
fn side(parties: &[PartyRow], titles: &[String], words: &[String]) -> [String; 8] {
    let each = |value: &dyn Fn(&PartyRow) -> Option<String>| -> String {
        parties
            .iter()
            .map(|party| value(party).unwrap_or_else(|| "None".into()))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let sectors: Vec<&str> = parties.iter().filter_map(|party| party.sector.as_deref()).collect();
    [
        each(&|party| Some(party.name.clone())),
        each(&|party| party.country.clone()),
        each(&|party| {
            country(party.country.as_deref()?).map(|it| it.cow.to_string()).filter(|it| !it.is_empty())
        }),
        sectors.first().map(|sector| sector.to_string()).unwrap_or_default(),
        each(&|party| party.sector.clone()),
        titles.join("; "),
        words.join("; "),
        // Entities carry no Wikipedia ids.
        String::new(),
    ]
}
