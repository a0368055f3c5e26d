//! `POST /api/v1/read`: a story in, its record out; nothing is kept.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use dateline_document::{PublishedAt, PublishedBasis};
use dateline_page::{Format, Limits, Options, PageError, read_html, read_story, read_text};
use dateline_record::Record;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Asked;
use crate::{App, Problem};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Known {
    /// The day on which the story was published (2020-08-17), whatever it says itself.
    #[param(value_type = Option<String>, format = Date)]
    published_at: Option<String>,
    /// Where the story was found.
    url: Option<String>,
}

/// Read a story and tell what it says happened
///
/// The body is plain text, a web page, or a JSON object `{"text": …, "title": …, "url": …,
/// "published_at": …}`. The content type says which; without one, its first bytes do. The record is
/// answered and not stored.
#[utoipa::path(
    post,
    path = "/api/v1/read",
    tag = "reader",
    params(Known),
    request_body(
        description = "The story",
        content(
            (String = "text/plain", example = "Thousands of teachers marched in Lima on Tuesday."),
            (String = "text/html"),
            (serde_json::Value = "application/json"),
        )
    ),
    responses(
        (status = 200, description = "Its record", body = Record),
        (status = 400, description = "No story, or a parameter that cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More than the limit", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Another kind of content", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The weights are missing, or too many stories wait", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(app): State<Arc<App>>,
    Asked(known): Asked<Known>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Record>, Problem> {
    let format = format(&headers)?;
    let options = options(known, app.options.story_bytes)?;
    if let Err(said) = &app.reader {
        return Err(Problem::of(StatusCode::SERVICE_UNAVAILABLE, said));
    }
    // So many wait at most; the others are told to come back.
    let place = app.waiting.clone().try_acquire_owned().map_err(|_| {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many stories are waiting to be read")
            .hint("try again in a moment")
    })?;
    let limit = app.options.story_bytes;
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the story has more than {limit} bytes"))
            .hint("post one story at a time; `dateline read` has a higher limit")
    })?;
    let turn = app.reading.clone().acquire_owned().await.expect("nobody closes the semaphore");
    let reading = tokio::task::spawn_blocking(move || {
        let _places = (place, turn);
        let format = format.unwrap_or_else(|| Format::sniff(&bytes, None));
        let article = match format {
            Format::Html => read_html(&bytes, &options),
            Format::Text => read_text(&bytes, &options),
            Format::JsonLines => std::str::from_utf8(&bytes)
                .map_err(|error| PageError::NotJson { reason: error.to_string() })
                .and_then(|story| read_story(story.trim(), &options)),
        };
        let article = article.map_err(|error| Problem::of(StatusCode::BAD_REQUEST, error))?;
        let Ok(reader) = &app.reader else { unreachable!("looked at before the body was") };
        let record = Record::from(&reader.read(article));
        app.metrics.stories_read.inc();
        Ok(Json(record))
    });
    reading.await.unwrap_or_else(|_| {
        Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "reading the story broke off; this is a bug of ours",
        ))
    })
}

fn format(headers: &HeaderMap) -> Result<Option<Format>, Problem> {
    let Some(said) = headers.get(CONTENT_TYPE) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default().to_ascii_lowercase();
    match said.split(';').next().unwrap_or_default().trim() {
        "" | "application/octet-stream" | "application/x-www-form-urlencoded" => Ok(None),
        "text/html" | "application/xhtml+xml" => Ok(Some(Format::Html)),
        "text/plain" => Ok(Some(Format::Text)),
        "application/json" => Ok(Some(Format::JsonLines)),
        other => Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, format!("a story is no {other}"))
            .hint("send text/plain, text/html or application/json")),
    }
}

fn options(known: Known, story_bytes: usize) -> Result<Options, Problem> {
    let published_at =
        known.published_at.filter(|date| !date.is_empty()).map(|date| published_at(&date)).transpose()?;
    let limits = Limits { page_bytes: story_bytes, ..Limits::default() };
    Ok(Options { published_at, url: known.url, limits, ..Options::default() })
}

fn published_at(text: &str) -> Result<PublishedAt, Problem> {
    let date: Date = text.parse().map_err(|_| {
        Problem::new(StatusCode::BAD_REQUEST, format!("published_at cannot be read: {text:?}"))
            .hint("write it like 2020-08-17")
    })?;
    Ok(PublishedAt { date, time: None, basis: PublishedBasis::Argument })
}
