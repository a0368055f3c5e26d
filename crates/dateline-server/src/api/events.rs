//! Events, one event, and its mentions.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use dateline_export::EVENTS;
use dateline_store::{EventDetail, EventRow, Page, Telling};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{Asked, Filters, Form};
use super::{download, feeds};
use crate::stores::Patience;
use crate::{App, Problem};

/// Events of a filter, newest first
///
/// As JSON a page of them; with `next` as `cursor` it goes on. As CSV, NDJSON and GeoJSON all of them,
/// unless there is a limit. As Atom and iCal the newest: a saved search is an address.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", params(Filters), responses(
    (status = 200, content(
        (Page<EventRow> = "application/json"), (String = "text/csv"), (String = "application/x-ndjson"),
        (String = "application/geo+json"), (String = "application/atom+xml"), (String = "text/calendar"),
    )),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn events(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    match asked.form {
        Form::Json => app.answer(asked, |store, filter| store.events(filter)).await,
        Form::Csv => {
            download::csv(&app, asked, "events", EVENTS, |store, filter, each| store.each_event(filter, each))
                .await
        }
        Form::Ndjson => {
            download::ndjson(&app, asked, "events", |store, filter, each| store.each_event(filter, each))
                .await
        }
        Form::Geojson => download::geojson(&app, asked).await,
        Form::Atom => feeds::atom(&app, asked).await,
        Form::Ical => feeds::ical(&app, asked).await,
    }
}

/// One event with all its evidence
#[utoipa::path(get, path = "/api/v1/events/{id}", tag = "events", params(("id" = String, Path, description = "Its id, or that of a mention")), responses(
    (status = 200, body = EventDetail),
    (status = 400, description = "An id that is no text", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "No such event", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long", body = Problem, content_type = "application/problem+json"),
))]
pub async fn event(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let event = app.stores.ask(move |store| store.event(&id)).await?;
    Ok(axum::Json(event).into_response())
}

/// A mention: one article's telling of an event
#[derive(Serialize, ToSchema)]
pub struct Mention {
    /// The event's id.
    event: String,
    #[serde(flatten)]
    telling: Telling,
}

/// Mentions of the events of a filter: each telling, with its sentence, roles, rule and versions
#[utoipa::path(get, path = "/api/v1/mentions", tag = "events", params(Filters), responses(
    (status = 200, description = "A page of events' mentions: it ends with an event, not at the limit", body = Page<Mention>),
    (status = 400, description = "A filter that cannot be read", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "Nothing is stored yet", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "It takes too long; narrow it", body = Problem, content_type = "application/problem+json"),
))]
pub async fn mentions(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    super::asked::only(&asked, &[Form::Json])?;
    let limit = app.options.time_limit;
    let answer = app.answer(asked, move |store, filter| {
        let patience = Patience::new(limit);
        let Page { rows, truncated, next } = store.events(filter)?;
        let mut mentions = Vec::new();
        for event in rows {
            patience.check()?;
            let tellings = store.event(&event.id)?.tellings;
            mentions.extend(tellings.into_iter().map(|telling| Mention { event: event.id.clone(), telling }));
        }
        Ok(Page { rows: mentions, truncated, next })
    });
    answer.await
}
