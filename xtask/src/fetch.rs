//! `cargo xtask fetch`: the weights and the gazetteer, as `dateline weights get` fetches them.

use anyhow::Result;
use clap::Args;

use crate::process::cargo;

#[derive(Args)]
pub struct Fetch {
    /// Fetch with the release build
    #[arg(long)]
    pub release: bool,
}

impl Fetch {
    /// What is there and whole is left alone.
    pub fn run(self) -> Result<()> {
        let profile = if self.release { "release" } else { "dev" };
        cargo(&["run", "--quiet", "--profile", profile, "--package", "dateline-cli", "--", "weights", "get"])
    }
}
