//! `cargo xtask pictures`: the pictures of the README, taken of our example stories in a browser.

use anyhow::Result;
use clap::Args;

use crate::web;

#[derive(Args)]
pub struct Pictures {
    /// Take every screen in both themes and two widths, into this folder, to look them over
    #[arg(long, value_name = "DIR")]
    every: Option<String>,
}

const FOLDER: &str = "../docs/pictures";

impl Pictures {
    pub fn run(self) -> Result<()> {
        match &self.every {
            Some(folder) => web::node(&["tests/pictures.js", folder, "every"]),
            None => web::node(&["tests/pictures.js", FOLDER]),
        }
    }
}
