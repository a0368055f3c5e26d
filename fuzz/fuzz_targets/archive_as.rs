//! A file of stories in the format that its first byte says.

#![no_main]

use dateline_archive::{Format, Options, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let (_, format) = Format::NAMES[usize::from(first) % Format::NAMES.len()];
    for story in open(rest, Options { format: Some(format), ..Options::default() }).stories() {
        let _ = story;
    }
});
