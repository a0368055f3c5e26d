//! `dateline entities`: who acts, is acted on and speaks.

use clap::Args;
use dateline_export::ENTITIES;
use dateline_store::{EntityRow, Store};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{Listing, Shown};

/// List entities, the busiest first
///
/// --actor asks for an entity's own name, country or sector; the other filters are of the events it
/// takes part in. An entity without a proper name ("police", GHA COP) stands for all that these words
/// are said of in that country and sector.
#[derive(Debug, Args)]
pub struct Entities {
    #[command(flatten)]
    listing: Listing,
}

const SHOWN: &[Shown<EntityRow>] = &[
    Shown { heading: "name", width: 44, value: |it| it.name.clone() },
    Shown { heading: "type", width: 12, value: |it| it.entity_type.clone() },
    Shown { heading: "country", width: 7, value: |it| it.country.clone().unwrap_or_default() },
    Shown { heading: "sector", width: 6, value: |it| it.sector.clone().unwrap_or_default() },
    Shown { heading: "acts", width: 7, value: |it| it.as_actor.to_string() },
    Shown { heading: "acted on", width: 8, value: |it| it.as_recipient.to_string() },
    Shown { heading: "quotes", width: 6, value: |it| it.quotes.to_string() },
    Shown { heading: "articles", width: 8, value: |it| it.articles.to_string() },
    Shown { heading: "id", width: 16, value: |it| it.id.clone() },
];

impl Entities {
    pub fn run(self) -> Result<Exit, Failure> {
        self.listing.print(SHOWN, ENTITIES, "entities", Store::entities)
    }
}
