//! What a record holds: an HTTP response. Its header is read, and what was done to its body for the
//! journey is undone.
//!
//! Crawlers differ in how much of that they have undone themselves: many keep a header that says
//! "chunked" or "gzip" of a body that is neither. So the body is looked at too.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A page and what was sent beside it.
pub(super) struct Response {
    pub charset: Option<String>,
    pub body: Vec<u8>,
    pub note: Option<String>,
}

/// Why a response is no page.
pub(super) enum NoPage {
    Damaged(String),
    TooLarge { limit: u64 },
}

struct Head {
    status: u16,
    content_type: Option<String>,
    encodings: Vec<String>,
    is_chunked: bool,
    length: usize,
}

/// Whether the beginning of a block shows that it holds no page. What cannot be read is left to be
/// rejected with a reason.
pub(super) fn is_other_than_page(block: &[u8]) -> bool {
    let Ok(head) = parse_head(block) else { return false };
    let body = &block[head.length..];
    let is_html = match head.content_type.as_deref() {
        Some(kind) => kind.contains("html"),
        None => dateline_page::Format::sniff(body, None) == dateline_page::Format::Html,
    };
    head.status != 200 || !is_html || body.is_empty()
}

impl Response {
    /// Reads a block; the body may have `limit` bytes when it is unpacked.
    pub fn parse(block: &[u8], limit: usize) -> Result<Response, NoPage> {
        let head = parse_head(block).map_err(NoPage::Damaged)?;
        let mut body = block[head.length..].to_vec();
        let mut note = None;
        if head.is_chunked
            && let Some((joined, is_whole)) = dechunked(&body)
        {
            body = joined;
            if !is_whole {
                note = Some("the response breaks off: the page may have been cut".to_owned());
            }
        }
        for encoding in head.encodings.iter().rev() {
            let (unpacked, is_whole) = match unpacked(&body, encoding, limit) {
                Ok(Some(unpacked)) => unpacked,
                Ok(None) => continue,
                Err(error) => return Err(error),
            };
            body = unpacked;
            if !is_whole {
                note = Some("the packed response breaks off: the page may have been cut".to_owned());
            }
        }
        let charset = head.content_type.as_deref().and_then(|kind| {
            let (_, value) = kind.split_once("charset=")?;
            let label = value.split(';').next()?.trim().trim_matches(['"', '\'']);
            (!label.is_empty()).then(|| label.to_owned())
        });
        Ok(Response { charset, body, note })
    }
}

fn parse_head(block: &[u8]) -> Result<Head, String> {
    let mut fields = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    config
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true);
    // HTTP/2 has no status line of its own; crawlers write one that the parser doesn't know.
    let line = block.strip_prefix(b"HTTP/2").map(|rest| {
        let rest = rest.strip_prefix(b".0").unwrap_or(rest);
        [b"HTTP/1.1", rest].concat()
    });
    let longer = line.as_ref().map_or(0, |line| line.len() as isize - block.len() as isize);
    let parsed = config.parse_response(&mut response, line.as_deref().unwrap_or(block));
    let length = match parsed {
        Ok(httparse::Status::Complete(length)) => length.saturating_add_signed(-longer).min(block.len()),
        Ok(httparse::Status::Partial) => return Err("the response has no end of its header".to_owned()),
        Err(error) => return Err(format!("the response's header cannot be read: {error}")),
    };
    let field = |name: &str| {
        let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_ascii_lowercase())
    };
    let encodings = field("content-encoding").unwrap_or_default();
    Ok(Head {
        status: response.code.unwrap_or(0),
        content_type: field("content-type"),
        encodings: encodings.split(',').map(|encoding| encoding.trim().to_owned()).collect(),
        is_chunked: field("transfer-encoding").is_some_and(|encoding| encoding.contains("chunked")),
        length,
    })
}

/// The body with its chunks joined, and whether the last one was there; `None` if it has no chunks.
fn dechunked(body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut count = 0;
    loop {
        match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((_, 0))) if count > 0 => return Some((joined, true)),
            Ok(httparse::Status::Complete((start, size))) => {
                let size = usize::try_from(size).ok()?;
                let chunk = &rest[start..];
                if count == 0 && chunk.get(size).is_some_and(|&byte| byte != b'\r' && byte != b'\n') {
                    return None;
                }
                if chunk.len() < size {
                    if count == 0 {
                        return None;
                    }
                    joined.extend_from_slice(chunk);
                    return Some((joined, false));
                }
                joined.extend_from_slice(&chunk[..size]);
                rest = &chunk[size..];
                rest = rest.strip_prefix(b"\r").unwrap_or(rest);
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
                count += 1;
            }
            _ if count == 0 => return None,
            _ => return Some((joined, false)),
        }
    }
}

