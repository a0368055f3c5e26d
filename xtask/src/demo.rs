//! `cargo xtask demo`: from a clean clone to a coded story.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::fetch::Fetch;
use crate::process::{self, cargo};
use crate::repository;

/// A story of ours, as a news site would print it.
const STORY: &str = "examples/ghana-border.html";

#[derive(Args)]
pub struct Demo {}

impl Demo {
    pub fn run(self) -> Result<()> {
        cargo(&["build", "--release", "--package", "dateline-cli"])?;
        Fetch { release: true }.run()?;
        let dateline = repository::release_folder().join("dateline");
        process::run(Command::new(dateline).args(["read", STORY]))
    }
}
