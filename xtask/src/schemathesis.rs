//! `cargo xtask schemathesis`: thousands of odd requests, made from the API's own description; none may
//! be answered with a 5xx, nor with anything that the description does not say.
//!
//! Schemathesis (Python) goes into a virtual environment in the target folder, once. Part of `test --all`, with fewer requests.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::process::{cargo, run};
use crate::repository;

#[derive(Args)]
pub struct Schemathesis {
    /// Requests an operation
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub examples: u32,
}

impl Schemathesis {
    pub fn run(self) -> Result<()> {
        cargo(&["build", "--package", "dateline-cli"])?;
        let schemathesis = environment()?;
        let mut server = Server::start()?;
        let description = format!("{}/openapi.json", server.origin);
        let tried = run(Command::new(schemathesis)
            .args([
                "run",
                &description,
                "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance",
            ])
            // The stream of live numbers has no end, and so no answer to check.
            .args([
                "--exclude-path",
                "/api/v1/live",
                "--max-examples",
                &self.examples.to_string(),
                // Its threads trip over each other in Python 3.11 ("recursion depth mismatch").
                "--workers",
                "1",
            ]));
        server.process.kill().ok();
        server.process.wait().ok();
        tried
    }
}

/// A server on our example stories.
struct Server {
    process: Child,
    origin: String,
}

impl Server {
    fn start() -> Result<Server> {
        let mut process = Command::new(repository::target_folder().join("debug/dateline"))
            .args(["serve", "--examples", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start dateline serve")?;
        let mut origin = String::new();
        BufReader::new(process.stdout.take().context("the server has no output")?).read_line(&mut origin)?;
        Ok(Server { process, origin: origin.trim().to_owned() })
    }
}

fn environment() -> Result<PathBuf> {
    let folder = repository::target_folder().join("schemathesis");
    let bin = folder.join("bin");
    if !bin.join("schemathesis").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(bin.join("python")).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "schemathesis>=4,<5",
        ]))?;
    }
    Ok(bin.join("schemathesis"))
}
