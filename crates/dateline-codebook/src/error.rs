//! What can be wrong with a codebook, said with file and line.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    #[error("{file}:{line}: {message}\nhint: {hint}")]
    Page { file: String, line: usize, message: String, hint: String },

    #[error(
        "cannot read the codebook folder {path}: {error}\nhint: give a folder that holds one .md page an event type"
    )]
    Folder { path: PathBuf, error: std::io::Error },

    #[error(
        "cannot read the codebook page {path}: {error}\nhint: pages are UTF-8 text files of at most 1 MB"
    )]
    File { path: PathBuf, error: std::io::Error },

    #[error(
        "no event type in the codebook folder {path}\nhint: a page is a file like protest.md that begins with `# PROTEST`"
    )]
    Empty { path: PathBuf },
}
