//! Vectors: the table of static word vectors, and which word has which row.

use crate::OpenError;
use crate::archive::Archive;
use crate::msgpack::Reader;
use crate::weights::{Tensor, floats};

/// Rows of `width` numbers, found by string id.
pub(crate) struct Vectors {
    table: Tensor,
    rows: RowTable,
}

const TABLE: &str = "vocab/vectors";
const KEYS: &str = "vocab/key2row";

impl Vectors {
    /// The pipeline's vectors; `None` where the table is empty, as in the small pipelines.
    pub(crate) fn open(archive: &Archive) -> Result<Option<Vectors>, OpenError> {
        let Some(bytes) = archive.read_if_there("vectors", TABLE)? else { return Ok(None) };
        let table = read_npy(&bytes).map_err(|what| OpenError::damaged("vectors", TABLE, what))?;
        drop(bytes);
        let &[row_count, width] = table.shape.as_slice() else {
            return Err(OpenError::damaged("vectors", TABLE, "the table is not of rows and columns"));
        };
        if row_count == 0 || width == 0 {
            return Ok(None);
        }
        if let Some(bytes) = archive.read_if_there("vectors", "vocab/vectors.cfg")? {
            let config: serde_json::Value = serde_json::from_slice(&bytes)
                .map_err(|error| OpenError::damaged("vectors", "vocab/vectors.cfg", error))?;
            let mode = config.get("mode").and_then(|mode| mode.as_str()).unwrap_or("default");
            if mode != "default" {
                let what = format!("vectors of the mode {mode:?}");
                return Err(OpenError::unsupported("vectors", "vocab/vectors.cfg", what));
            }
        }
        let bytes = archive.read("vectors", KEYS)?;
        let rows =
            RowTable::read(&bytes, row_count).map_err(|what| OpenError::damaged("vectors", KEYS, what))?;
        Ok(Some(Vectors { table, rows }))
    }

    pub(crate) fn width(&self) -> usize {
        self.table.shape[1]
    }

    /// The row of a word, by string id.
    pub(crate) fn find(&self, key: u64) -> Option<u32> {
        self.rows.find(key)
    }

    pub(crate) fn row(&self, row: u32) -> &[f32] {
        let width = self.width();
        &self.table.data[row as usize * width..][..width]
    }
}

/// String id → row, open addressing. The ids are hashes already, so their low bits are the slot.
struct RowTable {
    /// Id, and row plus one; 0 marks a free slot.
    slots: Vec<(u64, u32)>,
}

impl RowTable {
    fn read(bytes: &[u8], row_count: usize) -> Result<RowTable, String> {
        let mut reader = Reader::new(bytes);
        let count = reader.map_len().map_err(|fault| fault.to_string())?;
        let mut table = RowTable { slots: vec![(0, 0); (count + count / 2 + 1).next_power_of_two()] };
        for _ in 0..count {
            let key = reader.uint().map_err(|fault| fault.to_string())?;
            let row = reader.uint().map_err(|fault| fault.to_string())?;
            if row >= row_count as u64 {
                return Err(format!("row {row} is named, but the table has {row_count}"));
            }
            let slot = table.slot(key);
            table.slots[slot] = (key, row as u32 + 1);
        }
        Ok(table)
    }

    fn find(&self, key: u64) -> Option<u32> {
        self.slots[self.slot(key)].1.checked_sub(1)
    }

    /// The slot that holds `key`, or else the free one where it would go.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// A NumPy array file, version 1 or 2, of little-endian 32-bit numbers in row order.
fn read_npy(bytes: &[u8]) -> Result<Tensor, String> {
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or("not a NumPy file")?;
    let (version, rest) = rest.split_at_checked(2).ok_or("the file ends in its header")?;
    let (length, rest) = match version[0] {
        1 => rest.split_first_chunk::<2>().map(|(len, rest)| (usize::from(u16::from_le_bytes(*len)), rest)),
        _ => rest.split_first_chunk::<4>().map(|(len, rest)| (u32::from_le_bytes(*len) as usize, rest)),
    }
    .ok_or("the file ends in its header")?;
    let (header, data) = rest.split_at_checked(length).ok_or("the file ends in its header")?;
    let header = std::str::from_utf8(header).map_err(|_| "the header is not text")?;
    if !header.contains("'<f4'") || !header.contains("'fortran_order': False") {
        return Err(format!("the header {:?} is not of '<f4' in row order", header.trim()));
    }
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(shape, _)| shape)
        .ok_or("the header gives no shape")?;
    let shape: Option<Vec<usize>> = shape
        .split(',')
        .map(str::trim)
        .filter(|length| !length.is_empty())
        .map(|length| length.parse().ok())
        .collect();
    floats(shape.ok_or("the shape is not of numbers")?, data)
}
