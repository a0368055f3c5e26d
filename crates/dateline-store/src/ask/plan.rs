//! Plan: from a filter to SQL, with the index that leaves the least to look at.
//!
//! A question has one *driver*: an index that yields events already in the order of the listing,
//! so that a page can stop when it is full. The other filters are checked row by row. Which of the
//! possible drivers is best is measured: each is counted, but not beyond what is enough to know.
//!
//! Words are told in no order of days. Those that few events are told with are found first and sorted; a page of
//! events that are told with common words is sooner full by going from day to day and looking for the words.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use dateline_document::Sector;

use super::cursor::Cursor;
use super::filter::{Filter, Near, Order, refused};
use super::words::question;
use crate::StoreError;
use crate::stable::is_id;

/// Rows counted of a driver, at least: with more, another one is hardly worse.
const ENOUGH: i64 = 4000;
/// Rows of a page that goes from day to day, at most.
const MAX_FROM_DAY_TO_DAY: usize = 1000;
/// Alternatives that are merged in order; more than these are sorted.
const MAX_ARMS: usize = 12;
/// Names that words may stand for.
const MAX_NAMES: i64 = 2000;

/// SQL that selects `(day, event)`, and its values.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    arms: Vec<Arm>,
    /// What else must hold of the event `e`.
    rest: Vec<String>,
    /// How to see that `e` is told with words that are too common to find all of their events: nothing else is
    /// asked, and a page goes from day to day in the place of the arms.
    common: Option<String>,
    days: Vec<String>,
    values: Vec<Value>,
    order: Order,
}

/// One stretch of an index: a table with columns for the day and the event's row.
#[derive(Clone, Debug)]
struct Arm {
    from: String,
    day: &'static str,
    event: &'static str,
    holds: Vec<String>,
}

impl Plan {
    pub fn new(connection: &Connection, filter: &Filter) -> Result<Plan, StoreError> {
        let mut builder = Builder { connection, values: Vec::new(), conditions: Vec::new() };
        builder.filter(filter)?;
        let (days, conditions) = (builder.days(filter), builder.conditions);
        let mut plan = Plan {
            arms: Vec::new(),
            rest: Vec::new(),
            common: None,
            days: Vec::new(),
            values: builder.values,
            order: filter.order,
        };
        let enough = enough(connection)?;
        let mut best: Option<(i64, usize)> = None;
        for (number, condition) in conditions.iter().enumerate() {
            if condition.arms.is_empty() {
                continue;
            }
            let count = match &condition.counted_as {
                Some(rows) => plan.count(connection, rows, enough)?,
                None => plan.count_arms(connection, &with_days(&condition.arms, &days), enough)?,
            };
            if best.is_none_or(|(least, _)| count < least) {
                best = Some((count, number));
            }
        }
        plan.arms = match best {
            Some((_, number)) => with_days(&conditions[number].arms, &days),
            None => from_day_to_day(&days),
        };
        if let Some((count, number)) = best
            && count >= enough
            && filter.is_words_alone()
        {
            plan.common = Some(conditions[number].check.clone());
        }
        plan.days = days;
        plan.rest = conditions
            .iter()
            .enumerate()
            .filter(|(number, condition)| {
                best.is_none_or(|(_, driver)| driver != *number) || !condition.is_whole
            })
            .map(|(_, condition)| condition.check.clone())
            .collect();
        Ok(plan)
    }

    fn count_arms(&self, connection: &Connection, arms: &[Arm], enough: i64) -> Result<i64, StoreError> {
        let parts: Vec<String> = arms
            .iter()
            .map(|arm| format!("SELECT 1 FROM {}{}", arm.from, all_of("WHERE", &arm.holds)))
            .collect();
        self.count(connection, &parts.join(" UNION ALL "), enough)
    }

    fn count(&self, connection: &Connection, rows: &str, enough: i64) -> Result<i64, StoreError> {
        let mut count =
            connection.prepare_cached(&format!("SELECT count(*) FROM ({rows} LIMIT {enough})"))?;
        let used = &self.values[..count.parameter_count().min(self.values.len())];
        Ok(count.query_row(params_from_iter(used), |row| row.get(0))?)
    }

