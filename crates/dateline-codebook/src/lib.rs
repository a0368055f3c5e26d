//! `codebook/*.md` → [`Codebook`]. A page defines one event type in words, and in rules that the
//! coder runs; its examples are its tests. [`page`](crate::Page) says what a page holds.
//!
//! ```
//! use dateline_codebook::Codebook;
//!
//! let codebook = Codebook::embedded();
//! let assault = codebook.page("ASSAULT").unwrap();
//! assert_eq!(assault.quad, 4);
//! assert!(assault.rules.iter().any(|rule| rule.name == "attack"));
//! ```

mod codebook;
mod error;
mod page;
mod phrases;
mod reader;
mod rule;
mod triggers;
mod words;

pub use codebook::{Codebook, Context, RuleId, TriggerId};
pub use error::CodebookError;
pub use page::{Example, Mode, Page};
pub use phrases::Phrases;
pub use rule::{
    Condition, Derived, DerivedWhen, Matcher, ModeCondition, RolePath, Rule, Trigger, TriggerForm,
};
pub use triggers::Listening;
pub use words::WordSet;
