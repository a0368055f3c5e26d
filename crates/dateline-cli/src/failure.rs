//! A failure's last way: to standard error, for a person.

use std::io::Write;

pub use dateline_input::Failure;

/// Prints the failure on standard error.
pub fn report(failure: &Failure) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let blue = anstyle::AnsiColor::Cyan.on_default();
    let mut stderr = anstream::stderr().lock();
    // Where even standard error is gone, nobody is left to tell.
    let _ = writeln!(stderr, "{red}error:{red:#} {}", failure.message);
    for hint in &failure.hints {
        let _ = writeln!(stderr, "  {blue}hint:{blue:#} {hint}");
    }
}
