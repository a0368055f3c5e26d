//! Counts: events by day, pair, type and so on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use dateline_store::{Filter, GroupBy, Groups, Store, StoreError};

use super::asked::{Asked, Filters, Form, only};
use super::download;
use crate::{App, Problem};

/// Events counted by one thing or two: `group_by=month`, `group_by=week,quad`
///
/// Times come in their order, all else by the number of events. Each row has its keys, the number of
/// events, how often they are told, and their mean intensity.
#[utoipa::path(get, path = "/api/v1/counts", tag = "counts", params(Filters), responses(
    (status = 200, content((Groups = "application/json"), (String = "text/csv"))),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn counts(State(app): State<Arc<App>>, mut asked: Asked) -> Result<Response, Problem> {
    only(&asked, &[Form::Json, Form::Csv])?;
    if asked.filter.group_by.is_empty() {
        asked.filter.group_by.push(GroupBy::Month);
    }
    if asked.form == Form::Json {
        return app.answer(asked, groups).await;
    }
    let filter = asked.filter;
    let groups = app.stores.ask(move |store| groups(store, &filter)).await?;
    let heads = groups.columns.iter().map(String::as_str).chain(["events", "tellings", "intensity"]);
    let rows = groups.rows.iter().map(|row| {
        let counts = [row.events.to_string(), row.tellings.to_string(), row.intensity.to_string()];
        row.keys.iter().map(|key| key.clone().unwrap_or_default()).chain(counts).collect::<Vec<_>>()
    });
    let heads: Vec<String> = heads.map(str::to_owned).collect();
    let csv = download::lines(std::iter::once(heads).chain(rows));
    let truncated = if groups.truncated { "true" } else { "false" };
    Ok(([(CONTENT_TYPE.as_str(), "text/csv; charset=utf-8"), ("x-truncated", truncated)], csv)
        .into_response())
}

fn groups(store: &Store, filter: &Filter) -> Result<Groups, StoreError> {
    store.groups(filter)
}
