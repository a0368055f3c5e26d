//! Filter: what is asked for. Each filter has one name, the same on the command line, in a query
//! string and in JSON.

use dateline_document::{Sector, Status};
use serde::{Deserialize, Serialize};

use crate::{StoreError, days};

/// What must hold of what is listed. Several values of one filter are alternatives; filters add up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    pub date_from: Option<String>,
    pub date_to: Option<String>,
    pub actor: Vec<String>,
    pub actor_country: Vec<String>,
    pub actor_sector: Vec<String>,
    pub recipient: Vec<String>,
    pub recipient_country: Vec<String>,
    pub recipient_sector: Vec<String>,
    pub event_type: Vec<String>,
    pub mode: Vec<String>,
    pub quad: Vec<u8>,
    pub status: Vec<String>,
    pub place: Vec<String>,
    pub place_country: Vec<String>,
    pub near: Option<Near>,
    pub publisher: Vec<String>,
    pub text: Option<String>,
    pub confidence_min: Option<f64>,
    pub story: Vec<String>,
    pub article: Vec<String>,
    pub verdict: Vec<String>,
    pub order: Order,
    pub limit: Option<usize>,
    pub cursor: Option<String>,
    pub group_by: Vec<GroupBy>,
}

/// Within so many kilometres of a point.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Near {
    pub lat: f64,
    pub lon: f64,
    pub km: f64,
}

/// Newest first, or oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    #[default]
    Newest,
    Oldest,
}

/// What events are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBy {
    Day,
    Week,
    Month,
    Year,
    /// Country of an actor and country of a recipient.
    Pair,
    Type,
    Mode,
    Quad,
    Status,
    Actor,
    Recipient,
    ActorCountry,
    RecipientCountry,
    ActorSector,
    RecipientSector,
    Place,
    PlaceCountry,
    Publisher,
}

/// A filter, for manuals and machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FilterHelp {
    pub name: &'static str,
    /// What a value looks like.
    pub value: &'static str,
    pub help: &'static str,
    /// Whether several values may be given, separated by commas.
    pub is_list: bool,
}

const fn one(name: &'static str, value: &'static str, help: &'static str) -> FilterHelp {
    FilterHelp { name, value, help, is_list: false }
}

const fn list(name: &'static str, value: &'static str, help: &'static str) -> FilterHelp {
    FilterHelp { name, value, help, is_list: true }
}

