//! Safetensors: a file of named arrays, as published with most weights. A JSON header, then the numbers.

use std::collections::HashMap;

use serde::Deserialize;

/// No header of ours is longer.
const LONGEST_HEADER: usize = 1 << 20;

/// The arrays of a file that lies in memory.
pub(crate) struct Tensors<'a> {
    entries: HashMap<String, Entry>,
    data: &'a [u8],
}

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: (usize, usize),
}

impl<'a> Tensors<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Tensors<'a>, String> {
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or("the file ends in its header")?;
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length > LONGEST_HEADER {
            return Err("the header is too long".into());
        }
        let (header, data) = rest.split_at_checked(length).ok_or("the file ends in its header")?;
        let mut header: HashMap<String, serde_json::Value> =
            serde_json::from_slice(header).map_err(|error| format!("the header cannot be read: {error}"))?;
        header.remove("__metadata__");
        let mut entries = HashMap::new();
        for (name, entry) in header {
            let entry = serde_json::from_value(entry).map_err(|error| format!("{name}: {error}"))?;
            entries.insert(name, entry);
        }
        Ok(Tensors { entries, data })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// The numbers of an array that must have this shape, as 32-bit ones.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, String> {
        let entry = self.entries.get(name).ok_or_else(|| format!("{name} is missing"))?;
        if entry.shape != shape {
            return Err(format!("{name} is of shape {:?} instead of {shape:?}", entry.shape));
        }
        let (start, end) = entry.data_offsets;
        let bytes = self.data.get(start..end).ok_or_else(|| format!("{name} lies outside the file"))?;
        let floats: Vec<f32> = match entry.dtype.as_str() {
            "F32" => bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect(),
            "F16" => bytes.as_chunks().0.iter().map(|&two| from_half(u16::from_le_bytes(two))).collect(),
            other => return Err(format!("{name} is of the type {other}")),
        };
        if floats.len() != shape.iter().product::<usize>() {
            return Err(format!("{name} has {} numbers", floats.len()));
        }
        Ok(floats)
    }
}

/// IEEE 754 half precision.
fn from_half(half: u16) -> f32 {
    let sign = u32::from(half >> 15) << 31;
    let exponent = u32::from(half >> 10) & 0x1f;
    let fraction = u32::from(half) & 0x3ff;
    match (exponent, fraction) {
        (0, _) => {
            let small = fraction as f32 / 16_777_216.0;
            if sign == 0 { small } else { -small }
        }
        (0x1f, 0) => f32::from_bits(sign | 0x7f80_0000),
        (0x1f, _) => f32::NAN,
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tensors, from_half};

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn arrays_are_found_by_name() {
        let bytes = file(
            r#"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[4,8]}}"#,
            &[0, 0x3c, 0, 0xc0, 0, 0, 0x20, 0x41],
        );
        let tensors = Tensors::read(&bytes).unwrap();
        assert_eq!(tensors.floats("a", &[2]).unwrap(), [1.0, -2.0]);
        assert_eq!(tensors.floats("b", &[1, 1]).unwrap(), [10.0]);
        assert!(tensors.floats("b", &[2]).unwrap_err().contains("shape"));
        assert!(tensors.floats("c", &[2]).unwrap_err().contains("missing"));
    }

    #[test]
    fn a_damaged_file_is_told_and_not_trusted() {
        assert!(Tensors::read(b"abc").is_err());
        assert!(Tensors::read(&u64::MAX.to_le_bytes()).is_err());
        let outside = file(r#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[8,99]}}"#, &[0; 8]);
        assert!(Tensors::read(&outside).unwrap().floats("a", &[4]).unwrap_err().contains("outside"));
        let turned = file(r#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[8,4]}}"#, &[0; 16]);
        assert!(Tensors::read(&turned).unwrap().floats("a", &[4]).is_err());
    }

    #[test]
    fn halves_are_read_exactly() {
        let known = [(0x0001, 5.960_464_5e-8), (0x3555, 0.333_251_95), (0x7bff, 65504.0), (0x8000, -0.0)];
        for (half, float) in known {
            assert_eq!(from_half(half), float);
        }
    }
}
