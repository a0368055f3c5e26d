//! A page as HTML, as text and as JSON.

#![no_main]

use dateline_page::{Options, read_html, read_story, read_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = Options::default();
    let _ = read_html(bytes, &options);
    let _ = read_text(bytes, &options);
    if let Ok(json) = std::str::from_utf8(bytes) {
        let _ = read_story(json, &options);
    }
});
