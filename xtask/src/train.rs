//! `cargo xtask train`: the judge learns from the codebook's examples, and its tables are rewritten.
//!
//! The linear reader, the votes and the tables are a matter of minutes. The encoder (`--encoder`) takes some
//! twenty minutes more on two cores, and Python with JAX, which goes into a virtual environment in the target
//! folder, once. Seeds are fixed. Examples under `## Examples kept for testing` are learnt from by nobody.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::process::{cargo, run};
use crate::repository;

#[derive(Args)]
pub struct Train {
    /// Train the encoder too; without, its weights stay as they are
    #[arg(long)]
    encoder: bool,

    /// A Python that has jax, optax and numpy, where none are to be installed
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
}

const SCRIPT: &str = "train/encoder.py";
const LEARNT: &str = "crates/dateline-judge/weights/encoder.safetensors";
const PACKAGES: [&str; 3] = ["jax==0.10.*", "optax==0.2.*", "numpy==2.*"];

impl Train {
    pub fn run(self) -> Result<()> {
        if self.encoder {
            self.train_encoder()?;
        }
        // Each step reads what the one before wrote, some of it compiled in.
        for step in ["linear", "votes", "tables"] {
            trainer(&[step])?;
        }
        Ok(())
    }

    fn train_encoder(&self) -> Result<()> {
        let folder = repository::target_folder().join("train");
        std::fs::create_dir_all(&folder)?;
        let questions = folder.join("questions.jsonl");
        let published = folder.join("published.txt");
        let [questions, published] = [questions, published].map(|path| path.display().to_string());
        trainer(&["dump", &questions, &published])?;
        let python = match &self.python {
            Some(python) => python.clone(),
            None => environment()?,
        };
        let weights = std::fs::read_to_string(&published)?;
        run(Command::new(python).arg(SCRIPT).args([
            "--weights",
            weights.trim(),
            "--cases",
            &questions,
            "--out",
            LEARNT,
        ]))
    }
}

fn trainer(arguments: &[&str]) -> Result<()> {
    let command = ["run", "--quiet", "--release", "--package", "dateline-train", "--"];
    cargo(&[&command, arguments].concat())
}

/// The Python of the virtual environment, which is made where it is not there.
fn environment() -> Result<PathBuf> {
    let folder = repository::target_folder().join("train-python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES))?;
    Ok(python)
}
