//! Corrections: what people know better, in a small file of lines that is replayed whenever stories
//! are added, so that reading everything again loses none of it.
//!
//! ```text
//! merge 0a1b2c3d4e5f6071 into 1b2c3d4e5f607182      # Bibi Netanyahu → Benjamin Netanyahu
//! split 1b2c3d4e5f607182 in 2c3d4e5f60718293 as "John Smith (mayor)"
//! country 3d4e5f6071829304 PSE                      # Hamas
//! sector 3d4e5f6071829304 REB
//! accept 4e5f607182930415
//! reject 5f60718293041526                           # a play about a war
//! fix 6071829304152637 event_type=ASSAULT mode=beat status=denied
//! ```
//!
//! Ids rest on names, addresses and words, so that they are the same in a database that is made anew.
//! Corrections do not group anew what was grouped before they came.

mod apply;
mod precision;
mod rules;

pub(crate) use apply::{apply, replay};
pub use precision::{Precision, wilson};
pub use rules::{Rule, parse};
