//! The description of the API, made of the code that answers.

use axum::http::StatusCode;
use utoipa::OpenApi;
use utoipa::openapi::RefOr;

use crate::app;

/// The OpenAPI 3.1 document that is served at `/openapi.json`.
pub fn openapi() -> utoipa::openapi::OpenApi {
    app::routes().into_openapi()
}

/// Each answer needs a description (OpenAPI 3.1): one without any is what its status says.
pub(crate) fn say_what_answers_are(description: &mut utoipa::openapi::OpenApi) {
    let items = description.paths.paths.values_mut();
    let operations = items.flat_map(|item| [&mut item.get, &mut item.post]).flatten();
    for (status, answer) in operations.flat_map(|operation| &mut operation.responses.responses) {
        if let RefOr::T(answer) = answer
            && answer.description.is_empty()
        {
            let known = status.parse().ok().and_then(|status: StatusCode| status.canonical_reason());
            answer.description = known.unwrap_or("Another answer").into();
        }
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Dateline",
        description = "Who did what to whom, when, where, and who said so: as news stories tell it, and as the codebook defines it. \
            Everything here can be read and nothing changed. Spans are UTF-8 bytes of `article.text`.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")
    ),
    tags(
        (name = "reader", description = "Read a story"),
        (name = "codebook", description = "What counts as an event"),
        (name = "events", description = "What happened, each event once, and every telling of it"),
        (name = "quotes", description = "Who said what"),
        (name = "entities", description = "Who acts, is acted on and speaks"),
        (name = "stories", description = "Articles on the same happening"),
        (name = "articles", description = "What was added"),
        (name = "counts", description = "Events counted"),
        (name = "server", description = "The server itself")
    )
)]
pub struct Description;
