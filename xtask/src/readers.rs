//! `cargo xtask readers`: exports are opened in the programs that people read them with: pandas and
//! pyarrow, networkx, geojson, followthemoney.
//!
//! These go into a virtual environment in the target folder, once. Where there is no python3 or no pip
//! the task fails and says so: nothing is passed over in silence.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::fetch::Fetch;
use crate::process::{cargo, run};
use crate::repository;

#[derive(Args)]
pub struct Readers {
    /// A Python that has them, where none is to be installed
    #[arg(long, value_name = "PATH")]
    pub python: Option<PathBuf>,
}

const CHECK: &str = "crates/dateline-export/tests/readers/check.py";

/// What is installed.
const PACKAGES: [&str; 5] =
    ["pandas==2.*", "pyarrow>=17", "networkx==3.*", "geojson==3.*", "followthemoney==4.*"];

const FORMS: [&str; 8] = ["csv", "ndjson", "parquet", "geojson", "ftm", "graphml", "polecat", "gdelt"];

impl Readers {
    pub fn run(self) -> Result<()> {
        Fetch { release: false }.run()?;
        let python = match self.python {
            Some(python) => python,
            None => environment()?,
        };
        let folder = repository::release_folder().with_file_name("readers-exports");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)?;
        let database = folder.with_file_name("readers.db");
        for ending in ["", "-wal", "-shm", "-writer"] {
            let mut name = database.as_os_str().to_os_string();
            name.push(ending);
            let _ = fs::remove_file(PathBuf::from(name));
        }
        let mut pages = vec!["examples/ghana-border.html".to_string()];
        for story in fs::read_dir(repository::root().join("tests/stories"))? {
            // A story is a web page or a text.
            let folder = story?.path();
            let named = ["page.html", "page.txt"].map(|name| folder.join(name));
            pages.extend(named.iter().filter(|page| page.exists()).map(|page| text(page)));
        }
        pages.sort();
        let mut add = vec!["add", "--db"];
        let database_name = text(&database);
        add.push(&database_name);
        add.extend(pages.iter().map(String::as_str));
        dateline(&add)?;
        for form in FORMS {
            let out = format!("{}/", text(&folder.join(form)));
            dateline(&["export", "--db", &text(&database), "--format", form, "--out", &out])?;
        }
        run(Command::new(&python).arg(CHECK).arg(&folder))
    }
}

fn dateline(arguments: &[&str]) -> Result<()> {
    let mut words = vec!["run", "--quiet", "--package", "dateline-cli", "--"];
    words.extend(arguments);
    cargo(&words)
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// The Python of the virtual environment, which is made where it is not there.
fn environment() -> Result<PathBuf> {
    let folder = repository::release_folder().with_file_name("readers");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let done = folder.join("installed");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    if Command::new("python3").arg("--version").output().is_err() {
        bail!(
            "there is no python3, in whose programs exports are opened; install Python 3.11 or later with pip"
        );
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES))
        .context("pip could not install the programs that read exports")?;
    fs::write(&done, wanted)?;
    Ok(python)
}
