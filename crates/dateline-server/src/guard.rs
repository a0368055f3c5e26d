//! Guard: who may ask.
//!
//! On the loopback address everybody on this machine may, but no web page from elsewhere: a page that
//! makes its own name point to 127.0.0.1 would be let in by the browser, so the name asked for must be
//! one of this machine's ("DNS rebinding"). Elsewhere a token is asked for, unless everything was made
//! public on purpose.

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, LOCATION, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::Problem;

/// Who may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody on this machine.
    Loopback,
    /// Whoever knows the token.
    Token(String),
    /// Everybody.
    Public,
}

const COOKIE_NAME: &str = "dateline_token";

pub async fn guard(State(access): State<Access>, request: Request, next: Next) -> Response {
    if is_from_another_site(&request) {
        return Problem::new(StatusCode::FORBIDDEN, "a page of another site may not post here")
            .into_response();
    }
    match &access {
        Access::Public => next.run(request).await,
        Access::Loopback if is_loopback_name(&request) => next.run(request).await,
        Access::Loopback => Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this server answers to localhost, 127.0.0.1 and [::1] only",
        )
        .hint("ask for one of these names, or start with --token or --public")
        .into_response(),
        Access::Token(_) if request.uri().path() == "/healthz" => next.run(request).await,
        Access::Token(token) => with_token(token, request, next).await,
    }
}

async fn with_token(token: &str, request: Request, next: Next) -> Response {
    let in_header = bearer(request.headers()).is_some_and(|given| is_same(given, token));
    let in_cookie = cookie(request.headers()).is_some_and(|given| is_same(given, token));
    if in_header || in_cookie {
        return next.run(request).await;
    }
    match in_query(request.uri()) {
        Some(given) if is_same(&given, token) => {
            // A browser is given a cookie and sent on, so that the token leaves the address bar; feed
            // readers, which keep no cookies, are served at once.
            if request.uri().path().starts_with("/api/") || request.method() != Method::GET {
                return next.run(request).await;
            }
            // Lax: a strict one would be held back when the address was followed from a message. Pages of
            // other sites get nothing by it, for they may neither post nor read what is answered.
            let cookie = format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Lax");
            let location = without_token(request.uri());
            (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, location)]).into_response()
        }
        _ => {
            let problem = Problem::new(StatusCode::UNAUTHORIZED, "this server asks for its token")
                .hint("open /?token=TOKEN once, or send the header Authorization: Bearer TOKEN");
            ([(WWW_AUTHENTICATE, "Bearer")], problem).into_response()
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='))
}

fn in_query(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&');
    pairs.filter_map(|pair| pair.strip_prefix("token=")).map(str::to_owned).next()
}

fn without_token(uri: &Uri) -> String {
    let pairs = uri.query().unwrap_or_default().split('&');
    let kept: Vec<&str> = pairs.filter(|pair| !pair.starts_with("token=")).collect();
    // Two slashes would name another host.
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    if kept.is_empty() { path } else { format!("{path}?{}", kept.join("&")) }
}

/// Compares hashes, so that the time it takes says nothing of the token.
fn is_same(given: &str, token: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(token.as_bytes())
}

fn is_loopback_name(request: &Request) -> bool {
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let Some(host) = named.or_else(|| request.uri().authority().map(|authority| authority.as_str())) else {
        // HTTP/1.0 tools name no host; browsers always do.
        return true;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_from_another_site(request: &Request) -> bool {
    let site = request.headers().get("sec-fetch-site").map(|value| value.as_bytes());
    request.method() == Method::POST && site == Some(b"cross-site")
}
