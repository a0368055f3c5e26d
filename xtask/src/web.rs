//! `cargo xtask web`: is the page that is compiled in the one whose source is here, and does it work?
//!
//! Needs node with npm, and a Chromium, which Rust alone does not bring. `cargo xtask test` runs this
//! where they are there, and says so where they are not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::{cargo, run};
use crate::repository;

#[derive(Args)]
pub struct Web {}

impl Web {
    pub fn run(self) -> Result<()> {
        let web = repository::root().join("web");
        install(&web)?;
        is_fresh(&web)?;
        if !has_chromium() {
            eprintln!(
                "the page is fresh, and not tried in a browser: there is no Chromium (Debian: apt install chromium)"
            );
            return Ok(());
        }
        let tests = tests(&web)?;
        let mut arguments = vec!["--test", "--test-concurrency=1"];
        arguments.extend(tests.iter().map(String::as_str));
        node(&arguments)
    }
}

/// The paths through a browser, each file a subject.
fn tests(web: &Path) -> Result<Vec<String>> {
    let mut tests = Vec::new();
    for entry in fs::read_dir(web.join("tests")).context("web/tests")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.js") {
            tests.push(format!("tests/{name}"));
        }
    }
    tests.sort();
    Ok(tests)
}

/// Runs node in `web/` on a server of ours, built for it.
pub fn node(arguments: &[&str]) -> Result<()> {
    cargo(&["build", "--package", "dateline-cli"])?;
    let command = repository::target_folder().join("debug/dateline");
    let web = repository::root().join("web");
    install(&web)?;
    let shown = arguments.join(" ");
    eprintln!("$ node {shown}");
    let status = Command::new("node")
        .args(arguments)
        .current_dir(web)
        .env("DATELINE_COMMAND", command)
        .status()
        .context("cannot start node")?;
    if !status.success() {
        bail!("node {shown} failed ({status})");
    }
    Ok(())
}

/// What is missing to test the page, in words; nothing where all is there.
pub fn missing() -> Option<&'static str> {
    if !answers("node") || !answers("npm") {
        return Some("node and npm are not here");
    }
    let asked = Command::new("node").arg("--version").output().ok()?;
    (!is_new_enough(&String::from_utf8_lossy(&asked.stdout)))
        .then_some("node is older than Vite wants it: 20.19")
}

/// Of "v20.19.2": what the page is built with wants 20.19, or 22.12 and later.
fn is_new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map(|number| number.parse().unwrap_or(0));
    let version: (u32, u32) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    matches!(version, (20, 19..) | (22, 12..) | (23.., _))
}

fn has_chromium() -> bool {
    let named = std::env::var_os("CHROMIUM").is_some_and(|path| Path::new(&path).exists());
    named || ["chromium", "chromium-browser", "google-chrome"].into_iter().any(answers)
}

fn answers(name: &str) -> bool {
    let mut asked = Command::new(name);
    asked.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

/// The packages of the lock file, unless they are there as it says.
fn install(web: &Path) -> Result<()> {
    let wanted = fs::metadata(web.join("package-lock.json")).context("web/package-lock.json")?.modified()?;
    let there = fs::metadata(web.join("node_modules/.package-lock.json")).and_then(|file| file.modified());
    if there.is_ok_and(|there| there >= wanted) {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--prefix", "web"]))
}

/// Builds the page beside the one that is committed, and compares them byte by byte.
fn is_fresh(web: &Path) -> Result<()> {
    let built = repository::root().join("target/web-dist");
    run(Command::new("npm").args(["run", "--silent", "build", "--prefix", "web"]).env("DIST", &built))?;
    let (committed, built) = (files(&web.join("dist"))?, files(&built)?);
    let differs = |name: &&PathBuf| committed.get(*name) != built.get(*name);
    let stale: Vec<&PathBuf> = committed.keys().chain(built.keys()).filter(differs).collect();
    if let Some(first) = stale.first() {
        bail!(
            "web/dist is not what web/src builds ({} is another); run `npm run build` in web/ and commit it",
            first.display()
        );
    }
    Ok(())
}

fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn an_old_node_is_told_from_one_that_will_do() {
        for version in ["v20.19.0\n", "v22.12.1", "v24.0.0"] {
            assert!(is_new_enough(version), "{version}");
        }
        for version in ["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", ""] {
            assert!(!is_new_enough(version), "{version}");
        }
    }
}
