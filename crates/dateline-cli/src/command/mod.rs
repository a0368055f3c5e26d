//! The subcommands.

mod add;
mod completions;
mod doctor;
mod events;
mod man;
mod parse;
mod read;
mod serve;
mod weights;

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Command {
    Read(read::Read),
    Add(add::Add),
    Events(events::Events),
    Parse(parse::Parse),
    Serve(serve::Serve),
    Weights(weights::Weights),
    Doctor(doctor::Doctor),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    pub fn run(self) -> Result<Exit, Failure> {
        match self {
            Command::Read(command) => command.run(),
            Command::Add(command) => command.run(),
            Command::Events(command) => command.run(),
            Command::Parse(command) => command.run(),
            Command::Serve(command) => command.run(),
            Command::Weights(command) => command.run(),
            Command::Doctor(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}
