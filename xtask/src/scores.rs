//! `cargo xtask scores`: measures the release build against gold sets and rewrites the scoreboard.
//!
//! The gold sets are other people's texts and stand beside the repository, not in it: a folder
//! with `score/` (the scripts) and `gold/` (the sets). Where it is missing there is nothing to
//! measure, and that is no failure. `eval/scores.txt` holds no times and no paths, so that its
//! diff shows a change of quality and nothing else.

mod brat;
mod captures;
mod petrarch;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::fetch::Fetch;
use crate::process::{self, cargo};
use crate::repository;

#[derive(Args)]
pub struct Scores {
    /// The folder with score/ and gold/ [default: $DATELINE_GOLD, else ../shared]
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,

    /// Measure only the sets whose title holds WORD, and print instead of rewriting the scoreboard
    #[arg(long, value_name = "WORD")]
    only: Option<String>,
}

/// One measurement: a script, run on a set.
struct Measure {
    title: &'static str,
    script: &'static str,
    set: &'static str,
}

const MEASURES: [Measure; 10] = [
    Measure { title: "whole stories", script: "score_stories.py", set: "stories" },
    Measure { title: "actor-recipient pairs", script: "score_pairs.py", set: "pairs/PLV_dev.tsv" },
    Measure { title: "PETRARCH's own sentences", script: PETRARCH, set: "petrarch" },
    Measure { title: "quotes", script: "score_quotes.py", set: "quotes" },
    Measure { title: "dates, news", script: "score_dates.py", set: "dates/timebank" },
    Measure { title: "dates, history", script: "score_dates.py", set: "dates/wikiwars" },
    Measure { title: "places, local news", script: "score_places.py", set: "places/lgl.xml" },
    Measure { title: "pages, marked by hand", script: "score_pages.py", set: "pages/scrapinghub" },
    Measure { title: "pages of many publishers", script: "score_pages.py", set: "pages/fundus" },
    Measure { title: "pages as text captures", script: CAPTURES, set: "pages/textcapture" },
];

/// In place of a script: the captures are scored here, and so are PETRARCH's validation files.
const CAPTURES: &str = "xtask/src/scores/captures.rs";
const PETRARCH: &str = "xtask/src/scores/petrarch.rs";

const SCOREBOARD: &str = "eval/scores.txt";

impl Scores {
    pub fn run(self) -> Result<()> {
        let shared = self.shared.or_else(|| env::var_os("DATELINE_GOLD").map(PathBuf::from));
        let shared = shared.unwrap_or_else(|| repository::root().join("../shared"));
        if !shared.join("score").is_dir() || !shared.join("gold").is_dir() {
            eprintln!("{}: no gold sets there, so nothing was measured", shared.display());
            eprintln!("hint: --shared DIR names a folder with score/ and gold/");
            return Ok(());
        }
        let shared = shared.canonicalize()?;

        cargo(&["build", "--release", "--package", "dateline-cli"])?;
        Fetch { release: true }.run()?;

        let mut board = String::from(
            "Scores of the release build on the gold sets. Rewritten by `cargo xtask scores`.\n\
             Precision, recall and F1 in the terms of each set's own scoring script.\n",
        );
        let wanted =
            |measure: &&Measure| self.only.as_ref().is_none_or(|word| measure.title.contains(word.as_str()));
        for measure in MEASURES.iter().filter(wanted) {
            let set = shared.join("gold").join(measure.set);
            if !set.exists() {
                eprintln!("{}: {} is missing, left out", measure.title, set.display());
                continue;
            }
            let set = match measure.script {
                "score_quotes.py" => brat::whole(&set, &repository::target_folder().join("gold-quotes"))?,
                _ => set,
            };
            // One script that breaks on its set must not hide what the others say.
            let printed = run(&shared, measure, &set).unwrap_or_else(|error| {
                eprintln!("{}: {error:#}", measure.title);
                "not measured: the script fails on this set\n".into()
            });
            println!("{}\n{printed}", measure.title);
            let _ = write!(board, "\n## {} ({} {})\n{printed}", measure.title, measure.script, measure.set);
        }
        if self.only.is_none() {
            let path = repository::root().join(SCOREBOARD);
            fs::create_dir_all(path.parent().expect("the scoreboard lies in a folder"))?;
            fs::write(&path, board).with_context(|| format!("cannot write {SCOREBOARD}"))?;
            eprintln!("{SCOREBOARD} is rewritten");
        }
        Ok(())
    }
}

fn run(shared: &Path, measure: &Measure, set: &Path) -> Result<String> {
    let release = repository::release_folder();
    if measure.script == CAPTURES {
        return captures::measure(&release.join("dateline"), set);
    }
    if measure.script == PETRARCH {
        return petrarch::measure(
            &release.join("dateline"),
            set,
            &repository::target_folder().join("gold-petrarch"),
        );
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once(release).chain(env::split_paths(&path)))?;
    let script = shared.join("score").join(measure.script);
    process::output(
        Command::new("python3").arg(script).arg(set).env("PATH", path).env("PYTHONDONTWRITEBYTECODE", "1"),
    )
}