impl Filter {
    /// All filters, in the order a manual has them.
    pub const ALL: &'static [FilterHelp] = &[
        one("date_from", "DAY", "Began on this day or later: 2024-05-15, 2024-05 or 2024"),
        one("date_to", "DAY", "Began on this day or earlier; a month or a year stands for its last day"),
        list("actor", "WHO", "Done by: a country (ISR), a sector (MIL), words of a name, or an entity's id"),
        list(
            "actor_country",
            "CODE",
            "Done by somebody of this country: ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM",
        ),
        list("actor_sector", "CODE", "Done by somebody of this PLOVER sector: GOV, MIL, REB, CVL, …"),
        list("recipient", "WHO", "Done to: a country, a sector, words of a name, or an entity's id"),
        list("recipient_country", "CODE", "Done to somebody of this country"),
        list("recipient_sector", "CODE", "Done to somebody of this sector"),
        list("event_type", "TYPE", "Of this type: ASSAULT, PROTEST, CONSULT, …"),
        list("mode", "MODE", "In this mode: drone, arrest, visit, …"),
        list(
            "quad",
            "1-4",
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        ),
        list("status", "STATUS", "asserted, ongoing, planned, possible, demanded or denied"),
        list("place", "NAME", "At a place of this name"),
        list("place_country", "CODE", "In this country"),
        one("near", "LAT,LON,KM", "Within so many kilometres of a point: 31.5,34.5,100"),
        list("publisher", "NAME", "Printed by this publisher, among others"),
        one("text", "WORDS", "With these words in the evidence; \"a phrase\", word*, -without, this OR that"),
        one("confidence_min", "0-1", "At least this sure"),
        list("story", "ID", "Of this story"),
        list("article", "ID", "Told by this article"),
        list("verdict", "VERDICT", "accept, reject, fix or none [default: all but the rejected]"),
        one("order", "ORDER", "newest or oldest first"),
        one("limit", "N", "So many rows at most"),
        one("cursor", "CURSOR", "Go on where a page ended: its `next`"),
        list(
            "group_by",
            "WHAT",
            "Count by day, week, month, year, pair, type, mode, quad, status, actor, recipient, actor_country, recipient_country, actor_sector, recipient_sector, place, place_country or publisher; two at once with a comma",
        ),
    ];

    /// Whether nothing is asked for but words, of some days perhaps.
    pub(crate) fn is_words_alone(&self) -> bool {
        let others = Filter {
            text: None,
            date_from: None,
            date_to: None,
            order: Order::default(),
            limit: None,
            cursor: None,
            group_by: Vec::new(),
            ..self.clone()
        };
        self.text.is_some() && others == Filter::default()
    }

    /// Sets a filter by its name, as it stands in a query string or on a command line. A list takes
    /// several values with commas between them, and adds to what it holds.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let value = value.trim();
        if value.is_empty() {
            return Err(refused(name, "it has no value"));
        }
        let values = || value.split(',').map(str::trim).filter(|value| !value.is_empty());
        match name {
            "date_from" => self.date_from = Some(first_day(name, value)?),
            "date_to" => self.date_to = Some(last_day(name, value)?),
            "actor" => self.actor.extend(values().map(Into::into)),
            "actor_country" => self.actor_country.extend(codes(name, values())?),
            "actor_sector" => self.actor_sector.extend(sectors(name, values())?),
            "recipient" => self.recipient.extend(values().map(Into::into)),
            "recipient_country" => self.recipient_country.extend(codes(name, values())?),
            "recipient_sector" => self.recipient_sector.extend(sectors(name, values())?),
            "event_type" => self.event_type.extend(values().map(str::to_uppercase)),
            "mode" => self.mode.extend(values().map(str::to_lowercase)),
            "quad" => {
                for value in values() {
                    match value.parse() {
                        Ok(quad @ 1..=4) => self.quad.push(quad),
                        _ => return Err(refused(name, &format!("{value} is not one of 1, 2, 3, 4"))),
                    }
                }
            }
            "status" => {
                for value in values() {
                    let known = Status::from_name(&value.to_lowercase()).ok_or_else(|| {
                        let all: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
                        refused(name, &format!("{value} is not one of {}", all.join(", ")))
                    })?;
                    self.status.push(known.name().into());
                }
            }
            "place" => self.place.extend(values().map(Into::into)),
            "place_country" => self.place_country.extend(codes(name, values())?),
            "near" => self.near = Some(near(value)?),
            "publisher" => self.publisher.extend(values().map(Into::into)),
            "text" => self.text = Some(value.into()),
            "confidence_min" => match value.parse::<f64>() {
                Ok(least) if (0.0..=1.0).contains(&least) => self.confidence_min = Some(least),
                _ => return Err(refused(name, &format!("{value} is no number between 0 and 1"))),
            },
            "story" => self.story.extend(values().map(str::to_lowercase)),
            "article" => self.article.extend(values().map(str::to_lowercase)),
            "verdict" => {
                for value in values() {
                    if !["accept", "reject", "fix", "none"].contains(&value) {
                        return Err(refused(
                            name,
                            &format!("{value} is not one of accept, reject, fix, none"),
                        ));
                    }
                    self.verdict.push(value.into());
                }
            }
            "order" => {
                self.order = match value {
                    "newest" => Order::Newest,
                    "oldest" => Order::Oldest,
                    _ => return Err(refused(name, &format!("{value} is neither newest nor oldest"))),
                }
            }
            "limit" => match value.parse() {
                Ok(limit) if limit > 0 => self.limit = Some(limit),
                _ => return Err(refused(name, &format!("{value} is no number of rows"))),
            },
            "cursor" => self.cursor = Some(value.into()),
            "group_by" => {
                for value in values() {
                    self.group_by.push(GroupBy::from_name(value)?);
                }
            }
            _ => {
                let all: Vec<&str> = Filter::ALL.iter().map(|filter| filter.name).collect();
                return Err(refused(name, &format!("there is no such filter; there are {}", all.join(", "))));
            }
        }
        Ok(())
    }

    /// A filter of these names and values.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Filter, StoreError> {
        let mut filter = Filter::default();
        for (name, value) in pairs {
            filter.set(name, value)?;
        }
        Ok(filter)
    }

    /// The names and values that make this filter again: for addresses, and for the notes beside an
    /// export. Lists are one value a pair.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let whole = serde_json::to_value(self).unwrap_or_default();
        let mut pairs = Vec::new();
        for help in Filter::ALL {
            match &whole[help.name] {
                serde_json::Value::Null => {}
                serde_json::Value::Array(values) => {
                    pairs.extend(values.iter().map(|value| (help.name, plain(value))));
                }
                serde_json::Value::Object(_) => {
                    if let Some(Near { lat, lon, km }) = self.near {
                        pairs.push((help.name, format!("{lat},{lon},{km}")));
                    }
                }
                value if help.name == "order" && *value == "newest" => {}
                value => pairs.push((help.name, plain(value))),
            }
        }
        pairs
    }

    /// Whether nothing narrows what is listed. Order, page and grouping do not.
    pub fn is_open(&self) -> bool {
        let page = Filter {
            order: self.order,
            limit: self.limit,
            cursor: self.cursor.clone(),
            group_by: self.group_by.clone(),
            ..Filter::default()
        };
        *self == page
    }

    /// Refuses filters that mean nothing for a listing.
    pub(crate) fn allow(&self, listing: &str, allowed: &[&str]) -> Result<(), StoreError> {
        let page = ["order", "limit", "cursor"];
        for (name, _) in self.pairs() {
            if !allowed.contains(&name) && !page.contains(&name) {
                return Err(refused(name, &format!("{listing} cannot be filtered by it")));
            }
        }
        Ok(())
    }
}

