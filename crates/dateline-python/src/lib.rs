//! The module `dateline._dateline`: what the Python package asks the engine for.
//!
//! It is small on purpose. Python hands over the words of a caller (a text, a path, an address) and gets back
//! records as plain data; what a record looks like to people who write Python stands in Python, in
//! `crates/dateline-python/python/dateline/`. Nothing is read, found or coded here that the command would
//! read, find or code otherwise: both call the same crates.

mod reader;
mod source;
mod stream;

mod coded;
mod failed;

mod store;
mod table;
mod tables;

mod copies;

mod command;

use pyo3::prelude::*;

#[pymodule]
mod _dateline {
    #[pymodule_export]
    use crate::coded::Coded;
    #[pymodule_export]
    use crate::command::run;
    #[pymodule_export]
    use crate::copies::{is_copy, trace};
    #[pymodule_export]
    use crate::reader::Reader;
    #[pymodule_export]
    use crate::store::{Store, filters};
    #[pymodule_export]
    use crate::stream::Stream;
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::tables::Tables;
}
