//! Stories: articles on the same happening.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use dateline_store::{Found, Page, Store, StoreError, StoryDetail, StoryRow};

use super::asked::{Asked, Filters};
use super::download;
use crate::{App, Problem};

/// Stories, newest first
#[utoipa::path(get, path = "/api/v1/stories", tag = "stories", params(Filters), responses(
    (status = 200, content((Page<StoryRow> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn stories(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    download::listing(&app, asked, "stories", dateline_export::STORIES, Store::stories).await
}

/// One story: its articles and its events in order
#[utoipa::path(get, path = "/api/v1/stories/{id}", tag = "stories", params(("id" = String, Path)), responses(
    (status = 200, body = StoryDetail),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such id", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long", body = Problem, content_type = "application/problem+json"),
))]
pub async fn story(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let detail = app.stores.ask(move |store| match store.show(&id)? {
        Found::Story(detail) => Ok(detail),
        _ => Err(StoreError::NoSuchId(id)),
    });
    Ok(axum::Json(detail.await?).into_response())
}
