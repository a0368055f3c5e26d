//! Sketch: what is kept of an article's words so that its copies can be found without its text.
//!
//! Copies of wire stories share most runs of four words, whatever a site has put before, behind or
//! between them. The runs (shingles) are hashed. Two articles become candidates when one of their
//! [`BANDS`] bands of minimal hashes is the same (Broder's MinHash, with locality-sensitive hashing),
//! which costs a look-up a band however many articles there are. Candidates are then compared by
//! the shingles themselves: what share of the shorter one is in the other?
//!
//! Long texts keep a sample: hashes that end in `level` zero bits. Samples of two articles are
//! comparable at the coarser of their levels.

use crate::stable::{hash, mix};

/// Words of a shingle.
const WORDS: usize = 4;
/// Bands that a sketch is looked up by.
const BANDS: usize = 32;
/// Minimal hashes of a band. 32 bands of 2: of pairs with a third of their shingles in common, as a wire
/// story and its first four paragraphs have, 98% become candidates; of pairs with a fiftieth 1%. Bands of 3
/// missed every fifth of the former.
const ROWS: usize = 2;
/// Hashes kept of an article, at most.
const KEPT: usize = 512;
/// Shorter articles are copies only when nearly all is the same.
const FEW: usize = 24;

/// What is kept of an article's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// A hash is kept when this many of its last bits are zero.
    pub level: u32,
    /// Sorted, each once.
    pub shingles: Vec<u64>,
    /// Empty for a text of fewer words than a shingle.
    pub bands: Vec<u64>,
}

impl Sketch {
    pub(crate) fn of(text: &str) -> Sketch {
        let mut all = shingles(text);
        all.sort_unstable();
        all.dedup();
        let bands = bands(&all);
        let mut level = 0;
        let mut shingles = all;
        while shingles.len() > KEPT {
            level += 1;
            shingles.retain(|shingle| is_kept(*shingle, level));
        }
        Sketch { level, shingles, bands }
    }

    /// Whether one of the two is a copy of the other, edited or cut.
    pub fn is_copy_of(&self, other: &Sketch) -> bool {
        let level = self.level.max(other.level);
        let at_level = |sketch: &Sketch| -> Vec<u64> {
            sketch.shingles.iter().copied().filter(|shingle| is_kept(*shingle, level)).collect()
        };
        let (own, others) = (at_level(self), at_level(other));
        let shorter = own.len().min(others.len());
        if shorter == 0 {
            return false;
        }
        let common = common(&own, &others);
        let contained = common as f64 / shorter as f64;
        let resemblance = common as f64 / (own.len() + others.len() - common) as f64;
        if self.shingles.len() < FEW || other.shingles.len() < FEW {
            return resemblance >= 0.7;
        }
        contained >= 0.6 && resemblance >= 0.2
    }

    /// The shingles as bytes for the file.
    pub fn bytes(&self) -> Vec<u8> {
        to_bytes(&self.shingles)
    }

    /// A sketch from the file; it is compared only, so its bands are left out.
    pub fn from_bytes(level: u32, bytes: &[u8]) -> Sketch {
        Sketch { level, shingles: from_bytes(bytes), bands: Vec::new() }
    }
}

pub(crate) fn to_bytes(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub(crate) fn from_bytes(bytes: &[u8]) -> Vec<u64> {
    bytes.chunks_exact(8).map(|chunk| u64::from_le_bytes(chunk.try_into().expect("eight bytes"))).collect()
}

fn is_kept(shingle: u64, level: u32) -> bool {
    shingle.trailing_zeros() >= level
}

fn shingles(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            // Most words are lower-case ASCII already; they need no copy.
            if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
                hash(&[word])
            } else {
                hash(&[&word.to_lowercase()])
            }
        })
        .collect();
    words
        .windows(WORDS)
        .map(|window| window.iter().fold(0, |hash: u64, word| mix(hash.rotate_left(17) ^ word)))
        .collect()
}

fn bands(shingles: &[u64]) -> Vec<u64> {
    if shingles.is_empty() {
        return Vec::new();
    }
    let mut least = [u64::MAX; BANDS * ROWS];
    for &shingle in shingles {
        for (number, least) in (1u64..).zip(&mut least) {
            // One multiplication of an odd constant and a shift: a family of hashes that is
            // independent enough for minima (Thorup's multiply-shift).
            let hashed = (shingle ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .wrapping_mul(0xd6e8_feb8_6659_fd93 ^ (number << 1));
            let hashed = hashed ^ (hashed >> 32);
            *least = hashed.min(*least);
        }
    }
    (0u64..)
        .zip(least.chunks_exact(ROWS))
        .map(|(band, rows)| rows.iter().fold(mix(band), |hash, row| mix(hash ^ row)))
        .collect()
}

fn common(own: &[u64], others: &[u64]) -> usize {
    let (mut at, mut count) = (0, 0);
    for shingle in own {
        while others.get(at).is_some_and(|other| other < shingle) {
            at += 1;
        }
        count += usize::from(others.get(at) == Some(shingle));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The harbour of Port Amal was closed on Monday after dockers walked out over unpaid \
        wages. A spokesman for the port authority said that ships were waiting outside. The union \
        asked the government to pay what it owes before the end of the month. About four hundred \
        people stood at the gates in the morning and blocked the road to the grain terminal.";

    fn check(other: &str, is_copy: bool) {
        let (one, other) = (Sketch::of(WIRE), Sketch::of(other));
        assert_eq!(one.is_copy_of(&other), is_copy);
        assert_eq!(other.is_copy_of(&one), is_copy);
        let is_candidate = one.bands.iter().any(|band| other.bands.contains(band));
        assert!(is_candidate || !is_copy, "a copy must be found before it can be compared");
    }

    #[test]
    fn a_copy_with_additions_is_a_copy() {
        check(&format!("Sign up for our morning letter. {WIRE} Read more about ports on our pages."), true);
    }

    #[test]
    fn a_cut_copy_is_a_copy() {
        check(WIRE.split(" About four").next().unwrap(), true);
    }

    #[test]
    fn another_story_on_the_same_matter_is_none() {
        check(
            "Dockers in Port Amal stayed away from work for a second day. The grain terminal had no \
             lorries, and a minister promised that wages will be paid by Friday, which the union \
             called an empty promise. Ships have turned to other harbours along the coast, and \
             millers fear that flour will be short.",
            false,
        );
    }

    #[test]
    fn a_text_without_words_is_nobody_s_copy() {
        check("", false);
        check("…", false);
    }

    #[test]
    fn long_texts_are_compared_by_samples() {
        let words =
            |from: u32, to: u32| (from..to).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        let (long, cut, other) = (words(0, 9000), words(2000, 9000), words(20_000, 29_000));
        assert!(Sketch::of(&long).shingles.len() <= KEPT);
        assert!(Sketch::of(&long).is_copy_of(&Sketch::of(&cut)));
        assert!(!Sketch::of(&long).is_copy_of(&Sketch::of(&other)));
    }
}
