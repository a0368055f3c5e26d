//! OpenError: why a pipeline cannot be opened, and what to try.

/// Why a pipeline cannot be opened: which component, which file of it, what was found there.
///
/// It prints as two lines, what happened and what to try:
///
/// ```text
/// cannot open the pipeline: parser: parser/model: param "W" has 12 numbers, its shape wants 4096
/// hint: the file is damaged; get the weights again
/// ```
#[derive(Debug, thiserror::Error)]
#[error("cannot open the pipeline: {component}: {file}: {what}\nhint: {hint}")]
pub struct OpenError {
    component: String,
    file: String,
    what: String,
    hint: String,
}

impl OpenError {
    pub(crate) fn new(component: &str, file: &str, what: impl ToString, hint: &str) -> OpenError {
        OpenError {
            component: component.into(),
            file: file.into(),
            what: what.to_string(),
            hint: hint.into(),
        }
    }

    /// A file whose bytes are not what its format promises.
    pub(crate) fn damaged(component: &str, file: &str, what: impl ToString) -> OpenError {
        OpenError::new(component, file, what, "the file is damaged; get the weights again")
    }

    /// A file that is sound, but made of something this crate does not run.
    pub(crate) fn unsupported(component: &str, file: &str, what: impl ToString) -> OpenError {
        OpenError::new(
            component,
            file,
            what,
            "this pipeline uses a part that is not implemented here; en_core_web_md, en_core_web_sm, fr_core_news_md and fr_core_news_sm 3.8 work",
        )
    }

    /// The component that could not be made: "parser", "tokenizer", "pipeline".
    pub fn component(&self) -> &str {
        &self.component
    }

    /// The file, as a path below the pipeline's directory.
    pub fn file(&self) -> &str {
        &self.file
    }
}
