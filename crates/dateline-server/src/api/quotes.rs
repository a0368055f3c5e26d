//! Quotes: who said what.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use dateline_store::{Page, QuoteRow, Store};

use super::asked::{Asked, Filters};
use super::download;
use crate::{App, Problem};

/// Quotes, newest first; the actor is the speaker
#[utoipa::path(get, path = "/api/v1/quotes", tag = "quotes", params(Filters), responses(
    (status = 200, content((Page<QuoteRow> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, description = "A filter that cannot be read, or that quotes do not have", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn quotes(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    download::listing(&app, asked, "quotes", dateline_export::QUOTES, Store::quotes).await
}
