//! The bytes of a file, unpacked if it is packed, and always with their place.
//!
//! A gzip file may be many members one after another, as WARC files are: a member a record. Where a
//! member begins is remembered, because that is how a record is found again in the packed file.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;

use crate::{ArchiveError, Limits, Place};

const BUFFER: usize = 1 << 16;

/// Bytes up to which the ratio is not asked for: a small file of one long row of blanks is no bomb.
const RATIO_FROM: u64 = 16 << 20;

/// An input as a stream of unpacked bytes.
pub(crate) struct Stream<'a> {
    input: Input<'a>,
    limits: Limits,
    /// Unpacked bytes that are read; the first `taken` of them are taken already.
    buffer: Vec<u8>,
    taken: usize,
    /// Unpacked bytes taken so far, and read so far.
    position: u64,
    filled: u64,
    /// The member that the next byte belongs to, and those of the bytes after it.
    members: VecDeque<Member>,
    /// What broke the stream; said again to whoever asks on.
    broken: Option<ArchiveError>,
}

#[derive(Clone, Copy, Default)]
struct Member {
    /// Where it begins in the file.
    packed: u64,
    /// Where its bytes begin among the unpacked ones.
    unpacked: u64,
}

enum Input<'a> {
    Plain(Counted<'a>),
    /// The decoder is gone when the last member has ended.
    Packed(Option<Box<GzDecoder<Counted<'a>>>>),
}

/// Counts what is taken of the file.
struct Counted<'a> {
    reader: BufReader<Box<dyn Read + 'a>>,
    taken: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
        self.taken += amount as u64;
    }
}

impl<'a> Stream<'a> {
    pub fn new(reader: impl Read + 'a, limits: Limits) -> Stream<'a> {
        let reader = BufReader::with_capacity(BUFFER, Box::new(reader) as Box<dyn Read + 'a>);
        let mut counted = Counted { reader, taken: 0 };
        let head = counted.fill_buf();
        let is_packed = head.as_ref().is_ok_and(|head| head.starts_with(&[0x1f, 0x8b]));
        let broken = head.err().map(ArchiveError::from);
        let input = if is_packed {
            Input::Packed(Some(Box::new(GzDecoder::new(counted))))
        } else {
            Input::Plain(counted)
        };
        let members = VecDeque::from([Member::default()]);
        Stream { input, limits, buffer: Vec::new(), taken: 0, position: 0, filled: 0, members, broken }
    }

    pub fn is_packed(&self) -> bool {
        matches!(self.input, Input::Packed(_))
    }

    /// Unpacked bytes taken so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The place of the byte that comes next.
    pub fn place(&mut self) -> Place {
        let member = self.member();
        if self.is_packed() && member.unpacked == self.position {
            return Place { byte: member.packed, ..Place::default() };
        }
        Place { byte: self.position, is_unpacked: self.is_packed(), line: None }
    }

    /// Where reading the file came to: the place of a break.
    pub fn place_of_break(&self) -> Place {
        let byte = match &self.input {
            Input::Plain(_) => self.filled,
            // What was cut off has been read to its end, whatever the decoder made of it.
            Input::Packed(Some(decoder)) if matches!(self.broken, Some(ArchiveError::Truncated { .. })) => {
                let counted = decoder.get_ref();
                counted.taken + counted.reader.buffer().len() as u64
            }
            Input::Packed(Some(decoder)) => decoder.get_ref().taken,
            Input::Packed(None) => self.members.back().map_or(0, |member| member.packed),
        };
        Place { byte, ..Place::default() }
    }

    /// Where the member begins that the next byte belongs to, among the unpacked bytes.
    pub fn member_start(&mut self) -> u64 {
        self.member().unpacked
    }

    /// Bytes before the next member, where it is known already where that begins.
    pub fn left_of_member(&self) -> Option<u64> {
        let next = self.members.iter().find(|member| member.unpacked > self.position)?;
        Some(next.unpacked - self.position)
    }

    /// Whether another member begins among the next bytes, or right after them.
    pub fn has_member_within(&self, bytes: usize) -> bool {
        let to = self.position + bytes as u64;
        self.members.iter().any(|member| (self.position + 1..=to).contains(&member.unpacked))
    }

    fn member(&mut self) -> Member {
        // What comes next may be the first byte of the next member. If nothing can be read, whoever
        // reads will hear of it.
        let _ = self.fill_buf();
        while self.members.get(1).is_some_and(|next| next.unpacked <= self.position) {
            self.members.pop_front();
        }
        self.members.front().copied().unwrap_or_default()
    }

    /// Puts bytes back that were taken last.
    pub fn put_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.taken, bytes.iter().copied());
        self.taken = 0;
        self.position -= bytes.len() as u64;
    }

    /// The next byte.
    pub fn byte(&mut self) -> io::Result<Option<u8>> {
        if self.taken == self.buffer.len() {
            self.fill()?;
        }
        let byte = self.buffer.get(self.taken).copied();
        if byte.is_some() {
            self.consume(1);
        }
        Ok(byte)
    }

