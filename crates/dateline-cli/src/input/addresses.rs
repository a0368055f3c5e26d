//! Addresses that a sitemap gives without a story. There may be fifty thousand: they are counted
//! and reported in one line a file; `--rejects` lists them.

use super::Origin;
use crate::failure::{Failure, report};

/// The addresses met since the last report.
#[derive(Debug, Default)]
pub struct Addresses {
    file: Option<Origin>,
    count: u64,
}

impl Addresses {
    /// Reports a failure, or counts an address. The count is reported when its file is over.
    pub fn report(&mut self, origin: &Origin, failure: &Failure) {
        let file = Origin { place: None, ..origin.clone() };
        if self.file.as_ref().is_some_and(|known| known.path != file.path) {
            self.end();
        }
        if failure.url.is_none() {
            return report(failure);
        }
        self.file = Some(file);
        self.count += 1;
    }

    /// Reports what was counted.
    pub fn end(&mut self) {
        let Some(file) = self.file.take() else { return };
        let count = std::mem::take(&mut self.count);
        let pages = if count == 1 { "the address of a page" } else { "addresses of pages" };
        let count = if count == 1 { String::new() } else { format!("{count} ") };
        let failure = Failure::new(format!("{file}: {count}{pages} and no story"))
            .hint("a sitemap says where stories are; fetch the pages and read them")
            .hint("--rejects FILE lists the addresses");
        report(&failure);
    }
}
