//! Codebook: all pages of a folder, and an index from words to rules.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::reader::{Contents, Source, read_pages};
use crate::triggers::{Listening, Triggers};
use crate::{CodebookError, Page, Phrases, Rule, Trigger, TriggerForm, WordSet};

/// Pages that come with the program.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// No page is longer than this, in bytes.
const PAGE_LIMIT: u64 = 1 << 20;

/// Event types as pages, with the contexts and word sets they share.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// In order of file name.
    pub pages: Vec<Page>,
    pub contexts: Vec<Context>,
    pub word_sets: Vec<WordSet>,
    version: String,
    triggers: Triggers,
    derived: Vec<RuleId>,
    context_phrases: Phrases,
}

/// What an event is about: PLOVER's contexts, each with the words that tell it.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    pub name: SmolStr,
    /// Lemmas; several words make a phrase.
    pub words: Vec<Vec<SmolStr>>,
}

/// A rule of the codebook: number of its page, number in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId {
    pub page: u16,
    pub rule: u16,
}

/// A trigger of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TriggerId {
    pub rule: RuleId,
    pub trigger: u16,
}

impl Codebook {
    /// The codebook compiled into the program.
    ///
    /// # Panics
    ///
    /// Never in a build that passed its tests: they read every page.
    pub fn embedded() -> Codebook {
        let sources: Vec<Source> = EMBEDDED
            .iter()
            .map(|(name, text)| Source { name: name.to_string(), text: text.to_string() })
            .collect();
        Codebook::from_sources(&sources).unwrap_or_else(|error| panic!("codebook/{error}"))
    }

    /// Reads the pages of a folder: every `.md` file is one event type, but for those that begin
    /// with an underscore, which hold word sets (`_words.md`) and contexts (`_contexts.md`).
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be read, or a page that breaks its form, with file and line.
    pub fn open(folder: &Path) -> Result<Codebook, CodebookError> {
        let folder_error = |error| CodebookError::Folder { path: folder.to_path_buf(), error };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(folder_error)? {
            let path = entry.map_err(folder_error)?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut sources = Vec::new();
        for path in paths {
            let file_error = |error| CodebookError::File { path: path.clone(), error };
            if fs::metadata(&path).map_err(file_error)?.len() > PAGE_LIMIT {
                return Err(file_error(std::io::Error::other("the file is larger than 1 MB")));
            }
            let text = fs::read_to_string(&path).map_err(file_error)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.push(Source { name, text });
        }
        let codebook = Codebook::from_sources(&sources)?;
        if codebook.pages.is_empty() {
            return Err(CodebookError::Empty { path: folder.to_path_buf() });
        }
        Ok(codebook)
    }

    fn from_sources(sources: &[Source]) -> Result<Codebook, CodebookError> {
        let Contents { pages, contexts, word_sets } = read_pages(sources)?;
        let mut derived = Vec::new();
        let mut triggers = Triggers::default();
        for (page_number, page) in pages.iter().enumerate() {
            for (rule_number, rule) in page.rules.iter().enumerate() {
                let rule_id = RuleId { page: page_number as u16, rule: rule_number as u16 };
                if rule.derived.is_some() {
                    derived.push(rule_id);
                }
                for (trigger_number, trigger) in rule.triggers.iter().enumerate() {
                    triggers.add(TriggerId { rule: rule_id, trigger: trigger_number as u16 }, trigger);
                }
            }
        }
        let context_phrases = Phrases::of_lists(contexts.iter().map(|context| context.words.as_slice()));
        let version = version_of(sources);
        Ok(Codebook { pages, contexts, word_sets, version, triggers, derived, context_phrases })
    }

    /// "plover-2.0/1f0a52c7": the scheme, and a hash of the pages.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The page of an event type.
    pub fn page(&self, event_type: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.event_type == event_type)
    }

    pub fn page_of(&self, rule: RuleId) -> &Page {
        &self.pages[rule.page as usize]
    }

    pub fn rule(&self, rule: RuleId) -> &Rule {
        &self.page_of(rule).rules[rule.rule as usize]
    }

    pub fn trigger(&self, trigger: TriggerId) -> &Trigger {
        &self.rule(trigger.rule).triggers[trigger.trigger as usize]
    }

    /// The rules that follow from events of other types, in the order of the pages.
    pub fn derived_rules(&self) -> &[RuleId] {
        &self.derived
    }

    /// The words of all contexts; a list's number is that of its context.
    pub fn context_phrases(&self) -> &Phrases {
        &self.context_phrases
    }

    /// The triggers whose main word is `lemma`.
    pub fn triggers(&self, form: TriggerForm, lemma: &str) -> Option<&Listening> {
        self.triggers.of(form, lemma)
    }
}

/// Rules and word sets decide; prose and examples do not, but one hash for all is easier to trust.
fn version_of(sources: &[Source]) -> String {
    let mut hash = Sha256::new();
    for source in sources {
        hash.update(source.name.as_bytes());
        hash.update([0]);
        hash.update(source.text.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let short: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("plover-2.0/{short}")
}

impl Trigger {
    /// The word that a sentence must hold for the trigger to be tried.
    pub fn head(&self) -> &SmolStr {
        match self.form {
            TriggerForm::Noun => self.words.last(),
            TriggerForm::Verb | TriggerForm::Adjective => self.words.first(),
        }
        .expect("the reader makes no trigger without words")
    }

    /// The word that is looked for beside it first.
    pub(crate) fn next(&self) -> Option<&SmolStr> {
        match self.form {
            TriggerForm::Noun => self.words.iter().nth_back(1),
            TriggerForm::Verb | TriggerForm::Adjective => self.words.get(1),
        }
    }
}
