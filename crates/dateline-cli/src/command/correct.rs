//! `dateline correct`: what people know better, kept in a file of lines beside the database.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use dateline_export::{EVENTS, PRECISION};
use dateline_store::{Found, Page, Precision, Rule, Store, WriteOptions, Writer, parse_rules};
use jiff::Timestamp;

use super::events::SHOWN;
use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{Listing, Shown};
use crate::output;

/// Correct what was coded, and measure how often it is right
///
/// Corrections are lines of a file beside the database (dateline.rules beside dateline.db): they are
/// applied at once, and again whenever stories are added or read anew. The file may be edited; a
/// verdict that is taken out of it is taken back. Merged and split entities come apart only in a
/// database that is made anew.
///
///   dateline correct merge "Bibi Netanyahu" "Benjamin Netanyahu"
///   dateline correct country Hamas PSE
///   dateline correct reject 5f60718293041526
///   dateline correct sample --count 100 --format csv > sample.csv
///   dateline correct load sample.csv
///   dateline correct precision
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Correct {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Two entities are one: the second
    Merge {
        /// Id or name
        entity: String,
        /// Id or name
        into: String,
        #[command(flatten)]
        database: Database,
    },
    /// In some articles the name stands for somebody else
    Split {
        /// Id or name
        entity: String,
        /// Ids of the articles, with commas between them
        #[arg(long = "in", value_name = "ARTICLES", value_delimiter = ',', required = true)]
        articles: Vec<String>,
        /// The other one's name
        #[arg(long = "as", value_name = "NAME")]
        name: String,
        #[command(flatten)]
        database: Database,
    },
    /// Set an entity's country
    Country {
        /// Id or name
        entity: String,
        /// ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM
        code: String,
        #[command(flatten)]
        database: Database,
    },
    /// Set an entity's sector
    Sector {
        /// Id or name
        entity: String,
        /// PLOVER's code
        code: String,
        #[command(flatten)]
        database: Database,
    },
    /// An event is right as it was coded
    Accept {
        /// Ids of events
        #[arg(required = true)]
        events: Vec<String>,
        #[command(flatten)]
        database: Database,
    },
    /// An event is wrong: it is listed and counted no more
    Reject {
        /// Ids of events
        #[arg(required = true)]
        events: Vec<String>,
        #[command(flatten)]
        database: Database,
    },
    /// An event is right with other values: event_type=ASSAULT mode=drone status=denied
    Fix {
        /// Id of the event
        event: String,
        /// Values
        #[arg(required = true, value_name = "NAME=VALUE")]
        fields: Vec<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Draw events by chance that nobody has judged
    Sample {
        /// How many
        #[arg(long, value_name = "N", default_value_t = 100)]
        count: usize,
        /// Another seed draws others
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        listing: Listing,
    },
    /// Take verdicts from a sample: a CSV file with the columns event_id and verdict (accept or reject)
    Load {
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// What share of the judged events was right, with its 95% interval; sound where they were drawn
    /// by chance
    Precision {
        #[command(flatten)]
        listing: Listing,
    },
}

const ESTIMATES: &[Shown<Precision>] = &[
    Shown { heading: "of", width: 12, value: |it| it.of.clone() },
    Shown { heading: "right", width: 6, value: |it| it.accepted.to_string() },
    Shown { heading: "wrong", width: 6, value: |it| it.wrong.to_string() },
    Shown { heading: "precision", width: 9, value: |it| share(it.precision) },
    Shown {
        heading: "95% interval",
        width: 20,
        value: |it| it.low.map(|_| format!("{} to {}", share(it.low), share(it.high))).unwrap_or_default(),
    },
];

fn share(value: Option<f64>) -> String {
    value.map(|value| format!("{:.1}%", value * 100.0)).unwrap_or_default()
}

impl Correct {
    pub fn run(self) -> Result<Exit, Failure> {
        match self.what {
            What::Merge { entity, into, database } => {
                let store = database.open()?;
                let (entity, into) = (named(&store, &database, &entity)?, named(&store, &database, &into)?);
                let comment = format!("{} → {}", entity.1, into.1);
                write(&database, vec![(Rule::Merge { entity: entity.0, into: into.0 }, comment)])
            }
            What::Split { entity, articles, name, database } => {
                let store = database.open()?;
                let entity = named(&store, &database, &entity)?;
                for article in &articles {
                    match store.show(article) {
                        Ok(Found::Article(_)) => {}
                        Ok(_) => return Err(Failure::new(format!("{article} is no article"))),
                        Err(error) => return Err(database.failure(error)),
                    }
                }
                write(&database, vec![(Rule::Split { entity: entity.0, articles, name }, entity.1)])
            }
            What::Country { entity, code, database } => {
                let entity = named(&database.open()?, &database, &entity)?;
                write(
                    &database,
                    vec![(Rule::Country { entity: entity.0, country: code.to_uppercase() }, entity.1)],
                )
            }
            What::Sector { entity, code, database } => {
                let entity = named(&database.open()?, &database, &entity)?;
                write(
                    &database,
                    vec![(Rule::Sector { entity: entity.0, sector: code.to_uppercase() }, entity.1)],
                )
            }
            What::Accept { events, database } => judge(&database, events, |event| Rule::Accept { event }),
            What::Reject { events, database } => judge(&database, events, |event| Rule::Reject { event }),
            What::Fix { event, fields, database } => {
                let fields = fields
                    .iter()
                    .map(|field| match field.split_once('=') {
                        Some((name, value)) => Ok((name.to_string(), value.to_string())),
                        None => Err(Failure::new(format!("{field} is not of the form mode=drone"))),
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                judge(&database, vec![event], |event| Rule::Fix { event, fields: fields.clone() })
            }
            What::Sample { count, seed, listing: Listing { database, form, filters } } => {
                let rows = database
                    .open()?
                    .sample(&filters.filter()?, count, seed)
                    .map_err(|error| database.failure(error))?;
                let said = format!(
                    "{} events drawn; judge them with dateline correct accept and reject",
                    rows.len()
                );
                form.print(&Page { rows, truncated: false, next: None }, SHOWN, EVENTS, &said)
            }
            What::Load { file, database } => load(&file, &database),
            What::Precision { listing: Listing { database, form, filters } } => {
                let rows = database
                    .open()?
                    .precision(&filters.filter()?)
                    .map_err(|error| database.failure(error))?;
                let said = format!("{} events judged", rows[0].accepted + rows[0].wrong);
                form.print(&Page { rows, truncated: false, next: None }, ESTIMATES, PRECISION, &said)
            }
        }
    }
}

fn named(store: &Store, database: &Database, asked: &str) -> Result<(String, String), Failure> {
    store.find_entity(asked).map_err(|error| database.failure(error))
}

/// Lines for events that are there, each with what it is in a comment.
fn judge(database: &Database, events: Vec<String>, rule: impl Fn(String) -> Rule) -> Result<Exit, Failure> {
    let store = database.open()?;
    let rules = events
        .into_iter()
        .map(|event| {
            let detail = store.event(&event).map_err(|error| database.failure(error))?.event;
            let sentence = detail.evidence.map(|it| it.sentence).unwrap_or_default();
            let comment: String = format!("{} {sentence}", detail.event_type).chars().take(80).collect();
            Ok((rule(detail.id), comment))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    write(database, rules)
}

/// Writes the lines and applies the file.
fn write(database: &Database, rules: Vec<(Rule, String)>) -> Result<Exit, Failure> {
    let path = database.rules();
    let mut text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "# Corrections. They are applied whenever stories are added; lines may be taken out.\n".into()
        }
        Err(error) => return Err(Failure::file(&path, &error)),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut said = String::new();
    for (rule, comment) in &rules {
        let comment = comment.replace(['\n', '\r'], " ");
        said.push_str(&format!("{rule}  # {comment}\n"));
    }
    text.push_str(&said);
    // What cannot be read again must not get into the file.
    parse_rules(&text, &path.display().to_string()).map_err(Failure::new)?;
    replace(&path, &text).map_err(|error| Failure::file(&path, &error))?;
    apply(database)?;
    output::print(said.as_bytes())
}

/// The whole file at once: a file that is half written would be refused by the next run.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_os_string();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

fn apply(database: &Database) -> Result<(), Failure> {
    let mut options = WriteOptions::default();
    options.rules = Some(database.rules());
    options.wait = Duration::from_secs(30);
    let mut waiting = |holder: &dateline_store::Holder| {
        eprintln!("waiting for a dateline that is adding: {holder}");
    };
    let writer = Writer::open(&database.path, &options, Timestamp::now(), &mut waiting)
        .map_err(|error| database.failure(error))?;
    writer.close().map_err(|error| database.failure(error))
}

fn load(file: &Path, database: &Database) -> Result<Exit, Failure> {
    let mut text = String::new();
    std::fs::File::open(file)
        .and_then(|mut it| it.read_to_string(&mut text))
        .map_err(|error| Failure::file(file, &error))?;
    let rows = dateline_export::read_csv(&text, ["event_id", "verdict"])
        .map_err(|error| Failure::new(error).at(file.display()))?;
    let mut rules = Vec::new();
    for [event, verdict] in rows {
        let rule = match verdict.trim().to_lowercase().as_str() {
            "" => continue,
            "accept" => Rule::Accept { event },
            "reject" => Rule::Reject { event },
            other => {
                return Err(Failure::new(format!("{}: {other} is no verdict", file.display()))
                    .hint("write accept or reject into the column verdict, or leave it empty"));
            }
        };
        rules.push((rule, "sample".to_string()));
    }
    if rules.is_empty() {
        return Err(Failure::new(format!("{}: there are no verdicts in it", file.display()))
            .hint("write accept or reject into the column verdict"));
    }
    write(database, rules)
}
