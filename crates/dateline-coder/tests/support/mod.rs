//! What the tests of the coder share: the weights, opened once, and the examples in comments.
//!
//! An example is a text block in the module comment of a rule's file: a story, a line `---`, and what
//! is found in it. `UPDATE=1` writes what is found now into the comments, to be read as an editor would.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

mod pipeline;

pub use pipeline::pipeline;

/// Checks the examples of every file in `folder` (under the crate's own), `mod.rs` aside: each must have
/// at least one, and `answer` must say of each story what the comment says.
pub fn check_examples(folder: &str, answer: impl Fn(&str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the folder of the rules is there")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "mod.rs"))
        .collect();
    files.sort();
    let mut wrong = String::new();
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source file is UTF-8");
        let (now, examples) = with_answers(&source, &answer);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if examples == 0 {
            writeln!(wrong, "{name} has no example").expect("a string takes all that is written");
        }
        if now == source {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &now).expect("a source file can be written");
        } else {
            writeln!(wrong, "{name}:\n{}", difference(&source, &now))
                .expect("a string takes all that is written");
        }
    }
    assert!(wrong.is_empty(), "examples differ; read them, then run with UPDATE=1:\n{wrong}");
}

/// The source with the answer part of each example made anew, and how many examples it has.
fn with_answers(source: &str, answer: impl Fn(&str) -> String) -> (String, usize) {
    let mut out = String::new();
    let mut examples = 0;
    let mut story: Option<String> = None;
    let mut in_answer = false;
    for line in source.lines() {
        let comment = line.strip_prefix("//!").map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
        match (comment, &mut story) {
            (Some("```text"), None) => story = Some(String::new()),
            (Some("```"), Some(_)) => {
                story = None;
                in_answer = false;
            }
            (Some("---"), Some(words)) => {
                examples += 1;
                in_answer = true;
                out.push_str("//! ---\n");
                for line in answer(words.trim_end()).lines() {
                    writeln!(out, "//! {line}").expect("a string takes all that is written");
                }
                continue;
            }
            (Some(_), Some(_)) if in_answer => continue,
            (Some(rest), Some(words)) => {
                words.push_str(rest);
                words.push('\n');
            }
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    (out, examples)
}

/// The lines that differ, old before new.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let cut = |lines: &[&str], sign: &str| -> String {
        let end = lines.len().saturating_sub(tail).max(same);
        lines[same..end].iter().map(|line| format!("  {sign} {line}\n")).collect()
    };
    cut(&old, "-") + &cut(&new, "+")
}
