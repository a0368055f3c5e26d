//! Source: what a caller hands over to be read, and the stories it stands for.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::OnceLock;

use dateline_archive::{Format, Options, Rejected, open};
use dateline_document::Article;
use dateline_fetch::{FetchOptions, Fetcher};
use dateline_input::{Content, Failure, Input, Origin, find, load, of_network};
use pyo3::prelude::*;

/// What Python has told apart (`_sources.py`).
pub enum Source {
    /// The content of a page or of a file of stories; its format is looked for where it is not said.
    Content(Vec<u8>, Option<Format>),
    /// A file, a folder or an address.
    Named(PathBuf),
    /// What is nothing to be read; Python says why.
    Refused(Py<PyAny>),
}

/// ("content", bytes), ("story", bytes of JSON), ("named", path or address) or ("refused", exception).
impl<'py> FromPyObject<'_, 'py> for Source {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Source> {
        let (kind, value): (String, Bound<'py, PyAny>) = object.extract()?;
        Ok(match kind.as_str() {
            "content" => Source::Content(value.extract()?, None),
            "story" => Source::Content(value.extract()?, Some(Format::JsonLines)),
            "named" => Source::Named(value.extract()?),
            _ => Source::Refused(value.unbind()),
        })
    }
}

/// Fetches pages; made when the first address is met, and kept: it remembers whom it has asked.
#[derive(Default)]
pub struct Network {
    pub contact: Option<String>,
    fetcher: OnceLock<Result<Fetcher, Failure>>,
}

impl Network {
    pub fn new(contact: Option<String>) -> Network {
        Network { contact, fetcher: OnceLock::new() }
    }

    fn fetcher(&self) -> Result<&Fetcher, Failure> {
        let make = || {
            let mut options = FetchOptions::default();
            options.contact.clone_from(&self.contact);
            Fetcher::new(options).map_err(of_network)
        };
        self.fetcher.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}

/// Hands the stories of a source over, in order, until `each` breaks off.
pub fn stories(
    source: Source,
    network: &Network,
    options: &Options,
    each: &mut dyn FnMut(Input) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let path = match source {
        Source::Content(bytes, format) => return content(bytes, format, options, each),
        Source::Named(path) => path,
        // Whoever has taken it in has told it apart.
        Source::Refused(_) => return ControlFlow::Continue(()),
    };
    let fetcher = if dateline_input::is_address(&path) {
        match network.fetcher() {
            Ok(fetcher) => Some(fetcher),
            Err(failure) => {
                let origin = Origin::of_url(&path.to_string_lossy());
                return each(Input { origin, content: Err(failure) });
            }
        }
    } else {
        None
    };
    find(&[path], fetcher, options, each)
}

fn content(
    bytes: Vec<u8>,
    format: Option<Format>,
    options: &Options,
    each: &mut dyn FnMut(Input) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let options = Options { format: format.or(options.format), ..options.clone() };
    let clippings = open(Cursor::new(bytes), options);
    let format = clippings.format();
    for cut in clippings {
        let origin = Origin::unnamed().of_cut(format, &cut);
        let content = cut.map(Content::Clipping).map_err(|rejected| of_content(&rejected, &origin));
        each(Input { origin, content })?;
    }
    ControlFlow::Continue(())
}

/// The article of an input. The failure says where the story stands, if what was handed over has a name or
/// holds many.
pub fn article(input: Input, options: &Options) -> Result<Article, Failure> {
    match input {
        Input {
            origin: origin @ Origin { path: None, url: None, .. },
            content: Ok(Content::Clipping(clipping)),
        } => clipping.read(options).map_err(|rejected| of_content(&rejected, &origin)),
        input => load(input, options),
    }
}

fn of_content(rejected: &Rejected, origin: &Origin) -> Failure {
    let failure = Failure::of(&rejected.error);
    match origin.place {
        Some(place) => failure.at(place),
        None => failure,
    }
}