/// The body unpacked, and whether it was whole; `None` if it isn't packed, whatever its header says.
fn unpacked(body: &[u8], encoding: &str, limit: usize) -> Result<Option<(Vec<u8>, bool)>, NoPage> {
    let is_gzip = body.starts_with(&[0x1f, 0x8b]);
    let reader: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" if is_gzip => Box::new(MultiGzDecoder::new(body)),
        "deflate" if is_gzip => Box::new(MultiGzDecoder::new(body)),
        "deflate" if is_zlib(body) => Box::new(ZlibDecoder::new(body)),
        "deflate" if !is_text(body) => Box::new(DeflateDecoder::new(body)),
        "br" if !is_text(body) => Box::new(Decompressor::new(body, 4096)),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            return Err(NoPage::Damaged(
                "the response is packed with zstd, which we don't unpack".to_owned(),
            ));
        }
        _ => return Ok(None),
    };
    let mut unpacked = Vec::new();
    let read = reader.take(limit as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > limit {
        return Err(NoPage::TooLarge { limit: limit as u64 });
    }
    match read {
        Ok(_) => Ok(Some((unpacked, true))),
        Err(_) if !unpacked.is_empty() => Ok(Some((unpacked, false))),
        Err(error) => Err(NoPage::Damaged(format!("the response cannot be unpacked: {error}"))),
    }
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// Whether the body begins as HTML does, so that it cannot be packed.
fn is_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn body(header: &str, body: &[u8]) -> String {
        let block = [
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"koi8-r\"\r\n",
            header.as_bytes(),
            b"\r\n",
            body,
        ];
        match Response::parse(&block.concat(), 1000) {
            Ok(response) => {
                assert_eq!(response.charset.as_deref(), Some("koi8-r"));
                String::from_utf8_lossy(&response.body).into_owned()
                    + if response.note.is_some() { "…" } else { "" }
            }
            Err(NoPage::Damaged(what)) => what,
            Err(NoPage::TooLarge { limit }) => format!("over {limit}"),
        }
    }

    #[test]
    fn what_was_done_for_the_journey_is_undone_where_it_was_done() {
        let chunked = "Transfer-Encoding: chunked\r\n";
        assert_eq!(body(chunked, b"4\r\n<p>R\r\n3;x=y\r\nain\r\n0\r\n\r\n"), "<p>Rain");
        assert_eq!(body(chunked, b"4\r\n<p>R\r\n3\r\nai"), "<p>Rai…");
        assert_eq!(body(chunked, b"<p>Rain"), "<p>Rain");
        assert_eq!(body(chunked, b"12 <p>Rain"), "12 <p>Rain");
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(b"<p>Rain").expect("memory does not fail");
        let packed = packed.finish().expect("memory does not fail");
        let gzip = "Content-Encoding: gzip\r\n";
        assert_eq!(body(gzip, &packed), "<p>Rain");
        assert_eq!(body(gzip, b"<p>Rain"), "<p>Rain");
        assert_eq!(body(gzip, &packed[..packed.len() - 3]), "<p>Rain…");
        assert_eq!(body("", b"<p>Rain"), "<p>Rain");
    }

    #[test]
    fn a_bomb_in_a_response_is_refused() {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&vec![b'a'; 10_000_000]).expect("memory does not fail");
        let packed = packed.finish().expect("memory does not fail");
        assert_eq!(body("Content-Encoding: gzip\r\n", &packed), "over 1000");
    }

    #[test]
    fn only_good_responses_with_html_are_pages() {
        let other = |block: &str| is_other_than_page(block.as_bytes());
        assert!(!other("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"));
        assert!(!other("HTTP/2 200\r\ncontent-type: application/xhtml+xml\r\n\r\n<p>"));
        assert!(!other("HTTP/1.1 200 OK\r\n\r\n<!doctype html><p>"));
        assert!(other("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>"));
        assert!(other("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{89}PNG"));
        assert!(other("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"));
    }
}
