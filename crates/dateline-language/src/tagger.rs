//! Tagger: a label for each word, the best of a linear layer's outputs. The treebank's tags are given so,
//! but also part of speech with morphology (spaCy's `morphologizer`).

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::config::Config;
use crate::network::{InstructionSet, Packed};
use crate::strings::string_of_symbol;
use crate::weights::Weights;

/// A tag, by its number in [`Tagger::tags`].
pub(crate) type TagId = u16;

pub(crate) struct Tagger {
    pub(crate) tags: Vec<SmolStr>,
    layer: Packed,
}

/// The architectures of all components that give each word a label.
const ARCHITECTURES: [&str; 2] = ["spacy.Tagger.v1", "spacy.Tagger.v2"];

/// A tagger whose labels are part of speech and morphology at once.
pub(crate) struct Morphologizer {
    pub(crate) tagger: Tagger,
    /// By label: part of speech, "NOUN", and morphology, "Gender=Fem|Number=Sing".
    pub(crate) readings: Vec<[SmolStr; 2]>,
}

impl Tagger {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        width: usize,
    ) -> Result<Tagger, OpenError> {
        let file = format!("{name}/model");
        let weights = Weights::read(name, &file, &archive.read(name, &file)?)?;
        Tagger::read(config, name, &weights, read_labels(archive, name)?, width)
    }

    /// A tagger whose labels are known.
    pub(crate) fn read(
        config: &Config,
        name: &str,
        weights: &Weights,
        tags: Vec<SmolStr>,
        width: usize,
    ) -> Result<Tagger, OpenError> {
        config.expect_architecture(name, &format!("components.{name}.model"), &ARCHITECTURES)?;
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

impl Morphologizer {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        width: usize,
    ) -> Result<Morphologizer, OpenError> {
        let file = format!("{name}/cfg");
        let settings: ReadingSettings = serde_json::from_slice(&archive.read(name, &file)?)
            .map_err(|error| OpenError::damaged(name, &file, error))?;
        if settings.extend {
            return Err(OpenError::unsupported(name, &file, "it extends morphology that is there before"));
        }
        let damaged = |what: &str| OpenError::damaged(name, &file, what);
        let InOrder(morphs) = settings.labels_morph;
        if morphs.is_empty() || morphs.len() > usize::from(TagId::MAX) {
            return Err(damaged("it lists no labels, or too many"));
        }
        let reading = |(label, morph): &(SmolStr, SmolStr)| {
            Some([string_of_symbol(*settings.labels_pos.get(label.as_str())?)?.into(), morph.clone()])
        };
        let readings = morphs.iter().map(reading).collect::<Option<Vec<_>>>();
        let readings = readings.ok_or_else(|| damaged("a label has no part of speech"))?;
        let labels = morphs.into_iter().map(|(label, _)| label).collect();
        let file = format!("{name}/model");
        let weights = Weights::read(name, &file, &archive.read(name, &file)?)?;
        Ok(Morphologizer { tagger: Tagger::read(config, name, &weights, labels, width)?, readings })
    }
}

/// The morphologizer's `cfg`.
#[derive(Deserialize)]
struct ReadingSettings {
    #[serde(default)]
    extend: bool,
    labels_morph: InOrder,
    labels_pos: std::collections::HashMap<String, u64>,
}

/// A map as a list: the order of the labels is that of the network's outputs.
struct InOrder(Vec<(SmolStr, SmolStr)>);

impl<'de> Deserialize<'de> for InOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<InOrder, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map of labels")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, String>()? {
                    entries.push((key.into(), value.into()));
                }
                Ok(InOrder(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
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
