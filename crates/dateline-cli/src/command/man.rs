//! `dateline man`: the manual page, made from the same words as `--help`.

use clap::{Args, CommandFactory};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;

/// Print the manual page (roff): of the command, or of one subcommand
///
/// To read it at once: dateline man read | man -l -
#[derive(Debug, Args)]
pub struct Man {
    /// A subcommand: read, weights, doctor, …
    subcommand: Option<String>,
}

impl Man {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut command = crate::Arguments::command();
        command.build();
        if let Some(name) = self.subcommand {
            let subcommand = command.find_subcommand(&name).cloned().ok_or_else(|| {
                let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                Failure::new(format!("there is no subcommand {name}"))
                    .hint(format!("these have a page: {}", known.join(", ")))
            })?;
            command = subcommand.name(format!("dateline-{name}"));
        }
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(Failure::new)?;
        output::print(&page)
    }
}
