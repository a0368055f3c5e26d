//! Standard output, written so that a reader who has seen enough may close it.

use std::io::{self, ErrorKind, Write};

use crate::exit::Exit;
use crate::failure::Failure;

/// Writes `bytes` and ends the command well. A closed pipe (`dateline … | head`) is no failure.
pub fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(error) if is_closed(&error) => Ok(Exit::Done),
        Err(error) => Err(failure(&error)),
    }
}

/// Whether the other end of the pipe has gone.
pub fn is_closed(error: &io::Error) -> bool {
    error.kind() == ErrorKind::BrokenPipe
}

pub fn failure(error: &io::Error) -> Failure {
    Failure::new(format!("cannot write to standard output: {error}"))
}
