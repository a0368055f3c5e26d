//! Pattern: what a rule asks of one token (spaCy's Matcher syntax, as far as pipelines use it).

use smol_str::SmolStr;

use super::Fault;
use crate::msgpack::Value;

/// A token as a rule sees it.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) lower: &'a str,
    pub(crate) tag: &'a str,
    pub(crate) pos: &'a str,
    pub(crate) relation: &'a str,
    pub(crate) is_space: bool,
}

/// All of these must hold.
#[derive(PartialEq)]
pub(super) struct Spec(Vec<(Attribute, Condition)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Text,
    Lower,
    Tag,
    Pos,
    Relation,
    IsSpace,
}

enum Condition {
    In(Vec<SmolStr>),
    NotIn(Vec<SmolStr>),
    Regex(Box<fancy_regex::Regex>),
    Holds(bool),
}

impl PartialEq for Condition {
    fn eq(&self, other: &Condition) -> bool {
        match (self, other) {
            (Condition::In(a), Condition::In(b)) | (Condition::NotIn(a), Condition::NotIn(b)) => a == b,
            (Condition::Regex(a), Condition::Regex(b)) => a.as_str() == b.as_str(),
            (Condition::Holds(a), Condition::Holds(b)) => a == b,
            _ => false,
        }
    }
}

impl Spec {
    pub(super) fn fits(&self, view: &View<'_>) -> bool {
        self.0.iter().all(|(attribute, condition)| {
            let text = match attribute {
                Attribute::Text => view.text,
                Attribute::Lower => view.lower,
                Attribute::Tag => view.tag,
                Attribute::Pos => view.pos,
                Attribute::Relation => view.relation,
                Attribute::IsSpace => return *condition == Condition::Holds(view.is_space),
            };
            match condition {
                Condition::In(texts) => texts.iter().any(|it| it == text),
                Condition::NotIn(texts) => !texts.iter().any(|it| it == text),
                Condition::Regex(regex) => regex.is_match(text).unwrap_or(false),
                Condition::Holds(_) => false,
            }
        })
    }
}

pub(super) fn read_spec(value: &Value<'_>) -> Result<Spec, Fault> {
    let malformed = || Fault::Damaged("a token's pattern is malformed".to_owned());
    let mut conditions = Vec::new();
    for (key, value) in value.map().ok_or_else(malformed)? {
        let attribute = match key.text().ok_or_else(malformed)? {
            "ORTH" | "TEXT" => Attribute::Text,
            "LOWER" => Attribute::Lower,
            "TAG" => Attribute::Tag,
            "POS" => Attribute::Pos,
            "DEP" => Attribute::Relation,
            "IS_SPACE" => Attribute::IsSpace,
            other => return Err(Fault::Unsupported(format!("it asks for {other}"))),
        };
        let texts = |value: &Value<'_>| -> Result<Vec<SmolStr>, Fault> {
            let list = value.list().ok_or_else(malformed)?;
            list.iter().map(|text| text.text().map(SmolStr::from).ok_or_else(malformed)).collect()
        };
        match (attribute, value) {
            (Attribute::IsSpace, Value::Bool(holds)) => {
                conditions.push((attribute, Condition::Holds(*holds)))
            }
            (Attribute::IsSpace, _) => return Err(malformed()),
            (_, Value::Text(text)) => conditions.push((attribute, Condition::In(vec![(*text).into()]))),
            (_, Value::Map(predicates)) => {
                for (name, value) in predicates {
                    let condition = match name.text().ok_or_else(malformed)? {
                        "IN" => Condition::In(texts(value)?),
                        "NOT_IN" => Condition::NotIn(texts(value)?),
                        "REGEX" => {
                            let pattern = value.text().ok_or_else(malformed)?;
                            let regex = fancy_regex::Regex::new(pattern)
                                .map_err(|error| Fault::Unsupported(error.to_string()))?;
                            Condition::Regex(Box::new(regex))
                        }
                        other => return Err(Fault::Unsupported(format!("it asks with {other}"))),
                    };
                    conditions.push((attribute, condition));
                }
            }
            _ => return Err(malformed()),
        }
    }
    Ok(Spec(conditions))
}
