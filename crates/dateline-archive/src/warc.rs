//! WARC (ISO 28500), packed or not: the web pages among a crawler's records.
//!
//! Of the records, responses are read whose HTTP status is 200 and whose body is HTML; requests,
//! pictures and redirects are passed over. What a record says of its length is checked against
//! what follows it: where it lies, the record is rejected and the next one looked for.

mod http;

use std::io::{self, BufRead, Read};

use dateline_page::PageError;
use jiff::civil::Date;

use crate::clipping::{Clipping, Cut};
use crate::stream::Stream;
use crate::{ArchiveError, Limits, Place, Rejected};
use http::Response;

/// The records of a file that are pages.
pub(crate) struct Records<'a> {
    stream: Stream<'a>,
    limits: Limits,
    pages: u64,
    has_ended: bool,
}

/// The header of a record, or of what it holds, at most.
const HEAD: usize = 1 << 16;

/// What a record begins with.
const MAGIC: &[u8] = b"WARC/";

/// What the header of a record says.
#[derive(Debug, Default)]
struct Head {
    is_response: bool,
    length: u64,
    id: Option<String>,
    url: Option<String>,
    fetched_on: Option<Date>,
    is_truncated: bool,
}

/// What came of one record.
enum Record {
    Page(Clipping),
    PassedOver,
    End,
}

