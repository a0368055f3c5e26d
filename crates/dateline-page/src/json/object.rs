//! A JSON object whose values know where they stand in it.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::Field;
use crate::origin::Map;
use crate::{PageError, Words};

/// The fields of one object, unread.
pub(super) struct Object<'a> {
    json: &'a str,
    fields: HashMap<String, &'a RawValue>,
}

impl<'a> Object<'a> {
    pub fn parse(json: &'a str) -> Result<Object<'a>, PageError> {
        let fields =
            serde_json::from_str(json).map_err(|error| PageError::NotJson { reason: error.to_string() })?;
        Ok(Object { json, fields })
    }

    /// The words of the first of the field's names that has any.
    pub fn words(&self, field: Field) -> Option<Words> {
        self.values(field).find_map(|value| {
            let inside = inside_string(value)?;
            let offset = inside.as_ptr() as usize - self.json.as_ptr() as usize;
            let (text, map) = Map::of_json_string(inside, offset)?;
            (!text.trim().is_empty()).then_some(Words { text, map: Some(map) })
        })
    }

    /// The first of the field's names that has words or a number.
    pub fn printed(&self, field: Field) -> Option<String> {
        self.values(field).find_map(|value| {
            let text = match inside_string(value) {
                Some(inside) => Map::of_json_string(inside, 0)?.0,
                None => value.get().to_owned(),
            };
            let is_printed =
                !text.trim().is_empty() && !text.starts_with(['{', '[']) && !is_name(&text, value);
            is_printed.then_some(text)
        })
    }

    /// The first of the field's names that is there and not null.
    pub fn value(&self, field: Field) -> Option<Value> {
        let mut values = self.values(field).filter(|value| value.get() != "null");
        values.find_map(|value| serde_json::from_str(value.get()).ok())
    }

    fn values(&self, field: Field) -> impl Iterator<Item = &'a RawValue> + '_ {
        field.names().iter().filter_map(|name| match name.split_once('.') {
            None => self.fields.get(*name).copied(),
            Some((first, rest)) => inner(self.fields.get(first)?, rest),
        })
    }
}

/// What `path` names in an object within the object.
fn inner<'a>(value: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    if !value.get().starts_with('{') {
        return None;
    }
    let fields: HashMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
    match path.split_once('.') {
        None => fields.get(path).copied(),
        Some((first, rest)) => inner(fields.get(first)?, rest),
    }
}

fn inside_string(value: &RawValue) -> Option<&str> {
    value.get().strip_prefix('"')?.strip_suffix('"')
}

/// Whether the value is JSON's `null`, `true` or `false`, unquoted.
fn is_name(text: &str, value: &RawValue) -> bool {
    inside_string(value).is_none() && matches!(text, "null" | "true" | "false")
}
