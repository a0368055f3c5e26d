//! What a guest does: asks for the rules, keeps them, waits, and asks no more than it needs to.

mod server;

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant, SystemTime};

use dateline_document::ReservedBy;
use dateline_fetch::{FetchError, Fetched, Fetcher, Request};
use server::{Server, get, get_with, html, options, page, redirect};

fn robots(text: &str) -> Vec<u8> {
    page("200 OK", &[("Content-Type", "text/plain")], text.as_bytes())
}

#[test]
fn we_say_who_we_are() {
    let server = Server::with(vec![("/", html("a"))]);
    let mut named = options();
    named.user_agent = "peace-lab/2.0".to_owned();
    named.contact = Some("desk@example.org".to_owned());
    get_with(named, &server.url("/")).unwrap();
    for asked in server.asked() {
        assert_eq!(
            asked.header("user-agent"),
            Some("peace-lab/2.0 (+mailto:desk@example.org)"),
            "{}",
            asked.path
        );
        assert_eq!(asked.header("cookie"), None);
        assert_eq!(asked.header("referer"), None);
    }
    assert_eq!(server.asked()[0].path, "/robots.txt", "the rules come first");
}

#[test]
fn what_robots_txt_disallows_is_not_fetched() {
    let server = Server::with(vec![
        ("/robots.txt", robots("User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /private/\n")),
        ("/private/a", html("a")),
        ("/news/a", html("a")),
    ]);
    assert_eq!(
        get(&server.url("/private/a")),
        Err(FetchError::Robots { agent: "dateline".into(), pattern: "/private/".into() })
    );
    assert!(server.pages_asked().is_empty());
    assert!(get(&server.url("/news/a")).is_ok());
    let mut other = options();
    other.user_agent = "other/1.0".to_owned();
    assert!(matches!(get_with(other, &server.url("/news/a")), Err(FetchError::Robots { .. })));
}

#[test]
fn rules_hold_where_a_redirect_leads_too() {
    let strict =
        Server::with(vec![("/robots.txt", robots("User-agent: *\nDisallow: /a\n")), ("/a", html("a"))]);
    let target = strict.url("/a");
    let open = Server::start(move |asked, stream| match asked.path.as_str() {
        "/go" => stream.write_all(&redirect(&target)),
        _ => stream.write_all(&page("404 Not Found", &[], b"")),
    });
    assert!(matches!(get(&open.url("/go")), Err(FetchError::Robots { .. })));
    assert!(strict.pages_asked().is_empty());
}

#[test]
fn no_rules_are_no_rules_and_broken_rules_forbid() {
    for (status, is_allowed) in [
        ("404 Not Found", true),
        ("403 Forbidden", true),
        ("410 Gone", true),
        ("500 Internal Server Error", false),
        ("502 Bad Gateway", false),
        ("503 Service Unavailable", false),
        ("429 Too Many Requests", false),
    ] {
        let server = Server::with(vec![("/robots.txt", page(status, &[], b"")), ("/", html("a"))]);
        let answer = get(&server.url("/"));
        match is_allowed {
            true => assert!(answer.is_ok(), "{status}: {answer:?}"),
            false => assert!(matches!(answer, Err(FetchError::RobotsUnknown { .. })), "{status}: {answer:?}"),
        }
    }
}

#[test]
fn rules_may_lead_on_five_times() {
    let chain = |length: u32| {
        Server::start(move |asked, stream| {
            let step = match asked.path.as_str() {
                "/robots.txt" => 0,
                "/" => return stream.write_all(&html("a")),
                path => path.trim_start_matches("/r").parse().unwrap_or(99),
            };
            match step < length {
                true => stream.write_all(&redirect(&format!("/r{}", step + 1))),
                false => stream.write_all(&robots("User-agent: *\nDisallow: /\n")),
            }
        })
    };
    assert!(matches!(get(&chain(5).url("/")), Err(FetchError::Robots { .. })), "they were found");
    assert!(get(&chain(6).url("/")).is_ok(), "they count as not there");
}

