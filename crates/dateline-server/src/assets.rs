//! The web page, compiled in from `web/dist`.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::problem::nothing_here;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// First words of addresses that the page shows by itself.
const SCREENS: [&str; 11] = [
    "", "read", "explore", "event", "article", "stories", "story", "entities", "entity", "quotes", "codebook",
];

/// A file of the page; for the address of a screen, the page itself.
pub async fn page(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if method != Method::GET && method != Method::HEAD {
        return nothing_here(uri).await.into_response();
    }
    let first = path.split('/').next().unwrap_or_default();
    let name = if SCREENS.contains(&first) { "index.html" } else { path };
    let Some(file) = Dist::get(name) else {
        return nothing_here(uri).await.into_response();
    };
    // Files below assets/ have their hash in their name.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(content_type(name))),
        (CACHE_CONTROL, HeaderValue::from_static(cache)),
    ];
    (headers, file.data).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
