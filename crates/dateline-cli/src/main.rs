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

use std::process::ExitCode;

use clap::Parser;

use command::Command;

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

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.report();
            exit::Exit::Failed.into()
        }
    }
}
