//! `dateline quotes`: who said what.

use clap::Args;
use dateline_export::QUOTES;
use dateline_store::{QuoteRow, Store};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{Listing, Shown};

/// List quotes
///
/// What several stories print is listed once, with how many print it. The actor is the speaker; days,
/// publisher, words and article may be asked for too.
#[derive(Debug, Args)]
pub struct Quotes {
    #[command(flatten)]
    listing: Listing,
}

const SHOWN: &[Shown<QuoteRow>] = &[
    Shown { heading: "day", width: 10, value: |it| it.day.clone() },
    Shown { heading: "speaker", width: 40, value: speaker },
    Shown { heading: "form", width: 8, value: |it| it.form.clone() },
    Shown { heading: "printed", width: 7, value: |it| format!("{}×", it.printings) },
    Shown { heading: "publisher", width: 24, value: |it| it.publisher.clone().unwrap_or_default() },
    Shown { heading: "words", width: usize::MAX, value: |it| it.content.clone() },
];

impl Quotes {
    pub fn run(self) -> Result<Exit, Failure> {
        self.listing.print(SHOWN, QUOTES, "quotes", Store::quotes)
    }
}

/// The name in the world, with its codes, or else the words in the story.
fn speaker(quote: &QuoteRow) -> String {
    match &quote.speaker {
        Some(speaker) => super::events::people(std::slice::from_ref(speaker)),
        None => quote.speaker_text.clone().unwrap_or_default(),
    }
}
