//! Lemmatizer: dictionary forms by suffix rules, exceptions and an index of known words.
//!
//! English as spaCy's `EnglishLemmatizer` has it, with WordNet's tables (Princeton University); French as
//! its `FrenchLemmatizer`, which asks the tables in another order and a list of forms last of all.

use hashbrown::{HashMap, HashSet};
use smol_str::SmolStr;

use crate::OpenError;
use crate::archive::Archive;
use crate::characters::is_alpha;
use crate::config::Config;
use crate::msgpack::Value;
use crate::strings::string_id;

pub(crate) struct Lemmatizer {
    /// By string id of the part of speech in lower case.
    by_pos: HashMap<u64, Tables>,
    /// Whether lemmas that rules set before are put aside.
    pub(crate) overwrites: bool,
    manner: Manner,
    /// By string id of the form; French only.
    lookup: HashMap<u64, SmolStr>,
}

/// How a language asks the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    English,
    French,
}

#[derive(Default)]
struct Tables {
    /// "men" → "man": what a form ends in, and what takes its place.
    rules: Vec<(SmolStr, SmolStr)>,
    exceptions: HashMap<SmolStr, Vec<SmolStr>>,
    index: HashSet<SmolStr>,
}

impl Lemmatizer {
    pub(crate) fn open(
        archive: &Archive,
        config: &Config,
        name: &str,
        language: &str,
    ) -> Result<Lemmatizer, OpenError> {
        let mode = config.text(&format!("components.{name}"), "mode").unwrap_or("rule");
        let manner = match (language, mode) {
            ("en", "rule") => Manner::English,
            ("fr", "rule") => Manner::French,
            _ => {
                let what = format!("a lemmatizer of the mode {mode:?} for the language {language:?}");
                return Err(OpenError::unsupported(name, "config.cfg", what));
            }
        };
        let file = format!("{name}/lookups/lookups.bin");
        let bytes = archive.read(name, &file)?;
        let damaged = |what: &str| OpenError::damaged(name, &file, what);
        let tables = Value::read(&bytes).map_err(|fault| damaged(&fault.to_string()))?;
        let mut by_pos: HashMap<u64, Tables> = HashMap::new();
        let mut read = |table: &str, add: fn(&mut Tables, &Value<'_>) -> Option<()>| {
            let rows = tables
                .get(table)
                .and_then(Value::map)
                .ok_or_else(|| damaged(&format!("the table {table:?} is missing")))?;
            for (pos, value) in rows {
                let pos = pos.uint().or_else(|| pos.text().map(string_id));
                let added = pos.and_then(|pos| add(by_pos.entry(pos).or_default(), value));
                added.ok_or_else(|| damaged(&format!("the table {table:?} is malformed")))?;
            }
            Ok(())
        };
        read("lemma_rules", |tables, value| {
            for rule in value.list()? {
                let [old, new] = rule.list()? else { return None };
                tables.rules.push((old.text()?.into(), new.text()?.into()));
            }
            Some(())
        })?;
        read("lemma_exc", |tables, value| {
            for (form, lemmas) in value.map()? {
                let lemmas = lemmas.list()?.iter().map(|lemma| lemma.text().map(SmolStr::from));
                tables.exceptions.insert(form.text()?.into(), lemmas.collect::<Option<_>>()?);
            }
            Some(())
        })?;
        read("lemma_index", |tables, value| {
            let words = value.list()?;
            tables.index.reserve(words.len());
            for word in words {
                tables.index.insert(word.text()?.into());
            }
            Some(())
        })?;
        let mut lookup = HashMap::new();
        if manner == Manner::French {
            let rows = tables.get("lemma_lookup").and_then(Value::map);
            for (form, lemma) in rows.ok_or_else(|| damaged("the table \"lemma_lookup\" is missing"))? {
                let first = lemma.text().or_else(|| lemma.list()?.first()?.text());
                let (Some(form), Some(lemma)) = (form.uint(), first) else {
                    return Err(damaged("the table \"lemma_lookup\" is malformed"));
                };
                lookup.insert(form, lemma.into());
            }
        }
        let overwrites = config.get(&format!("components.{name}"), "overwrite");
        let overwrites = overwrites.and_then(|it| it.as_bool()) == Some(true);
        Ok(Lemmatizer { by_pos, overwrites, manner, lookup })
    }

