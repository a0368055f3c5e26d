//! How a coding is printed, by the format asked for.

use std::io;

use anstream::{AutoStream, ColorChoice};
use dateline::Gazetteer;
use dateline_document::Coding;
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

    /// The bytes of one story, its last line ended.
    pub fn print(&self, coding: &Coding, gazetteer: &Gazetteer, is_from_lines: bool) -> Vec<u8> {
        let country_name = |code: &str| gazetteer.country_by_code(code).map(|country| country.name.as_str());
        match self.format {
            Format::Text => for_people(coding, &self.palette, &country_name).into_bytes(),
            Format::Explain => explain(coding).into_bytes(),
            Format::Json | Format::Ndjson => self.json(coding, is_from_lines),
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
