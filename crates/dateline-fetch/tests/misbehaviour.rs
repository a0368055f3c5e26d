//! Servers that lie, dawdle, go on for ever, break off and lead astray.

mod server;

use std::io::Write;
use std::thread::sleep;
use std::time::{Duration, Instant};

use dateline_fetch::{FetchError, Fetcher, Request};
use flate2::Compression;
use flate2::write::GzEncoder;
use server::{Server, get, get_with, html, options, page, redirect};

#[test]
fn a_redirect_is_followed_and_the_page_named_by_where_it_was() {
    let server = Server::with(vec![("/old", redirect("/new?a=1#part")), ("/new?a=1", html("<p>It sailed."))]);
    let page = get(&server.url("/old")).unwrap();
    assert_eq!(page.url, server.url("/new?a=1"));
    assert_eq!(page.bytes, b"<p>It sailed.");
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
}

#[test]
fn a_circle_of_redirects_is_named() {
    let server = Server::with(vec![("/a", redirect("/b")), ("/b", redirect("/a"))]);
    assert_eq!(get(&server.url("/a")), Err(FetchError::RedirectLoop { url: server.url("/a") }));
    let itself = Server::with(vec![("/a", redirect("/a"))]);
    assert!(matches!(get(&itself.url("/a")), Err(FetchError::RedirectLoop { .. })));
}

#[test]
fn a_chain_of_redirects_ends_at_the_limit() {
    let server = Server::start(|asked, stream| match asked.path.strip_prefix("/step/") {
        Some(step) => {
            let next = step.parse::<u32>().unwrap() + 1;
            stream.write_all(&redirect(&format!("/step/{next}")))
        }
        None => stream.write_all(&page("404 Not Found", &[], b"")),
    });
    let mut few = options();
    few.redirects = 3;
    assert_eq!(get_with(few, &server.url("/step/0")), Err(FetchError::TooManyRedirects { limit: 3 }));
    assert_eq!(server.pages_asked(), ["/step/0", "/step/1", "/step/2", "/step/3"]);
}

#[test]
fn a_redirect_to_nowhere_is_said() {
    let server = Server::with(vec![
        ("/none", page("301 Moved Permanently", &[], b"")),
        ("/file", redirect("file:///etc/passwd")),
        ("/odd", redirect("http://[")),
    ]);
    assert_eq!(get(&server.url("/none")), Err(FetchError::RedirectNowhere { status: 301 }));
    assert!(matches!(get(&server.url("/file")), Err(FetchError::Address { .. })));
    assert!(matches!(get(&server.url("/odd")), Err(FetchError::Address { .. })));
}

#[test]
fn private_addresses_are_not_asked_by_number_or_by_name() {
    let server = Server::with(vec![("/", html("inside"))]);
    let mut public_only = options();
    public_only.allow_private = false;
    let by_number = get_with(public_only.clone(), &server.url("/"));
    assert!(matches!(by_number, Err(FetchError::Private { .. })), "{by_number:?}");
    let by_name = server.url("/").replace("127.0.0.1", "localhost");
    let by_name = get_with(public_only, &by_name);
    assert!(matches!(&by_name, Err(FetchError::Private { host, .. }) if host == "localhost"), "{by_name:?}");
    assert!(server.asked().is_empty(), "nobody was asked");
}

