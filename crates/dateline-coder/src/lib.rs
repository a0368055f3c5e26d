//! Document → Coding. Reads no file, no network and no clock; never fails: strange prose yields
//! fewer conclusions and a note.

pub mod date;
pub mod place;
pub mod quote;
