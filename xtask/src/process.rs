//! Running other programs: each is named before it runs, and its failure ends the task.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::repository;

/// Runs cargo with `arguments` in the repository.
pub fn cargo(arguments: &[&str]) -> Result<()> {
    // The cargo that runs us, so that a `+toolchain` choice holds.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo).args(arguments))
}

/// Runs `command` in the repository, its output shown as it comes.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let status =
        command.current_dir(repository::root()).status().with_context(|| format!("cannot start {shown}"))?;
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

/// Runs `command` and returns what it prints; what it says on standard error is shown.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let output =
        command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {shown}"))?;
    if !output.status.success() {
        bail!("{shown} failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{shown} printed something that is not UTF-8"))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words
        .map(|word| {
            let word = word.to_string_lossy();
            match std::path::Path::new(&*word).file_name() {
                Some(name) if word.starts_with('/') => name.to_string_lossy().into_owned(),
                _ => word.into_owned(),
            }
        })
        .collect();
    words.join(" ")
}