    /// The lemma of a word: its text, the same in lower case, its part of speech and morphology.
    pub(crate) fn lemma(&self, text: &str, lower: &SmolStr, pos: &str, morph: &str) -> SmolStr {
        match self.manner {
            Manner::English => self.english(text, lower, pos, morph),
            Manner::French => self.french(text, lower, pos),
        }
    }

    /// Whether the tables have the word as a lemma or as a form of one.
    pub(crate) fn knows(&self, lower: &str) -> bool {
        self.by_pos.values().any(|tables| {
            let is_form = |(old, new): &(SmolStr, SmolStr)| {
                let stem = lower.strip_suffix(old.as_str());
                stem.is_some_and(|stem| tables.index.contains(&SmolStr::from_iter([stem, new.as_str()])))
            };
            tables.index.contains(lower)
                || tables.exceptions.contains_key(lower)
                || tables.rules.iter().any(is_form)
        })
    }

    fn french(&self, text: &str, lower: &SmolStr, pos: &str) -> SmolStr {
        let listed = |form: &str| self.lookup.get(&string_id(form)).cloned();
        match pos {
            "" | "SPACE" | "EOL" => return lower.clone(),
            "NOUN" | "VERB" | "ADJ" | "ADP" | "ADV" | "AUX" | "CCONJ" | "DET" | "PRON" | "PUNCT"
            | "SCONJ" => {}
            _ => return listed(text).unwrap_or_else(|| text.into()),
        }
        let otherwise = || listed(lower).unwrap_or_else(|| lower.clone());
        let Some(tables) = self.by_pos.get(&string_id(&pos.to_lowercase())) else { return otherwise() };
        if tables.index.contains(lower) {
            return lower.clone();
        }
        if let Some(lemma) = tables.exceptions.get(lower).and_then(|lemmas| lemmas.first()) {
            return lemma.clone();
        }
        let mut unknown: Option<SmolStr> = None;
        for (old, new) in &tables.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = SmolStr::from_iter([stem, new]);
            if form.is_empty() {
                continue;
            }
            if tables.index.contains(&form) || !form.chars().all(is_alpha) {
                return form;
            }
            unknown.get_or_insert(form);
        }
        unknown.unwrap_or_else(otherwise)
    }

    fn english(&self, text: &str, lower: &SmolStr, pos: &str, morph: &str) -> SmolStr {
        if pos.is_empty() || pos == "SPACE" || pos == "EOL" || is_base_form(pos, morph) {
            return lower.clone();
        }
        let Some(tables) = self.by_pos.get(&string_id(&pos.to_lowercase())) else {
            return if pos == "PROPN" { text.into() } else { lower.clone() };
        };
        // Forms that are words of the index go to the front, one before the other; the rest to the
        // back. The exceptions go before them all.
        let mut forms: Vec<SmolStr> = Vec::new();
        let mut unknown: Option<SmolStr> = None;
        for (old, new) in &tables.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = SmolStr::from_iter([stem, new]);
            if form.is_empty() {
                continue;
            }
            if tables.index.contains(&form) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else if unknown.is_none() {
                unknown = Some(form);
            }
        }
        for form in tables.exceptions.get(lower).into_iter().flatten() {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| text.into())
    }
}

/// Whether an English word is its own lemma by its morphology.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let has = |feature: &str| morph.split('|').any(|it| it == feature);
    match pos {
        "NOUN" if has("Number=Sing") => true,
        "VERB"
            if has("VerbForm=Fin")
                && has("Tense=Pres")
                && !morph.split('|').any(|it| it.starts_with("Number=")) =>
        {
            true
        }
        _ => has("VerbForm=Inf") || has("VerbForm=None") || has("Degree=Pos"),
    }
}
