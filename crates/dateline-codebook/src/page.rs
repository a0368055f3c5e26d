//! Page: one event type, as a person reads it.

use smol_str::SmolStr;

use crate::{Phrases, Rule};

/// One file of the codebook: an event type with its modes, rules and examples.
///
/// ````markdown
/// # PROTEST
///
/// People gather, march or strike to object to a policy or an authority.
///
/// - quad: 4
/// - intensity: -5
/// - cameo: 140
/// - recipient: optional
///
/// ## Modes
///
/// - `demo`: an organised and largely peaceful crowd.
///   - cameo: 141
///   - words: march, rally
///
/// ## Rules
///
/// ```rule march
/// verb march, rally
/// noun march, rally
/// actor subject
/// recipient against
/// ```
///
/// ## Examples
///
/// ```example crowd-marches
/// Thousands of teachers marched in Lima on Tuesday against the education ministry.
/// ---
/// PROTEST/demo "marched"
///   actor "Thousands of teachers" -/EDU
///   recipient "the education ministry" PER/GOV
///   place "Lima"
///   date "Tuesday"
/// ```
/// ````
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// "PROTEST".
    pub event_type: SmolStr,
    /// "protest.md".
    pub file: String,
    /// The paragraphs under the heading.
    pub definition: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// −10 most hostile, +10 most friendly.
    pub intensity: f64,
    /// The CAMEO root or code that the type has by default.
    pub cameo: SmolStr,
    /// Whether an event without a recipient is none of this type.
    pub needs_recipient: bool,
    pub modes: Vec<Mode>,
    /// The words of the modes; a list's number is that of its mode.
    pub mode_phrases: Phrases,
    pub rules: Vec<Rule>,
    pub examples: Vec<Example>,
    /// The page as it is written.
    pub source: String,
}

/// How an event was done: "drone" of ASSAULT.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    pub name: SmolStr,
    pub definition: String,
    pub cameo: Option<SmolStr>,
    pub intensity: Option<f64>,
    /// Words beside the trigger that give the mode away, as lemmas; several words make a phrase.
    pub words: Vec<Vec<SmolStr>>,
}

/// A sentence and what we want it coded as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub name: String,
    pub text: String,
    /// The lines below `---`.
    pub expected: String,
    /// Marked `wrong`: the coder does not reach this yet, and we know.
    pub is_wrong: bool,
    /// Stands under the heading `## Examples kept for testing`: no reader may learn from it.
    pub held_out: bool,
    /// Line of the opening fence in the page, from 1.
    pub line: usize,
}

impl Page {
    /// The page's mode of this name.
    pub fn mode(&self, name: &str) -> Option<&Mode> {
        self.modes.iter().find(|mode| mode.name == name)
    }
}
