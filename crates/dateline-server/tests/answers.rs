//! What is answered of a store: the same filters everywhere, pages, files, feeds; and nothing that is
//! asked, however odd, ends in anything but an answer or a problem.

#[path = "../../dateline-store/tests/support/mod.rs"]
mod support;

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use dateline_server::{App, Options};
use dateline_store::Filter;
use serde_json::Value;
use support::{Folder, Sentence, Story, Told};
use tower::ServiceExt;

const TYPES: [&str; 3] = ["COERCE", "ASSAULT", "PROTEST"];
const HOSTILE: &str = "Envoy <script>alert(1)</script> & \"others\" ]]> held";

/// A store with one event a day of January 2024, of three types by turns.
fn stored() -> (Folder, Router) {
    let folder = Folder::new();
    let stories: Vec<Story> = (1..=30)
        .map(|day| {
            let (url, date): (String, String) =
                (format!("https://wire.example/{day}"), format!("2024-01-{day:02}"));
            Story {
                url: Some(url.leak()),
                day: date.clone().leak(),
                title: HOSTILE,
                sentences: vec![Sentence {
                    text: format!("Police arrested 14 people in Bawku on day {day}, <b>the radio</b> said.")
                        .leak(),
                    event: Some(Told {
                        event_type: TYPES[day % 3],
                        date: Some(date.leak()),
                        ..Told::default()
                    }),
                    quote: None,
                }],
                ..Story::default()
            }
        })
        .collect();
    folder.add(&stories);
    let router = router(&folder.db());
    (folder, router)
}

fn router(database: &Path) -> Router {
    let options = Options { database: database.to_owned(), ..Options::default() };
    App::new(Err("no weights here".into()), options).router()
}

async fn get(router: &Router, address: &str) -> (StatusCode, String, String) {
    let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect(address);
    let response = router.clone().oneshot(request).await.expect("the service does not fail");
    let status = response.status();
    let kind =
        response.headers().get("content-type").map(|kind| kind.to_str().unwrap_or_default().to_owned());
    let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("the answer is whole");
    (status, kind.unwrap_or_default(), String::from_utf8_lossy(&bytes).into_owned())
}

