//! Metrics in the text format of Prometheus, at `/metrics`.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::App;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    in_flight: Gauge,
    pub stories_read: Counter,
}

/// From a millisecond, doubled, to half a minute.
const BUCKETS: [f64; 16] =
    [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0];

impl Metrics {
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("dateline");
        let requests = Family::<Answered, Counter>::default();
        registry.register("requests", "Requests answered, by route and status", requests.clone());
        let seconds = Histogram::new(BUCKETS);
        registry.register_with_unit("request_duration", "Time to an answer", Unit::Seconds, seconds.clone());
        let in_flight = Gauge::default();
        registry.register("requests_in_flight", "Requests being answered", in_flight.clone());
        let stories_read = Counter::default();
        registry.register("stories_read", "Stories posted and read", stories_read.clone());
        Metrics { registry, requests, seconds, in_flight, stories_read }
    }
}

/// Counts down again when the answer is there, or when the one who asked has gone.
struct InFlight<'a>(&'a Gauge);

impl<'a> InFlight<'a> {
    fn of(gauge: &'a Gauge) -> InFlight<'a> {
        gauge.inc();
        InFlight(gauge)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

pub async fn count(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let metrics = &app.metrics;
    // The route, not the address: addresses are without number.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let since = Instant::now();
    let response = {
        let _in_flight = InFlight::of(&metrics.in_flight);
        next.run(request).await
    };
    metrics.seconds.observe(since.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Answered { route, status: response.status().as_u16() }).inc();
    response
}

/// Counts and times since the start
#[utoipa::path(get, path = "/metrics", tag = "server", responses((status = 200, description = "OpenMetrics text, as Prometheus reads it", body = String, content_type = "application/openmetrics-text")))]
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = encode(&mut text, &app.metrics.registry);
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
}
