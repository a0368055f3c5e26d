//! MessagePack, read without trusting it: lengths are checked against the bytes that are there.
//!
//! spaCy writes every binary file in this format. Values borrow from the file's bytes.

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Nil,
    Bool(bool),
    /// A negative integer.
    Int(i64),
    Uint(u64),
    Float(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Where and why reading stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub(crate) struct Fault {
    what: &'static str,
    at: usize,
}

/// A file holds at most this many values; spaCy's have some hundred thousand. In memory a value
/// takes many times the byte that it may take in the file.
const MAX_VALUES: usize = 4_000_000;

/// Lists and maps nest at most this deep; spaCy's files need 6.
const MAX_DEPTH: usize = 32;

impl<'a> Value<'a> {
    /// The one value that `bytes` hold.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Value<'a>, Fault> {
        let mut reader = Reader::new(bytes);
        let value = reader.value(0)?;
        if reader.at < bytes.len() {
            return reader.fail("bytes left over");
        }
        Ok(value)
    }

    /// The value of a map's key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    pub(crate) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        if let Value::Map(pairs) = self { Some(pairs) } else { None }
    }

    pub(crate) fn list(&self) -> Option<&[Value<'a>]> {
        if let Value::List(values) = self { Some(values) } else { None }
    }

    /// Text, or bytes that are text.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match *self {
            Value::Text(text) => Some(text),
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(crate) fn bytes(&self) -> Option<&'a [u8]> {
        if let Value::Bytes(bytes) = *self { Some(bytes) } else { None }
    }

    pub(crate) fn uint(&self) -> Option<u64> {
        if let Value::Uint(number) = *self { Some(number) } else { None }
    }
}