#[test]
fn only_the_first_500_kib_of_rules_count() {
    let mut text = String::from("User-agent: *\nDisallow: /early\n");
    while text.len() < 600 * 1024 {
        text.push_str("# a line that says nothing at all\n");
    }
    text.push_str("Disallow: /late\n");
    let server = Server::with(vec![("/robots.txt", robots(&text)), ("/late", html("a"))]);
    assert!(get(&server.url("/late")).is_ok());
    assert!(matches!(get(&server.url("/early")), Err(FetchError::Robots { .. })));
}

#[test]
fn rules_are_asked_for_once() {
    let server = Server::with(vec![("/a", html("a")), ("/b", html("b"))]);
    let fetcher = Fetcher::new(options()).unwrap();
    for path in ["/a", "/b", "/a"] {
        fetcher.get(&Request::page(server.url(path))).unwrap();
    }
    let asked = |path: &str| server.asked().iter().filter(|asked| asked.path == path).count();
    assert_eq!((asked("/robots.txt"), asked("/.well-known/tdmrep.json")), (1, 1));
}

#[test]
fn pages_of_a_host_come_one_at_a_time_and_in_order() {
    let server = Server::start(|asked, stream| {
        std::thread::sleep(Duration::from_millis(30));
        stream.write_all(&html(&asked.path))
    });
    let fetcher = Fetcher::new(options()).unwrap();
    let requests = (0..6).map(|number| Request::page(server.url(&format!("/{number}"))));
    let mut came = Vec::new();
    let _ = fetcher.get_each(requests, |_, answer| {
        let Ok(Fetched::Page(page)) = answer else { panic!("{answer:?}") };
        came.push(String::from_utf8(page.bytes).unwrap());
        ControlFlow::Continue(())
    });
    assert_eq!(came, ["/0", "/1", "/2", "/3", "/4", "/5"]);
    assert!(server.asked().iter().all(|asked| asked.connections <= 2), "{:?}", server.asked());
    let pages: Vec<_> = server.asked().into_iter().filter(|asked| asked.path.len() == 2).collect();
    assert!(
        pages.windows(2).all(|pair| pair[1].at - pair[0].at >= Duration::from_millis(30)),
        "the next question waits for the last answer"
    );
}

