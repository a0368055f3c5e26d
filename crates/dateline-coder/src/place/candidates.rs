//! Candidates: what a name may stand for, and how likely before the story is read.

use dateline_document::{Place, Precision};
use dateline_gazetteer::{Country, Division, Feature, Gazetteer, GeoPlace, Lands, Region, fold};
use smol_str::SmolStr;

/// The most candidates that are weighed for one name: the most populous.
const MOST: usize = 40;

/// One place that a name may stand for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub place: Place,
    pub kind: Kind,
    /// The folded name of the first-order division it lies in or is.
    pub admin1: Option<SmolStr>,
    pub admin2: Option<SmolStr>,
    /// How often news means it by this name, as a power of ten: for towns, of their people.
    pub weight: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Country,
    Region,
    Division,
    Town,
}

/// A country is named as often as a city of so many people, as a power of ten: more than any.
const COUNTRY: f64 = 9.0;
const REGION: f64 = 8.0;
/// The divisions of our own table: states that English-language news names without their country.
const DIVISION: f64 = 8.2;
/// A capital is named more than its people would make it.
const CAPITAL: f64 = 1.5;
/// A name that is not the place's main one is mostly somebody else's.
const OTHER_NAME: f64 = -2.0;
/// Districts are named less than the towns in them.
const DISTRICT: f64 = -0.5;
/// English-language news is mostly of these, and their small towns are named in it.
const ENGLISH_SPEAKING: f64 = 0.7;

/// What `name` may stand for, the likeliest first; towns only where the gazetteer has them.
pub(crate) fn candidates(name: &str, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let mut found = Vec::new();
    let Lands { country, region, division } = gazetteer.lands(name);
    found.extend(country.map(of_country));
    found.extend(region.map(of_region));
    found.extend(division.map(|division| of_division(division, gazetteer)));
    let known = division.and_then(|division| division.geonames);
    let bare = without_kind(name);
    let mut towns = gazetteer.places(name);
    if let Some((bare, is_division)) = bare.filter(|_| towns.is_empty() && found.is_empty()) {
        found.extend(gazetteer.region(bare).map(of_region));
        towns = gazetteer.places(bare);
        towns.retain(|place| !is_division || place.feature != Feature::Town);
    }
    let with_weights =
        towns.iter().filter(|place| Some(place.geonames) != known).map(|place| of_town(place, gazetteer));
    found.extend(with_weights);
    prefer_towns(&mut found);
    found.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    found.truncate(MOST);
    found
}

/// A division of its main town's name is meant less than the town: "Alexandria".
fn prefer_towns(found: &mut [Candidate]) {
    const LESS: f64 = 0.2;
    let towns: Vec<(Option<SmolStr>, Option<SmolStr>, f64)> = found
        .iter()
        .filter(|candidate| candidate.kind == Kind::Town)
        .map(|town| (town.place.country.clone(), town.admin1.clone(), town.weight))
        .collect();
    for division in found.iter_mut() {
        // Districts are light enough, and those of our own table weigh what they weigh.
        let is_first_order = division.place.admin1.as_ref() == Some(&division.place.name);
        if division.kind != Kind::Division || !is_first_order || division.weight >= DIVISION - 1.0 {
            continue;
        }
        let is_in = |(country, admin1, _): &&(Option<SmolStr>, Option<SmolStr>, f64)| {
            *country == division.place.country && *admin1 == division.admin1
        };
        let town = towns.iter().filter(is_in).map(|(.., weight)| *weight).reduce(f64::max);
        division.weight = town.map_or(division.weight, |weight| division.weight.min(weight - LESS));
    }
}

/// "Anbar province" → "Anbar", and whether only a division is meant: the gazetteer's go without the word for what
/// they are.
fn without_kind(name: &str) -> Option<(&str, bool)> {
    const DIVISIONS: &str = "province state governorate oblast district prefecture county territory department municipality division";
    const ANY: &str = "region peninsula island islands republic city town";
    let (bare, printed) = name.rsplit_once(' ')?;
    let last = fold(printed);
    let is_in = |list: &str| list.split_whitespace().any(|kind| kind == last);
    // "Anbar Province", but not "Ohio Department".
    let is_name = matches!(last.as_str(), "department" | "division" | "city" | "town" | "republic");
    let is_printed = !is_name || !printed.starts_with(char::is_uppercase);
    (is_printed && (is_in(DIVISIONS) || is_in(ANY))).then(|| (bare, is_in(DIVISIONS)))
}

pub(crate) fn of_country(country: &Country) -> Candidate {
    Candidate {
        place: Place {
            name: country.name.clone(),
            country: Some(country.code.clone()),
            admin1: None,
            latitude: Some(country.latitude),
            longitude: Some(country.longitude),
            geonames: country.geonames,
            precision: Precision::Country,
        },
        kind: Kind::Country,
        admin1: None,
        admin2: None,
        weight: COUNTRY,
    }
}

pub(crate) fn of_region(region: &Region) -> Candidate {
    Candidate {
        place: Place {
            name: region.name.clone(),
            country: region.country.clone(),
            admin1: (region.precision == Precision::Admin).then(|| region.name.clone()),
            latitude: Some(region.latitude),
            longitude: Some(region.longitude),
            geonames: None,
            precision: region.precision,
        },
        kind: Kind::Region,
        admin1: None,
        admin2: None,
        weight: REGION,
    }
}

pub(crate) fn of_division(division: &Division, gazetteer: &Gazetteer) -> Candidate {
    // The United States' capital is meant by "Washington", and the city by "New York".
    let is_shadowed = gazetteer.capital(&division.name).is_some() || division.name == "New York";
    Candidate {
        place: Place {
            name: division.name.clone(),
            country: Some(division.country.clone()),
            admin1: Some(division.name.clone()),
            latitude: Some(division.latitude),
            longitude: Some(division.longitude),
            geonames: division.geonames,
            precision: Precision::Admin,
        },
        kind: Kind::Division,
        admin1: Some(fold(&division.name).into()),
        admin2: None,
        weight: if is_shadowed { DIVISION - 1.0 } else { DIVISION },
    }
}

fn of_town(place: &GeoPlace<'_>, gazetteer: &Gazetteer) -> Candidate {
    let mut weight = f64::from(place.population.max(100)).log10();
    let is_capital = |country: &Country| country.code == place.country;
    if place.feature == Feature::Town && gazetteer.capital(place.name).is_some_and(is_capital) {
        weight += CAPITAL;
    }
    if matches!(place.country, "USA" | "GBR" | "CAN" | "AUS" | "NZL" | "IRL") {
        weight += ENGLISH_SPEAKING;
    }
    if !place.is_main_name {
        weight += OTHER_NAME;
    }
    if place.feature == Feature::Admin2 {
        weight += DISTRICT;
    }
    let admin1 = if place.feature == Feature::Admin1 { Some(place.name) } else { place.admin1 };
    Candidate {
        place: Place {
            name: place.name.to_owned(),
            country: Some(place.country.into()),
            admin1: admin1.map(str::to_owned),
            latitude: Some(place.latitude),
            longitude: Some(place.longitude),
            geonames: Some(place.geonames),
            precision: if place.feature == Feature::Town { Precision::City } else { Precision::Admin },
        },
        kind: if place.feature == Feature::Town { Kind::Town } else { Kind::Division },
        admin1: admin1.map(|name| fold(name).into()),
        admin2: place.admin2.map(|name| fold(name).into()),
        weight,
    }
}
