//! Groups: events counted by day, pair, type and so on, with how often they are told and how
//! hostile or friendly they are.

use serde::{Deserialize, Serialize};

use super::filter::{Filter, GroupBy, refused};
use super::plan::Plan;
use super::store::{Store, rows};
use crate::StoreError;

/// Groups, where no limit is given.
const GROUPS: usize = 1000;

/// A table of counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Groups {
    /// What the keys of a row are: "month", "actor_country", "recipient_country".
    pub columns: Vec<String>,
    pub rows: Vec<GroupRow>,
    /// Whether there are more groups than these.
    pub truncated: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupRow {
    /// `None` where the events do not say it.
    pub keys: Vec<Option<String>>,
    /// Each event once.
    pub events: u64,
    /// As often as they are told.
    pub tellings: u64,
    /// Their mean intensity, hostile −10 to friendly +10.
    pub intensity: f64,
}

/// One thing to group by, in SQL.
struct Key {
    names: &'static [&'static str],
    columns: Vec<String>,
    join: String,
    is_time: bool,
}

impl Store {
    /// Counts by `filter.group_by`: times in their order, all else by the number of events.
    pub fn groups(&self, filter: &Filter) -> Result<Groups, StoreError> {
        if filter.group_by.is_empty() || filter.group_by.len() > 2 {
            return Err(refused("group_by", "name one thing to count by, or two"));
        }
        let keys: Vec<Key> = (0..).zip(&filter.group_by).map(|(number, by)| key(*by, number)).collect();
        let columns: Vec<&str> = keys.iter().flat_map(|key| key.columns.iter().map(String::as_str)).collect();
        let joins: String = keys.iter().map(|key| key.join.as_str()).collect();
        let times: Vec<String> = (1..)
            .zip(keys.iter().flat_map(|key| key.columns.iter().map(|_| key.is_time)))
            .filter(|(_, is_time)| *is_time)
            .map(|(number, _)| format!("{number}, "))
            .collect();
        let limit = filter.limit.unwrap_or(GROUPS);
        let (events, tellings, intensity) = (columns.len(), columns.len() + 1, columns.len() + 2);
        self.timed(|connection| {
            let (condition, values) = Plan::new(connection, filter)?.condition();
            let sql = format!(
                "SELECT {keys}, count(*), sum(e.tellings), avg(e.intensity) FROM event AS e{joins}
                 WHERE {condition} GROUP BY {numbers} ORDER BY {times}{events} DESC, {numbers} LIMIT {limit}",
                keys = columns.join(", "),
                numbers = (1..=columns.len()).map(|number| number.to_string()).collect::<Vec<_>>().join(", "),
                times = times.concat(),
                events = events + 1,
                limit = limit.saturating_add(1).min(i64::MAX as usize),
            );
            let mut found = rows(connection, &sql, &values, |row| {
                let keys = (0..events).map(|at| {
                    Ok(match row.get::<_, rusqlite::types::Value>(at)? {
                        rusqlite::types::Value::Text(text) if !text.is_empty() => Some(text),
                        rusqlite::types::Value::Integer(number) => Some(number.to_string()),
                        _ => None,
                    })
                });
                Ok(GroupRow {
                    keys: keys.collect::<Result<_, rusqlite::Error>>()?,
                    events: row.get::<_, i64>(events)? as u64,
                    tellings: row.get::<_, i64>(tellings)? as u64,
                    intensity: (row.get::<_, f64>(intensity)? * 1000.0).round() / 1000.0,
                })
            })?;
            let truncated = found.len() > limit;
            found.truncate(limit);
            let columns = keys.iter().flat_map(|key| key.names).map(|name| name.to_string()).collect();
            Ok(Groups { columns, rows: found, truncated })
        })
    }
}

fn key(by: GroupBy, number: usize) -> Key {
    let plain = |names, column: &str| Key {
        names,
        columns: vec![column.to_string()],
        join: String::new(),
        is_time: false,
    };
    let time = |names, column: &str| Key { is_time: true, ..plain(names, column) };
    // An event with two actors counts for both; with two of one country once for it.
    let party = |names, role: &str, column: &str| Key {
        join: format!(
            " JOIN (SELECT DISTINCT event, {column} AS of FROM event_party WHERE role = '{role}') AS p{number}
             ON p{number}.event = e.row"
        ),
        ..plain(names, &format!("p{number}.of"))
    };
    match by {
        GroupBy::Day => time(&["day"], "e.day"),
        GroupBy::Week => time(&["week"], "date(nullif(e.day, ''), 'weekday 0', '-6 days')"),
        GroupBy::Month => time(&["month"], "substr(e.day, 1, 7)"),
        GroupBy::Year => time(&["year"], "substr(e.day, 1, 4)"),
        GroupBy::Type => plain(&["event_type"], "e.event_type"),
        GroupBy::Mode => plain(&["mode"], "e.mode"),
        GroupBy::Quad => plain(&["quad"], "e.quad"),
        GroupBy::Status => plain(&["status"], "e.status"),
        GroupBy::PlaceCountry => plain(&["place_country"], "e.country"),
        GroupBy::Place => Key {
            join: format!(" JOIN place AS l{number} ON l{number}.row = e.place"),
            ..plain(&["place"], &format!("l{number}.name"))
        },
        GroupBy::Pair => Key {
            names: &["actor_country", "recipient_country"],
            columns: vec![format!("p{number}.actor"), format!("p{number}.recipient")],
            join: format!(" JOIN event_pair AS p{number} ON p{number}.event = e.row"),
            is_time: false,
        },
        GroupBy::Actor => named(number, "actor", &["actor"]),
        GroupBy::Recipient => named(number, "recipient", &["recipient"]),
        GroupBy::ActorCountry => party(&["actor_country"], "actor", "country"),
        GroupBy::RecipientCountry => party(&["recipient_country"], "recipient", "country"),
        GroupBy::ActorSector => party(&["actor_sector"], "actor", "sector"),
        GroupBy::RecipientSector => party(&["recipient_sector"], "recipient", "sector"),
        GroupBy::Publisher => Key {
            join: format!(
                " JOIN (SELECT DISTINCT telling.event, publisher FROM telling
                 JOIN article ON article.row = telling.article) AS a{number} ON a{number}.event = e.row"
            ),
            ..plain(&["publisher"], &format!("a{number}.publisher"))
        },
    }
}

fn named(number: usize, role: &str, names: &'static [&'static str]) -> Key {
    Key {
        names,
        columns: vec![format!("n{number}.name")],
        join: format!(
            " JOIN event_party AS p{number} ON p{number}.event = e.row AND p{number}.role = '{role}'
             JOIN entity AS n{number} ON n{number}.row = p{number}.entity"
        ),
        is_time: false,
    }
}
