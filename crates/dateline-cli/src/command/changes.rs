//! `dateline changes`: what came, what is told otherwise, what is no longer told.

use clap::Args;
use dateline_export::CHANGES;
use dateline_store::{ChangeRow, Page};

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{As, Shown};

/// List what has changed since a moment
///
/// Articles that were added, revised (the same address, another text) or recoded (other versions of
/// program, codebook, weights or gazetteer), facts that are told otherwise or no longer told, and
/// corrections: with what each was before.
#[derive(Debug, Args)]
pub struct Changes {
    #[command(flatten)]
    database: Database,

    /// Since this day or moment, in UTC: 2024-05-15 or 2024-05-15T09:30:00Z
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,

    /// So many rows at most
    #[arg(long, value_name = "N", default_value_t = 1000)]
    limit: usize,

    #[command(flatten)]
    form: As,
}

const SHOWN: &[Shown<ChangeRow>] = &[
    Shown { heading: "at", width: 20, value: |it| it.at.clone() },
    Shown { heading: "what", width: 8, value: |it| it.what.clone() },
    Shown { heading: "change", width: 9, value: |it| it.kind.clone() },
    Shown { heading: "id", width: 16, value: |it| it.id.clone() },
    Shown { heading: "before", width: usize::MAX, value: before },
];

impl Changes {
    pub fn run(self) -> Result<Exit, Failure> {
        if let Some(since) = &self.since {
            let is_moment =
                since.parse::<jiff::Timestamp>().is_ok() || since.parse::<jiff::civil::Date>().is_ok();
            if !is_moment {
                return Err(Failure::new(format!("--since: {since} is no moment"))
                    .hint("a day looks like 2024-05-15, a moment like 2024-05-15T09:30:00Z"));
            }
        }
        let store = self.database.open()?;
        let (rows, truncated) =
            store.changes(self.since.as_deref(), self.limit).map_err(|error| self.database.failure(error))?;
        let count = format!("{} changes", rows.len());
        self.form.print(&Page { rows, truncated, next: None }, SHOWN, CHANGES, &count)
    }
}

/// What it was, in a few words.
fn before(change: &ChangeRow) -> String {
    let was = |name: &str| change.was[name].as_str().unwrap_or_default().to_string();
    match change.what.as_str() {
        "telling" => format!("{} {} '{}'", was("event_type"), was("status"), was("sentence")),
        "quote" => format!("{}: '{}'", was("speaker"), was("content")),
        "article" => was("title"),
        "event" => format!("{} {} {}", was("event_type"), was("status"), was("day")),
        _ if change.was.is_null() => String::new(),
        _ => change.was.to_string(),
    }
}