impl GroupBy {
    pub const ALL: [GroupBy; 18] = [
        GroupBy::Day,
        GroupBy::Week,
        GroupBy::Month,
        GroupBy::Year,
        GroupBy::Pair,
        GroupBy::Type,
        GroupBy::Mode,
        GroupBy::Quad,
        GroupBy::Status,
        GroupBy::Actor,
        GroupBy::Recipient,
        GroupBy::ActorCountry,
        GroupBy::RecipientCountry,
        GroupBy::ActorSector,
        GroupBy::RecipientSector,
        GroupBy::Place,
        GroupBy::PlaceCountry,
        GroupBy::Publisher,
    ];

    pub fn name(self) -> &'static str {
        match self {
            GroupBy::Day => "day",
            GroupBy::Week => "week",
            GroupBy::Month => "month",
            GroupBy::Year => "year",
            GroupBy::Pair => "pair",
            GroupBy::Type => "type",
            GroupBy::Mode => "mode",
            GroupBy::Quad => "quad",
            GroupBy::Status => "status",
            GroupBy::Actor => "actor",
            GroupBy::Recipient => "recipient",
            GroupBy::ActorCountry => "actor_country",
            GroupBy::RecipientCountry => "recipient_country",
            GroupBy::ActorSector => "actor_sector",
            GroupBy::RecipientSector => "recipient_sector",
            GroupBy::Place => "place",
            GroupBy::PlaceCountry => "place_country",
            GroupBy::Publisher => "publisher",
        }
    }

    fn from_name(name: &str) -> Result<GroupBy, StoreError> {
        let name = if name == "event_type" { "type" } else { name };
        GroupBy::ALL.into_iter().find(|by| by.name() == name).ok_or_else(|| {
            let all: Vec<&str> = GroupBy::ALL.iter().map(|by| by.name()).collect();
            refused("group_by", &format!("{name} is not one of {}", all.join(", ")))
        })
    }
}

pub(crate) fn refused(filter: &str, reason: &str) -> StoreError {
    StoreError::Filter { filter: filter.into(), reason: reason.into() }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), Into::into)
}

fn first_day(name: &str, value: &str) -> Result<String, StoreError> {
    let day = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        _ => value.into(),
    };
    whole_day(name, value, &day)
}

fn last_day(name: &str, value: &str) -> Result<String, StoreError> {
    let day = match value.len() {
        4 => format!("{value}-12-31"),
        7 => {
            let first: jiff::civil::Date =
                whole_day(name, value, &format!("{value}-01"))?.parse().expect("it was just read");
            first.last_of_month().to_string()
        }
        _ => value.into(),
    };
    whole_day(name, value, &day)
}

