//! Lines of a file, counted, none of them longer than we are willing to hold.

use std::io::{self, BufRead, Read};

/// Iterates over the lines that are not blank, each with its number from 1.
pub struct Lines<R> {
    source: R,
    limit: usize,
    number: u64,
    is_over: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    Whole(Vec<u8>),
    /// A line over the limit, with its length in bytes. It was passed over, not held.
    TooLong(u64),
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R, limit: usize) -> Lines<R> {
        Lines { source, limit, number: 0, is_over: false }
    }

    /// The next line, blank or not; `None` at the end.
    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let room = self.limit as u64 + 2;
        let read = self.source.by_ref().take(room).read_until(b'\n', &mut bytes)? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if self.number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..3);
        }
        let is_cut = read == room && bytes.last() != Some(&b'\n');
        let skipped = if is_cut { self.source.skip_until(b'\n')? as u64 } else { 0 };
        while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            bytes.pop();
        }
        if bytes.len() > self.limit {
            return Ok(Some(Line::TooLong(bytes.len() as u64 + skipped)));
        }
        Ok(Some(Line::Whole(bytes)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = (u64, io::Result<Line>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.read() {
                Ok(Some(Line::Whole(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(line)) => return Some((self.number, Ok(line))),
                Ok(None) => self.is_over = true,
                Err(error) => {
                    self.is_over = true;
                    return Some((self.number + 1, Err(error)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, limit: usize, expected: &[(u64, Line)]) {
        let lines: Vec<_> =
            Lines::new(text.as_bytes(), limit).map(|(number, line)| (number, line.unwrap())).collect();
        assert_eq!(lines, expected);
    }

    fn whole(text: &str) -> Line {
        Line::Whole(text.into())
    }

    #[test]
    fn blank_lines_are_counted_but_not_given() {
        check("a\n\n \r\nb\r\n", 9, &[(1, whole("a")), (4, whole("b"))]);
        check("", 9, &[]);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_over() {
        check("abcdef\nabc\nabcd", 3, &[(1, Line::TooLong(7)), (2, whole("abc")), (3, Line::TooLong(4))]);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        check("\u{feff}{}\n", 9, &[(1, whole("{}"))]);
    }
}
