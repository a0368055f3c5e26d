//! How much is read, and the flags that say otherwise.

use clap::Args;
use dateline_archive::Options;

#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// Bytes of one page or story; a larger one is rejected
    #[arg(long, value_name = "BYTES", default_value_t = dateline_page::Limits::default().page_bytes)]
    max_page_bytes: usize,

    /// Bytes of one record of a WARC archive; a larger one is rejected
    #[arg(long, value_name = "BYTES", default_value_t = dateline_archive::Limits::default().record_bytes)]
    max_record_bytes: usize,

    /// Stories of one file; the rest is left
    #[arg(long, value_name = "N", default_value_t = dateline_archive::Limits::default().records)]
    max_records: u64,

    /// Bytes that one packed file may unpack to; the rest is left
    #[arg(long, value_name = "BYTES", default_value_t = dateline_archive::Limits::default().unpacked_bytes)]
    max_unpacked_bytes: u64,

    /// Times that a packed file may grow by being unpacked, past 16 MB; the rest is left
    #[arg(long, value_name = "N", default_value_t = dateline_archive::Limits::default().ratio)]
    max_ratio: u64,

    /// Levels of nested elements of a page; deeper ones are flattened
    #[arg(long, value_name = "N", default_value_t = dateline_page::Limits::default().depth)]
    max_depth: u32,

    /// Levels of nested elements in the XML of a wire or sitemap; a story that has more is rejected
    #[arg(long, value_name = "N", default_value_t = dateline_archive::Limits::default().depth)]
    max_xml_depth: usize,
}

impl Limits {
    /// How stories are read within these limits, where nothing is said of them.
    pub fn options(&self) -> Options {
        let page = dateline_page::Limits { page_bytes: self.max_page_bytes, depth: self.max_depth };
        let archive = dateline_archive::Limits {
            record_bytes: self.max_record_bytes,
            records: self.max_records,
            unpacked_bytes: self.max_unpacked_bytes,
            ratio: self.max_ratio,
            depth: self.max_xml_depth,
        };
        let page = dateline_page::Options { limits: page, ..dateline_page::Options::default() };
        Options { page, limits: archive, ..Options::default() }
    }
}
