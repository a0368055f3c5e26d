//! Weights: a thinc model file, as layers with their attributes and arrays.
//!
//! The file lists nodes, attributes and parameters side by side, breadth first. Arrays are
//! msgpack-numpy maps; attribute values are MessagePack inside MessagePack.

use hashbrown::HashMap;

use crate::OpenError;
use crate::msgpack::Value;

/// An array of numbers, row after row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

/// One node of the network.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    pub(crate) name: String,
    attributes: HashMap<String, Vec<u8>>,
    params: HashMap<String, Tensor>,
}

/// The layers of one model file, breadth first.
pub(crate) struct Weights {
    component: String,
    file: String,
    pub(crate) layers: Vec<Layer>,
}

impl Weights {
    pub(crate) fn read(component: &str, file: &str, bytes: &[u8]) -> Result<Weights, OpenError> {
        let layers = read_layers(bytes).map_err(|what| OpenError::damaged(component, file, what))?;
        Ok(Weights { component: component.into(), file: file.into(), layers })
    }

    /// The layers of one kind, breadth first.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| layer.name == name)
    }

    /// The `nth` layer of a kind.
    pub(crate) fn nth(&self, name: &str, nth: usize) -> Result<&Layer, OpenError> {
        self.all(name).nth(nth).ok_or_else(|| self.damaged(format!("layer {name:?} {nth} is missing")))
    }

    /// A layer's array, which must have the shape given; 0 stands for any length.
    pub(crate) fn param<'a>(
        &self,
        layer: &'a Layer,
        name: &str,
        shape: &[usize],
    ) -> Result<&'a Tensor, OpenError> {
        let tensor = layer
            .params
            .get(name)
            .ok_or_else(|| self.damaged(format!("param {name:?} of layer {:?} is missing", layer.name)))?;
        let fits = tensor.shape.len() == shape.len()
            && tensor.shape.iter().zip(shape).all(|(have, want)| *want == 0 || have == want)
            && tensor.shape.iter().all(|&length| length > 0);
        if !fits {
            let what = format!(
                "param {name:?} of layer {:?} has shape {:?}, expected {shape:?} (0 is any)",
                layer.name, tensor.shape
            );
            return Err(self.damaged(what));
        }
        Ok(tensor)
    }

    pub(crate) fn uint(&self, layer: &Layer, name: &str) -> Result<usize, OpenError> {
        self.attribute(layer, name, |value| usize::try_from(value.uint()?).ok())
    }

    pub(crate) fn texts(&self, layer: &Layer, name: &str) -> Result<Vec<String>, OpenError> {
        self.attribute(layer, name, |value| {
            value.list()?.iter().map(|item| item.text().map(str::to_owned)).collect()
        })
    }

    pub(crate) fn flag(&self, layer: &Layer, name: &str) -> Result<bool, OpenError> {
        self.attribute(layer, name, |value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        })
    }

    fn attribute<T>(
        &self,
        layer: &Layer,
        name: &str,
        convert: impl Fn(&Value<'_>) -> Option<T>,
    ) -> Result<T, OpenError> {
        let bytes = layer.attributes.get(name);
        bytes.and_then(|bytes| convert(&Value::read(bytes).ok()?)).ok_or_else(|| {
            self.damaged(format!("attribute {name:?} of layer {:?} is missing or malformed", layer.name))
        })
    }

    pub(crate) fn damaged(&self, what: String) -> OpenError {
        OpenError::damaged(&self.component, &self.file, what)
    }

    pub(crate) fn unsupported(&self, what: String) -> OpenError {
        OpenError::unsupported(&self.component, &self.file, what)
    }
}

fn read_layers(bytes: &[u8]) -> Result<Vec<Layer>, String> {
    let file = Value::read(bytes).map_err(|fault| fault.to_string())?;
    let part =
        |name: &str| file.get(name).and_then(Value::list).ok_or_else(|| format!("{name:?} is not a list"));
    let (nodes, attributes, params) = (part("nodes")?, part("attrs")?, part("params")?);
    if attributes.len() != nodes.len() || params.len() != nodes.len() {
        return Err("nodes, attrs and params differ in length".to_owned());
    }
    let mut layers = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let name = node.get("name").and_then(Value::text).ok_or("a node without a name")?;
        let mut layer = Layer { name: name.to_owned(), ..Layer::default() };
        for (key, value) in attributes[index].map().unwrap_or_default() {
            if let (Some(key), Some(bytes)) = (key.text(), value.bytes()) {
                layer.attributes.insert(key.to_owned(), bytes.to_vec());
            }
        }
        for (key, value) in params[index].map().unwrap_or_default() {
            let Some(key) = key.text() else { continue };
            if *value != Value::Nil {
                let tensor =
                    read_tensor(value).map_err(|what| format!("param {key:?} of layer {name:?}: {what}"))?;
                layer.params.insert(key.to_owned(), tensor);
            }
        }
        layers.push(layer);
    }
    Ok(layers)
}

fn read_tensor(value: &Value<'_>) -> Result<Tensor, String> {
    let number_type = value.get("type").and_then(Value::text).ok_or("not an array")?;
    if number_type != "<f4" {
        return Err(format!("numbers are of type {number_type:?}, expected \"<f4\""));
    }
    let shape = value.get("shape").and_then(Value::list).ok_or("an array without a shape")?;
    let shape: Option<Vec<usize>> = shape.iter().map(|length| usize::try_from(length.uint()?).ok()).collect();
    let shape = shape.ok_or("a shape that is not of positive numbers")?;
    let data = value.get("data").and_then(Value::bytes).ok_or("an array without data")?;
    floats(shape, data)
}

/// Little-endian 32-bit numbers that fill `shape` exactly and are all finite.
pub(crate) fn floats(shape: Vec<usize>, bytes: &[u8]) -> Result<Tensor, String> {
    let wanted = shape.iter().try_fold(4usize, |product, &length| product.checked_mul(length));
    if wanted != Some(bytes.len()) {
        return Err(format!("{} bytes of data do not fill the shape {shape:?}", bytes.len()));
    }
    let data: Vec<f32> = bytes
        .chunks_exact(4)
        .map(|four| f32::from_le_bytes(four.try_into().expect("a chunk has four bytes")))
        .collect();
    if data.iter().any(|number| !number.is_finite()) {
        return Err("a number is not finite".to_owned());
    }
    Ok(Tensor { shape, data })
}
