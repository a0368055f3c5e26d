//! `dateline read https://…`: pages from a server that is not always kind.

mod house;
#[path = "../../dateline-fetch/tests/server/mod.rs"]
mod server;

use std::fs;

use house::{Folder, Run, STORY, dateline};
use serde_json::Value;
use server::{Server, html, page, redirect};

fn story(headline: &str) -> Vec<u8> {
    html(&format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>{headline}</title></head>\
         <body><article><h1>{headline}</h1><p>{STORY}</p></article></body></html>"
    ))
}

/// `dateline read`, allowed to ask the test's own server.
fn read(arguments: &[&str]) -> Run {
    let fast = [
        "read",
        "--format",
        "ndjson",
        "--allow-private",
        "--delay",
        "0s",
        "--max-wait",
        "5s",
        "--retries",
        "1",
    ];
    Run::of(dateline().args(fast).args(arguments))
}

#[test]
fn a_page_is_fetched_and_read() {
    let server = Server::with(vec![
        ("/old", redirect("/2021/03/04/port.html")),
        (
            "/2021/03/04/port.html",
            page(
                "200 OK",
                &[("Content-Type", "text/html"), ("tdm-reservation", "1"), ("X-Robots-Tag", "noai")],
                &story("Dockers held")[..],
            ),
        ),
    ]);
    let record = read(&[&server.url("/old")]).record();
    let article = &record["article"];
    assert_eq!(article["url"], server.url("/2021/03/04/port.html"));
    assert_eq!(article["path"], Value::Null);
    assert_eq!(article["published_at"], "2021-03-04");
    assert_eq!(article["reservation"]["by"][0], "tdm-reservation header");
    assert_eq!(article["reservation"]["by"][1], "X-Robots-Tag header");
    assert!(record["events"].as_array().is_some_and(|events| !events.is_empty()), "{record}");
}

#[test]
fn pages_and_files_come_in_the_order_given() {
    let server = Server::with(vec![("/a", story("First")), ("/b", story("Third"))]);
    let folder = Folder::new();
    let file = folder.file("second.txt", format!("Second\n\n{STORY}"));
    let run = read(&[&server.url("/a"), file.to_str().unwrap(), &server.url("/b")]);
    let begins: Vec<String> = run
        .records()
        .iter()
        .map(|record| record["article"]["text"].as_str().unwrap_or_default().chars().take(5).collect())
        .collect();
    assert_eq!(begins, ["First", "Secon", "Third"], "{}", run.stderr);
}

#[test]
fn the_charset_of_the_header_is_believed_until_it_is_wrong() {
    let words = "Полиция Лимы во вторник задержала трёх докеров, сообщил адвокат профсоюза.";
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(words);
    let body = [b"<p>".as_slice(), &windows].concat();
    let server = Server::with(vec![
        ("/said", page("200 OK", &[("Content-Type", "text/html; charset=windows-1251")], &body)),
        (
            "/wrong",
            page(
                "200 OK",
                &[("Content-Type", "text/html; charset=windows-1251")],
                format!("<p>{words}").as_bytes(),
            ),
        ),
    ]);
    for path in ["/said", "/wrong"] {
        let record = read(&[&server.url(path)]).record();
        let text = record["article"]["text"].as_str().unwrap_or_default();
        assert!(text.contains("задержала трёх докеров"), "{path}: {text}");
    }
}

#[test]
fn what_the_network_refuses_has_its_own_status_and_is_listed() {
    let server = Server::with(vec![
        ("/robots.txt", page("200 OK", &[], b"User-agent: *\nDisallow: /private\n")),
        ("/paid", page("402 Payment Required", &[], b"")),
        ("/a", story("Dockers held")),
    ]);
    let folder = Folder::new();
    let rejects = folder.path("rejects.jsonl");
    let run =
        read(&[&server.url("/private/a"), &server.url("/paid"), "--rejects", rejects.to_str().unwrap()]);
    run.fails(
        5,
        &["robots.txt asks dateline not to fetch this (Disallow: /private)", "for subscribers", "hint:"],
    );
    let rejected: Vec<Value> = fs::read_to_string(&rejects)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).expect("a reject is JSON"))
        .collect();
    let urls: Vec<&Value> = rejected.iter().map(|reject| &reject["url"]).collect();
    assert_eq!(urls, [&Value::from(server.url("/private/a")), &Value::from(server.url("/paid"))]);
    let some = read(&[&server.url("/private/a"), &server.url("/a")]);
    some.fails(3, &["robots.txt"]);
    assert_eq!(some.records().len(), 1);
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let server = Server::with(vec![("/a", story("Dockers held"))]);
    Run::of(dateline().args(["read", &server.url("/a")])).fails(5, &["private network", "--allow-private"]);
    assert!(server.asked().is_empty());
}

#[test]
fn a_feed_and_lines_of_stories_are_read_where_they_are() {
    let lines = format!("{{\"id\": 1, \"text\": \"{STORY}\"}}\n{{\"id\": 2, \"text\": \"{STORY}\"}}\n");
    let server = Server::with(vec![(
        "/stories.jsonl",
        page("200 OK", &[("Content-Type", "application/x-ndjson")], lines.as_bytes()),
    )]);
    let run = read(&[&server.url("/stories.jsonl")]);
    let ids: Vec<Value> = run.records().iter().map(|record| record["article"]["source_id"].clone()).collect();
    assert_eq!(ids, ["1", "2"], "{}", run.stderr);
}
