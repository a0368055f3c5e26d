//! Progress on standard error: bars where a person watches, lines elsewhere, never among the output.

use std::io::{IsTerminal, stderr, stdout};
use std::time::Duration;

use dateline_parts::{Progress, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const KNOWN: &str = "{bar:30} {pos}/{len} stories, {per_sec}, {eta} left";
const UNKNOWN: &str = "{spinner} {pos} stories, {per_sec}";
const UNPACKING: &str = "{bar:30} {percent}% {msg}";
const WAITING: &str = "{spinner} {msg}, {elapsed}";

const TICK: Duration = Duration::from_millis(200);

/// A bar for `total` stories, or for as many as will come.
///
/// There is none when the output itself appears on the terminal: it shows how far we are.
pub fn stories(total: Option<u64>) -> ProgressBar {
    let target =
        if stdout().is_terminal() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(total, target);
    bar.set_style(style(if total.is_some() { KNOWN } else { UNKNOWN }));
    bar.enable_steady_tick(TICK);
    bar
}

/// Shows how parts are got: a bar on a terminal, a line a step elsewhere.
pub struct PartsProgress {
    bar: Option<ProgressBar>,
}

impl PartsProgress {
    pub fn new() -> PartsProgress {
        let bar = stderr().is_terminal().then(ProgressBar::new_spinner);
        if let Some(bar) = &bar {
            bar.enable_steady_tick(TICK);
        }
        PartsProgress { bar }
    }

    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }

    fn wait(&self, what: String) {
        match &self.bar {
            Some(bar) => {
                bar.set_style(style(WAITING));
                bar.reset_elapsed();
                bar.set_message(what);
            }
            None => eprintln!("{what}"),
        }
    }

    fn say(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.println(what),
            None => eprintln!("{what}"),
        }
    }
}

impl Progress for PartsProgress {
    fn step(&mut self, step: Step<'_>) {
        match step {
            Step::AlreadyThere(title) => self.say(&format!("{title}: there already")),
            Step::Fetching(title) => self.wait(format!("{title}: fetching")),
            Step::Checking(title) => self.wait(format!("{title}: checking")),
            Step::Compiling(title) => self.wait(format!("{title}: compiling")),
            Step::Done(title) => self.say(&format!("{title}: done")),
            Step::Unpacking(title, done, total) => {
                if let Some(bar) = &self.bar {
                    bar.set_style(style(UNPACKING));
                    bar.set_message(format!("{title}: unpacking"));
                    bar.set_length(total);
                    bar.set_position(done);
                }
            }
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates are constants")
}
