//! Asked: a query string as a filter and a form.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dateline_store::{Filter, Store, StoreError};
use serde::Serialize;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};

use crate::{App, Problem};

/// Longer questions are refused before they are read.
const LONGEST_QUESTION: usize = 8192;

/// In which form a listing is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Json,
    Csv,
    Ndjson,
    Geojson,
    Atom,
    Ical,
}

impl Form {
    const ALL: [(&'static str, Form); 6] = [
        ("json", Form::Json),
        ("csv", Form::Csv),
        ("ndjson", Form::Ndjson),
        ("geojson", Form::Geojson),
        ("atom", Form::Atom),
        ("ical", Form::Ical),
    ];
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub filter: Filter,
    pub form: Form,
    /// The address that was asked, for keeping the answer.
    pub address: String,
    /// Where this server was asked: "http://127.0.0.1:7070".
    pub origin: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let mut asked = Asked {
            address: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            origin: origin(&parts.headers),
            ..Asked::default()
        };
        if query.len() > LONGEST_QUESTION {
            return Err(Problem::new(
                StatusCode::URI_TOO_LONG,
                format!("the question is longer than {LONGEST_QUESTION} bytes"),
            )
            .hint("ask for less at once"));
        }
        let has_control = |text: &str| text.chars().any(char::is_control);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if has_control(&value) || has_control(&name) {
                let name = name.escape_default();
                return Err(Problem::new(
                    StatusCode::BAD_REQUEST,
                    format!("{name}: it holds a control character"),
                ));
            }
            match &*name {
                "form" => asked.form = form(&value)?,
                "token" => {}
                // A form's empty fields ask for nothing.
                _ if value.trim().is_empty() && Filter::ALL.iter().any(|known| known.name == name) => {}
                _ => asked.filter.set(&name, &value).map_err(refused)?,
            }
        }
        Ok(asked)
    }
}

fn form(value: &str) -> Result<Form, Problem> {
    Form::ALL.into_iter().find(|(name, _)| *name == value).map(|(_, form)| form).ok_or_else(|| {
        let names: Vec<&str> = Form::ALL.iter().map(|(name, _)| *name).collect();
        Problem::new(StatusCode::BAD_REQUEST, format!("form: {value:?} is not one of {}", names.join(", ")))
    })
}

fn refused(error: StoreError) -> Problem {
    Problem::of(StatusCode::BAD_REQUEST, error)
        .hint("the filters are described in /openapi.json, and by dateline events --help")
}

/// By which name this server was asked. Only the characters of a name and port are taken over.
fn origin(headers: &HeaderMap) -> String {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let is_plain = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    format!("http://{}", if is_plain { host } else { "localhost" })
}

/// The filters as parameters, for the description of the API.
pub struct Filters;

impl IntoParams for Filters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = |name: &str, help: String| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Query)
                .description(Some(help))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .build()
        };
        let filters = Filter::ALL.iter().map(|filter| {
            let several = if filter.is_list { "; several with commas" } else { "" };
            parameter(filter.name, format!("{} ({}{several})", filter.help, filter.value))
        });
        let form = ParameterBuilder::new()
            .name("form")
            .parameter_in(ParameterIn::Query)
            .description(Some("How it is answered; not every listing has all"))
            .schema(Some(
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .enum_values(Some(Form::ALL.map(|(name, _)| name))),
            ))
            .build();
        filters.chain([form]).collect()
    }
}

impl App {
    /// Answers a question as JSON, from what is kept where it still holds.
    pub(crate) async fn answer<T: Serialize>(
        self: &Arc<App>,
        asked: Asked,
        ask: impl FnOnce(&Store, &Filter) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<Response, Problem> {
        let Asked { filter, address, .. } = asked;
        let revision = self.stores.ask(|store| store.revision()).await?;
        let asking = self.stores.ask(move |store| {
            let answer = ask(store, &filter)?;
            // What was read from a table is numbers and text: it can be printed.
            Ok(Bytes::from(serde_json::to_vec(&answer).unwrap_or_default()))
        });
        let json = self.answers.get(revision, &address, asking).await?;
        Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
    }
}

/// Refuses a form that the listing does not have.
pub fn only(asked: &Asked, forms: &[Form]) -> Result<(), Problem> {
    if forms.contains(&asked.form) {
        return Ok(());
    }
    let names: Vec<&str> =
        Form::ALL.iter().filter(|(_, form)| forms.contains(form)).map(|(name, _)| *name).collect();
    Err(Problem::new(
        StatusCode::BAD_REQUEST,
        format!("form: this listing is answered as {}", names.join(", ")),
    ))
}
