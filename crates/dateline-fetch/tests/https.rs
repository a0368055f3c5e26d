//! HTTPS against a server of our own, with certificates made here: by an authority that the machine is
//! told to trust, by one that it isn't, for another name, out of date; and servers that break off.

mod server;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use dateline_fetch::FetchError;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use server::{get, get_with, html, options, page, redirect};

/// Says to a copy of this program where to ask; what it trusts is said by `SSL_CERT_FILE`.
const ASK: &str = "DATELINE_TEST_ASK";

/// An authority: its certificate as a file has it, and what signs.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Authority {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { pem, issuer: Issuer::new(params, key) }
    }

    /// What a server called `name` shows, valid until the end of `year`.
    fn signs(&self, name: &str, year: i32) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 12, 31);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate with its key");
        Arc::new(config)
    }
}

/// A year that no certificate of these tests outlives.
const FUTURE: i32 = 2090;

/// A secure server with these pages; its address. What it does not have is a 404. Paths that begin with
/// "/cut" are broken off without the farewell that TLS asks for.
fn serve(config: Arc<ServerConfig>, pages: Vec<(&'static str, Vec<u8>)>) -> String {
    let pages = Arc::new(pages);
    listen(move |stream| {
        let Ok(connection) = ServerConnection::new(config.clone()) else { return };
        let mut stream = StreamOwned::new(connection, stream);
        let mut question = Vec::new();
        let mut bytes = [0; 1024];
        while !question.windows(4).any(|window| window == b"\r\n\r\n") {
            match stream.read(&mut bytes) {
                Ok(read @ 1..) => question.extend_from_slice(&bytes[..read]),
                // A client that does not trust us says so and hangs up.
                _ => return,
            }
        }
        let question = String::from_utf8_lossy(&question);
        let path = question.split(' ').nth(1).unwrap_or_default();
        let answer = pages.iter().find(|(known, _)| *known == path).map(|(_, answer)| answer.clone());
        let _ = stream.write_all(&answer.unwrap_or_else(|| page("404 Not Found", &[], b"no")));
        if !path.starts_with("/cut") {
            stream.conn.send_close_notify();
        }
        let _ = stream.flush();
    })
}

fn listen(answer: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || answer(stream));
        }
    });
    format!("https://localhost:{port}")
}

/// What a copy of this program that trusts `authority` gets of `url`: the page or the error, as printed.
///
/// The machine's certificates are read once in a program's life, so each question needs one of its own.
fn asked_by_who_trusts(authority: &Authority, url: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, &authority.pem).expect("a file");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "what_a_copy_asks", "--nocapture"])
        .env("SSL_CERT_FILE", &file)
        .env_remove("SSL_CERT_DIR")
        .env(ASK, url)
        .output()
        .expect("it runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let said = printed.split_once("<<").and_then(|(_, rest)| rest.split_once(">>"));
    said.map(|(said, _)| said.to_owned()).unwrap_or_else(|| panic!("the copy said {output:?}"))
}

#[test]
fn what_a_copy_asks() {
    let Ok(url) = std::env::var(ASK) else { return };
    match get(&url) {
        Ok(page) => println!("<<{} {}>>", page.url, String::from_utf8_lossy(&page.bytes)),
        Err(error) => println!("<<{error}>>"),
    }
}

#[test]
fn a_page_comes_from_a_server_that_the_machine_trusts() {
    let authority = Authority::new("Harbour Authority");
    let pages = vec![("/ferry.html", html("<p>It sailed.")), ("/old.html", redirect("/ferry.html"))];
    let server = serve(authority.signs("localhost", FUTURE), pages);
    let page = format!("{server}/ferry.html <p>It sailed.");
    assert_eq!(asked_by_who_trusts(&authority, &format!("{server}/ferry.html")), page);
    assert_eq!(asked_by_who_trusts(&authority, &format!("{server}/old.html")), page);
}

#[test]
fn a_certificate_by_nobody_we_trust_is_refused_in_words() {
    let server = serve(Authority::new("Nobody").signs("localhost", FUTURE), vec![("/", html("It sailed."))]);
    let error = get(&format!("{server}/")).unwrap_err();
    assert!(matches!(&error, FetchError::Secure { host, .. } if host == "localhost"), "{error:?}");
    assert_eq!(
        error.to_string(),
        "there is no secure connection to localhost: its certificate is signed by nobody whom this machine \
         trusts\nhint: check the address, the clock and the machine's certificates; SSL_CERT_FILE names a file \
         of others"
    );
    assert!(!error.is_passing(), "asking again helps nobody");
}

#[test]
fn a_certificate_out_of_date_or_for_another_name_is_refused_in_words() {
    let authority = Authority::new("Harbour Authority");
    let pages = || vec![("/", html("It sailed."))];
    let old = serve(authority.signs("localhost", 2021), pages());
    let said = asked_by_who_trusts(&authority, &format!("{old}/"));
    assert!(said.contains("to localhost: its certificate has expired\n"), "{said}");
    let other = serve(authority.signs("harbour.example", FUTURE), pages());
    let said = asked_by_who_trusts(&authority, &format!("{other}/"));
    assert!(said.contains("to localhost: its certificate is for another name\n"), "{said}");
    let said = asked_by_who_trusts(&Authority::new("Another"), &format!("{other}/"));
    assert!(said.contains("signed by nobody whom this machine trusts\n"), "{said}");
}

#[test]
fn a_page_that_breaks_off_is_no_page() {
    let authority = Authority::new("Harbour Authority");
    // Without a length only the farewell says that the page is whole.
    let open = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n<p>It sai".to_vec();
    let server =
        serve(authority.signs("localhost", FUTURE), vec![("/cut.html", open.clone()), ("/whole.html", open)]);
    let said = asked_by_who_trusts(&authority, &format!("{server}/cut.html"));
    assert!(said.starts_with("the connection broke off"), "{said}");
    let said = asked_by_who_trusts(&authority, &format!("{server}/whole.html"));
    assert!(said.ends_with("<p>It sai"), "{said}");
}

#[test]
fn a_server_without_tls_and_one_that_is_silent_are_told_apart() {
    let plain = listen(|mut stream| {
        let _ = stream.write_all(&html("<p>It sailed."));
    });
    let error = get(&format!("{plain}/")).unwrap_err();
    assert!(
        matches!(&error, FetchError::Secure { reason, .. } if reason.contains("does not speak TLS")),
        "{error:?}"
    );
    let silent = listen(|stream| {
        thread::sleep(Duration::from_secs(5));
        drop(stream);
    });
    let mut hurried = options();
    hurried.timeout = Duration::from_millis(300);
    hurried.retries = 0;
    // Its robots.txt is asked first, and is silent too.
    let error = get_with(hurried, &format!("{silent}/")).unwrap_err();
    assert!(
        matches!(&error, FetchError::RobotsUnknown { reason, .. } if reason.contains("0.3 seconds")),
        "{error:?}"
    );
}
