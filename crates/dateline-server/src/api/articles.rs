//! Articles: what was added.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use dateline_store::{ArticleDetail, ArticleRow, Found, Page, Store, StoreError};

use super::asked::{Asked, Filters};
use super::download;
use crate::{App, Problem};

/// Articles, newest first
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", params(Filters), responses(
    (status = 200, content((Page<ArticleRow> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"))),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn articles(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    download::listing(&app, asked, "articles", dateline_export::ARTICLES, Store::articles).await
}

/// One article: its versions, copies and events
#[utoipa::path(get, path = "/api/v1/articles/{id}", tag = "articles", params(("id" = String, Path)), responses(
    (status = 200, body = ArticleDetail),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such id", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long", body = Problem, content_type = "application/problem+json"),
))]
pub async fn article(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let detail = app.stores.ask(move |store| match store.show(&id)? {
        Found::Article(detail) => Ok(detail),
        _ => Err(StoreError::NoSuchId(id)),
    });
    Ok(axum::Json(detail.await?).into_response())
}
