//! Linear: a table of weights, a row for each slot of the features and a column for each label.
//!
//! The file: `LIN1`, the number of rows, the labels' biases; then for each row its slot, a scale, and one signed
//! byte a label. Rows of slots that no example has, or only one, are left out.

use std::sync::LazyLock;

use crate::encoder::Logits;
use crate::features::{SLOTS, Vectors};
use crate::{Candidate, LABELS, features};
use dateline_document::Document;

const MAGIC: &[u8; 4] = b"LIN1";
const COLUMNS: usize = LABELS.len();

/// The weights that come with the program.
pub(crate) static FILE: &[u8] = include_bytes!("../weights/linear.bin");
static COMMITTED: LazyLock<Linear> =
    LazyLock::new(|| Linear::read(FILE).expect("the tests read the committed weights"));

/// A linear reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    bias: Logits,
    /// For each slot the row that it has, or none.
    row_of: Vec<u16>,
    scales: Vec<f32>,
    /// Whole numbers of a signed byte, as they are reckoned with.
    rows: Vec<Logits>,
}

const NO_ROW: u16 = u16::MAX;

impl Linear {
    /// The weights that come with the program.
    pub fn committed() -> &'static Linear {
        &COMMITTED
    }

    /// Rounds trained weights to bytes: `(slot, weights)`, in ascending order of slots.
    pub fn of(bias: Logits, weights: &[(u32, Logits)]) -> Linear {
        let mut linear = Linear { bias, row_of: vec![NO_ROW; SLOTS], scales: Vec::new(), rows: Vec::new() };
        for (slot, weights) in weights.iter().take(usize::from(NO_ROW)) {
            let most = weights.iter().fold(0.0f32, |most, weight| most.max(weight.abs()));
            let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
            linear.row_of[*slot as usize % SLOTS] = linear.rows.len() as u16;
            linear.scales.push(scale);
            linear.rows.push(weights.map(|weight| f32::from((weight / scale).round() as i8)));
        }
        linear
    }

    /// Reads a file's bytes; `None` where they are no such file.
    pub fn read(bytes: &[u8]) -> Option<Linear> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (bias, rest) = rest.split_at_checked(COLUMNS * 4)?;
        let row_size = 8 + COLUMNS;
        if rest.len() != count.checked_mul(row_size)? || count >= usize::from(NO_ROW) {
            return None;
        }
        let float = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("four bytes were cut off"));
        let mut linear = Linear {
            bias: std::array::from_fn(|label| float(&bias[label * 4..][..4])),
            row_of: vec![NO_ROW; SLOTS],
            scales: Vec::with_capacity(count),
            rows: Vec::with_capacity(count),
        };
        for (number, row) in rest.chunks_exact(row_size).enumerate() {
            let slot = u32::from_le_bytes(row[..4].try_into().expect("four bytes were cut off"));
            *linear.row_of.get_mut(slot as usize)? = number as u16;
            linear.scales.push(float(&row[4..8]));
            linear.rows.push(std::array::from_fn(|label| f32::from(row[8 + label] as i8)));
        }
        Some(linear)
    }

    /// The bytes of a file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.rows.len() as u32).to_le_bytes());
        bytes.extend(self.bias.iter().flat_map(|bias| bias.to_le_bytes()));
        for (slot, &row) in self.row_of.iter().enumerate().filter(|(_, row)| **row != NO_ROW) {
            bytes.extend((slot as u32).to_le_bytes());
            bytes.extend(self.scales[usize::from(row)].to_le_bytes());
            bytes.extend(self.rows[usize::from(row)].iter().map(|&weight| weight as i8 as u8));
        }
        bytes
    }

    /// What each label has for each of a document's candidates.
    pub fn logits<'a>(
        &self,
        document: &'a Document,
        candidates: impl IntoIterator<Item = &'a Candidate>,
        vectors: &'a Vectors,
    ) -> Vec<Logits> {
        features(document, candidates, vectors).map(|features| self.of_features(&features)).collect()
    }

    pub fn of_features(&self, features: &[(u32, f32)]) -> Logits {
        let mut sums = self.bias;
        for &(slot, value) in features {
            let row = self.row_of[slot as usize];
            if row != NO_ROW {
                let scale = self.scales[usize::from(row)] * value;
                let weights = &self.rows[usize::from(row)];
                sums.iter_mut().zip(weights).for_each(|(sum, &weight)| *sum += scale * weight);
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let row = |most: f32| std::array::from_fn(|label| if label == 3 { most } else { most / 2.0 });
        let linear = Linear::of([0.25; COLUMNS], &[(7, row(127.0)), (900, row(-12.7))]);
        let again = Linear::read(&linear.write()).unwrap();
        assert_eq!(again.write(), linear.write());
        let sums = again.of_features(&[(7, 1.0), (8, 1.0), (900, 1.0)]);
        assert!((sums[3] - (127.0 - 12.7 + 0.25)).abs() < 1e-3, "{sums:?}");
        assert_eq!(again.of_features(&[(8, 1.0)]), [0.25; COLUMNS]);
    }

    #[test]
    fn a_broken_table_is_none() {
        let bytes = Linear::of([0.0; COLUMNS], &[(7, [1.0; COLUMNS])]).write();
        assert!(Linear::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Linear::read(b"LIN2").is_none());
        let mut outside = bytes;
        outside[8 + COLUMNS * 4 + 3] = 0xff;
        assert!(Linear::read(&outside).is_none());
    }
}
