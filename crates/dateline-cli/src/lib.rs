//! The `dateline` command. One file a subcommand; everything they say to people goes to standard
//! error, everything that was asked for to standard output.

mod command;
mod database;
mod exit;
mod failure;
mod filters;
mod input;
mod listing;
mod network;
mod output;
mod progress;
mod versions;

use std::ffi::OsString;
use std::io::Write;

use clap::Parser;

use command::Command;

pub use database::of_store;

/// Reads news stories and codes who did what to whom, when, where, and who said so.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit status: 0 all done; 1 nothing could be done; 2 wrong usage; 3 finished, but some inputs were
rejected; 5 the network refused; 130 interrupted.
Colour is for terminals; NO_COLOR=1 turns it off.";

/// Runs the command with the words of a command line, its own name first, and returns the exit status. The
/// program is this function; the Python package's command is it too.
pub fn main_from(words: impl IntoIterator<Item = OsString>) -> u8 {
    let status = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments.command.run().unwrap_or_else(|failure| {
            failure::report(&failure);
            exit::Exit::Failed
        }) as u8,
        // Help and the version are no failures, and say so by their status.
        Err(error) => {
            let _ = error.print();
            u8::try_from(error.exit_code()).unwrap_or(exit::Exit::Failed as u8)
        }
    };
    // Whoever runs us may not end with us.
    let _ = std::io::stdout().flush();
    status
}
