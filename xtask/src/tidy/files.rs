//! Files have one subject: none is too long to read, and automation is Rust, not shell.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Lines of a Rust file, tests included. Longer ones have two subjects.
const MAX_LINES: usize = 700;

/// The one shell script: it runs before there is a Rust to run.
const SHELL_SCRIPT: &str = ".ci/run";

pub fn faults(root: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for folder in ["crates", "xtask"] {
        for file in rust_files(&root.join(folder))? {
            let lines = fs::read_to_string(&file)?.lines().count();
            if lines > MAX_LINES {
                faults.push(format!("{} has {lines} lines, more than {MAX_LINES}", shown(root, &file)));
            }
        }
    }
    for file in files_below(root)? {
        if file.extension().is_some_and(|extension| extension == "sh") {
            faults.push(format!("{} is a shell script; only {SHELL_SCRIPT} is one", shown(root, &file)));
        }
    }
    Ok(faults)
}

/// The Rust files below `folder`, sorted.
pub fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = files_below(folder)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    Ok(files)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        if entry.file_type()?.is_file() {
            files.push(path);
        } else if entry.file_type()?.is_dir() && name != "target" && name != "node_modules" && name != ".git"
        {
            files.extend(files_below(&path)?);
        }
    }
    files.sort();
    Ok(files)
}

fn shown(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).display().to_string()
}