/// Reads value after value; for files that are too large to hold as [`Value`]s.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0, values: 0 }
    }

    /// The number of pairs of the map that starts here. Each takes two bytes at least.
    pub(crate) fn map_len(&mut self) -> Result<usize, Fault> {
        let len = match self.byte()? {
            tag @ 0x80..=0x8f => usize::from(tag & 0x0f),
            0xde => self.big_endian::<2>()? as usize,
            0xdf => self.big_endian::<4>()? as usize,
            _ => return self.fail("expected a map"),
        };
        self.check_len(len, 2)
    }

    pub(crate) fn uint(&mut self) -> Result<u64, Fault> {
        match self.byte()? {
            tag @ 0..=0x7f => Ok(u64::from(tag)),
            0xcc => self.big_endian::<1>(),
            0xcd => self.big_endian::<2>(),
            0xce => self.big_endian::<4>(),
            0xcf => self.big_endian::<8>(),
            _ => self.fail("expected a positive integer"),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>, Fault> {
        if depth > MAX_DEPTH {
            return self.fail("nested too deep");
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.fail("too many values");
        }
        Ok(match self.byte()? {
            tag @ 0..=0x7f => Value::Uint(u64::from(tag)),
            tag @ 0x80..=0x8f => self.pairs(usize::from(tag & 0x0f), depth)?,
            tag @ 0x90..=0x9f => self.items(usize::from(tag & 0x0f), depth)?,
            tag @ 0xa0..=0xbf => self.string(usize::from(tag & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 => self.sized_bytes::<1>()?,
            0xc5 => self.sized_bytes::<2>()?,
            0xc6 => self.sized_bytes::<4>()?,
            0xca => Value::Float(f64::from(f32::from_bits(self.big_endian::<4>()? as u32))),
            0xcb => Value::Float(f64::from_bits(self.big_endian::<8>()?)),
            0xcc => Value::Uint(self.big_endian::<1>()?),
            0xcd => Value::Uint(self.big_endian::<2>()?),
            0xce => Value::Uint(self.big_endian::<4>()?),
            0xcf => Value::Uint(self.big_endian::<8>()?),
            0xd0 => signed(i64::from(self.big_endian::<1>()? as i8)),
            0xd1 => signed(i64::from(self.big_endian::<2>()? as i16)),
            0xd2 => signed(i64::from(self.big_endian::<4>()? as i32)),
            0xd3 => signed(self.big_endian::<8>()? as i64),
            0xd9 => self.sized_string::<1>()?,
            0xda => self.sized_string::<2>()?,
            0xdb => self.sized_string::<4>()?,
            0xdc => {
                let len = self.big_endian::<2>()? as usize;
                self.items(len, depth)?
            }
            0xdd => {
                let len = self.big_endian::<4>()? as usize;
                self.items(len, depth)?
            }
            0xde => {
                let len = self.big_endian::<2>()? as usize;
                self.pairs(len, depth)?
            }
            0xdf => {
                let len = self.big_endian::<4>()? as usize;
                self.pairs(len, depth)?
            }
            tag @ 0xe0..=0xff => Value::Int(i64::from(tag as i8)),
            0xc1 | 0xc7..=0xc9 | 0xd4..=0xd8 => return self.fail("a type that spaCy does not write"),
        })
    }

    fn items(&mut self, len: usize, depth: usize) -> Result<Value<'a>, Fault> {
        let len = self.check_len(len, 1)?;
        let mut items = Vec::with_capacity(len.min(1024));
        for _ in 0..len {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn pairs(&mut self, len: usize, depth: usize) -> Result<Value<'a>, Fault> {
        let len = self.check_len(len, 2)?;
        let mut pairs = Vec::with_capacity(len.min(1024));
        for _ in 0..len {
            let key = self.value(depth + 1)?;
            pairs.push((key, self.value(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }

    fn sized_string<const N: usize>(&mut self) -> Result<Value<'a>, Fault> {
        let len = self.big_endian::<N>()? as usize;
        self.string(len)
    }

    fn string(&mut self, len: usize) -> Result<Value<'a>, Fault> {
        match std::str::from_utf8(self.take(len)?) {
            Ok(text) => Ok(Value::Text(text)),
            Err(_) => self.fail("a string that is not UTF-8"),
        }
    }

    fn sized_bytes<const N: usize>(&mut self) -> Result<Value<'a>, Fault> {
        let len = self.big_endian::<N>()? as usize;
        Ok(Value::Bytes(self.take(len)?))
    }

    fn big_endian<const N: usize>(&mut self) -> Result<u64, Fault> {
        Ok(self.take(N)?.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Fault> {
        let Some(taken) = self.bytes[self.at..].get(..len) else {
            return self.fail("the file ends too early");
        };
        self.at += len;
        Ok(taken)
    }

    /// Refuses a length that the bytes left cannot hold, before anything is allocated for it.
    fn check_len(&self, len: usize, bytes_each: usize) -> Result<usize, Fault> {
        if len > (self.bytes.len() - self.at) / bytes_each {
            return self.fail("a length beyond the end of the file");
        }
        Ok(len)
    }

    fn fail<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err(Fault { what, at: self.at })
    }
}

fn signed<'a>(number: i64) -> Value<'a> {
    if number < 0 { Value::Int(number) } else { Value::Uint(number as u64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_of_all_kinds_is_read() {
        let bytes = b"\x85\xa1a\x01\xa1b\xff\xa1c\x92\xc0\xc3\xc4\x01d\xcb\x3f\xf8\0\0\0\0\0\0\xa1e\xa0";
        let value = Value::read(bytes).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Uint(1)));
        assert_eq!(value.get("b"), Some(&Value::Int(-1)));
        assert_eq!(value.get("c"), Some(&Value::List(vec![Value::Nil, Value::Bool(true)])));
        assert_eq!(value.get("d"), Some(&Value::Float(1.5)));
        assert_eq!(value.get("e"), Some(&Value::Text("")));
    }

    #[test]
    fn a_length_beyond_the_end_is_refused_before_it_is_allocated() {
        let fault = Value::read(b"\xdd\xff\xff\xff\xff").unwrap_err();
        assert_eq!(fault.to_string(), "a length beyond the end of the file at byte 5");
    }

    #[test]
    fn endless_nesting_is_refused() {
        let fault = Value::read(&[0x91; 1000]).unwrap_err();
        assert_eq!(fault.what, "nested too deep");
    }
}
