//! Summary: what is stored, in numbers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use dateline_store::Totals;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Access, App, Problem};

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Summary {
    /// Whether there is a database at all.
    has_store: bool,
    /// The file's name.
    name: String,
    /// Whether stories can be read.
    can_read: bool,
    /// Whether what is stored are our example stories, which are invented.
    is_examples: bool,
    /// Whether programs must send "Authorization: Bearer TOKEN".
    asks_token: bool,
    totals: Totals,
}

/// What is stored, in numbers
#[utoipa::path(get, path = "/api/v1/summary", tag = "counts", responses((status = 200, body = Summary)))]
pub async fn summary(State(app): State<Arc<App>>) -> Result<Json<Summary>, Problem> {
    Ok(Json(app.summary().await?))
}

impl App {
    pub(crate) async fn summary(self: &Arc<App>) -> Result<Summary, Problem> {
        let totals = match self.stores.ask(|store| store.totals()).await {
            // A file that is not there yet is nothing wrong.
            Err(problem) if problem.is_of(StatusCode::NOT_FOUND) => None,
            totals => Some(totals?),
        };
        let name = self.options.database.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Summary {
            has_store: totals.is_some(),
            name,
            can_read: self.reader.is_ok(),
            is_examples: self.options.is_examples,
            asks_token: matches!(self.options.access, Access::Token(_)),
            totals: totals.unwrap_or_default(),
        })
    }
}
