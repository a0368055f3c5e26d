//! What the tests of the command share: the command itself, and a folder to write inputs into.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A short English story, ours.
pub const STORY: &str = "Police in Lima arrested three dockers on Tuesday, a union lawyer said. \
    The men had marched to the port with hundreds of others to protest against low wages.";

/// The command, with an environment that does not depend on who runs the tests.
pub fn dateline() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("dateline"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// A folder that is gone after the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// Writes a file into the folder and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).expect("a temporary file can be written");
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// What a run came to.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(command: &mut Command) -> Run {
        let output = command.output().expect("the command starts");
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("what is printed is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// The records of an NDJSON run.
    pub fn records(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is a record")).collect()
    }

    /// Asserts that the run failed with `code`, that each of `said` stands in its messages, and
    /// that nothing in them speaks of a panic.
    #[track_caller]
    pub fn fails(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, Some(code), "messages were: {}", self.stderr);
        for words in said {
            assert!(self.stderr.contains(words), "{words:?} is missing in: {}", self.stderr);
        }
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
    }

    /// The only record, when all went well.
    #[track_caller]
    pub fn record(&self) -> Value {
        assert_eq!(self.code, Some(0), "messages were: {}", self.stderr);
        let records = self.records();
        assert_eq!(records.len(), 1, "{}", self.stdout);
        records.into_iter().next().expect("there is one")
    }
}

/// `dateline read --format ndjson` with these arguments.
pub fn read<const N: usize>(arguments: [&dyn AsRef<std::ffi::OsStr>; N]) -> Run {
    let mut command = dateline();
    command.args(["read", "--format", "ndjson"]);
    for argument in arguments {
        command.arg(argument.as_ref());
    }
    Run::of(&mut command)
}
