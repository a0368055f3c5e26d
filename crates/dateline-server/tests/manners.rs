//! What the server says to good and bad questions, without a socket and without weights.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use dateline_server::{Access, App, Options};
use serde_json::Value;
use tower::ServiceExt;

async fn ask(access: Access, request: Request<Body>) -> Response<Body> {
    let reader = Err("there are no weights\nhint: dateline weights get".to_owned());
    let options = Options { access, ..Options::default() };
    App::new(reader, options).router().oneshot(request).await.expect("the service does not fail")
}

fn get(address: &str) -> Request<Body> {
    Request::get(address).header("host", "localhost:7070").body(Body::empty()).unwrap()
}

fn post(address: &str, content_type: &str, body: impl Into<Body>) -> Request<Body> {
    let request =
        Request::post(address).header("host", "localhost:7070").header("content-type", content_type);
    request.body(body.into()).unwrap()
}

async fn json(response: Response<Body>) -> Value {
    let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    serde_json::from_slice(&bytes).expect("the body is JSON")
}

/// Every refusal is a problem that says what happened, with the status asked for.
async fn check_refused(request: Request<Body>, status: StatusCode, said: &str) {
    check_refused_by(Access::Loopback, request, status, said).await;
}

async fn check_refused_by(access: Access, request: Request<Body>, status: StatusCode, said: &str) {
    let shown = format!("{} {}", request.method(), request.uri());
    let response = ask(access, request).await;
    assert_eq!(response.status(), status, "{shown}");
    assert_eq!(response.headers()["content-type"], "application/problem+json", "{shown}");
    let problem = json(response).await;
    assert_eq!(problem["status"], status.as_u16(), "{shown}");
    let told = format!("{} {}", problem["detail"], problem["hint"]);
    assert!(told.contains(said), "{shown}: {told}");
}

#[tokio::test]
async fn refusals_are_problems_that_say_what_to_try() {
    check_refused(get("/api/v1/nothing"), StatusCode::NOT_FOUND, "openapi.json").await;
    check_refused(get("/assets/..%2f..%2fCargo.toml"), StatusCode::NOT_FOUND, "nothing at").await;
    check_refused(get("/../../etc/passwd"), StatusCode::NOT_FOUND, "nothing at").await;
    check_refused(get("/api/v1/codebook/NOTHING"), StatusCode::NOT_FOUND, "PROTEST").await;
    check_refused(get("/api/v1/examples/%00"), StatusCode::NOT_FOUND, "ghana-border").await;
    check_refused(post("/api/v1/codebook", "text/plain", ""), StatusCode::METHOD_NOT_ALLOWED, "openapi.json")
        .await;
    check_refused(post("/anything", "text/plain", ""), StatusCode::NOT_FOUND, "nothing at").await;
    check_refused(post("/api/v1/read", "image/png", "x"), StatusCode::UNSUPPORTED_MEDIA_TYPE, "text/plain")
        .await;
    check_refused(post("/api/v1/read?when=now", "text/plain", "x"), StatusCode::BAD_REQUEST, "published_at")
        .await;
    let bad_date = post("/api/v1/read?published_at=Tuesday", "text/plain", "x");
    check_refused(bad_date, StatusCode::BAD_REQUEST, "2020-08-17").await;
}

#[tokio::test]
async fn without_weights_reading_says_which_command_mends_it() {
    let story = post("/api/v1/read", "text/plain", "It rained.");
    check_refused(story, StatusCode::SERVICE_UNAVAILABLE, "dateline weights get").await;
    let health = ask(Access::Loopback, get("/healthz")).await;
    assert_eq!(health.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_that_borrows_our_address_is_not_let_in() {
    let stranger = Request::get("/").header("host", "evil.example").body(Body::empty()).unwrap();
    check_refused(stranger, StatusCode::MISDIRECTED_REQUEST, "--token").await;
    let mut posted = post("/api/v1/read", "text/plain", "It rained.");
    posted.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    check_refused(posted, StatusCode::FORBIDDEN, "another site").await;
    for host in ["127.0.0.1:7070", "[::1]:7070", "LOCALHOST", "dateline.localhost"] {
        let ours = Request::get("/healthz").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(ask(Access::Loopback, ours).await.status(), StatusCode::OK, "{host}");
    }
}

#[tokio::test]
async fn a_token_is_asked_for_and_becomes_a_cookie() {
    let token = || Access::Token("0123456789abcdef".into());
    check_refused_by(token(), get("/api/v1/codebook"), StatusCode::UNAUTHORIZED, "Authorization").await;
    check_refused_by(token(), get("/?token=wrong"), StatusCode::UNAUTHORIZED, "token").await;
    assert_eq!(ask(token(), get("/healthz")).await.status(), StatusCode::OK);

    let visit = ask(token(), get("/read?token=0123456789abcdef&example=ghana-border")).await;
    assert_eq!(visit.status(), StatusCode::SEE_OTHER);
    assert_eq!(visit.headers()["location"], "/read?example=ghana-border");
    let cookie = visit.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

    for (name, value) in
        [("cookie", cookie.split(';').next().unwrap()), ("authorization", "Bearer 0123456789abcdef")]
    {
        let mut known = get("/api/v1/codebook");
        known.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(ask(token(), known).await.status(), StatusCode::OK, "{name}");
    }
}

#[tokio::test]
async fn whoever_has_the_answer_is_sent_nothing() {
    let first = ask(Access::Loopback, get("/api/v1/codebook")).await;
    let tag = first.headers()["etag"].clone();
    let mut again = get("/api/v1/codebook");
    again.headers_mut().insert("if-none-match", tag);
    let second = ask(Access::Loopback, again).await;
    assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
    assert!(to_bytes(second.into_body(), 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_can_unpack_them() {
    for encoding in ["br", "gzip"] {
        let mut request = get("/api/v1/codebook");
        request.headers_mut().insert("accept-encoding", encoding.parse().unwrap());
        assert_eq!(ask(Access::Loopback, request).await.headers()["content-encoding"], encoding);
    }
}

#[tokio::test]
async fn every_screen_is_the_page_and_loads_nothing_from_elsewhere() {
    for address in ["/", "/read?example=ghana-border", "/explore", "/codebook/PROTEST", "/entity/e1"] {
        let response = ask(Access::Loopback, get(address)).await;
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8", "{address}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(!policy.contains("http") && !policy.contains("unsafe"), "{policy}");
    }
}

#[tokio::test]
async fn the_description_names_every_route_that_is_served() {
    let described = json(ask(Access::Loopback, get("/openapi.json")).await).await;
    assert_eq!(described["openapi"], "3.1.0");
    let paths = described["paths"].as_object().unwrap();
    assert!(paths.contains_key("/api/v1/read"));
    for (path, methods) in paths {
        for (method, said) in methods.as_object().unwrap() {
            let summary = said["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty(), "{method} {path} has no summary");
            for (status, answer) in said["responses"].as_object().unwrap() {
                let description = answer["description"].as_str().unwrap_or_default();
                assert!(!description.is_empty(), "{method} {path}: {status} is not described");
            }
        }
        if !path.contains('{') && methods.get("get").is_some() {
            let response = ask(Access::Loopback, get(path)).await;
            // Nothing is stored here; but the address is known.
            if response.status() == StatusCode::NOT_FOUND {
                let told = json(response).await["detail"].to_string();
                assert!(told.contains("no such database"), "{path}: {told}");
            }
        }
    }
}
