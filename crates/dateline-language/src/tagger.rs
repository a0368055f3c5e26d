//! Tagger: the treebank tag of each word, the best of a linear layer's outputs.

use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::config::Config;
use crate::network::{InstructionSet, Packed};
use crate::weights::Weights;

/// A tag, by its number in [`Tagger::tags`].
pub(crate) type TagId = u16;

pub(crate) struct Tagger {
    pub(crate) tags: Vec<SmolStr>,
    layer: Packed,
}

impl Tagger {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        width: usize,
    ) -> Result<Tagger, OpenError> {
        let section = format!("components.{name}.model");
        config.expect_architecture(name, &section, &["spacy.Tagger.v1", "spacy.Tagger.v2"])?;
        let tags = read_labels(archive, name)?;
        let file = format!("{name}/model");
        let weights = Weights::read(name, &file, &archive.read(name, &file)?)?;
        let layer = weights.nth("softmax", 0)?;
        let matrix = weights.param(layer, "W", &[tags.len(), width])?;
        let bias = weights.param(layer, "b", &[tags.len()])?;
        Ok(Tagger { layer: Packed::linear(&matrix.data, &bias.data, width, tags.len()), tags })
    }

    /// The best tag of each row of `vectors`; the first of equals.
    pub(crate) fn tag(
        &self,
        set: InstructionSet,
        vectors: &[f32],
        scores: &mut Vec<f32>,
        tags: &mut Vec<TagId>,
    ) {
        tags.clear();
        let width = self.layer.inputs();
        let stride = self.layer.out_stride();
        // Some hundred rows at a time, so that the scores of a long document take no room.
        for vectors in vectors.chunks(256 * width) {
            let rows = vectors.len() / width;
            scores.resize((rows * stride).max(scores.len()), 0.0);
            self.layer.apply(set, vectors, width, rows, scores);
            tags.extend(scores.chunks_exact(stride).take(rows).map(|row| best(&row[..self.tags.len()])));
        }
    }
}

fn best(scores: &[f32]) -> TagId {
    let mut best = 0;
    for (at, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = at;
        }
    }
    best as TagId
}

/// The labels that the component's `cfg` lists.
fn read_labels(archive: &Archive, name: &str) -> Result<Vec<SmolStr>, OpenError> {
    let file = format!("{name}/cfg");
    let bytes = archive.read(name, &file)?;
    let damaged = |what: &str| OpenError::damaged(name, &file, what);
    let config: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| OpenError::damaged(name, &file, error))?;
    let labels = config["labels"].as_array().ok_or_else(|| damaged("it lists no labels"))?;
    if labels.is_empty() || labels.len() > usize::from(TagId::MAX) {
        return Err(damaged("it lists no labels, or too many"));
    }
    let label = |label: &serde_json::Value| label.as_str().map(SmolStr::from);
    labels.iter().map(label).collect::<Option<_>>().ok_or_else(|| damaged("a label is not text"))
}
