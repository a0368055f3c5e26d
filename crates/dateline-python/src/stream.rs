//! Stream: many stories, read by several workers and handed over one by one, in order.
//!
//! ```text
//! Python's iterator ─ pull ─▶ sources ─ finder's thread ─▶ slots, in order ─▶ Python
//!                                             └─ workers fill them ─┘
//! ```
//!
//! Each of the two queues is short and whoever fills it waits, so that memory holds a few dozen stories
//! however many there are. Python's iterator is asked on the thread that asks us, never on another: it
//! may be a cursor of a database that minds.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::thread;

use dateline_archive::Options;
use dateline_record::Record;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use rayon::ThreadPool;

use crate::coded::Coded;
use crate::failed::Failed;
use crate::reader::{Engine, broken_off, look};
use crate::source::Source;

/// Stories that each worker has before it while the next ones are being found.
const STORIES_AHEAD: usize = 4;

/// Sources taken from Python's iterator at a time when a story is ready: enough to keep the workers busy,
/// and a slow iterator does not hold up what is done.
const PULLED_AT_ONCE: usize = 2;

#[pyclass(module = "dateline._dateline", unsendable)]
pub struct Stream {
    sources: Option<Py<PyIterator>>,
    pulled: u64,
    /// A source that there was no room for.
    held: Option<Numbered>,
    feed: Option<SyncSender<Numbered>>,
    slots: Option<Receiver<Slot>>,
    /// The slot that is next.
    next: Option<Slot>,
    ready: Option<Outcome>,
    /// What the iterator of sources raised: it is raised where that source would have stood.
    broken: Option<PyErr>,
    is_over: Arc<AtomicBool>,
}

/// A source and its number.
struct Numbered(u64, Source);

/// The place of a story, which is filled when it has been read.
type Slot = Receiver<Outcome>;

enum Outcome {
    Read(Box<Record>),
    Failed(Box<Failed>),
    Refused(Py<PyAny>),
}

impl Stream {
    pub fn begin(
        engine: Arc<Engine>,
        sources: Py<PyIterator>,
        options: Options,
        pool: ThreadPool,
    ) -> PyResult<Stream> {
        let ahead = pool.current_num_threads() * STORIES_AHEAD;
        let (feed, fed) = sync_channel(ahead);
        let (filled, slots) = sync_channel(ahead);
        let is_over = Arc::new(AtomicBool::new(false));
        let finder = Finder { engine, options: Arc::new(options), pool, filled, is_over: is_over.clone() };
        let started = thread::Builder::new().name("find".into()).spawn(move || finder.run(&fed));
        started.map_err(|error| PyRuntimeError::new_err(format!("no thread to find stories on: {error}")))?;
        Ok(Stream {
            sources: Some(sources),
            pulled: 0,
            held: None,
            feed: Some(feed),
            slots: Some(slots),
            next: None,
            ready: None,
            broken: None,
            is_over,
        })
    }

    /// Takes sources from Python's iterator while there is room.
    fn pull(&mut self, py: Python<'_>) -> PyResult<()> {
        let mut pulled = 0;
        while !(self.is_ready()? && pulled >= PULLED_AT_ONCE) {
            if self.held.is_none() {
                let Some(sources) = &self.sources else { return Ok(()) };
                let source = match sources.bind(py).clone().next() {
                    Some(source) => source.and_then(|source| source.extract::<Source>()),
                    None => {
                        self.no_more(None);
                        return Ok(());
                    }
                };
                match source {
                    Ok(source) => self.held = Some(Numbered(self.pulled, source)),
                    Err(error) => {
                        self.no_more(Some(error));
                        return Ok(());
                    }
                }
                self.pulled += 1;
                pulled += 1;
            }
            if let (Some(held), Some(feed)) = (self.held.take(), &self.feed) {
                match feed.try_send(held) {
                    Ok(()) => {}
                    Err(TrySendError::Full(held)) => {
                        self.held = Some(held);
                        return Ok(());
                    }
                    Err(TrySendError::Disconnected(_)) => return Err(broken_off()),
                }
            }
        }
        Ok(())
    }

    fn no_more(&mut self, broken: Option<PyErr>) {
        self.sources = None;
        self.feed = None;
        self.broken = broken;
    }

