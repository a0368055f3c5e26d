//! App: what is asked for where, and what every question passes on its way.
//!
//! ```text
//! count → compress → headers → mend → guard → tag → the handler of the route
//! ```

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::IntoResponse;
use dateline::{Codebook, Reader};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answers::Answers;
use crate::api::Live;
use crate::metrics::Metrics;
use crate::openapi::Description;
use crate::stores::Stores;
use crate::{
    Options, api, assets, codebook, etag, examples, guard, headers, metrics, openapi, problem, read,
};

/// Stories that may wait to be read while others are.
const WAITING: usize = 64;

/// A body that comes in more slowly than this is given up.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// What the handlers share.
pub struct App {
    /// The reader, or why there is none.
    pub(crate) reader: Result<Reader, String>,
    /// For when there is no reader.
    embedded: Codebook,
    pub(crate) options: Options,
    pub(crate) metrics: Metrics,
    pub(crate) reading: Arc<Semaphore>,
    pub(crate) waiting: Arc<Semaphore>,
    pub(crate) stores: Arc<Stores>,
    pub(crate) answers: Answers,
    pub(crate) downloads: Arc<Semaphore>,
    pub(crate) live: Live,
}

impl App {
    pub fn new(reader: Result<Reader, String>, options: Options) -> App {
        let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
        App {
            reader,
            embedded: Codebook::embedded(),
            stores: Arc::new(Stores::new(options.database.clone(), options.time_limit)),
            answers: Answers::new(),
            downloads: Arc::new(Semaphore::new(api::DOWNLOADS_AT_A_TIME)),
            live: Live::new(None),
            options,
            metrics: Metrics::new(),
            reading: Arc::new(Semaphore::new(cores)),
            waiting: Arc::new(Semaphore::new(WAITING)),
        }
    }

    pub(crate) fn codebook(&self) -> &Codebook {
        self.reader.as_ref().map_or(&self.embedded, |reader| &reader.codebook)
    }

    /// The whole service. Called within a runtime, for it watches the database.
    pub fn router(self) -> Router {
        let app = Arc::new(self);
        tokio::spawn(api::watch(app.clone()));
        let (router, description) = routes().split_for_parts();
        let description: Arc<str> = description.to_pretty_json().unwrap_or_default().into();
        let json = [(CONTENT_TYPE, "application/json")];
        router
            .route("/openapi.json", axum::routing::get(async move || (json, description.to_string())))
            .fallback(assets::page)
            .layer(from_fn(etag::tag))
            .layer(CatchPanicLayer::custom(problem::panicked))
            .layer(RequestBodyTimeoutLayer::new(BODY_PATIENCE))
            .layer(from_fn_with_state(app.options.access.clone(), guard::guard))
            .layer(map_response(problem::mend))
            .layer(map_response(headers::with_headers))
            .layer(CompressionLayer::new())
            .layer(from_fn_with_state(app.clone(), metrics::count))
            .with_state(app)
    }
}

/// The routes with their descriptions. A handler stands here once and is served and described.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    let mut router = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(read::read))
        .routes(routes!(examples::examples))
        .routes(routes!(examples::example))
        .routes(routes!(codebook::codebook))
        .routes(routes!(codebook::codebook_page))
        .merge(api::routes())
        .routes(routes!(healthz))
        .routes(routes!(metrics::metrics));
    openapi::say_what_answers_are(router.get_openapi_mut());
    router
}

/// Whether the server is up, and whether it can read stories
#[utoipa::path(get, path = "/healthz", tag = "server", responses((status = 200, description = "It is up", body = String, content_type = "text/plain")))]
async fn healthz(State(app): State<Arc<App>>) -> impl IntoResponse {
    match &app.reader {
        Ok(_) => "ok\n".to_owned(),
        Err(said) => format!("ok, but stories cannot be read: {said}\n"),
    }
}
