//! A file of stories, told by its content.

#![no_main]

use dateline_archive::{Options, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for story in open(bytes, Options::default()).stories() {
        let _ = story;
    }
});