async fn json(router: &Router, address: &str) -> Value {
    let (status, _, body) = get(router, address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {body}");
    serde_json::from_str(&body).expect(address)
}

fn ids(page: &Value) -> Vec<String> {
    page["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["id"].as_str().expect("id").to_owned())
        .collect()
}

#[tokio::test]
async fn pages_go_on_where_they_ended_and_say_so() {
    let (_folder, router) = stored();
    let all = ids(&json(&router, "/api/v1/events?limit=100").await);
    assert_eq!(all.len(), 30);
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = json(&router, &format!("/api/v1/events?limit=7&cursor={cursor}")).await;
        walked.extend(ids(&page));
        assert_eq!(page["truncated"], page["next"].is_string());
        let Some(next) = page["next"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(walked, all);
}

#[tokio::test]
async fn every_form_holds_exactly_what_is_filtered() {
    let (_folder, router) = stored();
    let filter = "event_type=ASSAULT&date_from=2024-01-10";
    let wanted = ids(&json(&router, &format!("/api/v1/events?{filter}")).await);
    assert_eq!(wanted.len(), 7);

    let (_, kind, csv) = get(&router, &format!("/api/v1/events?{filter}&form=csv")).await;
    assert_eq!(kind, "text/csv; charset=utf-8");
    assert_eq!(csv.lines().count(), 1 + wanted.len());
    let (_, _, ndjson) = get(&router, &format!("/api/v1/events?{filter}&form=ndjson")).await;
    let ndjson: Vec<Value> =
        ndjson.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(ndjson.iter().map(|event| event["id"].as_str().unwrap()).collect::<Vec<_>>(), wanted);
    let geojson = json(&router, &format!("/api/v1/events?{filter}&form=geojson")).await;
    assert_eq!(geojson["type"], "FeatureCollection");
    assert_eq!(geojson["features"][0]["geometry"]["coordinates"][1], 11.06);
    let (_, kind, atom) = get(&router, &format!("/api/v1/events?{filter}&form=atom")).await;
    assert_eq!(kind, "application/atom+xml; charset=utf-8");
    assert_eq!(atom.matches("<entry>").count(), wanted.len());
    assert!(atom.contains("&lt;b&gt;the radio&lt;/b&gt;") && !atom.contains("<b>"), "{atom}");
    let (_, _, ical) = get(&router, &format!("/api/v1/events?{filter}&form=ical")).await;
    assert_eq!(ical.matches("BEGIN:VEVENT\r\n").count(), wanted.len());
    assert!(ical.contains("DTSTART;VALUE=DATE:20240110\r\nDTEND;VALUE=DATE:20240111\r\n"), "{ical}");
    for listing in ["quotes", "entities", "stories", "articles"] {
        let (status, _, csv) = get(&router, &format!("/api/v1/{listing}?form=csv")).await;
        let rows = json(&router, &format!("/api/v1/{listing}?limit=1000")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(csv.lines().count() > rows["rows"].as_array().unwrap().len(), "{listing}: {csv}");
    }
}

#[tokio::test]
async fn a_download_may_be_compressed() {
    let (_folder, router) = stored();
    for encoding in ["br", "gzip"] {
        let request = Request::get("/api/v1/events?form=ndjson").header("host", "localhost");
        let request = request.header("accept-encoding", encoding).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], encoding);
        let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("the answer is whole");
        assert!(bytes.len() > 500, "{encoding}: {} bytes", bytes.len());
    }
}

#[tokio::test]
async fn counts_facets_pairs_and_map_agree_with_the_listing() {
    let (_folder, router) = stored();
    let counts = json(&router, "/api/v1/counts?group_by=type").await;
    let total: u64 =
        counts["rows"].as_array().unwrap().iter().map(|row| row["events"].as_u64().unwrap()).sum();
    assert_eq!(total, 30);
    let facets = json(&router, "/api/v1/facets?event_type=ASSAULT").await;
    assert_eq!(facets["counts"]["events"], 10);
    // A facet's own filter does not narrow it: the other types stay on offer.
    assert_eq!(facets["facets"]["event_type"]["values"].as_array().unwrap().len(), 3);
    let pairs = json(&router, "/api/v1/pairs?group_by=week").await;
    assert_eq!((pairs["by"].as_str(), pairs["pairs"][0]["events"].as_u64()), (Some("week"), Some(30)));
    let map = json(&router, "/api/v1/map").await;
    assert_eq!(
        (map["points"][0]["events"].as_u64(), map["points"][0]["place"]["name"].as_str()),
        (Some(30), Some("Bawku"))
    );
    let summary = json(&router, "/api/v1/summary").await;
    assert_eq!(summary["totals"]["events"], 30);
}

#[tokio::test]
async fn one_of_a_kind_is_found_by_its_id_and_no_other() {
    let (_folder, router) = stored();
    for (listing, key) in
        [("events", "event"), ("stories", "story"), ("entities", "entity"), ("articles", "article")]
    {
        let id = ids(&json(&router, &format!("/api/v1/{listing}?limit=1")).await).remove(0);
        let detail = json(&router, &format!("/api/v1/{listing}/{id}")).await;
        assert_eq!(detail[key]["id"], id.as_str());
        for odd in ["0", "%00", "..%2f..%2fetc%2fpasswd", "'%20OR%201=1--", &"f".repeat(3000)] {
            let (status, _, body) = get(&router, &format!("/api/v1/{listing}/{odd}")).await;
            assert!(status.is_client_error(), "{listing}/{odd}: {status} {body}");
        }
    }
    let mentions = json(&router, "/api/v1/mentions?limit=2").await;
    assert_eq!(mentions["rows"][0]["roles"].as_array().map(|roles| roles.is_empty()), Some(false));
}

#[tokio::test]
async fn sql_in_a_parameter_is_a_word_like_others() {
    let (_folder, router) = stored();
    let hostile = [
        "';DROP TABLE event;--",
        "\" OR 1=1 --",
        "x') UNION SELECT 1--",
        "*",
        "\"",
        "-",
        "NEAR(",
        "a:b",
        "💥",
        "1e999",
        "-1",
    ];
    for filter in Filter::ALL {
        for value in hostile {
            let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            for listing in [
                "events", "counts", "facets", "map", "pairs", "quotes", "entities", "stories", "articles",
                "mentions", "sql",
            ] {
                let address = format!("/api/v1/{listing}?{}={value}", filter.name);
                let (status, kind, body) = get(&router, &address).await;
                assert!(!status.is_server_error(), "{address}: {status} {body}");
                assert!(status.is_success() || kind == "application/problem+json", "{address}: {kind}");
            }
        }
    }
    assert_eq!(json(&router, "/api/v1/summary").await["totals"]["events"], 30);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_a_reason() {
    let (_folder, router) = stored();
    let long = format!("/api/v1/events?text={}", "a".repeat(9000));
    for (address, status, said) in [
        ("/api/v1/events?cursor=nonsense", 400, "next"),
        ("/api/v1/events?limit=0", 400, "rows"),
        ("/api/v1/events?limit=99999999999999999999", 400, "rows"),
        ("/api/v1/events?actr=ISR", 400, "no such filter"),
        ("/api/v1/events?form=pdf", 400, "csv"),
        ("/api/v1/quotes?form=ical", 400, "ndjson"),
        ("/api/v1/events?text=%00", 400, "control"),
        ("/api/v1/counts?group_by=hour", 400, "month"),
        ("/api/v1/pairs?group_by=type", 400, "month"),
        ("/api/v1/events?form=csv&group_by=day", 400, "counts"),
        (long.as_str(), 414, "less"),
    ] {
        let (found, kind, body) = get(&router, address).await;
        assert_eq!(found.as_u16(), status, "{address}: {body}");
        assert_eq!(kind, "application/problem+json", "{address}");
        assert!(body.contains(said), "{address}: {body}");
    }
}

#[tokio::test]
async fn a_question_that_takes_too_long_is_given_up() {
    let (folder, _) = stored();
    let options = Options { database: folder.db(), time_limit: Duration::ZERO, ..Options::default() };
    let router = App::new(Err("no weights here".into()), options).router();
    let (status, kind, body) = get(&router, "/api/v1/mentions").await;
    assert_eq!((status, kind.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json"));
    assert!(body.contains("hint"), "{body}");
}

#[tokio::test]
async fn a_store_that_is_not_there_yet_is_no_fault() {
    let folder = Folder::new();
    let router = router(&folder.db());
    assert_eq!(json(&router, "/api/v1/summary").await["has_store"], false);
    let (status, _, body) = get(&router, "/api/v1/events").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("dateline add"), "{body}");
    folder.add(&[Story::default()]);
    assert_eq!(json(&router, "/api/v1/summary").await["totals"]["articles"], 1);
}

#[tokio::test]
async fn an_answer_is_new_when_something_was_added() {
    let folder = Folder::new();
    folder.add(&[Story::default()]);
    let router = router(&folder.db());
    assert_eq!(json(&router, "/api/v1/articles").await["rows"].as_array().unwrap().len(), 1);
    folder.add(&[Story {
        url: Some("https://wire.example/2"),
        title: "Another",
        day: "2024-06-01",
        ..Story::default()
    }]);
    assert_eq!(json(&router, "/api/v1/articles").await["rows"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_file_that_is_no_store_says_so() {
    let folder = Folder::new();
    std::fs::write(folder.db(), "not a database at all, but text of some length, to be sure").unwrap();
    let (status, kind, body) = get(&router(&folder.db()), "/api/v1/events").await;
    assert_eq!((status, kind.as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "application/problem+json"));
    assert!(body.contains("no SQLite database"), "{body}");
}