impl<'a> Records<'a> {
    pub fn new(stream: Stream<'a>, limits: Limits) -> Records<'a> {
        Records { stream, limits, pages: 0, has_ended: false }
    }

    fn record(&mut self) -> Result<Record, Rejected> {
        self.skip_line_ends().map_err(|error| self.broken(error.into()))?;
        let place = self.stream.place();
        let start = self.stream.position();
        let rejected = |error: ArchiveError| Rejected { place, error };
        match self.stream.peek(MAGIC.len()) {
            Ok([]) => return Ok(Record::End),
            Ok(bytes) if bytes.starts_with(MAGIC) => {}
            Ok(_) => {
                let found = self.find_record().map_err(|error| self.broken(error.into()))?;
                self.has_ended = !found;
                return Err(rejected(damaged("no record begins here")));
            }
            Err(error) => return Err(self.broken(error.into())),
        }
        // A record that was packed by itself ends with its member.
        let member = self.stream.member_start();
        let is_alone = self.stream.is_packed() && member == start;
        let mut header = Vec::new();
        let whole = self.read_header(&mut header).map_err(|error| self.broken(error.into()))?;
        if !whole {
            return Err(self.broken(ArchiveError::Truncated { within: "the header of a record" }));
        }
        let head = match parse_head(&header) {
            Ok(head) => head,
            Err(what) => {
                let found = self.find_record().map_err(|error| self.broken(error.into()))?;
                self.has_ended = !found;
                return Err(rejected(damaged(what)));
            }
        };
        let limit = self.limits.record_bytes as u64;
        let is_wanted = head.is_response;
        let mut block = Vec::new();
        // Of what isn't wanted, or is too large, no more than a beginning is held.
        let held = if is_wanted && head.length <= limit { head.length } else { head.length.min(HEAD as u64) };
        let mut left = self
            .take(held, is_alone.then_some(member), &mut block)
            .map_err(|error| self.broken(error.into()))?;
        if left == 0 && held < head.length {
            left = self
                .skip(head.length - held, is_alone.then_some(member))
                .map_err(|error| self.broken(error.into()))?;
        }
        if left > 0 {
            return Err(self.ends_early(place, &block, is_alone, head.length - left));
        }
        if !self.a_record_follows(is_alone, member) {
            // A length that says too much has swallowed the next record, or the first of its bytes.
            if held == head.length {
                let tail = block.len().saturating_sub(BOUNDARY.len() + MAGIC.len());
                let next = next_record(&block).map_or(tail, |at| at - BOUNDARY.len());
                self.stream.put_back(&block[next..]);
            }
            let found = self.find_record().map_err(|error| self.broken(error.into()))?;
            self.has_ended = !found;
            let what = format!("the record says that it has {} bytes, and goes on after them", head.length);
            return Err(rejected(damaged(what)));
        }
        if !is_wanted || http::is_other_than_page(&block) {
            return Ok(Record::PassedOver);
        }
        if head.length > limit {
            return Err(rejected(ArchiveError::RecordTooLarge { bytes: head.length, limit }));
        }
        self.pages += 1;
        Ok(Record::Page(clipping(place, head, block)))
    }

    /// A record that ends before it should: the file was cut, or its length is a lie and swallowed
    /// the next record, which is then put back.
    fn ends_early(&mut self, place: Place, block: &[u8], is_alone: bool, has: u64) -> Rejected {
        if let Some(at) = next_record(block) {
            self.stream.put_back(&block[at..]);
            let what = format!("the record says that it goes on, but another begins after {at} bytes");
            return Rejected { place, error: damaged(what) };
        }
        if is_alone && self.stream.peek(1).is_ok_and(|bytes| !bytes.is_empty()) {
            let what = format!("the record says that it goes on, but its packed part ends after {has} bytes");
            return Rejected { place, error: damaged(what) };
        }
        if let Err(error) = self.stream.peek(1) {
            return self.broken(error.into());
        }
        self.broken(ArchiveError::Truncated { within: "a record" })
    }

    /// Takes up to `length` bytes, and none of another member if `member` is the only one allowed.
    /// Says how many were not there.
    fn take(&mut self, length: u64, member: Option<u64>, into: &mut Vec<u8>) -> io::Result<u64> {
        let mut left = length;
        while left > 0 {
            if member.is_some_and(|member| self.stream.member_start() != member) {
                break;
            }
            let available = self.stream.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let available = available.len();
            let allowed = member.and_then(|_| self.stream.left_of_member()).unwrap_or(left).min(left);
            let taken = available.min(usize::try_from(allowed).unwrap_or(usize::MAX));
            let available = self.stream.fill_buf()?;
            into.extend_from_slice(&available[..taken]);
            self.stream.consume(taken);
            left -= taken as u64;
        }
        Ok(left)
    }

    /// Passes over up to `length` bytes, or up to a record that begins among them: no more than a
    /// little is held, so that a length that lies could not be mended later.
    fn skip(&mut self, length: u64, member: Option<u64>) -> io::Result<u64> {
        let mut left = length;
        while left > 0 {
            let mut block = Vec::new();
            let wanted = left.min(HEAD as u64);
            let missing = self.take(wanted, member, &mut block)?;
            if let Some(at) = next_record(&block) {
                self.stream.put_back(&block[at..]);
                return Ok(left - at as u64);
            }
            left -= wanted - missing;
            if missing > 0 {
                break;
            }
            // A record may begin across the border of two pieces.
            let tail = block.len().min(BOUNDARY.len() + MAGIC.len());
            if left > 0 && tail < block.len() {
                self.stream.put_back(&block[block.len() - tail..]);
                left += tail as u64;
            }
        }
        Ok(left)
    }

    /// Reads the header of a record with the blank line that ends it. Says whether it was whole.
    fn read_header(&mut self, header: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            let before = header.len();
            let room = HEAD.saturating_sub(before) as u64;
            if self.stream.by_ref().take(room).read_until(b'\n', header)? == 0 {
                return Ok(room == 0);
            }
            if header[before..].trim_ascii().is_empty() {
                return Ok(header[before..].ends_with(b"\n"));
            }
        }
    }

    /// Whether, after the blank lines that end a record, another begins or the file ends. Nothing is
    /// taken: where it is not so, these lines may belong to what was swallowed.
    fn a_record_follows(&mut self, is_alone: bool, member: u64) -> bool {
        if is_alone && self.stream.member_start() != member {
            return true;
        }
        // What cannot be read is no fault of this record; the next one will hear of it.
        let Ok(ahead) = self.stream.peek(BLANK) else { return true };
        let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let rest = &ahead[blank..];
        rest.is_empty() || rest.starts_with(MAGIC) || (is_alone && self.stream.has_member_within(blank))
    }

    /// Reads on to where a record begins at the start of a line. Says whether there is one.
    fn find_record(&mut self) -> io::Result<bool> {
        loop {
            if self.stream.skip_until(b'\n')? == 0 {
                return Ok(false);
            }
            if self.stream.peek(MAGIC.len())?.starts_with(MAGIC) {
                return Ok(true);
            }
        }
    }

