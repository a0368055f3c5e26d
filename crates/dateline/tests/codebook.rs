//! Every example of every codebook page is a test, named "protest crowd-marches".
//!
//! An example marked `wrong` is one that we know the reader does not reach; it fails when the reader
//! does, so that the mark goes. `UPDATE=1` writes what the reader says under the examples that carry no
//! mark; `MARK=1` writes and strikes the marks instead, and leaves the codings as people wrote them.

mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use dateline::{Codebook, Example, Outcome, check_example};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let codebook = Codebook::embedded();
    let pages = codebook.pages.clone();
    // The pages' rules are what is tried here.
    let reader = Arc::new(support::reader(codebook, None));
    if env::var_os("UPDATE").is_some() || env::var_os("MARK").is_some() {
        for page in &pages {
            let wanted = |example: &&Example| {
                let name = format!("{} {}", page.file.trim_end_matches(".md"), example.name);
                arguments.filter.as_ref().is_none_or(|filter| name.contains(filter))
            };
            let examples = page.examples.iter().filter(wanted);
            let outcomes: Vec<_> =
                examples.map(|example| (example, check_example(&reader, page, example))).collect();
            rewrite(&folder().join(&page.file), &outcomes);
        }
        return ExitCode::SUCCESS;
    }
    let mut trials = Vec::new();
    for page in pages {
        let page = Arc::new(page);
        for number in 0..page.examples.len() {
            let (reader, page) = (reader.clone(), page.clone());
            let name = format!("{} {}", page.file.trim_end_matches(".md"), page.examples[number].name);
            trials.push(Trial::test(name, move || {
                let example = &page.examples[number];
                judge(&page.file, example, check_example(&reader, &page, example))
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn judge(file: &str, example: &Example, outcome: Outcome) -> Result<(), Failed> {
    let place = format!("codebook/{file}:{}", example.line);
    match (outcome.holds, example.is_wrong) {
        (true, false) | (false, true) => Ok(()),
        (true, true) => {
            Err(format!("{place} holds now\nhint: strike the word `wrong` from its fence").into())
        }
        (false, false) => {
            let said = outcome.said;
            Err(format!("{place}\n{}\n--- expected\n{}\n--- said\n{said}\n", example.text, example.expected)
                .into())
        }
    }
}

/// Writes marks or codings into a page, from its end upwards so that line numbers stay true.
fn rewrite(path: &Path, outcomes: &[(&Example, Outcome)]) {
    let text = fs::read_to_string(path).expect("the page was read a moment ago");
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let find = |lines: &[String], from: usize, is_it: fn(&str) -> bool| {
        from + lines[from..].iter().position(|line| is_it(line)).expect("the page was read a moment ago")
    };
    for (example, outcome) in outcomes.iter().rev() {
        let fence = example.line - 1;
        if env::var_os("MARK").is_some() {
            let mark = if outcome.holds { "" } else { " wrong" };
            lines[fence] = format!("```example {}{mark}", example.name);
        } else if !example.is_wrong && !outcome.holds {
            let divider = find(&lines, fence + 1, |line| line.trim() == "---");
            let end = find(&lines, divider + 1, |line| line.starts_with("```"));
            lines.splice(divider + 1..end, outcome.said.lines().map(String::from));
        }
    }
    fs::write(path, lines.join("\n") + "\n").expect("the page can be written");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook")
}