    /// A page: `(day, event)` in order, from `cursor` on.
    pub fn page(&self, limit: usize, cursor: Option<&Cursor>) -> (String, Vec<Value>) {
        let (direction, beyond) = match self.order {
            Order::Newest => ("DESC", "<"),
            Order::Oldest => ("ASC", ">"),
        };
        let mut values = self.values.clone();
        let mut after = String::new();
        if let Some(cursor) = cursor {
            values.push(cursor.key_value());
            values.push(Value::Integer(cursor.row));
            after = format!("(?{}, ?{})", values.len() - 1, values.len());
        }
        let (arms, rest) = match &self.common {
            Some(check) if limit <= MAX_FROM_DAY_TO_DAY => {
                (from_day_to_day(&self.days), [self.rest.as_slice(), std::slice::from_ref(check)].concat())
            }
            _ => (self.arms.clone(), self.rest.clone()),
        };
        let distinct = if arms.len() == 1 { "DISTINCT " } else { "" };
        let arms: Vec<String> = arms
            .iter()
            .map(|arm| {
                let mut holds = arm.holds.clone();
                if !after.is_empty() {
                    holds.push(format!("({}, {}) {beyond} {after}", arm.day, arm.event));
                }
                let event = if rest.is_empty() {
                    String::new()
                } else {
                    holds.extend(rest.iter().cloned());
                    format!(" CROSS JOIN event AS e ON e.row = {}", arm.event)
                };
                format!(
                    "SELECT {distinct}{} AS day, {} AS event FROM {}{event}{}",
                    arm.day,
                    arm.event,
                    arm.from,
                    all_of("WHERE", &holds)
                )
            })
            .collect();
        let sql = format!("{} ORDER BY 1 {direction}, 2 {direction} LIMIT {limit}", arms.join(" UNION "));
        (sql, values)
    }

    /// All events of the filter, each once, in no order: `SELECT … FROM event AS e WHERE` this.
    pub fn condition(&self) -> (String, Vec<Value>) {
        let mut holds = self.rest.clone();
        let is_whole = matches!(self.arms.as_slice(), [arm] if arm.from == "event AS d");
        if is_whole {
            // The arm is the event itself: what it holds begins with a column.
            let own = self.arms[0].holds.iter();
            holds.extend(
                own.map(|hold| hold.strip_prefix("d.").map_or_else(|| hold.clone(), |it| format!("e.{it}"))),
            );
        } else {
            let arms: Vec<String> = self
                .arms
                .iter()
                .map(|arm| format!("SELECT {} FROM {}{}", arm.event, arm.from, all_of("WHERE", &arm.holds)))
                .collect();
            holds.push(format!("e.row IN ({})", arms.join(" UNION ALL ")));
        }
        (if holds.is_empty() { "1".into() } else { holds.join(" AND ") }, self.values.clone())
    }
}

/// A page among so many events: finding all of *n* and sorting them takes what going from day to day until a
/// hundred of them are met takes, where *n* squared is a hundred times the number of events.
fn enough(connection: &Connection) -> Result<i64, StoreError> {
    let mut last = connection.prepare_cached("SELECT coalesce(max(row), 0) FROM event")?;
    let events: i64 = last.query_row([], |row| row.get(0))?;
    Ok(ENOUGH.max((100 * events).isqrt()))
}

/// All events, in the order of the days.
fn from_day_to_day(days: &[String]) -> Vec<Arm> {
    with_days(&[Arm { from: "event AS d".into(), day: "d.day", event: "d.row", holds: vec![] }], days)
}

fn with_days(arms: &[Arm], days: &[String]) -> Vec<Arm> {
    arms.iter()
        .map(|arm| {
            let mut arm = arm.clone();
            arm.holds.extend(days.iter().map(|days| format!("{} {days}", arm.day)));
            arm
        })
        .collect()
}

fn all_of(word: &str, holds: &[String]) -> String {
    if holds.is_empty() { String::new() } else { format!(" {word} {}", holds.join(" AND ")) }
}

