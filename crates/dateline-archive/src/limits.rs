//! How much is read of a file of stories, and what the caller knows of it.

use std::path::PathBuf;

use crate::Format;

/// What the caller knows, and how much of the file is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the file is, whatever it looks like.
    pub format: Option<Format>,
    /// What the file is called: its ending decides where its bytes don't.
    pub name: Option<PathBuf>,
    /// What is known of each page in it.
    pub page: dateline_page::Options,
    pub limits: Limits,
}

/// How much is read of one file. A record over its limit is rejected and the next one read; a file
/// over its limit is read up to there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record of a WARC file, as Common Crawl has it. 5,242,880 unless told otherwise.
    /// Records of other files are pages: their limit is that of `dateline_page::Limits`.
    pub record_bytes: usize,
    /// Stories of one file. 10,000,000.
    pub records: u64,
    /// Bytes that one packed file may unpack to. 100,000,000,000.
    pub unpacked_bytes: u64,
    /// How many times larger a file may get by being unpacked, once it is past 16 MB. 200: text
    /// packs to a fifth, and only what says nothing to a thousandth.
    pub ratio: u64,
    /// Levels of nested elements in a wire's XML. 256.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record_bytes: 5 << 20,
            records: 10_000_000,
            unpacked_bytes: 100_000_000_000,
            ratio: 200,
            depth: 256,
        }
    }
}
