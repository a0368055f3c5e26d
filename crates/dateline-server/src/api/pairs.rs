//! Pairs: who did something to whom, country by country, over time and by class.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use dateline_store::{Filter, GroupBy, Store, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, Filters, Form, only};
use crate::stores::Patience;
use crate::{App, Problem};

/// Pairs, where no limit is given; and at most.
const PAIRS: usize = 8;
const MOST_PAIRS: usize = 50;

#[derive(Serialize, ToSchema)]
pub struct Pairs {
    /// "week", "month" or "year": what `period` is.
    by: &'static str,
    pairs: Vec<Pair>,
    truncated: bool,
}

#[derive(Serialize, ToSchema)]
pub struct Pair {
    actor_country: String,
    recipient_country: String,
    events: u64,
    tellings: u64,
    intensity: f64,
    series: Vec<PairPeriod>,
}

#[derive(Serialize, ToSchema)]
pub struct PairPeriod {
    /// "2024-05-13" for a week, "2024-05" for a month.
    period: String,
    quad: u8,
    events: u64,
    tellings: u64,
    intensity: f64,
}

/// The busiest pairs of countries, each counted over time by class: `group_by` is week, month or year
#[utoipa::path(get, path = "/api/v1/pairs", tag = "counts", params(Filters), responses(
    (status = 200, body = Pairs),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn pairs(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    only(&asked, &[Form::Json])?;
    let limit = app.options.time_limit;
    app.answer(asked, move |store, filter| busiest_pairs(store, filter, Patience::new(limit))).await
}

fn busiest_pairs(store: &Store, filter: &Filter, patience: Patience) -> Result<Pairs, StoreError> {
    let period = match filter.group_by.as_slice() {
        [] | [GroupBy::Month] => GroupBy::Month,
        [by @ (GroupBy::Week | GroupBy::Year | GroupBy::Day)] => *by,
        _ => {
            let reason = "pairs are counted by day, week, month or year".to_owned();
            return Err(StoreError::Filter { filter: "group_by".into(), reason });
        }
    };
    let limit = filter.limit.unwrap_or(PAIRS).min(MOST_PAIRS);
    let found = store.groups(&Filter {
        group_by: vec![GroupBy::Pair],
        limit: Some(limit),
        cursor: None,
        ..filter.clone()
    })?;
    let mut pairs = Vec::new();
    for row in found.rows {
        patience.check()?;
        let [Some(actor_country), Some(recipient_country)] = <[_; 2]>::try_from(row.keys).unwrap_or_default()
        else {
            continue;
        };
        let of_pair = Filter {
            actor_country: vec![actor_country.clone()],
            recipient_country: vec![recipient_country.clone()],
            group_by: vec![period, GroupBy::Quad],
            limit: None,
            cursor: None,
            ..filter.clone()
        };
        let series = store.groups(&of_pair)?.rows.into_iter().filter_map(|row| {
            let [Some(period), Some(quad)] = <[_; 2]>::try_from(row.keys).ok()? else { return None };
            Some(PairPeriod {
                period,
                quad: quad.parse().ok()?,
                events: row.events,
                tellings: row.tellings,
                intensity: row.intensity,
            })
        });
        pairs.push(Pair {
            actor_country,
            recipient_country,
            events: row.events,
            tellings: row.tellings,
            intensity: row.intensity,
            series: series.collect(),
        });
    }
    Ok(Pairs { by: period.name(), pairs, truncated: found.truncated })
}