fn whole_day(name: &str, value: &str, day: &str) -> Result<String, StoreError> {
    match days::number(day) {
        Some(number) if day.len() == 10 => Ok(days::text(number)),
        _ => Err(refused(name, &format!("{value} is no day; a day looks like 2024-05-15"))),
    }
}

fn codes<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Result<Vec<String>, StoreError> {
    values
        .map(|value| {
            let is_code = value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
            if is_code {
                Ok(value.to_ascii_uppercase())
            } else {
                Err(refused(name, &format!("{value} is no code of three letters, such as ISR")))
            }
        })
        .collect()
}

fn sectors<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Result<Vec<String>, StoreError> {
    values
        .map(|value| match Sector::from_code(&value.to_ascii_uppercase()) {
            Some(sector) => Ok(sector.code().into()),
            None => {
                let all: Vec<&str> = Sector::ALL.iter().map(|sector| sector.code()).collect();
                Err(refused(name, &format!("{value} is not one of {}", all.join(", "))))
            }
        })
        .collect()
}

fn near(value: &str) -> Result<Near, StoreError> {
    let numbers: Result<Vec<f64>, _> = value.split(',').map(|number| number.trim().parse()).collect();
    match numbers.as_deref() {
        Ok([lat, lon, km])
            if (-90.0..=90.0).contains(lat)
                && (-180.0..=180.0).contains(lon)
                && (0.0..=20_038.0).contains(km) =>
        {
            Ok(Near { lat: *lat, lon: *lon, km: *km })
        }
        _ => Err(refused(
            "near",
            &format!("{value} is no latitude, longitude and kilometres, such as 31.5,34.5,100"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_can_be_set_by_its_name_and_read_back() {
        let values = [
            ("date_from", "2024-05-01"),
            ("date_to", "2024-05-31"),
            ("actor", "ISR"),
            ("actor_country", "ISR"),
            ("actor_sector", "MIL"),
            ("recipient", "Hamas"),
            ("recipient_country", "PSE"),
            ("recipient_sector", "CVL"),
            ("event_type", "ASSAULT"),
            ("mode", "drone"),
            ("quad", "4"),
            ("status", "asserted"),
            ("place", "Gaza"),
            ("place_country", "PSE"),
            ("near", "31.5,34.5,100"),
            ("publisher", "Gulf Wire"),
            ("text", "border AND \"grain terminal\""),
            ("confidence_min", "0.5"),
            ("story", "0123456789abcdef"),
            ("article", "0123456789abcdef"),
            ("verdict", "accept"),
            ("order", "oldest"),
            ("limit", "10"),
            ("cursor", "2024-05-15.7"),
            ("group_by", "day"),
        ];
        let names: Vec<&str> = Filter::ALL.iter().map(|filter| filter.name).collect();
        assert_eq!(values.map(|(name, _)| name).to_vec(), names);
        let filter = Filter::from_pairs(values).unwrap();
        let read: Vec<(&str, String)> = filter.pairs();
        assert_eq!(read, values.map(|(name, value)| (name, value.to_string())));
        let again: Filter = serde_json::from_value(serde_json::to_value(&filter).unwrap()).unwrap();
        assert_eq!(again, filter);
    }

    #[test]
    fn a_month_and_a_year_stand_for_their_days() {
        let filter = Filter::from_pairs([("date_from", "2024"), ("date_to", "2024-02")]).unwrap();
        assert_eq!(filter.date_from.as_deref(), Some("2024-01-01"));
        assert_eq!(filter.date_to.as_deref(), Some("2024-02-29"));
    }

    #[test]
    fn values_that_mean_nothing_are_refused_with_a_reason() {
        let said = |name, value| Filter::default().set(name, value).unwrap_err().to_string();
        assert!(said("date_from", "May").contains("2024-05-15"));
        assert!(said("quad", "5").contains("1, 2, 3, 4"));
        assert!(said("near", "1,2").contains("31.5,34.5,100"));
        assert!(said("actor_sector", "XYZ").contains("GOV"));
        assert!(said("colour", "red").contains("no such filter"));
        assert!(said("group_by", "colour").contains("week"));
    }
}
