//! Failure: an error on its way to a person: where, what happened, what to try.

use std::fmt;
use std::io;
use std::path::Path;

use dateline_archive::ArchiveError;

/// A message and its hints. Libraries write both into one text, a line each:
/// "the page is empty\nhint: check that the download finished".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
    pub hints: Vec<String>,
    /// The page of which a sitemap gives only the address.
    pub url: Option<String>,
    /// Whether it was the network, or a server on it, that refused.
    pub is_of_network: bool,
}

impl Failure {
    /// Takes a library's error apart.
    pub fn new(error: impl fmt::Display) -> Failure {
        let text = error.to_string();
        let mut failure =
            Failure { message: String::new(), hints: Vec::new(), url: None, is_of_network: false };
        for line in text.lines().map(str::trim) {
            match line.strip_prefix("hint: ") {
                Some(hint) => failure.hints.push(hint.into()),
                None if failure.message.is_empty() => failure.message = line.into(),
                None => failure.message = format!("{}; {}", failure.message, line),
            }
        }
        failure
    }

    /// What a file of stories holds in the place of one.
    pub fn of(error: &ArchiveError) -> Failure {
        let url = match error {
            ArchiveError::OnlyAddress { url } => Some(url.clone()),
            _ => None,
        };
        Failure { url, ..Failure::new(error) }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hints.push(hint.into());
        self
    }

    /// The same failure, told of `place`: "page.html: the page is empty".
    pub fn at(mut self, place: impl fmt::Display) -> Failure {
        self.message = format!("{place}: {}", self.message);
        self
    }

    /// A file or folder that cannot be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Failure {
        let name = path.display();
        match error.kind() {
            io::ErrorKind::NotFound => Failure::new(format!("{name}: no such file or folder"))
                .hint("check the spelling, or give - to read standard input"),
            io::ErrorKind::PermissionDenied => {
                Failure::new(format!("{name}: not allowed to read or write it"))
                    .hint(format!("look at its owner and permissions: ls -ld {name}"))
            }
            _ => Failure::new(format!("{name}: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_s_text_is_taken_apart() {
        let failure = Failure::new("the page is empty\nhint: check that the download finished").at("a.html");
        assert_eq!(failure.message, "a.html: the page is empty");
        assert_eq!(failure.hints, ["check that the download finished"]);
    }

    #[test]
    fn further_lines_join_the_message() {
        assert_eq!(Failure::new("two things\n  went wrong").message, "two things; went wrong");
    }
}
