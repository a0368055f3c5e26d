//! Progress on standard error: only where a person watches, and never among the output.

use std::io::{IsTerminal, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const KNOWN: &str = "{bar:30} {pos}/{len} stories, {per_sec}, {eta} left";
const UNKNOWN: &str = "{spinner} {pos} stories, {per_sec}";

/// A bar for `total` stories, or for as many as will come.
///
/// There is none when the output itself appears on the terminal: it shows how far we are.
pub fn bar(total: Option<u64>) -> ProgressBar {
    let target =
        if stdout().is_terminal() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let (template, bar) = match total {
        Some(total) => (KNOWN, ProgressBar::with_draw_target(Some(total), target)),
        None => (UNKNOWN, ProgressBar::with_draw_target(None, target)),
    };
    bar.set_style(ProgressStyle::with_template(template).expect("the template is a constant"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
