//! Occurrence: is what this article tells the event that another one told?
//!
//! Yes, when type, kind of status, parties, days and places go together:
//!
//! - The type is the same, and so is the mode where both give one.
//! - It happened (or goes on) in both, or is planned, possible, demanded or denied in both.
//! - On each side some party of one is some party of the other. Parties are the same by their
//!   country and sector, except where both have proper names and the names differ: "the Ghanaian
//!   president" may be "Kwabena Osei-Darko", but two ministers of one government are two.
//! - The days overlap, or are next to each other: yesterday in one time zone is today in another.
//!   Stretches of more than ten days are the same only when both ends are.
//! - The places are the same, or one lies in the other, or are less than 50 km apart; an unknown
//!   place goes with any.
//!
//! The rule counts one event a day for a type and a pair of parties where nothing else tells them
//! apart, as political scientists do ("one-a-day"). Known limits: two clashes of the same armies in
//! one day are one, unless their places are told; and one event on whose parties two articles
//! disagree stays two.

use crate::stable::hash;

/// What the rule looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Occurrence {
    pub event_type: String,
    pub mode: Option<String>,
    pub status: String,
    /// First and last day, since 1970; `None` where not even the article has a day.
    pub days: Option<(i32, i32)>,
    pub place: Option<Where>,
    pub actors: Vec<Who>,
    pub recipients: Vec<Who>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Who {
    /// By [`crate::stable::name_key`].
    pub name: String,
    /// Whether that is a proper name.
    pub is_named: bool,
    pub country: Option<String>,
    pub sector: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Where {
    pub row: i64,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub point: Option<(f64, f64)>,
    pub precision: String,
}

const NEAR_KM: f64 = 50.0;
const LONG_DAYS: i32 = 10;
/// Keys of one occurrence, at most: an event with more parties is found by its first ones.
const MAX_KEYS: usize = 16;

impl Occurrence {
    /// What the same occurrence, told elsewhere, is looked up by: one key for each pair of parties.
    pub fn keys(&self) -> Vec<i64> {
        if self.actors.is_empty() && self.recipients.is_empty() {
            return Vec::new();
        }
        let side = |parties: &[Who]| -> Vec<String> {
            let mut keys: Vec<String> = parties.iter().map(Who::key).collect();
            if keys.is_empty() {
                keys.push(String::new());
            }
            keys
        };
        let recipients = side(&self.recipients);
        let mut keys: Vec<i64> = side(&self.actors)
            .iter()
            .flat_map(|actor| {
                recipients.iter().map(|recipient| {
                    hash(&[&self.event_type, status_kind(&self.status), actor, recipient]) as i64
                })
            })
            .take(MAX_KEYS)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The first days that the same occurrence may have elsewhere.
    pub fn first_days(&self) -> Option<(i32, i32)> {
        self.days.map(|(from, to)| (from - 1, to.min(from + LONG_DAYS) + 1))
    }

    pub fn is_same(&self, other: &Occurrence) -> bool {
        self.event_type == other.event_type
            && status_kind(&self.status) == status_kind(&other.status)
            && agree(&self.mode, &other.mode)
            && days_agree(self.days, other.days)
            && parties_agree(&self.actors, &other.actors)
            && parties_agree(&self.recipients, &other.recipients)
            && places_agree(self.place.as_ref(), other.place.as_ref())
    }

    /// How much beyond the rule the two have in common: the best of several is taken.
    pub fn likeness(&self, other: &Occurrence) -> u32 {
        let names = |own: &[Who], others: &[Who]| {
            own.iter().filter(|who| others.iter().any(|other| other.name == who.name)).count() as u32
        };
        let row = |place: &Option<Where>| place.as_ref().map(|place| place.row);
        names(&self.actors, &other.actors)
            + names(&self.recipients, &other.recipients)
            + 2 * u32::from(self.place.is_some() && row(&self.place) == row(&other.place))
            + u32::from(self.mode.is_some() && self.mode == other.mode)
            + u32::from(self.days == other.days)
    }
}

impl Who {
    fn key(&self) -> String {
        match (&self.country, &self.sector) {
            (Some(country), Some(sector)) => format!("{country} {sector}"),
            (Some(country), None) => country.clone(),
            _ => format!("= {}", self.name),
        }
    }

    fn is(&self, other: &Who) -> bool {
        self.key() == other.key()
            && (!self.is_named || !other.is_named || share_a_name(&self.name, &other.name))
    }
}

/// "kwabena osei darko" and "osei darko": all words of the shorter are in the longer.
fn share_a_name(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.split(' ').all(|word| long.split(' ').any(|other| word == other))
}

/// It happened; or it has one of the statuses that say that it has not, each its own kind.
fn status_kind(status: &str) -> &str {
    if status == "ongoing" { "asserted" } else { status }
}

fn agree<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn days_agree(one: Option<(i32, i32)>, other: Option<(i32, i32)>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let is_long = |(from, to): (i32, i32)| to - from > LONG_DAYS;
    if is_long(one) || is_long(other) {
        return one == other;
    }
    one.0 <= other.1 + 1 && other.0 <= one.1 + 1
}

fn parties_agree(own: &[Who], others: &[Who]) -> bool {
    if own.is_empty() || others.is_empty() {
        return own.is_empty() && others.is_empty();
    }
    own.iter().any(|who| others.iter().any(|other| who.is(other)))
}

fn places_agree(one: Option<&Where>, other: Option<&Where>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    if one.row == other.row {
        return true;
    }
    if !agree(&one.country, &other.country) {
        return false;
    }
    let is = |place: &Where, precision: &str| place.precision == precision;
    if is(one, "country") || is(other, "country") {
        return one.country.is_some() && one.country == other.country;
    }
    if is(one, "admin") || is(other, "admin") {
        return one.admin1.is_some() && one.admin1 == other.admin1;
    }
    match (one.point, other.point) {
        (Some(one), Some(other)) => kilometres(one, other) < NEAR_KM,
        _ => false,
    }
}

/// Along the great circle, on a ball of the earth's size (the haversine).
pub(crate) fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat, other_lat) = (one.0.to_radians(), other.0.to_radians());
    let half_lat = ((other_lat - lat) / 2.0).sin();
    let half_lon = ((other.1 - one.1).to_radians() / 2.0).sin();
    let part = half_lat * half_lat + lat.cos() * other_lat.cos() * half_lon * half_lon;
    2.0 * 6371.0 * part.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str, is_named: bool, country: &str, sector: &str) -> Who {
        let known = |code: &str| (!code.is_empty()).then(|| code.to_string());
        Who { name: name.into(), is_named, country: known(country), sector: known(sector) }
    }

    fn arrest() -> Occurrence {
        Occurrence {
            event_type: "COERCE".into(),
            mode: Some("arrest".into()),
            status: "asserted".into(),
            days: Some((100, 100)),
            place: Some(city(1, 11.06, -0.24)),
            actors: vec![who("police", false, "GHA", "COP")],
            recipients: vec![who("14 people", false, "GHA", "CVL")],
        }
    }

    fn city(row: i64, lat: f64, lon: f64) -> Where {
        Where {
            row,
            country: Some("GHA".into()),
            admin1: Some("Upper East".into()),
            point: Some((lat, lon)),
            precision: "city".into(),
        }
    }

    fn check(other: Occurrence, expected: bool) {
        assert_eq!(arrest().is_same(&other), expected, "{other:?}");
        assert_eq!(other.is_same(&arrest()), expected, "the rule has no direction");
        if expected {
            let keys = other.keys();
            assert!(arrest().keys().iter().any(|key| keys.contains(key)), "it must be found first");
        }
    }

    #[test]
    fn other_words_for_the_same_parties_go_together() {
        check(Occurrence { recipients: vec![who("dozen traders", false, "GHA", "CVL")], ..arrest() }, true);
    }

    #[test]
    fn the_day_after_goes_together_and_the_week_after_does_not() {
        check(Occurrence { days: Some((101, 101)), ..arrest() }, true);
        check(Occurrence { days: Some((107, 107)), ..arrest() }, false);
        check(Occurrence { days: None, ..arrest() }, false);
    }

    #[test]
    fn a_month_is_no_day() {
        check(Occurrence { days: Some((90, 120)), ..arrest() }, false);
    }

    #[test]
    fn places_go_together_by_distance_and_unknown_ones_always() {
        check(Occurrence { place: Some(city(2, 11.2, -0.3)), ..arrest() }, true);
        check(Occurrence { place: Some(city(3, 5.56, -0.2)), ..arrest() }, false);
        check(Occurrence { place: None, ..arrest() }, true);
        let country = Where { precision: "country".into(), ..city(4, 8.0, -1.0) };
        check(Occurrence { place: Some(country), ..arrest() }, true);
    }

    #[test]
    fn what_is_denied_is_not_what_happened() {
        check(Occurrence { status: "denied".into(), ..arrest() }, false);
        check(Occurrence { status: "ongoing".into(), ..arrest() }, true);
    }

    #[test]
    fn another_mode_is_another_event_but_none_goes_with_any() {
        check(Occurrence { mode: Some("curfew".into()), ..arrest() }, false);
        check(Occurrence { mode: None, ..arrest() }, true);
    }

    #[test]
    fn two_ministers_of_one_government_are_two() {
        let minister = |name| Occurrence { actors: vec![who(name, true, "GHA", "GOV")], ..arrest() };
        assert!(!minister("ama boateng").is_same(&minister("kofi mensah")));
        assert!(minister("ama boateng").is_same(&minister("boateng")));
        let nameless = Occurrence { actors: vec![who("minister", false, "GHA", "GOV")], ..arrest() };
        assert!(minister("ama boateng").is_same(&nameless));
    }

    #[test]
    fn nobody_does_not_go_with_somebody() {
        check(Occurrence { recipients: vec![], ..arrest() }, false);
    }
}
