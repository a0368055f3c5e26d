//! Why bytes were refused.

/// Bytes that cannot become an article. Each message says what happened and what to try.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error("the page is empty\nhint: check that the download finished")]
    Empty,

    #[error(
        "this is {looks_like}, not a page of text\nhint: give HTML, plain text or JSON Lines, unpacked and saved as text"
    )]
    Binary {
        /// What the first bytes look like: "a PDF", "binary data".
        looks_like: &'static str,
    },

    #[error(
        "the page has {bytes} bytes, more than the limit of {limit}\nhint: raise the limit if this really is one story"
    )]
    TooLarge { bytes: u64, limit: u64 },

    #[error("the line is not a JSON object: {reason}\nhint: one story a line, as {{\"id\": …, \"text\": …}}")]
    NotJson { reason: String },

    #[error(
        "the story has neither text nor HTML\nhint: put the words into \"text\" or the page into \"html\""
    )]
    NoText,

    #[error("the line could not be read: {reason}")]
    Unreadable { reason: String },
}
