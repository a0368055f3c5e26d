//! `dateline watch`: each new story once, across looks, restarts and interrupts.

mod house;
#[path = "../../dateline-fetch/tests/server/mod.rs"]
mod server;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use house::{Folder, Run, STORY, dateline};
use server::{Server, html, page};

const FAST: [&str; 9] =
    ["watch", "--allow-private", "--delay", "0s", "--max-wait", "5s", "--retries", "0", "--state"];

/// An RSS feed of links, the newest first.
fn feed(server: &str, stories: &[&str]) -> Vec<u8> {
    let items: String = stories
        .iter()
        .map(|slug| {
            format!("<item><title>{slug}</title><link>{server}/{slug}</link><guid>{slug}</guid></item>")
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Post</title>{items}</channel></rss>");
    page("200 OK", &[("Content-Type", "application/rss+xml")], feed.as_bytes())
}

/// A server whose feed lists what `stories` holds at the moment, each page with its name as headline.
fn newsroom(stories: Arc<Mutex<Vec<&'static str>>>) -> Server {
    Server::start(move |asked, stream| {
        let host = format!("http://{}", asked.header("host").unwrap_or_default());
        let answer = match asked.path.as_str() {
            "/feed" => feed(&host, &stories.lock().unwrap()),
            "/robots.txt" | "/.well-known/tdmrep.json" => page("404 Not Found", &[], b""),
            "/paid" => page("402 Payment Required", &[], b""),
            "/busy" => page("503 Service Unavailable", &[("Retry-After", "0")], b""),
            path => html(&format!("<article><h1>Story {}</h1><p>{STORY}</p></article>", &path[1..])),
        };
        stream.write_all(&answer)
    })
}

fn once(state: &Path, feeds: &[&str]) -> Run {
    Run::of(dateline().args(FAST).arg(state).arg("--once").args(feeds))
}

fn headlines(run: &Run) -> Vec<String> {
    run.records()
        .iter()
        .map(|record| record["article"]["title"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn each_story_is_read_once_and_a_restart_repeats_nothing() {
    let stories = Arc::new(Mutex::new(vec!["b", "a"]));
    let server = newsroom(stories.clone());
    let folder = Folder::new();
    let state = folder.path("watch.jsonl");
    let first = once(&state, &[&server.url("/feed")]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(headlines(&first), ["Story a", "Story b"], "oldest first");
    let second = once(&state, &[&server.url("/feed")]);
    assert_eq!((second.code, second.stdout.as_str()), (Some(0), ""), "{}", second.stderr);
    stories.lock().unwrap().insert(0, "c");
    assert_eq!(headlines(&once(&state, &[&server.url("/feed")])), ["Story c"]);
    let pages: Vec<String> = server.pages_asked().into_iter().filter(|path| path != "/feed").collect();
    assert_eq!(pages, ["/a", "/b", "/c"], "no page was fetched twice");
}

#[test]
fn one_story_in_two_feeds_is_one_story() {
    let server = newsroom(Arc::new(Mutex::new(vec!["a"])));
    let folder = Folder::new();
    let run = once(&folder.path("s"), &[&server.url("/feed"), &server.url("/feed")]);
    assert_eq!(headlines(&run), ["Story a"], "{}", run.stderr);
}

#[test]
fn what_is_refused_is_said_once_and_what_may_come_is_tried_again() {
    let server = newsroom(Arc::new(Mutex::new(vec!["a", "busy", "paid"])));
    let folder = Folder::new();
    let state = folder.path("watch.jsonl");
    let first = once(&state, &[&server.url("/feed")]);
    first.fails(3, &["/paid: the server wants payment", "/busy: the server is busy (503)"]);
    assert_eq!(headlines(&first), ["Story a"]);
    let second = once(&state, &[&server.url("/feed")]);
    second.fails(3, &["/busy"]);
    assert!(!second.stderr.contains("/paid"), "{}", second.stderr);
    for _ in 2..5 {
        once(&state, &[&server.url("/feed")]);
    }
    let last = once(&state, &[&server.url("/feed")]);
    assert_eq!((last.code, last.stderr.as_str()), (Some(0), ""), "it was given up");
    assert_eq!(server.pages_asked().iter().filter(|path| *path == "/busy").count(), 5);
}

#[test]
fn a_feed_that_has_not_changed_is_not_sent_again() {
    let asked_so_far = Arc::new(AtomicU32::new(0));
    let count = asked_so_far.clone();
    let server = Server::start(move |asked, stream| match asked.path.as_str() {
        "/feed" if asked.header("if-none-match") == Some("\"1\"") => {
            count.fetch_add(1, Ordering::SeqCst);
            stream.write_all(&page("304 Not Modified", &[], b""))
        }
        "/feed" => {
            let item =
                "<item><title>A</title><guid>a</guid><description>It sailed on Friday.</description></item>";
            let feed = format!("<rss version=\"2.0\"><channel><title>P</title>{item}</channel></rss>");
            stream.write_all(&page("200 OK", &[("ETag", "\"1\"")], feed.as_bytes()))
        }
        _ => stream.write_all(&page("404 Not Found", &[], b"")),
    });
    let folder = Folder::new();
    let state = folder.path("watch.jsonl");
    let first = once(&state, &[&server.url("/feed")]);
    assert_eq!(first.records().len(), 1, "an item without a page is read as it is: {}", first.stderr);
    assert_eq!(once(&state, &[&server.url("/feed")]).stdout, "");
    assert_eq!(asked_so_far.load(Ordering::SeqCst), 1);
}

#[test]
fn no_feed_at_all_is_the_network_s_refusal() {
    let server = Server::with(vec![]);
    let folder = Folder::new();
    let run = once(&folder.path("s"), &[&server.url("/feed")]);
    run.fails(5, &["/feed: there is no such page (404)"]);
}

#[test]
fn what_is_no_feed_is_said() {
    let server = Server::with(vec![("/page", html("<p>Just a page."))]);
    let folder = Folder::new();
    let run = once(&folder.path("s"), &[&server.url("/page")]);
    run.fails(3, &["/page: this is a page, not a feed", "hint:"]);
}

/// Waits for the records of a watch that goes on.
fn start(state: &Path, feed: &str) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("dateline"))
        .args(FAST)
        .arg(state)
        .args(["--every", "300ms", feed])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
    (child, lines)
}

#[cfg(unix)]
#[test]
fn it_goes_on_looking_until_it_is_interrupted() {
    let stories = Arc::new(Mutex::new(vec!["a"]));
    let server = newsroom(stories.clone());
    let folder = Folder::new();
    let state = folder.path("watch.jsonl");
    let (mut child, mut lines) = start(&state, &server.url("/feed"));
    assert!(lines.next().is_some_and(|line| line.contains("Story a")));
    stories.lock().unwrap().insert(0, "b");
    assert!(lines.next().is_some_and(|line| line.contains("Story b")));
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(status.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(lines.next(), None);
    let after = once(&state, &[&server.url("/feed")]);
    assert_eq!((after.code, after.stdout.as_str()), (Some(0), ""), "{}", after.stderr);
}

#[cfg(unix)]
#[test]
fn a_watch_that_was_killed_repeats_nothing_that_it_had_printed() {
    let server = newsroom(Arc::new(Mutex::new(vec!["b", "a"])));
    let folder = Folder::new();
    let state = folder.path("watch.jsonl");
    let (mut child, mut lines) = start(&state, &server.url("/feed"));
    assert!(lines.next().is_some() && lines.next().is_some());
    std::thread::sleep(std::time::Duration::from_millis(100));
    child.kill().expect("it can be killed");
    child.wait().expect("it is gone");
    assert_eq!(once(&state, &[&server.url("/feed")]).stdout, "");
}
