//! A web server that misbehaves on purpose: each test says what it answers, to the byte.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use dateline_fetch::{FetchError, FetchOptions, Fetched, Fetcher, Page, Request};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// Header lines as they came, names in lower case.
    pub headers: Vec<(String, String)>,
    pub at: Instant,
    /// Connections open when the question came, this one included.
    pub connections: usize,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

type Answer = dyn Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

pub struct Server {
    address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// A server that answers every question with `answer`, which writes head and body itself.
    /// The connection is closed after it.
    pub fn start(
        answer: impl Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address").to_string();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let open: Arc<Mutex<usize>> = Arc::default();
        let answer: Arc<Answer> = Arc::new(answer);
        let log = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, open, answer) = (log.clone(), open.clone(), answer.clone());
                thread::spawn(move || {
                    *open.lock().unwrap() += 1;
                    if let Some(question) = question(&stream, &open) {
                        log.lock().unwrap().push(question.clone());
                        let mut stream = stream;
                        // The client may hang up on us, and should.
                        let _ = answer(&question, &mut stream);
                        let _ = stream.flush();
                    }
                    *open.lock().unwrap() -= 1;
                });
            }
        });
        Server { address, asked }
    }

    /// A server with these pages: a path and the whole answer. What is not there is a 404.
    pub fn with(pages: Vec<(&'static str, Vec<u8>)>) -> Server {
        Server::start(move |asked, stream| match pages.iter().find(|(path, _)| *path == asked.path) {
            Some((_, answer)) => stream.write_all(answer),
            None => stream.write_all(&page("404 Not Found", &[], b"no")),
        })
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths asked for, in order, without the rules.
    pub fn pages_asked(&self) -> Vec<String> {
        let is_rules = |path: &str| path == "/robots.txt" || path.starts_with("/.well-known/");
        self.asked().into_iter().map(|asked| asked.path).filter(|path| !is_rules(path)).collect()
    }
}

fn question(stream: &TcpStream, open: &Mutex<usize>) -> Option<Asked> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Some(Asked { path, headers, at: Instant::now(), connections: *open.lock().unwrap() })
}

/// A whole answer.
pub fn page(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    answer.push_str("\r\n");
    let mut answer = answer.into_bytes();
    answer.extend_from_slice(body);
    answer
}

pub fn html(body: &str) -> Vec<u8> {
    page("200 OK", &[("Content-Type", "text/html")], body.as_bytes())
}

pub fn redirect(to: &str) -> Vec<u8> {
    page("302 Found", &[("Location", to)], b"")
}

/// Options for tests: the private address of the test server is allowed, and nothing takes long.
pub fn options() -> FetchOptions {
    let mut options = FetchOptions::default();
    options.allow_private = true;
    options.delay = Duration::ZERO;
    options.back_off = Duration::from_millis(20);
    options.timeout = Duration::from_secs(5);
    options.max_wait = Duration::from_secs(5);
    options
}

pub fn get(url: &str) -> Result<Page, FetchError> {
    get_with(options(), url)
}

pub fn get_with(options: FetchOptions, url: &str) -> Result<Page, FetchError> {
    match Fetcher::new(options)?.get(&Request::page(url))? {
        Fetched::Page(page) => Ok(*page),
        Fetched::Unchanged => panic!("nothing was known of the page before"),
    }
}
