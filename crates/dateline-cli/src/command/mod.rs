//! The subcommands.

mod add;
mod changes;
mod completions;
mod correct;
mod doctor;
mod entities;
mod events;
mod export;
mod import;
mod man;
mod parse;
mod quotes;
mod read;
mod serve;
mod show;
mod sql;
mod stories;
mod test;
mod watch;
mod weights;

use clap::Subcommand;

use crate::exit::Exit;
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Command {
    Read(read::Read),
    Add(add::Add),
    Events(events::Events),
    Quotes(quotes::Quotes),
    Stories(stories::Stories),
    Entities(entities::Entities),
    Show(show::Show),
    Export(export::Export),
    Import(import::Import),
    Changes(changes::Changes),
    Correct(correct::Correct),
    Sql(sql::Sql),
    Watch(watch::Watch),
    Parse(parse::Parse),
    Serve(serve::Serve),
    Test(test::Test),
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
            Command::Quotes(command) => command.run(),
            Command::Stories(command) => command.run(),
            Command::Entities(command) => command.run(),
            Command::Show(command) => command.run(),
            Command::Export(command) => command.run(),
            Command::Import(command) => command.run(),
            Command::Correct(command) => command.run(),
            Command::Changes(command) => command.run(),
            Command::Sql(command) => command.run(),
            Command::Watch(command) => command.run(),
            Command::Parse(command) => command.run(),
            Command::Serve(command) => command.run(),
            Command::Test(command) => command.run(),
            Command::Weights(command) => command.run(),
            Command::Doctor(command) => command.run(),
            Command::Completions(command) => command.run(),
            Command::Man(command) => command.run(),
        }
    }
}
