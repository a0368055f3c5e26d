//! What is said of the inputs by flags, and what becomes of those that cannot be read. Which stories the
//! arguments stand for is in `dateline-input`.

mod limits;
mod said;

mod addresses;
mod rejections;
mod rejects;

pub use dateline_input::{Batches, Input, Origin, is_address, load, page, readers};

pub use limits::Limits;
pub use rejections::Rejections;
pub use rejects::Rejects;
pub use said::Said;
