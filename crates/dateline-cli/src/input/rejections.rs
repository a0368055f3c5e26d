//! What becomes of the inputs that cannot be read: each is reported, listed where a list is asked for, and
//! counted.

use std::path::PathBuf;

use indicatif::ProgressBar;

use super::addresses::Addresses;
use super::{Origin, Rejects};
use crate::exit::Exit;
use crate::failure::Failure;

/// The rejections of a run.
pub struct Rejections {
    addresses: Addresses,
    list: Option<Rejects>,
    count: u64,
    /// Of those rejected, by the network.
    refused: u64,
}

impl Rejections {
    /// None yet; `list` is the file that they are to be listed in.
    pub fn begin(list: Option<&PathBuf>) -> Result<Rejections, Failure> {
        let list = list.map(Rejects::create).transpose()?;
        Ok(Rejections { addresses: Addresses::default(), list, count: 0, refused: 0 })
    }

    pub fn take(&mut self, origin: &Origin, failure: &Failure, bar: &ProgressBar) -> Result<(), Failure> {
        self.count += 1;
        self.refused += u64::from(failure.is_of_network);
        bar.suspend(|| self.addresses.report(origin, failure));
        match &mut self.list {
            Some(list) => list.write(origin, failure),
            None => Ok(()),
        }
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// Reports what was held back and ends the list.
    pub fn end(&mut self) -> Result<(), Failure> {
        self.addresses.end();
        self.list.take().map_or(Ok(()), Rejects::end)
    }

    /// How a run ended in which so many inputs were read.
    pub fn exit(&self, read: u64) -> Exit {
        match (read, self.count) {
            (_, 0) => Exit::Done,
            (0, rejected) if rejected == self.refused => Exit::Network,
            (0, _) => Exit::Failed,
            _ => Exit::SomeRejected,
        }
    }
}
