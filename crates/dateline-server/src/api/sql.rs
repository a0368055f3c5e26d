//! SQL: the question that a filter is.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, Filters, Form, only};
use crate::{App, Problem};

#[derive(Serialize, ToSchema)]
pub struct Sql {
    /// To be asked with `dateline sql` or `sqlite3`.
    sql: String,
}

/// The events of a filter as a question in SQL; it is not asked here
#[utoipa::path(get, path = "/api/v1/sql", tag = "events", params(Filters), responses(
    (status = 200, body = Sql),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
))]
pub async fn sql(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    only(&asked, &[Form::Json])?;
    app.answer(asked, |store, filter| Ok(Sql { sql: store.as_sql(filter)? })).await
}
