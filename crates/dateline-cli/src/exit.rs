//! Exit: what the command's status tells a script.

use std::process::ExitCode;

/// How a run ended. Wrong usage (2) is said by the argument parser itself; an interrupt ends the
/// process by its signal, which a shell shows as 130.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All was read.
    Done = 0,
    /// Nothing could be done.
    Failed = 1,
    /// It ran to the end, but some inputs were rejected.
    SomeRejected = 3,
    /// The network, or a server on it, refused.
    Network = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
