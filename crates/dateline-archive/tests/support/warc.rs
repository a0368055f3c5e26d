//! A crawler's archive of our own, for the tests and for `examples/formats/crawl.warc.gz`.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

/// One record with its length as it is.
pub fn record(kind: &str, url: &str, number: u32, block: &[u8]) -> Vec<u8> {
    record_saying(kind, url, number, block, block.len())
}

/// One record that says it has `length` bytes.
pub fn record_saying(kind: &str, url: &str, number: u32, block: &[u8], length: usize) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-05-20T02:11:{number:02}Z\r\n\
         WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nContent-Type: application/http; msgtype={kind}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// A response with its header.
pub fn response(header: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\n", header.as_bytes(), b"\r\n", body].concat()
}

/// A page of ours.
pub fn page(title: &str, first: &str, second: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><title>{title} - The River Post</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"The River Post\"></head>\n\
         <body><nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav>\n<article><h1>{title}</h1>\n<p>{first}</p>\n<p>{second}</p></article>\n\
         <footer>Subscribe to our newsletter</footer></body></html>\n"
    )
}

/// The records of the sample: two pages among what else a crawler keeps.
pub fn sample() -> Vec<Vec<u8>> {
    let strike = page(
        "Strike closes Port Amaro",
        "Dockers kept Port Amaro closed for a third day on Wednesday, and forty ships waited outside the harbour for the quarrel to end.",
        "The transport minister said on Wednesday that the government would not send in the army, and “that is a promise”, he added.",
    );
    // Sent in windows-1252, which only the header says, and in chunks.
    let strike: Vec<u8> = strike
        .chars()
        .map(|letter| match letter {
            '“' => 0x93,
            '”' => 0x94,
            letter => letter as u8,
        })
        .collect();
    let (first, second) = strike.split_at(400);
    let chunked = [
        format!("{:x}\r\n", first.len()).as_bytes(),
        first,
        format!("\r\n{:x}\r\n", second.len()).as_bytes(),
        second,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let fishermen = page(
        "Court frees two fishermen",
        "A court in Port Amaro freed two fishermen on Tuesday whom police had arrested at a protest against the new dam in March.",
        "Their lawyer said on Tuesday that the two men would demand that the state pay them for the ten weeks they had spent in prison.",
    );
    let post = "https://riverpost.example";
    vec![
        record("warcinfo", "", 0, b"software: a crawler of our own\r\nformat: WARC File Format 1.0\r\n"),
        record(
            "request",
            &format!("{post}/2022/05/18/strike"),
            1,
            b"GET /2022/05/18/strike HTTP/1.1\r\nHost: riverpost.example\r\n\r\n",
        ),
        record(
            "response",
            &format!("{post}/2022/05/18/strike"),
            2,
            &response(
                "Content-Type: text/html; charset=windows-1252\r\nTransfer-Encoding: chunked\r\n",
                &chunked,
            ),
        ),
        record(
            "response",
            &format!("{post}/quay.png"),
            3,
            &response("Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n\0\0"),
        ),
        record(
            "response",
            &format!("{post}/gone"),
            4,
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.",
        ),
        record(
            "response",
            &format!("{post}/fishermen"),
            5,
            &response("Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &packed(fishermen.as_bytes())),
        ),
        record("metadata", &format!("{post}/fishermen"), 6, b"fetchTimeMs: 91\r\n"),
    ]
}

/// Packed by itself, as each record of a `.warc.gz` is.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory does not fail")
}
