//! How a coding is printed, by the format asked for.

use std::io;

use anstream::{AutoStream, ColorChoice};
use dateline::Reader;
use dateline_document::{Article, Coding};
use dateline_record::{Palette, Record, explain, for_people};

use super::Format;

pub struct Printer {
    format: Format,
    is_one_page: bool,
    palette: Palette,
}

impl Printer {
    pub fn new(format: Format, is_one_page: bool) -> Printer {
        let palette = match AutoStream::choice(&io::stdout()) {
            ColorChoice::Never => Palette::plain(),
            _ => Palette::coloured(),
        };
        Printer { format, is_one_page, palette }
    }

    /// Reads a story: its bytes as they are printed, the last line ended.
    pub fn read(&self, reader: &Reader, article: Article, is_from_lines: bool) -> Vec<u8> {
        let name = |code: &str| reader.gazetteer.country_by_code(code).map(|country| country.name.as_str());
        match self.format {
            Format::Text => for_people(&reader.read(article), &self.palette, &name).into_bytes(),
            Format::Explain => {
                let (coding, considered) = reader.explain(article);
                explain(&coding, &considered).into_bytes()
            }
            Format::Json | Format::Ndjson => self.json(&reader.read(article), is_from_lines),
        }
    }

    fn json(&self, coding: &Coding, is_from_lines: bool) -> Vec<u8> {
        let record = Record::from(coding);
        // One object is laid out to be read; many are one a line, to be cut and counted.
        let is_laid_out = self.format == Format::Json && self.is_one_page && !is_from_lines;
        let json = if is_laid_out { serde_json::to_vec_pretty(&record) } else { serde_json::to_vec(&record) };
        let mut json = json.expect("a record has only string keys and finite numbers, or null");
        json.push(b'\n');
        json
    }

    /// What stands between two stories.
    pub fn gap(&self) -> &'static [u8] {
        if self.format == Format::Text { b"\n\n" } else { b"" }
    }
}
