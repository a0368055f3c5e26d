//! Config: `config.cfg`, which says what a pipeline is built of.
//!
//! The file is INI with JSON values. Python code that it names is never run: an architecture is
//! one that this crate has, or an error.

use hashbrown::HashMap;
use serde_json::Value;

use crate::OpenError;

const FILE: &str = "config.cfg";

/// Sections by name: "components.parser.model" → "hidden_width" → 64.
pub(crate) struct Config {
    sections: HashMap<String, HashMap<String, Value>>,
}

impl Config {
    pub(crate) fn read(bytes: &[u8]) -> Result<Config, OpenError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| OpenError::damaged("pipeline", FILE, "the file is not UTF-8"))?;
        let mut sections: HashMap<String, HashMap<String, Value>> = HashMap::new();
        let mut section = String::new();
        let mut entry: Option<(String, String)> = None;
        let mut lines = text.lines().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            // A value may go on over indented lines.
            let goes_on = line.starts_with([' ', '\t']) && entry.is_some() && !line.trim().is_empty();
            if goes_on && let Some((_, value)) = &mut entry {
                value.push_str(line.trim());
            } else {
                let line = line.trim();
                if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    section = name.to_owned();
                    sections.entry_ref(name).or_default();
                } else if let Some((key, value)) = line.split_once('=') {
                    entry = Some((key.trim().to_owned(), value.trim().to_owned()));
                } else if !line.is_empty() && !line.starts_with(['#', ';']) {
                    let what = format!("line {} is neither a section nor a value", number + 1);
                    return Err(OpenError::damaged("pipeline", FILE, what));
                }
            }
            let next_goes_on = lines.peek().is_some_and(|(_, next)| next.starts_with([' ', '\t']));
            if !next_goes_on && let Some((key, value)) = entry.take() {
                // Values that are not JSON are references such as ${paths.vectors}: kept as text.
                let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
                sections.entry_ref(section.as_str()).or_default().insert(key, value);
            }
        }
        Ok(Config { sections })
    }

    pub(crate) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        self.sections.get(section)?.get(key)
    }

    pub(crate) fn text(&self, section: &str, key: &str) -> Option<&str> {
        self.get(section, key)?.as_str()
    }

    /// The components that run, in their order, with those that `wanted` says run in any case.
    pub(crate) fn components(&self, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, OpenError> {
        let names = |key: &str| -> Option<Vec<String>> {
            let list = self.get("nlp", key)?.as_array()?;
            list.iter().map(|name| Some(name.as_str()?.to_owned())).collect()
        };
        let pipeline = names("pipeline")
            .ok_or_else(|| OpenError::damaged("pipeline", FILE, "[nlp] does not list its pipeline"))?;
        let disabled = names("disabled").unwrap_or_default();
        Ok(pipeline.into_iter().filter(|name| wanted(name) || !disabled.contains(name)).collect())
    }

    /// Refuses an architecture that is not one of `known`.
    pub(crate) fn expect_architecture(
        &self,
        component: &str,
        section: &str,
        known: &[&str],
    ) -> Result<&str, OpenError> {
        let name = self.text(section, "@architectures").ok_or_else(|| {
            OpenError::damaged(component, FILE, format!("[{section}] names no @architectures"))
        })?;
        if !known.contains(&name) {
            let what = format!("[{section}] asks for the architecture {name:?}");
            return Err(OpenError::unsupported(component, FILE, what));
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_components_that_run_are_those_not_disabled() {
        let config =
            Config::read(b"[nlp]\npipeline = [\"tagger\",\n  \"senter\"]\ndisabled = [\"senter\"]\n")
                .unwrap();
        assert_eq!(config.components(|_| false).unwrap(), ["tagger"]);
        assert_eq!(config.components(|name| name == "senter").unwrap(), ["tagger", "senter"]);
    }

    #[test]
    fn code_that_a_config_names_is_refused() {
        let config = Config::read(b"[components.ner.model]\n@architectures = \"os.system.v1\"\n").unwrap();
        let error =
            config.expect_architecture("ner", "components.ner.model", &["spacy.Tagger.v2"]).unwrap_err();
        assert_eq!(error.component(), "ner");
        assert!(error.to_string().contains("os.system.v1"), "{error}");
    }
}
