//! Map: where events are, and how exactly that is known.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use dateline_store::Points;

use super::asked::{Asked, Filters, Form, only};
use crate::{App, Problem};

/// Events counted by place; `precision` tells a city from a country
///
/// The busiest places first, 2,000 of them where no limit is given. `unplaced` counts the events whose
/// place is not told.
#[utoipa::path(get, path = "/api/v1/map", tag = "counts", params(Filters), responses(
    (status = 200, body = Points),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn map(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    only(&asked, &[Form::Json])?;
    app.answer(asked, |store, filter| store.points(filter)).await
}