#[test]
fn hosts_are_asked_side_by_side() {
    let slow = || {
        Server::start(|asked, stream| {
            if asked.path == "/a" {
                std::thread::sleep(Duration::from_millis(400));
            }
            stream.write_all(&html("a"))
        })
    };
    let (one, other) = (slow(), slow());
    let fetcher = Fetcher::new(options()).unwrap();
    // The two servers share an address; a second name for it makes them two hosts.
    let urls = [one.url("/a"), other.url("/a").replace("127.0.0.1", "localhost")];
    let begun = Instant::now();
    let mut came = 0;
    let _ = fetcher.get_each(urls.map(Request::page), |_, answer| {
        assert!(answer.is_ok(), "{answer:?}");
        came += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(came, 2);
    assert!(begun.elapsed() < Duration::from_millis(780), "{:?}", begun.elapsed());
}

#[test]
fn pages_on_their_way_do_not_time_out_while_one_is_read() {
    let drips = || {
        Server::start(|asked, stream| {
            if asked.path != "/a" {
                return stream.write_all(&page("404 Not Found", &[], b""));
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")?;
            for _ in 0..8 {
                std::thread::sleep(Duration::from_millis(50));
                stream.write_all(b"a")?;
            }
            Ok(())
        })
    };
    let (quick, slow) = (Server::with(vec![("/a", html("a"))]), drips());
    let mut hasty = options();
    hasty.timeout = Duration::from_millis(900);
    let fetcher = Fetcher::new(hasty).unwrap();
    let urls = [quick.url("/a"), slow.url("/a").replace("127.0.0.1", "localhost")];
    let mut came = 0;
    let _ = fetcher.get_each(urls.map(Request::page), |_, answer| {
        assert!(answer.is_ok(), "{answer:?}");
        came += 1;
        std::thread::sleep(Duration::from_millis(1200));
        ControlFlow::Continue(())
    });
    assert_eq!(came, 2);
}

#[test]
fn the_longer_of_our_delay_and_the_server_s_is_kept() {
    let between = |rules: &str, delay: Duration| {
        let server = Server::with(vec![("/robots.txt", robots(rules)), ("/a", html("a")), ("/b", html("b"))]);
        let mut patient = options();
        patient.delay = delay;
        let fetcher = Fetcher::new(patient).unwrap();
        fetcher.get(&Request::page(server.url("/a"))).unwrap();
        fetcher.get(&Request::page(server.url("/b"))).unwrap();
        let pages: Vec<_> = server.asked().into_iter().filter(|asked| asked.path.len() == 2).collect();
        pages[1].at - pages[0].at
    };
    assert!(between("User-agent: *\nCrawl-delay: 0.4\n", Duration::ZERO) >= Duration::from_millis(400));
    assert!(
        between("User-agent: *\nCrawl-delay: 0.1\n", Duration::from_millis(300))
            >= Duration::from_millis(300)
    );
    assert!(between("User-agent: other\nCrawl-delay: 9\n", Duration::ZERO) < Duration::from_secs(3));
}

#[test]
fn a_delay_beyond_our_patience_is_said() {
    let server = Server::with(vec![
        ("/robots.txt", robots("User-agent: *\nCrawl-delay: 86400\n")),
        ("/a", html("a")),
        ("/b", html("b")),
    ]);
    let fetcher = Fetcher::new(options()).unwrap();
    assert!(fetcher.get(&Request::page(server.url("/a"))).is_ok());
    let second = fetcher.get(&Request::page(server.url("/b")));
    assert!(matches!(second, Err(FetchError::WouldWait { .. })), "{second:?}");
}

/// A server that answers "busy" with `header` as often as said, and then with the page.
fn busy(
    times: u32,
    status: &'static str,
    header: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> Server {
    let asked_so_far = AtomicU32::new(0);
    Server::start(move |asked, stream| match asked.path.as_str() {
        "/page" if asked_so_far.fetch_add(1, Ordering::SeqCst) < times => {
            let wait = header();
            let headers: Vec<(&str, &str)> = wait.iter().map(|wait| ("Retry-After", wait.as_str())).collect();
            stream.write_all(&page(status, &headers, b"later"))
        }
        "/page" => stream.write_all(&html("at last")),
        _ => stream.write_all(&page("404 Not Found", &[], b"")),
    })
}

fn gaps(server: &Server) -> Vec<Duration> {
    let pages: Vec<Instant> =
        server.asked().into_iter().filter(|asked| asked.path == "/page").map(|asked| asked.at).collect();
    pages.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn a_busy_server_is_left_alone_as_long_as_it_asks() {
    let server = busy(1, "429 Too Many Requests", || Some("1".into()));
    assert_eq!(get(&server.url("/page")).unwrap().bytes, b"at last");
    assert!(gaps(&server)[0] >= Duration::from_secs(1), "{:?}", gaps(&server));

    let in_two_seconds = || {
        let date = SystemTime::now() + Duration::from_secs(2);
        Some(httpdate_of(date))
    };
    let server = busy(1, "503 Service Unavailable", in_two_seconds);
    assert_eq!(get(&server.url("/page")).unwrap().bytes, b"at last");
    assert!(gaps(&server)[0] >= Duration::from_millis(900), "a date is a whole second: {:?}", gaps(&server));
}

/// A date as HTTP writes it.
fn httpdate_of(moment: SystemTime) -> String {
    let moment = jiff::Timestamp::try_from(moment).unwrap();
    moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[test]
fn a_busy_server_that_does_not_say_how_long_is_asked_ever_more_rarely() {
    let server = busy(9, "503 Service Unavailable", || None);
    let mut patient = options();
    patient.back_off = Duration::from_millis(100);
    assert_eq!(get_with(patient, &server.url("/page")), Err(FetchError::Busy { status: 503, wait: None }));
    let gaps = gaps(&server);
    assert_eq!(gaps.len(), 2);
    assert!(gaps[0] >= Duration::from_millis(100) && gaps[1] >= Duration::from_millis(200), "{gaps:?}");
}

#[test]
fn a_server_that_asks_for_an_hour_is_given_up_for_now() {
    let server = busy(9, "429 Too Many Requests", || Some("3600".into()));
    let fetcher = Fetcher::new(options()).unwrap();
    let hour = Duration::from_secs(3600);
    assert_eq!(
        fetcher.get(&Request::page(server.url("/page"))),
        Err(FetchError::Busy { status: 429, wait: Some(hour) })
    );
    // Its other pages are not asked for in the meantime.
    let other = fetcher.get(&Request::page(server.url("/other")));
    assert!(matches!(other, Err(FetchError::WouldWait { .. })), "{other:?}");
    assert_eq!(server.pages_asked(), ["/page"]);
}

#[test]
fn a_feed_comes_again_only_if_it_has_changed() {
    let server = Server::start(|asked, stream| {
        let is_known = asked.header("if-none-match") == Some("\"v1\"")
            && asked.header("if-modified-since") == Some("Sun, 06 Nov 1994 08:49:37 GMT");
        match asked.path.as_str() {
            "/feed" if is_known => stream.write_all(&page("304 Not Modified", &[], b"")),
            "/feed" => stream.write_all(&page(
                "200 OK",
                &[("ETag", "\"v1\""), ("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT")],
                b"<rss/>",
            )),
            "/moved" => stream.write_all(&redirect("/feed")),
            _ => stream.write_all(&page("404 Not Found", &[], b"")),
        }
    });
    let fetcher = Fetcher::new(options()).unwrap();
    let Ok(Fetched::Page(first)) = fetcher.get(&Request::feed(server.url("/moved"), None)) else { panic!() };
    let validators = first.validators;
    assert_eq!(validators.as_ref().unwrap().url, server.url("/feed"));
    let again = fetcher.get(&Request::feed(server.url("/moved"), validators.clone()));
    assert_eq!(again, Ok(Fetched::Unchanged));
    let moved: Vec<_> = server.asked().into_iter().filter(|asked| asked.path == "/moved").collect();
    assert!(
        moved.iter().all(|asked| asked.header("if-none-match").is_none()),
        "it gave us nothing to ask with"
    );
    assert!(!server.asked().iter().any(|asked| asked.path.contains("tdmrep")), "a feed is no page");
}

#[test]
fn a_304_that_nobody_asked_for_is_an_error() {
    let server = Server::with(vec![("/", page("304 Not Modified", &[], b""))]);
    assert_eq!(get(&server.url("/")), Err(FetchError::Status { status: 304 }));
}

#[test]
fn a_charset_is_kept_as_it_was_said() {
    let server = Server::with(vec![(
        "/",
        page("200 OK", &[("Content-Type", "text/html; charset=koi8-r")], "Паром".as_bytes()),
    )]);
    assert_eq!(get(&server.url("/")).unwrap().charset.as_deref(), Some("koi8-r"));
}

#[test]
fn reservations_come_with_the_page() {
    let reserved =
        |pages: Vec<(&'static str, Vec<u8>)>| get(&Server::with(pages).url("/page")).unwrap().reservation;
    let page_with = |headers: &[(&str, &str)]| ("/page", page("200 OK", headers, b"a"));

    assert_eq!(reserved(vec![page_with(&[])]), None);
    let by_header = reserved(vec![page_with(&[
        ("tdm-reservation", "1"),
        ("tdm-policy", "https://example.org/terms"),
        ("X-Robots-Tag", "noai, noimageai"),
    ])])
    .unwrap();
    assert_eq!(by_header.by, [ReservedBy::TdmHeader, ReservedBy::RobotsTag]);
    assert_eq!(by_header.policy.as_deref(), Some("https://example.org/terms"));

    let file =
        ("/.well-known/tdmrep.json", page("200 OK", &[], br#"[{"location": "/", "tdm-reservation": 1}]"#));
    let by_file = reserved(vec![page_with(&[]), file.clone()]).unwrap();
    assert_eq!(by_file.by, [ReservedBy::TdmFile]);
    let header_wins = reserved(vec![page_with(&[("tdm-reservation", "0")]), file]);
    assert_eq!(header_wins, None, "the header is nearer to the page");

    let signal =
        ("/robots.txt", robots("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n"));
    assert_eq!(reserved(vec![page_with(&[]), signal]).unwrap().by, [ReservedBy::RobotsText]);
}
