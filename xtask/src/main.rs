//! All automation of this repository: `cargo xtask <task>`, one file a task.
//!
//! ```text
//! cargo xtask demo      build, fetch what is needed, read one story and print its record
//! cargo xtask test      everything that must hold before a change goes in
//! cargo xtask train     the judge learns from the codebook's examples
//! ```

mod demo;
mod fetch;
mod new_event;
mod parity;
mod pictures;
mod python;
mod readers;
mod schemathesis;
mod scores;
mod spark;
mod test;
mod tidy;
mod train;
mod web;

mod process;
mod repository;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Dateline's automation
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build, fetch what is needed, read the example story and print its record
    Demo(demo::Demo),
    /// Format, lints, all tests, documentation tests, tidiness
    Test(test::Test),
    /// Measure against the gold sets and rewrite eval/scores.txt
    Scores(scores::Scores),
    /// Train the judge on the codebook's examples and rewrite its tables
    Train(train::Train),
    /// Compare the language pipeline with Python spaCy, which is installed for it
    Parity(parity::Parity),
    /// Open exports in the programs that people read them with, which are installed for it
    Readers(readers::Readers),
    /// Build the Python package, install it in a fresh virtual environment and test it
    Python(python::Python),
    /// Try the Python package on a cluster of two Spark executors, which is started for it
    Spark(spark::Spark),
    /// Fetch the weights and the gazetteer's sources
    Fetch(fetch::Fetch),
    /// Check the map, the arrows between the crates, and the size of files
    Tidy(tidy::Tidy),
    /// Check that the page of `dateline serve` is built from its source, and try it in a browser
    Web(web::Web),
    /// Take the pictures of the README
    Pictures(pictures::Pictures),
    /// Send odd requests to the API, made from its description
    Schemathesis(schemathesis::Schemathesis),
    /// Start a codebook page for a new event type
    NewEvent(new_event::NewEvent),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Demo(task) => task.run(),
        Task::Test(task) => task.run(),
        Task::Scores(task) => task.run(),
        Task::Train(task) => task.run(),
        Task::Parity(task) => task.run(),
        Task::Readers(task) => task.run(),
        Task::Python(task) => task.run(),
        Task::Spark(task) => task.run(),
        Task::Fetch(task) => task.run(),
        Task::Tidy(task) => task.run(),
        Task::Web(task) => task.run(),
        Task::Pictures(task) => task.run(),
        Task::Schemathesis(task) => task.run(),
        Task::NewEvent(task) => task.run(),
    }
}
