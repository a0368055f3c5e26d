//! The subcommands.

mod completions;
mod man;
mod read;

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Command {
    Read(read::Read),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    pub fn run(self) -> Result<Exit, Failure> {
        match self {
            Command::Read(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}
