//! `cargo xtask test`: everything that must hold before a change goes in.

use anyhow::Result;
use clap::Args;

use crate::fetch::Fetch;
use crate::process::cargo;
use crate::python::Python;
use crate::readers::Readers;
use crate::schemathesis::Schemathesis;
use crate::spark::Spark;
use crate::tidy::Tidy;
use crate::web::{self, Web};

#[derive(Args)]
pub struct Test {
    /// Build and test the Python package too, by itself and on a cluster, and send odd requests to the
    /// API: some minutes more
    #[arg(long)]
    all: bool,
}

impl Test {
    pub fn run(self) -> Result<()> {
        cargo(&["fmt", "--all", "--check"])?;
        Tidy {}.run()?;
        Fetch { release: false }.run()?;
        // The crate of the Python package has no tests without a Python; `python` looks at it.
        let workspace = ["--workspace", "--exclude", "dateline-python"];
        cargo(&[&["clippy"], &workspace[..], &["--all-targets", "--", "-D", "warnings"]].concat())?;
        // Documentation examples are among them.
        cargo(&[&["test"], &workspace[..]].concat())?;
        match web::missing() {
            None => Web {}.run()?,
            Some(missing) => eprintln!("the page of `dateline serve` is not tested: {missing}"),
        }
        Readers { python: None }.run()?;
        if self.all {
            Python::default().run()?;
            Spark::default().run()?;
            Schemathesis { examples: 50 }.run()?;
        }
        eprintln!("all of it holds");
        Ok(())
    }
}
