//! Copies: what a cluster finds them by, and whether two articles are.
//!
//! Both are the store's own: what is a copy here is one there.

use dateline_store::{Prepared, Sketch, Trace};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::coded::Coded;

/// What an article is known and compared by: its id, its time and its day (or nothing), its words, the level of
/// its sample, its shingles as bytes, and the bands under which it is looked up.
type Traced<'py> = (String, Option<String>, Option<String>, usize, u32, Bound<'py, PyBytes>, Vec<i64>);

/// What the text of a story leaves behind.
#[pyfunction]
pub fn trace<'py>(py: Python<'py>, coded: &Coded) -> Traced<'py> {
    let article = py.detach(|| Prepared::new((*coded.record).clone()));
    let day = Some(article.day().to_string()).filter(|day| !day.is_empty());
    let Trace { words, sketch } = article.trace();
    // Spark's whole numbers have a sign; which they are does not matter.
    let bands = sketch.bands.iter().map(|band| *band as i64).collect();
    let published_at = coded.record.article.published_at.clone();
    (
        article.key().id.clone(),
        published_at,
        day,
        *words,
        sketch.level,
        PyBytes::new(py, &sketch.bytes()),
        bands,
    )
}

/// Whether one of two articles is a copy of the other, edited or cut.
#[pyfunction]
pub fn is_copy(level: u32, shingles: &[u8], other_level: u32, other_shingles: &[u8]) -> bool {
    let sketch = Sketch::from_bytes(level, shingles);
    sketch.is_copy_of(&Sketch::from_bytes(other_level, other_shingles))
}
