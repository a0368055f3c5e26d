//! JSON Lines: a story a line. A broken line is rejected by its number and the next one read.

use std::io::{self, BufRead, Read};

use dateline_page::PageError;

use crate::clipping::{Clipping, Cut};
use crate::stream::Stream;
use crate::{ArchiveError, Place, Rejected, json};

/// The lines of a file.
pub(crate) struct Lines<'a> {
    stream: Stream<'a>,
    limit: usize,
    line: u64,
    has_ended: bool,
}

impl<'a> Lines<'a> {
    pub fn new(stream: Stream<'a>, limit: usize) -> Lines<'a> {
        Lines { stream, limit, line: 0, has_ended: false }
    }

    /// The next line, held in memory only up to the limit, or how long it is.
    fn next_line(&mut self) -> io::Result<Option<Result<Vec<u8>, u64>>> {
        let limit = self.limit as u64 + 1;
        let mut bytes = Vec::new();
        if self.stream.by_ref().take(limit).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        if bytes.ends_with(b"\n") || (bytes.len() as u64) < limit {
            return Ok(Some(Ok(bytes)));
        }
        let rest = self.stream.skip_until(b'\n')?;
        Ok(Some(Err(bytes.len() as u64 + rest as u64)))
    }
}

impl Iterator for Lines<'_> {
    type Item = Cut;

    fn next(&mut self) -> Option<Cut> {
        while !self.has_ended {
            let before = self.stream.position();
            self.line += 1;
            let line = Some(self.line);
            let place = Place { byte: before, is_unpacked: self.stream.is_packed(), line };
            let rejected = |error: ArchiveError| Some(Err(Rejected { place, error }));
            if self.line == 1 && matches!(self.stream.peek(2), Ok([0xff, 0xfe, ..] | [0xfe, 0xff, ..])) {
                self.has_ended = true;
                return rejected(ArchiveError::Damaged {
                    what: "this is JSON Lines in UTF-16, which has no lines we can split".to_owned(),
                    hint: "save it as UTF-8: iconv -f UTF-16 -t UTF-8",
                });
            }
            match self.next_line() {
                Ok(None) => self.has_ended = true,
                Ok(Some(Err(bytes))) => {
                    return rejected(PageError::TooLarge { bytes, limit: self.limit as u64 }.into());
                }
                Ok(Some(Ok(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(Ok(bytes))) => {
                    return Some(Ok(Clipping::new(place, move |options| {
                        json::read(&bytes, before, json::Mapping::ByFields, options)
                    })));
                }
                Err(error) => {
                    self.has_ended = true;
                    let place = Place { line, ..self.stream.place_of_break() };
                    return Some(Err(Rejected { place, error: error.into() }));
                }
            }
        }
        None
    }
}
