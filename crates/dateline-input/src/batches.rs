//! Batches: inputs found on a thread of their own, and handed out as many as are there.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{self, JoinHandle};

use dateline_archive::Options;
use dateline_fetch::Fetcher;
use rayon::ThreadPool;

use crate::{Failure, Input, find};

/// Stories that each core has before it while the next ones are being found.
const STORIES_AHEAD: usize = 16;

/// Stories need deep stacks only where their sentences nest deeply; these are for the worst.
pub const STACK_BYTES: usize = 16 << 20;

/// Threads that read so many stories at once, or one a core.
pub fn readers(jobs: Option<NonZero<usize>>) -> Result<ThreadPool, Failure> {
    let jobs = jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| Failure::new(error).hint("try fewer at once: --jobs 1"))
}

/// The finder waits when it is a full batch ahead, so that memory stays bounded; and a batch is whatever has
/// been found, so that a slow pipe gets its answers at once.
pub struct Batches {
    inputs: Receiver<Input>,
    size: usize,
    finder: JoinHandle<()>,
}

impl Batches {
    /// Begins to find the inputs that `files` stand for, for the threads of `readers`.
    pub fn begin(
        files: Vec<PathBuf>,
        fetcher: Option<Fetcher>,
        options: Options,
        readers: &ThreadPool,
    ) -> Result<Batches, Failure> {
        let size = readers.current_num_threads() * STORIES_AHEAD;
        let (found, inputs) = sync_channel(size);
        let search = move || {
            let _ = find(&files, fetcher.as_ref(), &options, &mut |input| match found.send(input) {
                Ok(()) => ControlFlow::Continue(()),
                // Nobody wants more.
                Err(_) => ControlFlow::Break(()),
            });
        };
        let finder = thread::Builder::new().name("find".into()).spawn(search).map_err(Failure::new)?;
        Ok(Batches { inputs, size, finder })
    }

    /// Waits for one input, then takes what else is there; empty at the end.
    pub fn next(&self) -> Vec<Input> {
        let first = self.inputs.recv();
        first.into_iter().chain(self.inputs.try_iter().take(self.size - 1)).collect()
    }

    /// Batches that hold so many inputs, at least one.
    pub fn ahead(&self, inputs: usize) -> usize {
        (inputs / self.size).max(1)
    }

    /// Hears how the search ended. Not for those who leave before its end: it may be waiting for input that
    /// never comes.
    pub fn end(self) -> Result<(), Failure> {
        drop(self.inputs);
        self.finder.join().map_err(|_| Failure::new("the search for inputs broke off; this is a bug of ours"))
    }
}
