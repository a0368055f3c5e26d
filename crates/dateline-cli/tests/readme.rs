//! The README shows a command and its output. This keeps it true; `UPDATE=1` writes the output anew.

mod house;

use std::fs;
use std::path::Path;

use house::{Run, dateline};

const OPENING: &str = "```console\n$ dateline read examples/ghana-border.html\n";

#[test]
fn the_readme_shows_what_the_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("README.md");
    let readme = fs::read_to_string(&path).expect("there is a README");
    let (before, rest) = readme.split_once(OPENING).expect("the README shows the example");
    let (shown, after) = rest.split_once("```").expect("the example ends");
    let run = Run::of(dateline().args(["read", "examples/ghana-border.html"]).current_dir(&root));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{before}{OPENING}{}```{after}", run.stdout))
            .expect("the README can be written");
        return;
    }
    assert_eq!(shown, run.stdout, "UPDATE=1 cargo test -p dateline-cli --test readme writes it anew");
}
