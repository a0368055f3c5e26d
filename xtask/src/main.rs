//! All automation of this repository: `cargo xtask <task>`, one file a task.
//!
//! ```text
//! cargo xtask demo      fetch what is needed, build, read one story and print its record
//! cargo xtask test      everything that must hold before a change goes in
//! ```

mod new_event;
mod tidy;

mod process;
mod repository;

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
    /// Check the map, the arrows between the crates, and the size of files
    Tidy(tidy::Tidy),
    /// Start a codebook page for a new event type
    NewEvent(new_event::NewEvent),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Tidy(task) => task.run(),
        Task::NewEvent(task) => task.run(),
    }
}
