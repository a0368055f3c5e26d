//! Reader: the engine, opened once and asked by any number of threads.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use dateline::{Choice, ReaderKind};
use dateline_archive::{Format, Options};
use dateline_input::{Failure, Input, Origin, STACK_BYTES, published_at};
use dateline_parts::{Cache, Silent};
use dateline_record::Record;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::coded::Coded;
use crate::failed::{Failed, setup};
use crate::source::{Network, Source, article, stories};
use crate::stream::Stream;

/// How long we look away from Python: an interrupt is heard within this time.
const LOOK: Duration = Duration::from_millis(50);

#[pyclass(frozen, module = "dateline._dateline")]
pub struct Reader {
    engine: Arc<Engine>,
}

/// What reading takes, whichever thread reads.
pub struct Engine {
    reader: dateline::Reader,
    network: Network,
}

impl Engine {
    /// Hands over the stories of a source, as inputs that are not read yet.
    pub fn stories(
        &self,
        source: Source,
        options: &Options,
        each: &mut dyn FnMut(Input) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        stories(source, &self.network, options, each)
    }

    /// Reads one of the inputs; of many sources it comes from the one of this number.
    pub fn read(
        &self,
        input: Input,
        options: &Options,
        position: Option<u64>,
    ) -> Result<Record, Box<Failed>> {
        let origin = Some(input.origin.clone());
        match article(input, options) {
            Ok(article) => Ok(Record::from(&self.reader.read(article))),
            Err(failure) => Err(Box::new(Failed { failure, origin, position })),
        }
    }

    /// Reads the only story of a source.
    fn read_only(&self, source: Source, options: &Options) -> Result<Record, Box<Failed>> {
        let mut found = Vec::new();
        let _ = self.stories(source, options, &mut |input| {
            found.push(input);
            // A second one is enough to see that there are many.
            if found.len() < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let mut found = found.into_iter();
        let failed = |failure, origin| Err(Box::new(Failed { failure, origin, position: None }));
        let Some(input) = found.next() else { return failed(Failure::new("there is no story in it"), None) };
        if found.next().is_none() {
            return self.read(input, options, None);
        }
        let file = Origin { place: None, ..input.origin };
        let failure = Failure::new("there is more than one story in it")
            .hint("dateline.read_many reads one after the other");
        let is_named = file.path.is_some() || file.url.is_some();
        failed(if is_named { failure.at(&file) } else { failure }, Some(file))
    }
}

#[pymethods]
impl Reader {
    /// Opens a reader. `packages` are the folders that Python looks for packages in.
    #[new]
    fn new(
        py: Python<'_>,
        reader: &str,
        codebook: Option<PathBuf>,
        weights: Option<PathBuf>,
        gazetteer: Option<PathBuf>,
        contact: Option<String>,
        packages: Vec<PathBuf>,
    ) -> PyResult<Reader> {
        let reader = match reader {
            "careful" => ReaderKind::Careful,
            "fast" => ReaderKind::Fast,
            "rules" => ReaderKind::Rules,
            other => {
                let message = format!("{other:?} is no reader\nhint: there are careful, fast and rules");
                return Err(PyValueError::new_err(message));
            }
        };
        let choice = Choice { codebook, weights, gazetteer, reader };
        let open = move || {
            let cache = Cache::from_environment()?.with_packages(packages);
            choice.open(&cache, &mut Silent)
        };
        let reader = aside(py, open)?.map_err(|error| setup(py, error))?;
        Ok(Reader { engine: Arc::new(Engine { reader, network: Network::new(contact) }) })
    }

    /// The versions of program, codebook, weights and gazetteer.
    fn versions(&self) -> [String; 4] {
        let versions = self.engine.reader.versions();
        [versions.dateline, versions.codebook, versions.weights, versions.gazetteer]
    }

    /// Reads the one story of a source.
    fn read(&self, py: Python<'_>, source: Source, settings: Said) -> PyResult<Coded> {
        if let Source::Refused(exception) = source {
            return Err(PyErr::from_value(exception.into_bound(py)));
        }
        let (engine, options) = (self.engine.clone(), options(settings)?);
        match aside(py, move || engine.read_only(source, &options))? {
            Ok(record) => Ok(Coded { record: Arc::new(record) }),
            Err(failed) => Err(PyErr::from_value(failed.exception(py)?)),
        }
    }

    /// Reads the stories of all sources, in order.
    fn read_many(
        &self,
        py: Python<'_>,
        sources: Bound<'_, PyIterator>,
        settings: Said,
        workers: Option<usize>,
    ) -> PyResult<Stream> {
        let workers = workers.map(|workers| std::num::NonZero::new(workers).ok_or("there must be a worker"));
        let workers = workers.transpose().map_err(PyValueError::new_err)?;
        let pool = dateline_input::readers(workers).map_err(|failure| setup(py, failure.message))?;
        Stream::begin(self.engine.clone(), sources.unbind(), options(settings)?, pool)
    }
}

/// What is said of the stories, whatever they say themselves: published_at, format, max_bytes.
type Said = (Option<String>, Option<String>, Option<usize>);

fn options((published, format, max_bytes): Said) -> PyResult<Options> {
    let mut options = Options::default();
    if let Some(published) = published {
        let said = published_at(&published);
        options.page.published_at =
            Some(said.map_err(|wrong| PyValueError::new_err(format!("published_at: {wrong}")))?);
    }
    if let Some(name) = format {
        let names = || Format::NAMES.map(|(name, _)| name).join(", ");
        let wrong = || PyValueError::new_err(format!("format: {name:?} is none of {}", names()));
        options.format = Some(Format::named(&name).ok_or_else(wrong)?);
    }
    if let Some(bytes) = max_bytes {
        options.page.limits.page_bytes = bytes;
    }
    Ok(options)
}

/// Does something on a thread of its own, with a stack for the deepest sentence, while Python does what it
/// likes; an interrupt is raised at once, and what was being done ends unheard.
pub fn aside<T: Send + 'static>(py: Python<'_>, work: impl FnOnce() -> T + Send + 'static) -> PyResult<T> {
    let (done, result) = channel();
    let run = move || {
        let _ = done.send(work());
    };
    let builder = thread::Builder::new().name("dateline".into()).stack_size(STACK_BYTES);
    builder.spawn(run).map_err(|error| PyRuntimeError::new_err(format!("no thread to read on: {error}")))?;
    let mut result = result;
    loop {
        let (receiver, got) = look(py, result);
        result = receiver;
        match got {
            Ok(value) => return Ok(value),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => return Err(broken_off()),
        }
    }
}

/// Waits a moment without holding Python up.
pub fn look<T: Send>(py: Python<'_>, receiver: Receiver<T>) -> (Receiver<T>, Result<T, RecvTimeoutError>) {
    py.detach(move || {
        let got = receiver.recv_timeout(LOOK);
        (receiver, got)
    })
}

pub fn broken_off() -> PyErr {
    PyRuntimeError::new_err("reading broke off; this is a bug of ours")
}