    /// Bytes to look at: at least `wanted` of them, if there are so many.
    pub fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.taken < wanted && self.fill()? > 0 {}
        Ok(&self.buffer[self.taken..])
    }

    /// Bytes that are read and not yet taken.
    pub fn held(&self) -> &[u8] {
        &self.buffer[self.taken..]
    }

    /// Reads on. Says how many bytes came: none at the end.
    fn fill(&mut self) -> io::Result<usize> {
        if let Some(error) = &self.broken {
            return Err(error.clone().into());
        }
        self.fill_from_input().map_err(|error| {
            let error = ArchiveError::from(error);
            self.broken = Some(error.clone());
            error.into()
        })
    }

    fn fill_from_input(&mut self) -> io::Result<usize> {
        self.buffer.drain(..self.taken);
        self.taken = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + BUFFER, 0);
        let read = read_unpacked(&mut self.input, &mut self.buffer[held..], self.filled, &mut self.members);
        self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.filled += read as u64;
        if let Input::Packed(Some(decoder)) = &self.input {
            let packed = decoder.get_ref().taken.max(1);
            if self.filled > self.limits.unpacked_bytes {
                return Err(ArchiveError::UnpacksToMore { limit: self.limits.unpacked_bytes }.into());
            }
            if self.filled > RATIO_FROM && self.filled / packed > self.limits.ratio {
                return Err(ArchiveError::Swells { limit: self.limits.ratio }.into());
            }
        }
        Ok(read)
    }
}

/// Reads bytes of the file as it is, or of one member; goes on to the next when that has ended.
fn read_unpacked(
    input: &mut Input<'_>,
    into: &mut [u8],
    filled: u64,
    members: &mut VecDeque<Member>,
) -> io::Result<usize> {
    let decoder = match input {
        Input::Plain(counted) => return counted.read(into),
        Input::Packed(decoder) => decoder,
    };
    while let Some(open) = decoder {
        match open.read(into)? {
            0 => {
                let counted = decoder.take().expect("the loop has looked").into_inner();
                if let Some(counted) = next_member(counted)? {
                    members.push_back(Member { packed: counted.taken, unpacked: filled });
                    *decoder = Some(Box::new(GzDecoder::new(counted)));
                }
            }
            bytes => return Ok(bytes),
        }
    }
    Ok(0)
}

/// The file at its next member; `None` when there is none. Between members there may be zeros.
fn next_member(mut counted: Counted<'_>) -> io::Result<Option<Counted<'_>>> {
    loop {
        let head = counted.fill_buf()?;
        let zeros = head.iter().take_while(|&&byte| byte == 0).count();
        match (head.len(), zeros) {
            (0, _) => return Ok(None),
            (length, zeros) if zeros == length => counted.consume(zeros),
            (_, 0) if head.starts_with(&[0x1f]) => return Ok(Some(counted)),
            (_, 0) => {
                return Err(ArchiveError::Damaged {
                    what: "what follows the last packed part is not packed".to_owned(),
                    hint: "everything before it was read; fetch the file again for the rest",
                }
                .into());
            }
            (_, zeros) => counted.consume(zeros),
        }
    }
}

impl Read for Stream<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(into.len());
        into[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Stream<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
        self.position += amount as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).and_then(|()| encoder.finish()).expect("memory does not fail")
    }

    #[test]
    fn members_are_one_stream_and_know_where_they_begin() {
        let first = packed(b"one ");
        let file = [first.as_slice(), &packed(b""), &packed(b"two")].concat();
        let mut stream = Stream::new(&file[..], Limits::default());
        assert_eq!(stream.place().to_string(), "byte 0");
        assert_eq!(stream.byte().expect("it can be read"), Some(b'o'));
        assert_eq!(stream.place().to_string(), "byte 1 unpacked");
        assert_eq!(stream.peek(7).expect("it can be read"), b"ne two");
        stream.consume(3);
        let second = first.len() + packed(b"").len();
        assert_eq!(stream.place().to_string(), format!("byte {second}"));
        stream.put_back(b"ne ");
        assert_eq!(stream.position(), 1);
        let mut rest = String::new();
        stream.read_to_string(&mut rest).expect("it can be read");
        assert_eq!(rest, "ne two");
    }

    #[test]
    fn a_bomb_is_not_unpacked_to_its_end() {
        let bomb = packed(&vec![b' '; 64 << 20]);
        let read = io::copy(&mut Stream::new(&bomb[..], Limits::default()), &mut io::sink());
        assert_eq!(read.map_err(ArchiveError::from), Err(ArchiveError::Swells { limit: 200 }));
        let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
        let read = io::copy(&mut Stream::new(&bomb[..], limits), &mut io::sink());
        assert_eq!(read.map_err(ArchiveError::from), Err(ArchiveError::UnpacksToMore { limit: 1 << 20 }));
    }

    #[test]
    fn what_is_cut_gives_what_it_has_and_says_so() {
        let file = packed(&b"The ferry runs again. ".repeat(9_000));
        let mut stream = Stream::new(&file[..file.len() - 9], Limits::default());
        let mut read = Vec::new();
        let error = stream.read_to_end(&mut read).expect_err("it is cut");
        assert!(matches!(ArchiveError::from(error), ArchiveError::Truncated { .. }));
        assert!(read.len() > 100_000, "{}", read.len());
        assert_eq!(stream.place_of_break().byte, file.len() as u64 - 9);
    }
}
