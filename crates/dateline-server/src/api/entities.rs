//! Entities: who acts, is acted on and speaks.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use dateline_store::{EntityDetail, EntityRow, Found, Page, Store, StoreError};

use super::asked::{Asked, Filters};
use super::download;
use crate::{App, Problem};

/// Entities of a filter's events, the busiest first
#[utoipa::path(get, path = "/api/v1/entities", tag = "entities", params(Filters), responses(
    (status = 200, content((Page<EntityRow> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn entities(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    download::listing(&app, asked, "entities", dateline_export::ENTITIES, Store::entities).await
}

/// One entity: offices, words it goes by, its events
#[utoipa::path(get, path = "/api/v1/entities/{id}", tag = "entities", params(("id" = String, Path)), responses(
    (status = 200, body = EntityDetail),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such id", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long", body = Problem, content_type = "application/problem+json"),
))]
pub async fn entity(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let detail = app.stores.ask(move |store| match store.show(&id)? {
        Found::Entity(detail) => Ok(detail),
        _ => Err(StoreError::NoSuchId(id)),
    });
    Ok(axum::Json(detail.await?).into_response())
}