#[test]
fn a_body_that_drips_ends_at_the_timeout() {
    let server = Server::start(|asked, stream| {
        if asked.path == "/robots.txt" {
            return stream.write_all(&page("404 Not Found", &[], b""));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")?;
        loop {
            stream.write_all(b"a")?;
            stream.flush()?;
            sleep(Duration::from_millis(50));
        }
    });
    let mut hasty = options();
    hasty.timeout = Duration::from_millis(400);
    let begun = Instant::now();
    let answer = get_with(hasty, &server.url("/slow"));
    assert_eq!(answer, Err(FetchError::Timeout { after: Duration::from_millis(400) }));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[test]
fn a_server_that_says_nothing_ends_at_the_timeout() {
    let server = Server::start(|asked, stream| {
        if asked.path == "/robots.txt" {
            return stream.write_all(&page("404 Not Found", &[], b""));
        }
        sleep(Duration::from_secs(3));
        Ok(())
    });
    let mut hasty = options();
    hasty.timeout = Duration::from_millis(300);
    assert!(matches!(get_with(hasty, &server.url("/mute")), Err(FetchError::Timeout { .. })));
}

#[test]
fn an_endless_body_ends_at_the_limit() {
    let server = Server::start(|asked, stream| {
        if asked.path == "/robots.txt" {
            return stream.write_all(&page("404 Not Found", &[], b""));
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        let chunk = [b"1000\r\n".as_slice(), &[b'a'; 0x1000], b"\r\n"].concat();
        loop {
            stream.write_all(&chunk)?;
        }
    });
    let mut small = options();
    small.max_bytes = 100_000;
    assert_eq!(get_with(small, &server.url("/endless")), Err(FetchError::TooLarge { limit: 100_000 }));
}

#[test]
fn a_small_archive_of_a_large_page_ends_at_the_limit() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..200 {
        encoder.write_all(&[b'a'; 100_000]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let server = Server::with(vec![(
        "/bomb",
        page("200 OK", &[("Content-Type", "text/html"), ("Content-Encoding", "gzip")], &bomb),
    )]);
    let mut small = options();
    small.max_bytes = 1_000_000;
    assert_eq!(get_with(small, &server.url("/bomb")), Err(FetchError::TooLarge { limit: 1_000_000 }));
}

#[test]
fn a_packed_page_is_unpacked() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(b"<p>It sailed.").unwrap();
    let packed = encoder.finish().unwrap();
    let server = Server::with(vec![("/packed", page("200 OK", &[("Content-Encoding", "gzip")], &packed))]);
    assert_eq!(get(&server.url("/packed")).unwrap().bytes, b"<p>It sailed.");
    let cut = packed[..packed.len() / 2].to_vec();
    let server = Server::with(vec![("/cut", page("200 OK", &[("Content-Encoding", "gzip")], &cut))]);
    assert!(get(&server.url("/cut")).is_err());
}

#[test]
fn a_length_that_promises_more_than_comes_is_a_broken_connection() {
    let server = Server::with(vec![(
        "/short",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>It sailed.".to_vec(),
    )]);
    assert!(matches!(get(&server.url("/short")), Err(FetchError::Broken { .. })));
    assert_eq!(server.pages_asked().len(), 3, "a break may mend itself: asked twice again");
}

#[test]
fn a_length_beyond_the_limit_is_refused_before_the_body() {
    let server = Server::with(vec![(
        "/huge",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\nabc".to_vec(),
    )]);
    assert!(matches!(get(&server.url("/huge")), Err(FetchError::TooLarge { .. })));
    let odd = Server::with(vec![("/odd", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc".to_vec())]);
    assert!(matches!(get(&odd.url("/odd")), Err(FetchError::Garbled { .. })));
}

#[test]
fn a_length_that_promises_less_than_comes_cuts_the_page() {
    let server =
        Server::with(vec![("/long", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcdefgh".to_vec())]);
    assert_eq!(get(&server.url("/long")).unwrap().bytes, b"abcde");
}

#[test]
fn a_connection_that_breaks_once_is_made_again() {
    let server = Server::start({
        let breaks = std::sync::atomic::AtomicU32::new(0);
        move |asked, stream| match asked.path.as_str() {
            "/page" if breaks.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
            }
            "/page" => stream.write_all(&html("whole")),
            _ => stream.write_all(&page("404 Not Found", &[], b"")),
        }
    });
    assert_eq!(get(&server.url("/page")).unwrap().bytes, b"whole");
}

#[test]
fn huge_headers_are_not_read() {
    let server = Server::start(|asked, stream| {
        if asked.path == "/robots.txt" {
            return stream.write_all(&page("404 Not Found", &[], b""));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(b"X-More: ")?;
            stream.write_all(&[b'a'; 8000])?;
            stream.write_all(b"\r\n")?;
        }
    });
    let begun = Instant::now();
    let answer = get(&server.url("/headers"));
    assert!(matches!(answer, Err(FetchError::Garbled { .. })), "{answer:?}");
    assert!(begun.elapsed() < Duration::from_secs(4), "it was the limit, not the timeout");
}

#[test]
fn what_is_no_http_is_not_understood() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/robots.txt" => stream.write_all(&page("404 Not Found", &[], b"")),
        _ => stream.write_all(b"220 mail.example.org ready\r\n\r\n"),
    });
    let answer = get(&server.url("/mail"));
    assert!(matches!(answer, Err(FetchError::Garbled { .. })), "{answer:?}");
}

#[test]
fn nobody_at_home_is_said() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let answer = get(&format!("http://127.0.0.1:{port}/"));
    assert!(matches!(answer, Err(FetchError::Unreachable { .. })), "{answer:?}");
}

#[test]
fn a_paywall_is_said_and_left_alone() {
    let server = Server::with(vec![
        ("/401", page("401 Unauthorized", &[("WWW-Authenticate", "Basic")], b"log in")),
        ("/402", page("402 Payment Required", &[], b"pay")),
        ("/403", page("403 Forbidden", &[], b"no")),
        ("/404", page("404 Not Found", &[], b"no")),
        ("/410", page("410 Gone", &[], b"no")),
        ("/500", page("500 Internal Server Error", &[], b"no")),
    ]);
    assert_eq!(get(&server.url("/401")), Err(FetchError::Login));
    assert_eq!(get(&server.url("/402")), Err(FetchError::Payment));
    assert_eq!(get(&server.url("/403")), Err(FetchError::Forbidden));
    for status in [404, 410, 500] {
        assert_eq!(get(&server.url(&format!("/{status}"))), Err(FetchError::Status { status }));
    }
    assert_eq!(server.pages_asked().len(), 6, "each was asked for once");
}

#[test]
fn a_picture_is_refused_before_it_is_read() {
    let server = Server::with(vec![("/a.png", page("200 OK", &[("Content-Type", "image/png")], b"\x89PNG"))]);
    assert_eq!(
        get(&server.url("/a.png")),
        Err(FetchError::NotAPage { content_type: "image/png".to_owned() })
    );
}

#[test]
fn a_stopped_fetcher_lets_go_at_once() {
    let server = Server::start(|_, _| {
        sleep(Duration::from_secs(4));
        Ok(())
    });
    let fetcher = Fetcher::new(options()).unwrap();
    let begun = Instant::now();
    let answer = std::thread::scope(|scope| {
        scope.spawn(|| {
            sleep(Duration::from_millis(150));
            fetcher.stop();
        });
        fetcher.get(&Request::page(server.url("/")))
    });
    assert_eq!(answer, Err(FetchError::Stopped));
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(!fetcher.pause(Duration::from_secs(9)), "nor does it wait any more");
}
