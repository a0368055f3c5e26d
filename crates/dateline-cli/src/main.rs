//! The `dateline` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(dateline_cli::main_from(std::env::args_os()))
}
