//! `dateline completions`: a script that lets a shell complete our arguments.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Print a completion script for a shell
///
/// For bash: dateline completions bash > ~/.local/share/bash-completion/completions/dateline
#[derive(Debug, Args)]
pub struct Completions {
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut crate::Arguments::command(), "dateline", &mut script);
        output::print(&script)
    }
}
