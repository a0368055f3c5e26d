//! Command: the `dateline` command, in this process.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command with the words of a command line, its own name first; returns the exit status.
#[pyfunction]
pub fn run(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| dateline_cli::main_from(words))
}
