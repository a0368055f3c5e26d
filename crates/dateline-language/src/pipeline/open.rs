//! Open: from a pipeline's files to a [`Pipeline`].

use std::path::Path;
use std::sync::Mutex;

use hashbrown::HashMap;

use super::{Pipeline, name::pipeline_name};
use crate::archive::Archive;
use crate::config::Config;
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::LexemeTables;
use crate::msgpack::Value;
use crate::network::{InstructionSet, Tok2Vec};
use crate::parser::Parser;
use crate::recognizer::Recognizer;
use crate::ruler::Ruler;
use crate::senter::Senter;
use crate::tagger::{Morphologizer, Tagger};
use crate::tokenizer;
use crate::vectors::Vectors;
use crate::weights::Weights;
use crate::{OpenError, Options, Sentences};

/// Languages whose words and lemmas are made as spaCy makes them.
const LANGUAGES: [&str; 2] = ["en", "fr"];

pub(super) fn open(path: &Path, options: Options) -> Result<Pipeline, OpenError> {
    let archive = Archive::open(path)?;
    let config = Config::read(&archive.read("pipeline", "config.cfg")?)?;
    let meta: serde_json::Value = serde_json::from_slice(&archive.read("pipeline", "meta.json")?)
        .map_err(|error| OpenError::damaged("pipeline", "meta.json", error))?;
    let language = config.text("nlp", "lang").unwrap_or_default().to_owned();
    if !LANGUAGES.contains(&&*language) {
        let what = format!("the language is {language:?}; only English and French pipelines are read");
        return Err(OpenError::unsupported("pipeline", "config.cfg", what));
    }
    let components = components(&config, options)?;
    check_order(&config, &components)?;
    // The vectors are half of all the bytes: the other large files are read beside them.
    let (vectors, prepared) = std::thread::scope(|scope| {
        let vectors = scope.spawn(|| Vectors::open(&archive));
        let prepared = Prepared::read(&archive, &config, &components, &language);
        (vectors.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), prepared)
    });
    let (vectors, mut prepared) = (vectors?, prepared?);
    let tables = LexemeTables { norms: read_norms(&archive)?, vectors, ..Default::default() };
    let (tokenizer, tables, fixed) = tokenizer::open(&archive, tables)?;
    let mut pipeline = Pipeline {
        name: pipeline_name(&meta),
        tables,
        fixed,
        tokenizer,
        tok2vec: None,
        tagger: None,
        morphologizer: None,
        parser: None,
        senter: None,
        ruler: Ruler::none(),
        lemmatizer: None,
        recognizer: None,
        set: InstructionSet::detect(),
        resting: Mutex::new(Vec::new()),
    };
    for component in &components {
        add(&mut pipeline, &mut prepared, &archive, &config, component)?;
    }
    number_readings(&mut pipeline)?;
    Ok(pipeline)
}

/// The components that run: those of the config, but as the options have it.
fn components(config: &Config, options: Options) -> Result<Vec<String>, OpenError> {
    let factory = |name: &str| config.text(&format!("components.{name}"), "factory").unwrap_or_default();
    if options.sentences == Sentences::Parser {
        let mut components = config.components(|_| false)?;
        // What the parser has decided, a senter after it leaves.
        if let Some(parser) = components.iter().position(|name| factory(name) == "parser") {
            let mut at = 0;
            components.retain(|name| {
                at += 1;
                at <= parser || factory(name) != "senter"
            });
        }
        return Ok(components);
    }
    let mut components = config.components(|name| factory(name) == "senter")?;
    components.retain(|name| factory(name) != "parser");
    if !components.iter().any(|name| factory(name) == "senter") {
        let what = "the pipeline has no senter to tell where sentences start";
        return Err(OpenError::new("pipeline", "config.cfg", what, "leave it to the parser"));
    }
    Ok(components)
}

/// Enters the morphologizer's readings among the ruler's values.
fn number_readings(pipeline: &mut Pipeline) -> Result<(), OpenError> {
    let Some((morphologizer, numbers)) = &mut pipeline.morphologizer else { return Ok(()) };
    for [pos, morph] in &morphologizer.readings {
        let mut number = |text| {
            pipeline.ruler.value(text).ok_or_else(|| {
                OpenError::unsupported("morphologizer", "config.cfg", "it has too many labels")
            })
        };
        numbers.push([number(pos)?, number(morph)?]);
    }
    Ok(())
}

/// The order in which components run here, by factory; names are found after the parser.
const ORDER: [&str; 7] =
    ["tok2vec", "tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer"];

/// Refuses a pipeline that runs its components in another order, or one kind twice.
fn check_order(config: &Config, components: &[String]) -> Result<(), OpenError> {
    let factory = |name: &String| config.text(&format!("components.{name}"), "factory").unwrap_or_default();
    let mut reached = 0;
    let mut has_names = false;
    for name in components {
        let factory = factory(name);
        if let Some(at) = ORDER.iter().position(|&it| it == factory) {
            if at < reached || (has_names && matches!(factory, "parser" | "senter")) {
                let what = format!("{name:?} stands after what needs it, or is the second of its kind");
                return Err(OpenError::unsupported(name, "config.cfg", what));
            }
            reached = at + 1;
        } else if factory == "ner" {
            if has_names {
                return Err(OpenError::unsupported(name, "config.cfg", "it is the second of its kind"));
            }
            has_names = true;
        }
    }
    Ok(())
}