/// One filter: how it is checked on an event `e`, and the index stretches that yield its events.
struct Condition {
    check: String,
    arms: Vec<Arm>,
    /// Whether the arms alone make sure of it.
    is_whole: bool,
    /// Rows that are as many as the arms have, or a few more, and are sooner counted.
    counted_as: Option<String>,
}

struct Builder<'a> {
    connection: &'a Connection,
    values: Vec<Value>,
    conditions: Vec<Condition>,
}

impl Builder<'_> {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn list(&mut self, values: &[String]) -> Vec<String> {
        values.iter().map(|value| self.bind(value.clone())).collect()
    }

    fn check(&mut self, check: String) {
        self.conditions.push(Condition { check, arms: Vec::new(), is_whole: false, counted_as: None });
    }

    fn days(&mut self, filter: &Filter) -> Vec<String> {
        let mut days = Vec::new();
        if let Some(from) = &filter.date_from {
            days.push(format!(">= {}", self.bind(from.clone())));
        }
        if let Some(to) = &filter.date_to {
            days.push(format!("<= {}", self.bind(to.clone())));
            if filter.date_from.is_none() {
                // Events without a day are on no side of one.
                days.push("> ''".into());
            }
        }
        days
    }

    fn filter(&mut self, filter: &Filter) -> Result<(), StoreError> {
        self.pair(filter);
        self.side("actor", &filter.actor, &filter.actor_country, &filter.actor_sector)?;
        self.side("recipient", &filter.recipient, &filter.recipient_country, &filter.recipient_sector)?;
        self.column("event_type", &filter.event_type, true);
        self.column("country", &filter.place_country, true);
        self.column("mode", &filter.mode, false);
        self.column("status", &filter.status, false);
        if !filter.quad.is_empty() {
            let quads: Vec<String> = filter.quad.iter().map(|quad| quad.to_string()).collect();
            self.check(format!("e.quad IN ({})", quads.join(", ")));
        }
        if let Some(least) = filter.confidence_min {
            let least = self.bind(least);
            self.check(format!("e.confidence >= {least}"));
        }
        self.places(&filter.place, filter.near)?;
        self.told(filter)?;
        self.verdict(&filter.verdict);
        Ok(())
    }

    /// Two single countries: the pair has an index of its own. The sides are still checked, by
    /// themselves, where they say more than the country.
    fn pair(&mut self, filter: &Filter) {
        if let ([actor], [recipient]) = (filter.actor_country.as_slice(), filter.recipient_country.as_slice())
        {
            let (actor, recipient) = (self.bind(actor.clone()), self.bind(recipient.clone()));
            let holds = vec![format!("d.actor = {actor}"), format!("d.recipient = {recipient}")];
            let arm = Arm { from: "event_pair AS d".into(), day: "d.day", event: "d.event", holds };
            self.conditions.push(Condition {
                check: "1".into(),
                arms: vec![arm],
                is_whole: true,
                counted_as: None,
            });
        }
    }

    fn side(
        &mut self,
        role: &'static str,
        who: &[String],
        countries: &[String],
        sectors: &[String],
    ) -> Result<(), StoreError> {
        if who.is_empty() && countries.is_empty() && sectors.is_empty() {
            return Ok(());
        }
        let mut checks = vec!["p.event = e.row".to_string(), format!("p.role = '{role}'")];
        let mut arms = Vec::new();
        let party = |holds: String| Arm {
            from: "event_party AS d".into(),
            day: "d.day",
            event: "d.event",
            holds: vec![format!("d.role = '{role}'"), holds],
        };
        for (column, codes) in [("country", countries), ("sector", sectors)] {
            if codes.is_empty() {
                continue;
            }
            let codes = self.list(codes);
            checks.push(format!("p.{column} IN ({})", codes.join(", ")));
            if arms.is_empty() && codes.len() <= MAX_ARMS {
                arms = codes.iter().map(|code| party(format!("d.{column} = {code}"))).collect();
            }
        }
        if !who.is_empty() {
            let (alternatives, by_who) = self.who(who, role)?;
            checks.push(format!("({})", alternatives.join(" OR ")));
            if arms.is_empty() {
                arms = by_who;
            }
        }
        // The arms are of one of the three; where there are more, each row is checked.
        let asked = [who, countries, sectors].iter().filter(|asked| !asked.is_empty()).count();
        let is_whole = asked == 1;
        self.conditions.push(Condition {
            check: format!("EXISTS (SELECT 1 FROM event_party AS p WHERE {})", checks.join(" AND ")),
            arms,
            is_whole,
            counted_as: None,
        });
        Ok(())
    }

    /// A code of a country, a code of a sector, the id of an entity, or words of a name.
    fn who(&mut self, who: &[String], role: &'static str) -> Result<(Vec<String>, Vec<Arm>), StoreError> {
        let mut alternatives = Vec::new();
        let mut arms = Vec::new();
        for who in who {
            let is_code = who.len() == 3 && who.bytes().all(|byte| byte.is_ascii_uppercase());
            let holds = if is_code {
                let column = if Sector::from_code(who).is_some() { "sector" } else { "country" };
                let code = self.bind(who.clone());
                vec![format!("{column} = {code}")]
            } else {
                let names = names(self.connection, who)?;
                if names.len() + arms.len() <= MAX_ARMS {
                    names.iter().map(|row| format!("entity = {row}")).collect()
                } else {
                    let question = self.bind(question(who).unwrap_or_default());
                    vec![format!(
                        "entity IN (SELECT rowid FROM entity_fts WHERE entity_fts MATCH {question})"
                    )]
                }
            };
            if holds.is_empty() {
                // Nobody has that name.
                alternatives.push("0".into());
            }
            for holds in holds {
                alternatives.push(format!("p.{holds}"));
                arms.push(Arm {
                    from: "event_party AS d".into(),
                    day: "d.day",
                    event: "d.event",
                    holds: vec![format!("d.role = '{role}'"), format!("d.{holds}")],
                });
            }
        }
        if arms.is_empty() {
            arms.push(Arm {
                from: "event_party AS d".into(),
                day: "d.day",
                event: "d.event",
                holds: vec!["0".into()],
            });
        }
        if arms.len() > MAX_ARMS {
            arms.clear();
        }
        Ok((alternatives, arms))
    }

    fn column(&mut self, column: &str, values: &[String], has_index: bool) {
        if values.is_empty() {
            return;
        }
        let values = self.list(values);
        let arms = if has_index && values.len() <= MAX_ARMS {
            let arm = |value: &String| Arm {
                from: "event AS d".into(),
                day: "d.day",
                event: "d.row",
                holds: vec![format!("d.{column} = {value}")],
            };
            values.iter().map(arm).collect()
        } else {
            Vec::new()
        };
        self.conditions.push(Condition {
            check: format!("e.{column} IN ({})", values.join(", ")),
            arms,
            is_whole: true,
            counted_as: None,
        });
    }

    fn places(&mut self, names: &[String], near: Option<Near>) -> Result<(), StoreError> {
        if !names.is_empty() {
            let names = self.list(names);
            let rows = format!("SELECT row FROM place WHERE name COLLATE NOCASE IN ({})", names.join(", "));
            self.at(rows);
        }
        if let Some(Near { lat, lon, km }) = near {
            // A degree of latitude is 111 km; a degree of longitude less, the nearer the poles.
            let lat_degrees = km / 110.5 + 0.01;
            let widest = (lat.abs() + lat_degrees).min(90.0).to_radians().cos();
            let lon_degrees = if widest < 0.02 { 360.0 } else { km / (110.5 * widest) + 0.01 };
            let mut boxes = vec![(lon - lon_degrees, lon + lon_degrees)];
            // Across the date line there is a second box.
            if lon - lon_degrees < -180.0 {
                boxes.push((lon - lon_degrees + 360.0, 180.0));
            }
            if lon + lon_degrees > 180.0 {
                boxes.push((-180.0, lon + lon_degrees - 360.0));
            }
            let lons: Vec<String> = boxes
                .iter()
                .map(|(from, to)| format!("(lon_to >= {from:?} AND lon_from <= {to:?})"))
                .collect();
            self.at(format!(
                "SELECT place_box.row FROM place_box JOIN place ON place.row = place_box.row
                 WHERE lat_to >= {:?} AND lat_from <= {:?} AND ({})
                   AND km(place.lat, place.lon, {lat:?}, {lon:?}) <= {km:?}",
                lat - lat_degrees,
                lat + lat_degrees,
                lons.join(" OR ")
            ));
        }
        Ok(())
    }

    fn at(&mut self, rows: String) {
        let arm = Arm {
            from: "event AS d".into(),
            day: "d.day",
            event: "d.row",
            holds: vec![format!("d.place IN ({rows})")],
        };
        self.conditions.push(Condition {
            check: format!("e.place IN ({rows})"),
            arms: vec![arm],
            is_whole: true,
            counted_as: None,
        });
    }

    /// What the articles must be that tell the event.
    fn told(&mut self, filter: &Filter) -> Result<(), StoreError> {
        if let Some(text) = &filter.text {
            let question = question(text).ok_or_else(|| refused("text", "it asks for no word"))?;
            let question = self.bind(question);
            let having = format!("SELECT rowid FROM sentence_fts WHERE text MATCH {question}");
            let events = format!(
                "SELECT t.event FROM sentence_fts AS f JOIN telling AS t ON t.sentence = f.rowid
                 WHERE f.text MATCH {question}"
            );
            self.conditions.push(Condition {
                // With the plus sign there is nothing to find a telling by but its event; of an `EXISTS` SQLite
                // would make a join, with a filter over all tellings.
                check: format!(
                    "(SELECT 1 FROM telling AS t WHERE t.event = e.row AND +t.sentence IN ({having}) LIMIT 1)"
                ),
                arms: vec![event_of(&events)],
                is_whole: true,
                counted_as: Some(having),
            });
        }
        for (column, values) in [("publisher COLLATE NOCASE", &filter.publisher), ("id", &filter.article)] {
            if !values.is_empty() {
                let values = self.list(values);
                self.by_tellings(format!(
                    "SELECT t.event FROM article AS a JOIN telling AS t ON t.article = a.row
                     WHERE a.{column} IN ({})",
                    values.join(", ")
                ));
            }
        }
        if !filter.story.is_empty() {
            let stories = self.list(&filter.story);
            self.by_tellings(format!(
                "SELECT t.event FROM story AS s JOIN article AS a ON a.story = s.row
                 JOIN telling AS t ON t.article = a.row WHERE s.id IN ({})",
                stories.join(", ")
            ));
        }
        Ok(())
    }

    fn by_tellings(&mut self, events: String) {
        let arms = vec![event_of(&events)];
        self.conditions.push(Condition {
            check: format!("e.row IN ({events})"),
            arms,
            is_whole: true,
            counted_as: None,
        });
    }

    fn verdict(&mut self, verdicts: &[String]) {
        if verdicts.is_empty() {
            self.check("e.verdict IS NOT 'reject'".into());
            return;
        }
        let alternatives: Vec<String> = verdicts
            .iter()
            .map(|verdict| match verdict.as_str() {
                "none" => "e.verdict IS NULL".to_string(),
                verdict => format!("e.verdict = {}", self.bind(verdict.to_string())),
            })
            .collect();
        self.check(format!("({})", alternatives.join(" OR ")));
    }
}

/// The events of a selection.
fn event_of(events: &str) -> Arm {
    Arm {
        from: "event AS d".into(),
        day: "d.day",
        event: "d.row",
        holds: vec![format!("d.row IN ({events})")],
    }
}

/// The entities whose names have these words, or the one that has this id.
fn names(connection: &Connection, words: &str) -> Result<Vec<i64>, StoreError> {
    if is_id(words) {
        let mut find = connection.prepare_cached("SELECT row FROM entity WHERE id = lower(?1)")?;
        return Ok(find.query_map([words], |row| row.get(0))?.collect::<Result<_, _>>()?);
    }
    let Some(question) = question(words) else { return Ok(Vec::new()) };
    let mut find = connection
        .prepare_cached("SELECT rowid FROM entity_fts WHERE entity_fts MATCH ?1 ORDER BY rowid LIMIT ?2")?;
    let rows = find.query_map(rusqlite::params![question, MAX_NAMES], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
