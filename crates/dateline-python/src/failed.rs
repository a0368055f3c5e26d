//! Failed: what could not be done, as Python's exceptions, with the words of the command.

use dateline_input::{Failure, Origin};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A story that could not be read, and where it stands.
pub struct Failed {
    pub failure: Failure,
    pub origin: Option<Origin>,
    /// The number of what the caller handed over, counted from 0, where there are many.
    pub position: Option<u64>,
}

impl Failed {
    /// The exception, which is not raised yet.
    pub fn exception<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let details = PyDict::new(py);
        details.set_item("hints", &self.failure.hints)?;
        if let Some(origin) = &self.origin {
            details.set_item("path", origin.path.as_ref().map(|path| path.display().to_string()))?;
            details.set_item("line", origin.line())?;
            details.set_item("byte", origin.place.map(|place| place.byte))?;
        }
        let url = self.origin.as_ref().and_then(|origin| origin.url.as_deref());
        details.set_item("url", self.failure.url.as_deref().or(url))?;
        details.set_item("position", self.position)?;
        let name = if self.failure.is_of_network { "NetworkError" } else { "ReadError" };
        py.import("dateline.errors")?.getattr(name)?.call((self.message(),), Some(&details))
    }

    /// What the command would say; of a text, which has no name, only its number tells where it stands.
    fn message(&self) -> String {
        let message = &self.failure.message;
        let is_named = self.origin.as_ref().is_some_and(|it| it.path.is_some() || it.url.is_some());
        match self.position {
            Some(position) if !is_named => format!("item {position}: {message}"),
            _ => message.clone(),
        }
    }
}

/// What is wrong with the set-up: weights that are not there, a codebook that cannot be read.
pub fn setup(py: Python<'_>, error: impl std::fmt::Display) -> PyErr {
    raise(py, "SetupError", &Failure::new(error))
}

/// An exception of ours by its name.
pub fn raise(py: Python<'_>, name: &str, failure: &Failure) -> PyErr {
    let made = || {
        let details = PyDict::new(py);
        details.set_item("hints", &failure.hints)?;
        py.import("dateline.errors")?.getattr(name)?.call((failure.message.as_str(),), Some(&details))
    };
    match made() {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}
