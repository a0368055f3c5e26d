//! JSON cut into its values: those of the lists that stories stand in, or else whole objects.
//!
//! Only brackets and quotation marks are looked at. What stands between them is for whoever reads
//! the value.

use std::io;

use dateline_page::PageError;

use super::LISTS;
use crate::stream::Stream;
use crate::{ArchiveError, Place, Rejected};

/// One value of the file.
pub(super) struct Value {
    pub place: Place,
    /// Where it begins, for the origins of its parts.
    pub offset: u64,
    pub bytes: Vec<u8>,
    /// Whether it stood in a list.
    pub is_listed: bool,
}

/// Where the cutter is.
enum State {
    /// Between the values of the file.
    Outside,
    /// In a list of stories; `within` an object that has more to say, or not.
    Listing {
        within: bool,
    },
    /// In an object, after its list.
    After,
    Ended,
}

/// Cuts a file into its values.
pub(super) struct Values<'a> {
    stream: Stream<'a>,
    limit: usize,
    state: State,
    /// What the object that holds the list said before it.
    head: Vec<u8>,
}

type Cut = Result<Value, Rejected>;

impl<'a> Values<'a> {
    pub fn new(stream: Stream<'a>, limit: usize) -> Values<'a> {
        Values { stream, limit, state: State::Outside, head: Vec::new() }
    }

    /// What the object that holds the list said before it, the opening bracket included.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    fn step(&mut self) -> Result<Option<Cut>, Rejected> {
        let byte = self.next_word()?;
        match (&self.state, byte) {
            (_, None) => {
                let was_open = matches!(self.state, State::Listing { .. } | State::After);
                self.state = State::Ended;
                if was_open {
                    Err(self.broken(ArchiveError::Truncated { within: "a list" }))
                } else {
                    Ok(None)
                }
            }
            (State::Outside, Some(b'[')) => {
                self.take()?;
                self.state = State::Listing { within: false };
                Ok(None)
            }
            (State::Listing { within }, Some(b']')) => {
                self.state = if *within { State::After } else { State::Outside };
                self.take()?;
                Ok(None)
            }
            (State::After, Some(_)) => self.rest_of_object(),
            (State::Outside, Some(b'{')) => self.value(true).map(Some),
            (State::Listing { .. }, Some(_)) => self.value(false).map(Some),
            (_, Some(_)) => {
                let place = self.stream.place();
                self.state = State::Ended;
                let what = "here is no JSON object and no list of them".to_owned();
                let hint = "give JSON Lines, or one story or a list of stories in JSON";
                Err(Rejected { place, error: ArchiveError::Damaged { what, hint } })
            }
        }
    }

    /// Takes one value. In an object that isn't listed itself, a list of stories may begin: then
    /// nothing has been cut yet.
    fn value(&mut self, may_hold_list: bool) -> Result<Cut, Rejected> {
        let place = self.stream.place();
        let offset = self.stream.position();
        let mut bytes = Vec::new();
        let mut scan = Scan::default();
        let mut length = 0u64;
        loop {
            let Some(byte) = self.peek()? else {
                self.state = State::Ended;
                return Err(self.broken(ArchiveError::Truncated { within: "a story" }));
            };
            if scan.depth == 0 && length > 0 && matches!(byte, b',' | b']' | b'}') && !scan.in_string {
                break;
            }
            self.take()?;
            length += 1;
            if length <= self.limit as u64 {
                bytes.push(byte);
            }
            scan.see(byte);
            if may_hold_list && scan.opens_list && self.an_object_follows() {
                self.head = bytes;
                self.state = State::Listing { within: true };
                self.next_word()?;
                return self.value(false);
            }
            if scan.has_closed {
                break;
            }
        }
        if length > self.limit as u64 {
            let error = PageError::TooLarge { bytes: length, limit: self.limit as u64 }.into();
            return Ok(Err(Rejected { place, error }));
        }
        let is_listed = matches!(self.state, State::Listing { .. });
        Ok(Ok(Value { place, offset, bytes, is_listed }))
    }

    /// Passes over what an object says after its list of stories; there may be another list.
    fn rest_of_object(&mut self) -> Result<Option<Cut>, Rejected> {
        let mut scan = Scan { depth: 1, ..Scan::default() };
        while let Some(byte) = self.peek()? {
            self.take()?;
            scan.see(byte);
            if scan.has_closed {
                self.state = State::Outside;
                return Ok(None);
            }
            if scan.opens_list && self.an_object_follows() {
                self.state = State::Listing { within: true };
                return Ok(None);
            }
        }
        self.state = State::Ended;
        Err(self.broken(ArchiveError::Truncated { within: "an object" }))
    }

    /// Whether an object comes next, after a little white space. A list of words is no list of stories.
    fn an_object_follows(&mut self) -> bool {
        let next = self.stream.peek(256).unwrap_or_default();
        next.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
    }

    /// The next byte that is no white space, comma or byte order mark; it is not taken.
    fn next_word(&mut self) -> Result<Option<u8>, Rejected> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() && !matches!(byte, b',' | 0xef | 0xbb | 0xbf | 0x1e) {
                return Ok(Some(byte));
            }
            self.take()?;
        }
        Ok(None)
    }

    fn peek(&mut self) -> Result<Option<u8>, Rejected> {
        let peeked = self.stream.peek(1).map(|bytes| bytes.first().copied());
        self.or_broken(peeked)
    }

    fn take(&mut self) -> Result<Option<u8>, Rejected> {
        let taken = self.stream.byte();
        self.or_broken(taken)
    }

    fn or_broken<T>(&mut self, read: io::Result<T>) -> Result<T, Rejected> {
        read.map_err(|error| {
            self.state = State::Ended;
            self.broken(error.into())
        })
    }

    fn broken(&self, error: ArchiveError) -> Rejected {
        Rejected { place: self.stream.place_of_break(), error }
    }
}

impl Iterator for Values<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !matches!(self.state, State::Ended) {
            match self.step() {
                Ok(None) => {}
                Ok(Some(cut)) => return Some(cut),
                Err(rejected) => return Some(Err(rejected)),
            }
        }
        None
    }
}

/// What has been seen of a value.
#[derive(Default)]
struct Scan {
    depth: u32,
    in_string: bool,
    is_escaped: bool,
    /// The last string at the first level, and whether it was followed by a colon.
    name: Vec<u8>,
    is_named: bool,
    /// Whether the last byte opened a list that has the name of a list of stories.
    opens_list: bool,
    /// Whether the last byte closed the value.
    has_closed: bool,
}

/// Longer names are none of those we look for.
const NAME: usize = 32;

impl Scan {
    fn see(&mut self, byte: u8) {
        self.opens_list = false;
        if self.in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.in_string = false;
                    self.has_closed = self.depth == 0;
                }
                _ if self.depth == 1 && self.name.len() < NAME => self.name.push(byte),
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                self.is_named = false;
                if self.depth == 1 {
                    self.name.clear();
                }
            }
            b':' => self.is_named = self.depth == 1,
            b'[' | b'{' => {
                let is_list = LISTS.iter().any(|list| list.as_bytes() == self.name);
                self.opens_list = byte == b'[' && self.depth == 1 && self.is_named && is_list;
                self.is_named = false;
                self.depth += 1;
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.has_closed = self.depth == 0;
            }
            byte if !byte.is_ascii_whitespace() => self.is_named = false,
            _ => {}
        }
    }
}
