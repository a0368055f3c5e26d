//! Rules: the lines of the file.

use std::fmt;

use dateline_document::{Sector, Status};

use crate::StoreError;

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// Two entities are one: the second.
    Merge {
        entity: String,
        into: String,
    },
    /// In these articles the name stands for somebody else.
    Split {
        entity: String,
        articles: Vec<String>,
        name: String,
    },
    Country {
        entity: String,
        country: String,
    },
    Sector {
        entity: String,
        sector: String,
    },
    /// The event is right as it was coded.
    Accept {
        event: String,
    },
    /// It is wrong.
    Reject {
        event: String,
    },
    /// It is right with other values: `event_type`, `mode`, `status`.
    Fix {
        event: String,
        fields: Vec<(String, String)>,
    },
}

/// Reads a file of corrections. `name` stands in front of what is wrong.
pub fn parse(text: &str, name: &str) -> Result<Vec<Rule>, StoreError> {
    let mut rules = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = without_comment(line).trim();
        if line.is_empty() {
            continue;
        }
        let rule = rule(line)
            .map_err(|reason| StoreError::Rule { place: format!("{name}: line {number}"), reason })?;
        rules.push(rule);
    }
    Ok(rules)
}

fn without_comment(line: &str) -> &str {
    let mut is_quoted = false;
    for (at, character) in line.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            '#' if !is_quoted => return &line[..at],
            _ => {}
        }
    }
    line
}

fn rule(line: &str) -> Result<Rule, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["merge", entity, "into", into] => {
            let (entity, into) = (id(entity)?, id(into)?);
            if entity == into {
                return Err("an entity cannot be merged into itself".into());
            }
            Ok(Rule::Merge { entity, into })
        }
        ["split", entity, "in", articles, "as", ..] => {
            let name =
                line.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"')).map(|(name, _)| name.trim());
            let name =
                name.filter(|name| !name.is_empty()).ok_or("a name in quotation marks follows \"as\"")?;
            let articles = articles.split(',').map(id).collect::<Result<_, _>>()?;
            Ok(Rule::Split { entity: id(entity)?, articles, name: name.into() })
        }
        ["country", entity, code] => {
            if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                Ok(Rule::Country { entity: id(entity)?, country: (*code).into() })
            } else {
                Err(format!("{code} is no code of three capital letters, such as ISR"))
            }
        }
        ["sector", entity, code] => match Sector::from_code(code) {
            Some(sector) => Ok(Rule::Sector { entity: id(entity)?, sector: sector.code().into() }),
            None => Err(format!("{code} is no sector of PLOVER, such as GOV")),
        },
        ["accept", event] => Ok(Rule::Accept { event: id(event)? }),
        ["reject", event] => Ok(Rule::Reject { event: id(event)? }),
        ["fix", event, fields @ ..] if !fields.is_empty() => {
            let fields = fields.iter().map(|field| self::field(field)).collect::<Result<_, _>>()?;
            Ok(Rule::Fix { event: id(event)?, fields })
        }
        _ => Err(format!(
            "'{line}' is no correction; there are merge, split, country, sector, accept, reject and fix"
        )),
    }
}

fn id(word: &str) -> Result<String, String> {
    if word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(word.to_lowercase())
    } else {
        Err(format!("{word} is no id; an id has 16 hexadecimal digits"))
    }
}

fn field(field: &str) -> Result<(String, String), String> {
    let (name, value) = field.split_once('=').ok_or(format!("{field} is not of the form mode=drone"))?;
    let value = match name {
        "event_type" => value.to_uppercase(),
        "mode" => value.to_lowercase(),
        "status" if Status::from_name(value).is_some() => value.into(),
        "status" => return Err(format!("{value} is no status, such as asserted")),
        _ => return Err(format!("{name} cannot be fixed; event_type, mode and status can")),
    };
    Ok((name.into(), value))
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Merge { entity, into } => write!(f, "merge {entity} into {into}"),
            Rule::Split { entity, articles, name } => {
                write!(f, "split {entity} in {} as \"{}\"", articles.join(","), name.replace('"', "'"))
            }
            Rule::Country { entity, country } => write!(f, "country {entity} {country}"),
            Rule::Sector { entity, sector } => write!(f, "sector {entity} {sector}"),
            Rule::Accept { event } => write!(f, "accept {event}"),
            Rule::Reject { event } => write!(f, "reject {event}"),
            Rule::Fix { event, fields } => {
                write!(f, "fix {event}")?;
                fields.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_as_it_is_written() {
        let lines = [
            "merge 0a1b2c3d4e5f6071 into 1b2c3d4e5f607182",
            "split 1b2c3d4e5f607182 in 2c3d4e5f60718293,3d4e5f6071829304 as \"John Smith #2\"",
            "country 3d4e5f6071829304 PSE",
            "sector 3d4e5f6071829304 REB",
            "accept 4e5f607182930415",
            "reject 5f60718293041526",
            "fix 6071829304152637 event_type=ASSAULT mode=beat status=denied",
        ];
        let text = format!("# ours\n\n{}  # a comment\n", lines.join(" # why\n"));
        let rules = parse(&text, "x.rules").unwrap();
        assert_eq!(rules.iter().map(ToString::to_string).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let said = |line: &str| parse(&format!("\n{line}"), "x.rules").unwrap_err().to_string();
        assert!(said("melt a b").starts_with("x.rules: line 2: "));
        assert!(said("accept 12").contains("16 hexadecimal digits"));
        assert!(said("country 3d4e5f6071829304 Palestine").contains("three capital letters"));
        assert!(said("fix 6071829304152637 colour=red").contains("cannot be fixed"));
        assert!(said("merge 0a1b2c3d4e5f6071 into 0a1b2c3d4e5f6071").contains("itself"));
    }
}
