//! Hashes and keys that are the same on every machine and in every version: they stand in files.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// An id for people and programs: 16 hex digits of a SHA-256 over the fields.
pub(crate) fn id(fields: &[&str]) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(field);
        hash.update([0]);
    }
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether this is an id, and not a name: no name has so many digits and nothing else.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// FNV-1a over the fields, then mixed: quick, and good enough where a clash only costs a comparison.
pub(crate) fn hash(fields: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for field in fields {
        for byte in field.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    mix(hash)
}

/// The finalizer of SplitMix64.
pub(crate) fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What a name is looked up by: no case, no accents, words one space apart, no points or quotes.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut gap = false;
    for character in name.nfkd().filter(|character| !is_combining_mark(*character)) {
        if character.is_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.extend(character.to_lowercase());
        } else if !matches!(character, '.' | '\'' | '’' | '"') {
            gap = true;
        }
    }
    // "the army" and "army" are one.
    for article in ["the ", "a ", "an "] {
        if let Some(rest) = key.strip_prefix(article) {
            return rest.into();
        }
    }
    key
}

/// An address without what does not change the page: fragment, campaign tags, case of the host.
pub(crate) fn address_key(url: &str) -> String {
    let url = url.trim();
    let url = url.split('#').next().unwrap_or_default();
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let address = match address.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
            format!("{}://{}{path}", scheme.to_lowercase(), host.to_lowercase())
        }
        None => address.into(),
    };
    let is_campaign = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "mc_cid" | "mc_eid")
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_campaign(pair)).collect();
    if kept.is_empty() { address } else { format!("{address}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_articles() {
        assert_eq!(name_key("The  Côte-d’Ivoire"), "cote divoire");
        assert_eq!(name_key("U.N."), "un");
        assert_eq!(name_key("a"), "a");
    }

    #[test]
    fn campaign_tags_do_not_make_another_page() {
        assert_eq!(
            address_key("HTTPS://Example.ORG/News?id=7&utm_source=feed#top"),
            "https://example.org/News?id=7"
        );
        assert_eq!(address_key("https://example.org/a?utm_source=x"), "https://example.org/a");
    }

    #[test]
    fn hashes_never_change() {
        assert_eq!(id(&["a", "b"]), "8fb20ef63ced4145");
        assert_ne!(id(&["ab"]), id(&["a", "b"]));
        assert_eq!(hash(&["dateline"]), 0xe5fa_ba62_41ad_2d54);
    }
}
