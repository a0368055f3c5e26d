//! Strings as numbers: spaCy knows every string by a 64-bit id.
//!
//! The id is MurmurHash64A (seed 1) of the UTF-8 bytes, except that the empty string is 0 and a few
//! hundred names of attributes, parts of speech and relations have small numbers of their own. The
//! exception reaches ordinary words too: "dep", "mark" and "case" are such names.

use crate::symbols::{BASE_NORMS, SYMBOLS};

/// spaCy's id of a string (`StringStore`).
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match SYMBOLS.binary_search_by_key(&text, |&(name, _)| name) {
        Ok(at) => u64::from(SYMBOLS[at].1),
        Err(_) => hash(text.as_bytes()),
    }
}

/// The string that spaCy knows by a number of its own: 92 is "NOUN".
pub(crate) fn string_of_symbol(number: u64) -> Option<&'static str> {
    Some(SYMBOLS.iter().find(|&&(_, symbol)| u64::from(symbol) == number)?.0)
}

/// The norm that a word of any language has by default, where it is not its lower case.
pub(crate) fn base_norm(word: &str) -> Option<&'static str> {
    let at = BASE_NORMS.binary_search_by_key(&word, |&(word, _)| word).ok()?;
    Some(BASE_NORMS[at].1)
}

/// MurmurHash64A with seed 1.
fn hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let chunks = bytes.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        let mut word = u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes"));
        word = word.wrapping_mul(M);
        word ^= word >> 47;
        word = word.wrapping_mul(M);
        hash = (hash ^ word).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 47)
}

#[cfg(test)]
mod tests {
    use super::string_id;

    #[test]
    fn ids_are_those_of_spacys_string_store() {
        assert_eq!(string_id("coffee"), 3197928453018144401);
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("punct"), 445);
        assert_eq!(string_id("PERSON"), 380);
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(crate::symbols::SYMBOLS.is_sorted());
        assert!(crate::symbols::BASE_NORMS.is_sorted());
    }
}
