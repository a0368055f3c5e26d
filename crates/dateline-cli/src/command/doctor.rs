//! `dateline doctor`: is everything in place, and if not, which command mends it?

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use clap::Args;
use dateline::Judge;
use dateline_parts::Cache;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::versions::{self, Versions};

/// Check that everything that reading stories needs is in place
#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    versions: Versions,
}

/// What one check found: a fact, or what is wrong.
type Finding = Result<String, Failure>;

impl Doctor {
    pub fn run(self) -> Result<Exit, Failure> {
        let findings = [
            ("dateline", Ok(env!("CARGO_PKG_VERSION").to_string())),
            ("codebook", codebook(&self.versions)),
            ("weights", versions::pipeline(&self.versions).map(|pipeline| pipeline.name().to_string())),
            ("reader", versions::judge(&self.versions).map(reader)),
            ("gazetteer", versions::gazetteer(&self.versions).map(|gazetteer| gazetteer.version())),
            ("cache", cache()),
        ];
        let is_ready = findings.iter().all(|(_, finding)| finding.is_ok());
        // Python only fetches: where all is fetched, its absence is worth a line and no more.
        let python = ("python", python());
        let fault = |name| if is_ready && name == "python" { "note" } else { "wrong" };
        let mut lines = String::new();
        for (name, finding) in findings.iter().chain([&python]) {
            match finding {
                Ok(fact) => {
                    let _ = writeln!(lines, "ok     {name:<10} {fact}");
                }
                Err(failure) => {
                    let _ = writeln!(lines, "{:<6} {name:<10} {}", fault(*name), failure.message);
                    for hint in &failure.hints {
                        let _ = writeln!(lines, "{:18}hint: {hint}", "");
                    }
                }
            }
        }
        let printed = output::print(lines.as_bytes())?;
        Ok(if is_ready { printed } else { Exit::Failed })
    }
}

fn codebook(versions: &Versions) -> Finding {
    let codebook = versions::codebook(versions)?;
    Ok(format!("{}, {} event types", codebook.version(), codebook.pages.len()))
}

fn reader(judge: Option<Judge>) -> String {
    judge.map_or_else(|| "rules".to_string(), |judge| judge.version().to_string())
}

fn cache() -> Finding {
    Cache::from_environment().map(|cache| cache.folder().display().to_string()).map_err(Failure::new)
}

fn python() -> Finding {
    let pip = Command::new("python3").args(["-m", "pip", "--version"]).stdin(Stdio::null()).output();
    match pip {
        Ok(said) if said.status.success() => {
            let said = String::from_utf8_lossy(&said.stdout);
            Ok(format!("python3 with {}", said.split(" from ").next().unwrap_or_default().trim()))
        }
        Ok(_) => Err(Failure::new("python3 has no pip, which fetches the weights")
            .hint("install it (Debian: apt install python3-pip; elsewhere: python3 -m ensurepip)")),
        Err(_) => Err(Failure::new("there is no python3, which fetches the weights")
            .hint("install Python 3.9 or later with pip; reading stories does not need it")),
    }
}
