//! `cargo xtask spark`: the Python package on a cluster: two executors with a JVM and a Python each, one of which is
//! killed in the middle of its work.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};
use clap::Args;

use crate::process::run;
use crate::python::{self, Python};
use crate::repository;

#[derive(Args, Default)]
pub struct Spark {
    /// The Python to test with [default: the newest that is found, 3.12 or later where there is one]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,

    /// Build the wheel as it is published: some minutes more
    #[arg(long)]
    release: bool,

    /// Measure instead of testing, with the wheel as it is published: bench/spark.py
    #[arg(long)]
    bench: bool,

    /// Stories to measure with
    #[arg(long, value_name = "N", default_value_t = 5000)]
    stories: u32,
}

/// What the tests want beside the wheel: half a gigabyte. Spark does not know pandas 3 yet.
const TESTED_WITH: [&str; 5] =
    ["pytest==9.*", "pyspark==4.3.*", "pandas<3", "pyarrow>=17", "moto[server]==5.*"];

impl Spark {
    pub fn run(self) -> Result<()> {
        let java = Command::new("java").arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !java.is_ok_and(|status| status.success()) {
            bail!("Spark runs on Java, and there is none; install Java 17 or 21");
        }
        Python::installing(self.python, self.release || self.bench).run()?;
        let python = python::installed();
        run(python::pip(&python).args(TESTED_WITH))?;
        if self.bench {
            let program = repository::root().join("bench/spark.py");
            return run(Command::new(&python).arg(program).arg("--stories").arg(self.stories.to_string()));
        }
        let tests = repository::root().join(python::CRATE).join("tests/spark");
        run(python::pytest(&python, None).arg(tests))
    }
}
