//! `cargo xtask test`: everything that must hold before a change goes in.

use anyhow::Result;
use clap::Args;

use crate::fetch::Fetch;
use crate::process::cargo;
use crate::readers::Readers;
use crate::tidy::Tidy;
use crate::web::{self, Web};

#[derive(Args)]
pub struct Test {}

impl Test {
    pub fn run(self) -> Result<()> {
        cargo(&["fmt", "--all", "--check"])?;
        Tidy {}.run()?;
        Fetch { release: false }.run()?;
        cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
        // Documentation examples are among them.
        cargo(&["test", "--workspace"])?;
        match web::missing() {
            None => Web {}.run()?,
            Some(missing) => eprintln!("the page of `dateline serve` is not tested: {missing}"),
        }
        Readers { python: None }.run()?;
        eprintln!("all of it holds");
        Ok(())
    }
}