/// What can be read before the words' tables are.
#[derive(Default)]
struct Prepared {
    weights: HashMap<String, Weights>,
    lemmatizers: HashMap<String, Lemmatizer>,
}

impl Prepared {
    fn read(
        archive: &Archive,
        config: &Config,
        components: &[String],
        language: &str,
    ) -> Result<Prepared, OpenError> {
        let mut prepared = Prepared::default();
        for name in components {
            match config.text(&format!("components.{name}"), "factory").unwrap_or_default() {
                "tok2vec" | "parser" | "senter" | "ner" => {
                    let file = format!("{name}/model");
                    let weights = Weights::read(name, &file, &archive.read(name, &file)?)?;
                    prepared.weights.insert(name.clone(), weights);
                }
                "lemmatizer" => {
                    let lemmatizer = Lemmatizer::open(archive, config, name, language)?;
                    prepared.lemmatizers.insert(name.clone(), lemmatizer);
                }
                _ => {}
            }
        }
        Ok(prepared)
    }

    fn weights(&mut self, name: &str) -> Result<Weights, OpenError> {
        // A name that is listed twice finds its weights taken.
        let listed_twice = || OpenError::damaged(name, "config.cfg", "the component is listed twice");
        self.weights.remove(name).ok_or_else(listed_twice)
    }
}

/// Opens one component of the config's pipeline.
fn add(
    pipeline: &mut Pipeline,
    prepared: &mut Prepared,
    archive: &Archive,
    config: &Config,
    name: &str,
) -> Result<(), OpenError> {
    let factory = config.text(&format!("components.{name}"), "factory").unwrap_or_default();
    let section = format!("components.{name}.model");
    // Whether the component listens to the shared network, as its config says.
    let listens = || {
        let kind = config.text(&format!("{section}.tok2vec"), "@architectures").unwrap_or_default();
        kind.starts_with("spacy.Tok2VecListener")
    };
    let shared_width = pipeline.tok2vec.as_ref().map(Tok2Vec::width);
    let expect_shared = |width: Option<usize>| match (listens(), shared_width) {
        (true, Some(shared)) if width.is_none_or(|width| width == shared) => Ok(shared),
        (true, _) => {
            let what = "it listens to a tok2vec that does not come before it, or has another width";
            Err(OpenError::damaged(name, "config.cfg", what))
        }
        (false, _) => Err(OpenError::unsupported(name, "config.cfg", "it has a network of its own")),
    };
    match factory {
        "tok2vec" => {
            let weights = prepared.weights(name)?;
            pipeline.tok2vec = Some(Tok2Vec::read(name, &section, config, &weights, &pipeline.tables)?);
        }
        "tagger" => pipeline.tagger = Some(Tagger::open(archive, config, name, expect_shared(None)?)?),
        "morphologizer" => {
            let morphologizer = Morphologizer::open(archive, config, name, expect_shared(None)?)?;
            pipeline.morphologizer = Some((morphologizer, Vec::new()));
        }
        "senter" => {
            let weights = prepared.weights(name)?;
            pipeline.senter = Some(Senter::read(config, name, &weights, &pipeline.tables)?);
        }
        "parser" => {
            let parser = Parser::open(archive, config, name, &prepared.weights(name)?)?;
            expect_shared(Some(parser.width()))?;
            pipeline.parser = Some(parser);
        }
        "ner" => {
            let weights = prepared.weights(name)?;
            let recognizer = Recognizer::open(archive, config, name, &weights)?;
            let own = if listens() {
                expect_shared(Some(recognizer.width()))?;
                None
            } else {
                let section = format!("{section}.tok2vec");
                let own = Tok2Vec::read(name, &section, config, &weights, &pipeline.tables)?;
                if own.width() != recognizer.width() {
                    return Err(weights.damaged("its network and its scorer differ in width".to_owned()));
                }
                Some(own)
            };
            pipeline.recognizer = Some((recognizer, own));
        }
        "attribute_ruler" => pipeline.ruler = Ruler::open(archive, name)?,
        "lemmatizer" => pipeline.lemmatizer = prepared.lemmatizers.remove(name),
        other => {
            let what = format!("the component {name:?} is made by {other:?}");
            return Err(OpenError::unsupported(name, "config.cfg", what));
        }
    }
    Ok(())
}

/// The norms of words, by string id.
fn read_norms(archive: &Archive) -> Result<HashMap<u64, Box<str>>, OpenError> {
    const FILE: &str = "vocab/lookups.bin";
    let Some(bytes) = archive.read_if_there("vocab", FILE)? else { return Ok(HashMap::new()) };
    let tables = Value::read(&bytes).map_err(|fault| OpenError::damaged("vocab", FILE, fault))?;
    let rows = tables.get("lexeme_norm").and_then(Value::map).unwrap_or_default();
    let read = |(key, norm): &(Value<'_>, Value<'_>)| Some((key.uint()?, norm.text()?.into()));
    rows.iter()
        .map(read)
        .collect::<Option<_>>()
        .ok_or_else(|| OpenError::damaged("vocab", FILE, "the table of norms is malformed"))
}