    /// Whether the next story has been read.
    fn is_ready(&mut self) -> PyResult<bool> {
        if self.ready.is_some() {
            return Ok(true);
        }
        if self.next.is_none()
            && let Some(slots) = &self.slots
        {
            self.next = slots.try_recv().ok();
        }
        let Some(slot) = &self.next else { return Ok(false) };
        match slot.try_recv() {
            Ok(outcome) => {
                self.next = None;
                self.ready = Some(outcome);
                Ok(true)
            }
            Err(TryRecvError::Empty) => Ok(false),
            Err(TryRecvError::Disconnected) => Err(broken_off()),
        }
    }

    /// Waits a moment for the next story. Says whether there may be one.
    fn wait(&mut self, py: Python<'_>) -> PyResult<bool> {
        if let Some(slot) = self.next.take() {
            let (slot, outcome) = look(py, slot);
            match outcome {
                Ok(outcome) => self.ready = Some(outcome),
                Err(RecvTimeoutError::Timeout) => self.next = Some(slot),
                Err(RecvTimeoutError::Disconnected) => return Err(broken_off()),
            }
        } else if let Some(slots) = self.slots.take() {
            let (slots, slot) = look(py, slots);
            match slot {
                Ok(slot) => self.next = Some(slot),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(false),
            }
            self.slots = Some(slots);
        } else {
            return Ok(false);
        }
        py.check_signals()?;
        Ok(true)
    }

    fn step(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        loop {
            self.pull(py)?;
            match self.ready.take() {
                Some(Outcome::Read(record)) => {
                    let coded = Coded { record: Arc::new(*record) };
                    return Ok(Some(Py::new(py, coded)?.into_any()));
                }
                Some(Outcome::Failed(failed)) => return Ok(Some(failed.exception(py)?.unbind())),
                Some(Outcome::Refused(exception)) => return Ok(Some(exception)),
                None if self.wait(py)? => {}
                None => return self.broken.take().map_or(Ok(None), Err),
            }
        }
    }

    fn end(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        (self.sources, self.held, self.feed, self.slots) = (None, None, None, None);
        (self.next, self.ready) = (None, None);
    }
}

#[pymethods]
impl Stream {
    fn __iter__(stream: PyRef<'_, Stream>) -> PyRef<'_, Stream> {
        stream
    }

    /// The next story: what was coded, or the exception that says why it was not.
    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        let step = self.step(py);
        if !matches!(step, Ok(Some(_))) {
            // An interrupt ends it, and what the iterator of sources raised.
            self.end();
        }
        step
    }

    /// Ends it before its end: what is being read is read, nothing else is begun.
    fn close(&mut self) {
        self.end();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}

/// Finds the stories of each source, and has the workers read them.
struct Finder {
    engine: Arc<Engine>,
    options: Arc<Options>,
    pool: ThreadPool,
    filled: SyncSender<Slot>,
    is_over: Arc<AtomicBool>,
}

impl Finder {
    fn run(self, fed: &Receiver<Numbered>) {
        for Numbered(position, source) in fed {
            if self.find(position, source).is_break() {
                return;
            }
        }
    }

    fn find(&self, position: u64, source: Source) -> ControlFlow<()> {
        if let Source::Refused(exception) = source {
            let (fill, slot) = sync_channel(1);
            let _ = fill.send(Outcome::Refused(exception));
            return self.hand_over(slot);
        }
        self.engine.stories(source, &self.options, &mut |input| {
            let (fill, slot) = sync_channel(1);
            self.hand_over(slot)?;
            let (engine, options, is_over) =
                (self.engine.clone(), self.options.clone(), self.is_over.clone());
            self.pool.spawn(move || {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let _ = fill.send(match engine.read(input, &options, Some(position)) {
                    Ok(record) => Outcome::Read(Box::new(record)),
                    Err(failed) => Outcome::Failed(failed),
                });
            });
            ControlFlow::Continue(())
        })
    }

    /// Waits where too many are waiting; breaks off where nobody wants more.
    fn hand_over(&self, slot: Slot) -> ControlFlow<()> {
        match self.filled.send(slot) {
            Ok(()) if !self.is_over.load(Ordering::Relaxed) => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}
