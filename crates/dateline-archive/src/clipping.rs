//! A story cut out of its file, and the iterator that cuts.

use std::fmt;
use std::io::Read;

use dateline_document::Article;
use dateline_page::PageError;

use crate::stream::Stream;
use crate::{ArchiveError, Format, Options, Place, Rejected, feed, json, lines, sitemap, warc, wire};

/// A story's bytes, cut out of a file of many and not yet read.
pub struct Clipping {
    /// Where it stands in the file.
    pub place: Place,
    read: Box<Reading>,
}

type Reading = dyn FnOnce(&Options) -> Result<Article, ArchiveError> + Send;

impl Clipping {
    pub(crate) fn new(
        place: Place,
        read: impl FnOnce(&Options) -> Result<Article, ArchiveError> + Send + 'static,
    ) -> Clipping {
        Clipping { place, read: Box::new(read) }
    }

    /// Reads the story. The options are those that the file was opened with.
    ///
    /// # Errors
    ///
    /// When its bytes are no story.
    pub fn read(self, options: &Options) -> Result<Article, Rejected> {
        (self.read)(options).map_err(|error| Rejected { place: self.place, error })
    }
}

impl fmt::Debug for Clipping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clipping").field("place", &self.place).finish_non_exhaustive()
    }
}

/// A clipping, or what stands in its place.
pub(crate) type Cut = Result<Clipping, Rejected>;

/// The stories of one file, one after another.
pub struct Clippings<'a> {
    format: Format,
    is_packed: bool,
    options: Options,
    cuts: Box<dyn Iterator<Item = Cut> + 'a>,
    left: u64,
}

/// Opens a file of stories. What it is, is told from its first bytes unless the options say so.
pub fn open<'a>(reader: impl Read + 'a, options: Options) -> Clippings<'a> {
    let mut stream = Stream::new(reader, options.limits);
    let format = options.format.unwrap_or_else(|| {
        let name = options.name.as_deref().map(|name| match name.extension() {
            Some(packed) if packed.eq_ignore_ascii_case("gz") => name.with_extension(""),
            _ => name.to_owned(),
        });
        let _ = stream.peek(Format::LOOK);
        // Where nothing can be read, the reader below will say why.
        Format::sniff(stream.held(), name.as_deref())
    });
    let is_packed = stream.is_packed();
    let limits = options.limits;
    let page_bytes = options.page.limits.page_bytes;
    let cuts: Box<dyn Iterator<Item = Cut> + 'a> = match format {
        Format::Html | Format::Text => {
            Box::new(std::iter::once_with(move || page(stream, format, page_bytes)))
        }
        Format::JsonLines => Box::new(lines::Lines::new(stream, page_bytes)),
        Format::Json => Box::new(json::Stories::new(stream, page_bytes, json::Mapping::ByFields)),
        Format::Ninjs => Box::new(json::Stories::new(stream, page_bytes, json::Mapping::Ninjs)),
        Format::Warc => Box::new(warc::Records::new(stream, limits)),
        Format::Feed => feed::items(stream, page_bytes),
        Format::Sitemap => Box::new(sitemap::stories(stream, limits)),
        Format::NewsMl => Box::new(wire::items(stream, wire::Wire::NewsMl, page_bytes)),
        Format::Nitf => Box::new(wire::items(stream, wire::Wire::Nitf, page_bytes)),
    };
    Clippings { format, is_packed, options, cuts, left: limits.records }
}

impl<'a> Clippings<'a> {
    /// What the file was taken for.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether the file is packed with gzip.
    pub fn is_packed(&self) -> bool {
        self.is_packed
    }

    /// Reads each story as it is cut out.
    pub fn stories(self) -> impl Iterator<Item = Result<Article, Rejected>> + 'a {
        let options = self.options.clone();
        self.map(move |cut| cut?.read(&options))
    }
}

impl Iterator for Clippings<'_> {
    type Item = Result<Clipping, Rejected>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let cut = self.cuts.next()?;
        self.left -= 1;
        if self.left == 0 {
            let place = match &cut {
                Ok(clipping) => clipping.place,
                Err(rejected) => rejected.place,
            };
            let limit = self.options.limits.records;
            return Some(match self.cuts.next() {
                // It was the last one.
                None => cut,
                Some(_) => Err(Rejected { place, error: ArchiveError::TooManyRecords { limit } }),
            });
        }
        Some(cut)
    }
}

/// The file as one page.
fn page(mut stream: Stream<'_>, format: Format, limit: usize) -> Cut {
    let place = stream.place();
    let mut bytes = Vec::new();
    let rejected = |error: ArchiveError| Rejected { place, error };
    let read = stream.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Rejected { place: stream.place_of_break(), error: error.into() })?;
    if bytes.len() > limit {
        let (bytes, limit) = (bytes.len() as u64, limit as u64);
        return Err(rejected(PageError::TooLarge { bytes, limit }.into()));
    }
    Ok(Clipping::new(place, move |options| {
        Ok(match format {
            Format::Html => dateline_page::read_html(&bytes, &options.page)?,
            _ => dateline_page::read_text(&bytes, &options.page)?,
        })
    }))
}
