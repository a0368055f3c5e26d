//! Trains the judge on the codebook's examples: `cargo xtask train`, step by step.
//!
//! ```text
//! dateline-train dump questions.jsonl the questions, for train/encoder.py
//! dateline-train linear               crates/dateline-judge/weights/linear.bin
//! dateline-train votes                crates/dateline-judge/weights/votes.txt
//! dateline-train tables               eval/reliability.txt, eval/learning.txt
//! ```
//!
//! Examples kept for testing are learnt from by no reader; the votes' few weights and the tables rest on them.

mod dump;
mod examples;
mod linear;
mod minimise;
mod parts;
mod tables;
mod votes;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use dateline::Codebook;
use dateline_document::Article;
use dateline_judge::WordPiece;

use crate::examples::Case;
use crate::parts::Parts;
use crate::tables::Readers;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Write the codebook's questions, cut into pieces, as JSON Lines
    Dump {
        out: PathBuf,
        /// Where the path of the published weights is written
        published: Option<PathBuf>,
    },
    /// Write the questions that stories ask, without answers
    Ask { stories: PathBuf, out: PathBuf },
    /// Train the linear reader
    Linear,
    /// Fit the weights of the votes
    Votes,
    /// Rewrite the tables of reliability and of learning
    Tables,
}

fn main() -> Result<()> {
    let step = Arguments::parse().step;
    let parts = Parts::open()?;
    // As it lies in the folder, so that a new example needs no new build.
    let codebook = Codebook::open(&root().join("codebook"))?;
    match step {
        Step::Dump { out, published } => {
            let cases = examples::cases(&parts, &codebook);
            let mut out = BufWriter::new(File::create(&out)?);
            dump::write(&mut out, &tokenizer(&parts)?, &cases)?;
            out.flush()?;
            if let Some(published) = published {
                let weights = parts.encoder.join("model.safetensors");
                fs::write(published, weights.display().to_string())?;
            }
        }
        Step::Ask { stories, out } => ask(&parts, &codebook, &stories, &out)?,
        Step::Linear => {
            let cases = examples::cases(&parts, &codebook);
            let learnt: Vec<&Case> = cases.iter().filter(|case| !case.is_kept).collect();
            let linear = linear::train(&learnt, &|word| parts.pipeline.vector(word));
            let path = weights("linear.bin");
            fs::write(&path, linear.write()).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Step::Votes => {
            let cases = examples::cases(&parts, &codebook);
            let text = Readers::open(&parts)?.votes(&cases);
            print!("{text}");
            fs::write(weights("votes.txt"), text).context("cannot write the votes")?;
        }
        Step::Tables => {
            let cases = examples::cases(&parts, &codebook);
            let readers = Readers::open(&parts)?;
            for (name, text) in [
                ("reliability.txt", readers.reliability(&cases)),
                ("learning.txt", tables::learning(&parts, &cases)),
            ] {
                print!("{text}");
                fs::write(root().join("eval").join(name), text)
                    .with_context(|| format!("cannot write eval/{name}"))?;
            }
        }
    }
    Ok(())
}

/// Written for whoever measures on stories of their own: the questions, without answers.
fn ask(parts: &Parts, codebook: &Codebook, stories: &Path, out: &Path) -> Result<()> {
    let tokenizer = tokenizer(parts)?;
    let mut out = BufWriter::new(File::create(out)?);
    for line in BufReader::new(File::open(stories)?).lines() {
        let story: serde_json::Value = serde_json::from_str(&line?)?;
        let article = Article::from_text(story["text"].as_str().context("a story without text")?);
        let document = parts.pipeline.read_article(&article);
        for candidate in dateline_coder::candidates(&article, &document, codebook, &parts.gazetteer) {
            let mut question = dump::question(&tokenizer, &document, &candidate);
            question["story"] = story["id"].clone();
            writeln!(out, "{question}")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn tokenizer(parts: &Parts) -> Result<WordPiece> {
    let path = parts.encoder.join("vocab.txt");
    let vocabulary = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    WordPiece::read(&vocabulary).context("the vocabulary lacks BERT's marks")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the repository")
}

fn weights(name: &str) -> PathBuf {
    root().join("crates/dateline-judge/weights").join(name)
}
