//! Writes `examples/formats/crawl.warc.gz` anew: a record a member, without the time of packing, so
//! that the same bytes come out every time.
//!
//! ```text
//! cargo run -p dateline-archive --example pack_warc
//! ```

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/support/warc.rs"]
mod warc;

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/formats/crawl.warc.gz");
    let records: Vec<Vec<u8>> = warc::sample().iter().map(|record| warc::packed(record)).collect();
    std::fs::write(path, records.concat())
}