    fn skip_line_ends(&mut self) -> io::Result<()> {
        while matches!(self.stream.peek(1)?.first(), Some(b'\r' | b'\n')) {
            self.stream.consume(1);
        }
        Ok(())
    }

    fn broken(&mut self, error: ArchiveError) -> Rejected {
        self.has_ended = true;
        Rejected { place: self.stream.place_of_break(), error }
    }
}

impl Iterator for Records<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !self.has_ended {
            match self.record() {
                Ok(Record::Page(clipping)) => return Some(Ok(clipping)),
                Ok(Record::PassedOver) => {}
                Ok(Record::End) => {
                    self.has_ended = true;
                    if self.pages == 0 {
                        let error = ArchiveError::NothingInside {
                            nothing: "no web page",
                            hint: "of a WARC file, responses with status 200 and a body of HTML are read",
                        };
                        return Some(Err(Rejected { place: self.stream.place_of_break(), error }));
                    }
                }
                Err(rejected) => {
                    // Something was there.
                    self.pages += 1;
                    return Some(Err(rejected));
                }
            }
        }
        None
    }
}

/// Bytes after a record that are looked at: its blank lines, and the beginning of the next.
const BLANK: usize = 64;

/// What stands between a record and the next.
const BOUNDARY: &[u8] = b"\r\n\r\n";

/// Where in a block another record begins.
fn next_record(block: &[u8]) -> Option<usize> {
    let pattern = [BOUNDARY, MAGIC].concat();
    let found = block.windows(pattern.len()).position(|window| window == pattern)?;
    Some(found + BOUNDARY.len())
}

fn parse_head(header: &[u8]) -> Result<Head, String> {
    let first = header.iter().position(|&byte| byte == b'\n').map_or(header.len(), |at| at + 1);
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let parsed = httparse::parse_headers(&header[first..], &mut fields);
    let fields = match parsed {
        Ok(httparse::Status::Complete((_, fields))) => fields,
        Ok(httparse::Status::Partial) => return Err("the header of the record has no end".to_owned()),
        Err(error) => return Err(format!("the header of the record cannot be read: {error}")),
    };
    let field = |name: &str| {
        let found = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_owned())
    };
    let length = field("Content-Length").ok_or("the header of the record gives no length")?;
    let bare = |value: String| value.trim_start_matches('<').trim_end_matches('>').to_owned();
    Ok(Head {
        is_response: field("WARC-Type").is_some_and(|kind| kind.eq_ignore_ascii_case("response")),
        length: length
            .parse()
            .map_err(|_| format!("the header of the record gives its length as {length:?}"))?,
        id: field("WARC-Record-ID").map(bare),
        url: field("WARC-Target-URI").map(bare),
        fetched_on: field("WARC-Date").and_then(|date| date.get(..10)?.parse().ok()),
        is_truncated: field("WARC-Truncated").is_some(),
    })
}

fn clipping(place: Place, head: Head, block: Vec<u8>) -> Clipping {
    Clipping::new(place, move |options| {
        let response = Response::parse(&block, options.page.limits.page_bytes)?;
        drop(block);
        let mut known = options.page.clone();
        known.url = known.url.or(head.url);
        known.fetched_on = known.fetched_on.or(head.fetched_on);
        known.charset = response.charset;
        let mut article = dateline_page::read_html(&response.body, &known)?;
        article.source_id = head.id;
        if head.is_truncated {
            article.notes.push("the crawler cut the page".to_owned());
        }
        article.notes.extend(response.note);
        Ok(article)
    })
}

fn damaged(what: impl Into<String>) -> ArchiveError {
    ArchiveError::Damaged { what: what.into(), hint: "the records before and after it are read" }
}

impl From<http::NoPage> for ArchiveError {
    fn from(error: http::NoPage) -> ArchiveError {
        match error {
            http::NoPage::Damaged(what) => damaged(what),
            http::NoPage::TooLarge { limit } => PageError::TooLarge { bytes: limit + 1, limit }.into(),
        }
    }
}
