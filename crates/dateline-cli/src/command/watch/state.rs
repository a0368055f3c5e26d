//! State: what a watch has read already, so that a restart repeats nothing.
//!
//! A journal of one JSON object a line. Lines are only ever added, and a line counts when it is
//! whole: a watch may be killed at any moment and knows afterwards what it had printed.
//!
//! ```text
//! {"feed":"https://post.example/feed.xml","url":"https://post.example/feed.xml","etag":"\"v7\""}
//! {"seen":"https://post.example/2021/03/ferry"}
//! ```

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use dateline_fetch::Validators;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Stories remembered. A feed lists some dozens; those that no feed has listed for longest are
/// forgotten first.
const REMEMBERED: usize = 200_000;

/// A line longer than this is not one of ours.
const LINE: usize = 100_000;

pub struct State {
    path: PathBuf,
    file: File,
    feeds: HashMap<String, Validators>,
    /// Each story with the number of the moment at which it was last met.
    seen: HashMap<String, u64>,
    /// How often a story could not be fetched so far.
    failed: HashMap<String, u32>,
    moment: u64,
    lines: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Feed {
        feed: String,
        #[serde(flatten)]
        validators: Validators,
    },
    Seen {
        seen: String,
    },
    Failed {
        failed: String,
        times: u32,
    },
}

