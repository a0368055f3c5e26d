//! `cargo xtask parity`: Python spaCy reads the same texts as `dateline-language`, and says the same.
//!
//! spaCy goes into a virtual environment in the target folder, once. Some minutes; not part of `test`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::fetch::Fetch;
use crate::process::{cargo, run};
use crate::repository;

#[derive(Args)]
pub struct Parity {
    /// A Python that has spaCy 3.8, where none is to be installed
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
}

/// Where the answers are compared.
const COMPARE: &str = "crates/dateline-language/tests/parity/compare.py";

/// What is compared: our own prose, 3,000 odd texts and 500 dispatches made of phrases; then, with the
/// senter in the parser's place, some of them again. Some 400,000 tokens.
const ROUNDS: [&[&str]; 2] =
    [&["--repository", "--odd", "3000", "--news", "500"], &["--senter", "--odd", "500", "--news", "200"]];

/// French, with a tokenizer, a morphologizer and a lemmatizer that English does not have.
const FRENCH: &str = "fr_core_news_sm";
const FRENCH_TEXTS: &str = "crates/dateline-language/tests/parity/french.jsonl";

impl Parity {
    pub fn run(self) -> Result<()> {
        Fetch { release: false }.run()?;
        let python = match self.python {
            Some(python) => python,
            None => environment()?,
        };
        for round in ROUNDS {
            run(Command::new(&python).arg(COMPARE).args(round))?;
        }
        cargo(&["run", "--quiet", "--package", "dateline-cli", "--", "weights", "get", FRENCH])?;
        let weights = weights_folder().context("there is no home directory to look for weights in")?;
        let french = weights.join(format!("{FRENCH}-3.8.0"));
        run(Command::new(&python).arg(COMPARE).arg(french).args(["--texts", FRENCH_TEXTS, "--odd", "300"]))?;
        eprintln!("spaCy says the same");
        Ok(())
    }
}

/// Where `dateline weights get` puts weights.
fn weights_folder() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|cache| cache.is_absolute());
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    Some(cache.join("dateline/weights"))
}

/// The Python of the virtual environment, which is made where it is not there.
fn environment() -> Result<PathBuf> {
    let folder = repository::release_folder().with_file_name("parity");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "spacy==3.8.*"]))?;
    Ok(python)
}
