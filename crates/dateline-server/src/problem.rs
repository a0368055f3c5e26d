//! Problem: what went wrong and what to try, as RFC 9457 has it.

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// An answer of 400 and above: `application/problem+json`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// "about:blank": the status says it all.
    #[serde(rename = "type")]
    problem_type: &'static str,
    /// The status in words.
    title: &'static str,
    status: u16,
    /// What happened.
    detail: String,
    /// What to try.
    hint: Option<String>,
}

impl Problem {
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            problem_type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            hint: None,
        }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = Some(hint.into());
        self
    }

    pub fn is_of(&self, status: StatusCode) -> bool {
        self.status == status.as_u16()
    }

    /// Takes a library's error apart: a line each, hints by their mark.
    pub fn of(status: StatusCode, error: impl std::fmt::Display) -> Problem {
        let text = error.to_string();
        let is_hint = |line: &&str| line.trim_start().starts_with("hint: ");
        let (hints, details): (Vec<&str>, Vec<&str>) = text.lines().partition(is_hint);
        let hints: Vec<&str> =
            hints.iter().map(|line| line.trim_start().trim_start_matches("hint: ")).collect();
        let problem = Problem::new(status, details.join("; "));
        if hints.is_empty() { problem } else { problem.hint(hints.join("; ")) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let json = serde_json::to_vec(&self).unwrap_or_default();
        (status, [(CONTENT_TYPE, PROBLEM_JSON)], json).into_response()
    }
}

/// Makes a problem of any failure that is none yet, such as those that libraries answer by themselves.
pub async fn mend(response: Response) -> Response {
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if !is_failure || response.headers().get(CONTENT_TYPE) == Some(&PROBLEM_JSON) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let said = axum::body::to_bytes(body, 4096).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let detail = match status {
        _ if !said.trim().is_empty() => said.trim().to_owned(),
        StatusCode::METHOD_NOT_ALLOWED => "this address takes another method".to_owned(),
        _ => status.canonical_reason().unwrap_or("it failed").to_lowercase(),
    };
    let mut problem = Problem::new(status, detail);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        problem = problem.hint("the header Allow names it, and /openapi.json describes it");
    }
    let mut mended = problem.into_response();
    if let Some(allow) = parts.headers.get(ALLOW) {
        mended.headers_mut().insert(ALLOW, allow.clone());
    }
    mended
}

/// The query of an address. What is wrong with it becomes a problem.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Problem> {
        let found: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        found.map(|Query(asked)| Asked(asked)).map_err(|rejection| {
            let said = rejection.body_text();
            let said = said.strip_prefix("Failed to deserialize query string: ").unwrap_or(&said);
            Problem::new(StatusCode::BAD_REQUEST, format!("the query cannot be read: {said}"))
                .hint("the parameters are described in /openapi.json")
        })
    }
}

pub async fn nothing_here(uri: axum::http::Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is nothing at {}", uri.path()))
        .hint("the addresses are listed in /openapi.json")
}

/// What is answered when a handler panics: a bug of ours, told as such.
pub fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::http::Response<Body> {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the server met a bug of its own")
        .hint("what it said on standard error belongs in a report")
        .into_response()
}