impl State {
    /// Opens the journal at `path`, or begins it. Nobody else may hold it open.
    pub fn open(path: &Path) -> Result<State, Failure> {
        let failed = |error: &io::Error| Failure::file(path, error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        }
        let file = open(path).map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(format!("{}: another watch is using it", path.display()))
                    .hint("give each watch a state of its own: --state FILE"));
            }
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        let mut state = State {
            path: path.to_owned(),
            file,
            feeds: HashMap::new(),
            seen: HashMap::new(),
            failed: HashMap::new(),
            moment: 0,
            lines: 0,
        };
        state.replay().map_err(|error| failed(&error))?;
        Ok(state)
    }

    /// What the feed gave us to ask with.
    pub fn validators(&self, feed: &str) -> Option<&Validators> {
        self.feeds.get(feed)
    }

    pub fn know_feed(&mut self, feed: &str, validators: Option<Validators>) -> Result<(), Failure> {
        let Some(validators) = validators else { return Ok(()) };
        if self.feeds.get(feed) == Some(&validators) {
            return Ok(());
        }
        self.feeds.insert(feed.to_owned(), validators.clone());
        self.write(&Line::Feed { feed: feed.to_owned(), validators })
    }

    /// Whether a story with one of these names was read before. One that is met again is
    /// remembered for longer.
    pub fn has_seen(&mut self, names: &[String]) -> bool {
        self.moment += 1;
        let mut is_known = false;
        for name in names {
            if let Some(moment) = self.seen.get_mut(name) {
                *moment = self.moment;
                is_known = true;
            }
        }
        is_known
    }

    /// The story has been read, or refused for good.
    pub fn know_story(&mut self, names: &[String]) -> Result<(), Failure> {
        for name in names {
            self.moment += 1;
            self.failed.remove(name);
            if self.seen.insert(name.clone(), self.moment).is_none() {
                self.write(&Line::Seen { seen: name.clone() })?;
            }
        }
        if self.lines > 2 * REMEMBERED { self.compact() } else { Ok(()) }
    }

    /// The story could not be fetched this time; how often so far.
    pub fn has_failed(&mut self, name: &str) -> Result<u32, Failure> {
        let times = self.failed.get(name).copied().unwrap_or(0) + 1;
        self.failed.insert(name.to_owned(), times);
        self.write(&Line::Failed { failed: name.to_owned(), times })?;
        Ok(times)
    }

    fn write(&mut self, line: &Line) -> Result<(), Failure> {
        self.lines += 1;
        let mut bytes = serde_json::to_vec(line).expect("a line has only strings and numbers");
        bytes.push(b'\n');
        self.file.write_all(&bytes).map_err(|error| Failure::file(&self.path, &error))
    }

    /// Reads the journal. A line that is not whole was being written when the watch was killed.
    fn replay(&mut self) -> io::Result<()> {
        let mut reader = BufReader::new(File::open(&self.path)?);
        let mut bytes = Vec::new();
        let mut ends_well = true;
        loop {
            bytes.clear();
            let length = io::Read::take(&mut reader, LINE as u64).read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            ends_well = bytes.ends_with(b"\n");
            self.lines += 1;
            match serde_json::from_slice(&bytes) {
                Ok(Line::Feed { feed, validators }) => {
                    self.feeds.insert(feed, validators);
                }
                Ok(Line::Seen { seen }) => {
                    self.moment += 1;
                    self.failed.remove(&seen);
                    self.seen.insert(seen, self.moment);
                }
                Ok(Line::Failed { failed, times }) => {
                    self.failed.insert(failed, times);
                }
                Err(_) => {}
            }
        }
        // The next line must not go on where a broken one ends.
        if ends_well { Ok(()) } else { self.file.write_all(b"\n") }
    }

    /// Writes what is remembered into a new journal in the place of the old one.
    fn compact(&mut self) -> Result<(), Failure> {
        let mut kept: Vec<(u64, String)> = self.seen.drain().map(|(name, moment)| (moment, name)).collect();
        kept.sort();
        kept.drain(..kept.len().saturating_sub(REMEMBERED));
        self.seen = kept.iter().map(|(moment, name)| (name.clone(), *moment)).collect();
        let new = self.path.with_extension("new");
        let lines = self.lines_now(&kept);
        let file = (|| {
            let file = File::create(&new)?;
            // The lock goes with the file: the new one is locked before it takes the place.
            file.try_lock().map_err(io::Error::from)?;
            let mut writer = BufWriter::new(&file);
            for line in &lines {
                serde_json::to_writer(&mut writer, line)?;
                writer.write_all(b"\n")?;
            }
            writer.flush()?;
            drop(writer);
            file.sync_all()?;
            fs::rename(&new, &self.path)?;
            Ok(file)
        })();
        self.file = file.map_err(|error: io::Error| Failure::file(&self.path, &error))?;
        self.lines = lines.len();
        Ok(())
    }

    fn lines_now(&self, seen: &[(u64, String)]) -> Vec<Line> {
        let mut feeds: Vec<_> = self.feeds.iter().collect();
        feeds.sort_by_key(|(feed, _)| *feed);
        let feeds = feeds
            .into_iter()
            .map(|(feed, validators)| Line::Feed { feed: feed.clone(), validators: validators.clone() });
        let seen = seen.iter().map(|(_, name)| Line::Seen { seen: name.clone() });
        let mut failed: Vec<_> = self.failed.iter().collect();
        failed.sort();
        let failed = failed.into_iter().map(|(name, &times)| Line::Failed { failed: name.clone(), times });
        feeds.chain(seen).chain(failed).collect()
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).read(true).create(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_was_read_is_known_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/watch.jsonl");
        let validators = Validators { url: "u".into(), etag: Some("\"1\"".into()), last_modified: None };
        let mut state = State::open(&path).unwrap();
        assert!(!state.has_seen(&names(&["a"])));
        state.know_story(&names(&["a", "id of a"])).unwrap();
        state.know_feed("f", Some(validators.clone())).unwrap();
        assert_eq!(state.has_failed("b").unwrap(), 1);
        drop(state);
        let mut state = State::open(&path).unwrap();
        assert!(state.has_seen(&names(&["id of a"])));
        assert!(!state.has_seen(&names(&["b"])));
        assert_eq!(state.validators("f"), Some(&validators));
        assert_eq!(state.has_failed("b").unwrap(), 2);
    }

    #[test]
    fn a_line_that_was_cut_is_passed_over_and_the_next_one_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.jsonl");
        fs::write(&path, "{\"seen\":\"a\"}\nnot ours\n{\"seen\":\"b").unwrap();
        let mut state = State::open(&path).unwrap();
        assert!(state.has_seen(&names(&["a"])));
        assert!(!state.has_seen(&names(&["b"])));
        state.know_story(&names(&["c"])).unwrap();
        drop(state);
        assert!(State::open(&path).unwrap().has_seen(&names(&["c"])));
    }

    #[test]
    fn two_watches_do_not_share_a_journal() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.jsonl");
        let first = State::open(&path).unwrap();
        let Err(failure) = State::open(&path) else { panic!("both have it") };
        assert!(failure.message.contains("another watch"), "{}", failure.message);
        drop(first);
        assert!(State::open(&path).is_ok());
    }

    #[test]
    fn a_journal_written_anew_says_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("watch.jsonl");
        let mut state = State::open(&path).unwrap();
        for number in 0..50 {
            state.know_story(&[format!("s{number}")]).unwrap();
        }
        state.compact().unwrap();
        state.know_story(&names(&["after"])).unwrap();
        assert!(State::open(&path).is_err(), "it is still ours alone");
        drop(state);
        let mut state = State::open(&path).unwrap();
        assert!(state.has_seen(&names(&["s0"])) && state.has_seen(&names(&["s49"])));
        assert!(state.has_seen(&names(&["after"])));
    }
}
