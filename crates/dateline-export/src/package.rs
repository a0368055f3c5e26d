//! Packages: a folder with the data, `datapackage.json` (a Frictionless data package that describes
//! every column), `codebook.csv` (the same as a table) and `CITATION.txt`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use dateline_store::{EventRow, Filter, Order, Page, PartyRow, Store, StoreError, each_row};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::columns::{self, Column, Kind, PARTIES, PartyOf};
use crate::parquet_rows::ParquetRows;
use crate::stream::{Format, Summary, write_events};
use crate::{ARTICLES, CsvRows, ENTITIES, EVENTS, ExportError, GDELT, POLECAT, QUOTES, STORIES};

/// The folder of months of rows without a day, as Hive has it.
const NO_MONTH: &str = "__HIVE_DEFAULT_PARTITION__";

/// Writes a package. Events and their parties always; quotes, articles, stories and entities where
/// the filter is open, in the forms that are tables.
pub fn write_package(
    store: &Store,
    filter: &Filter,
    format: Format,
    folder: &Path,
    overwrite: bool,
) -> Result<Summary, ExportError> {
    prepare(folder, overwrite)?;
    let filter = Filter { order: Order::Oldest, ..filter.clone() };
    let mut package = Package {
        folder: folder.into(),
        notes: notes(store, &filter)?,
        resources: Vec::new(),
        codebook: Vec::new(),
    };
    let summary = match format {
        Format::Csv | Format::Ndjson | Format::Parquet => tables(store, &filter, format, &mut package)?,
        _ => {
            let name = format!("events.{}", format.ending());
            let path = package.path(&name)?;
            let mut output = BufWriter::new(create(&path)?);
            let summary = write_events(store, &filter, format, &mut output)?;
            output.flush()?;
            package.describe(&name, format, &fields_of(format))?;
            summary
        }
    };
    package.end(&filter, &summary)?;
    Ok(summary)
}

/// A folder to write into: made, or empty, or one of ours that may be overwritten.
fn prepare(folder: &Path, overwrite: bool) -> Result<(), ExportError> {
    fs::create_dir_all(folder)?;
    let is_empty = fs::read_dir(folder)?.next().is_none();
    if is_empty {
        return Ok(());
    }
    let described = folder.join("datapackage.json");
    if !overwrite || !described.exists() {
        return Err(ExportError::NotEmpty(folder.display().to_string()));
    }
    let package: Value = serde_json::from_slice(&fs::read(&described)?).unwrap_or_default();
    for resource in package["resources"].as_array().into_iter().flatten() {
        // Only what lies in the folder, whatever the file says.
        let path = Path::new(resource["path"].as_str().unwrap_or_default());
        let is_inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if is_inside && path.components().count() > 0 {
            let _ = fs::remove_file(folder.join(path));
        }
    }
    Ok(())
}

/// What an export says of itself: versions, filter, citation.
fn notes(store: &Store, filter: &Filter) -> Result<Vec<(String, String)>, ExportError> {
    let versions = serde_json::to_string(&store.made_by()?)?;
    let filter = serde_json::to_string(&asked(filter))?;
    Ok(vec![
        ("dateline".into(), env!("CARGO_PKG_VERSION").into()),
        ("dateline.made_by".into(), versions),
        ("dateline.filter".into(), filter),
        ("dateline.citation".into(), CITATION.trim().into()),
    ])
}

fn asked(filter: &Filter) -> Value {
    let pairs = filter.pairs().into_iter().filter(|(name, _)| *name != "order");
    pairs.map(|(name, value)| json!([name, value])).collect()
}

const CITATION: &str = concat!(
    "Events coded by Dateline ",
    env!("CARGO_PKG_VERSION"),
    " in the PLOVER scheme. Name the versions of codebook, weights and gazetteer that stand in datapackage.json, and \
     the filter; the articles belong to their publishers, who stand in the column publisher. Places: GeoNames, CC BY 4.0.\n"
);

struct Package {
    folder: PathBuf,
    notes: Vec<(String, String)>,
    resources: Vec<Value>,
    codebook: Vec<[String; 4]>,
}

/// A column in words.
struct Field {
    name: &'static str,
    kind: &'static str,
    help: &'static str,
}

impl Package {
    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(path)
    }

    /// Puts a written file on the list.
    fn describe(&mut self, name: &str, format: Format, fields: &[Field]) -> Result<(), ExportError> {
        let (hash, bytes) = hash(&self.folder.join(name))?;
        let table = name.split(['.', '/']).next().unwrap_or(name);
        let schema: Vec<Value> = fields
            .iter()
            .map(|field| json!({"name": field.name, "type": field.kind, "description": field.help}))
            .collect();
        let mut resource = json!({
            "name": name.to_lowercase().replace(|it: char| !it.is_ascii_alphanumeric() && !".-_".contains(it), "-"),
            "path": name, "format": format.ending(), "mediatype": format.media_type(), "bytes": bytes,
            "hash": format!("sha256:{hash}"),
        });
        if !schema.is_empty() {
            resource["schema"] = json!({"fields": schema});
        }
        match format {
            Format::Polecat => resource["dialect"] = json!({"delimiter": "\t"}),
            Format::Gdelt => resource["dialect"] = json!({"delimiter": "\t", "header": false}),
            _ => {}
        }
        self.resources.push(resource);
        if !self.codebook.iter().any(|[known, ..]| known == table) {
            let lines =
                fields.iter().map(|field| [table, field.name, field.kind, field.help].map(String::from));
            self.codebook.extend(lines);
        }
        Ok(())
    }

    fn end(mut self, filter: &Filter, summary: &Summary) -> Result<(), ExportError> {
        if !self.codebook.is_empty() {
            let names = ["table", "column", "type", "description"].map(String::from);
            let output = create(&self.folder.join("codebook.csv"))?;
            crate::write_csv(output, &names, std::mem::take(&mut self.codebook).into_iter().map(Vec::from))?;
            self.describe("codebook.csv", Format::Csv, &[])?;
        }
        fs::write(self.folder.join("CITATION.txt"), CITATION)?;
        // The same data has the same snapshot, wherever and whenever it is written.
        let mut snapshot = Sha256::new();
        for resource in &self.resources {
            snapshot.update(resource["hash"].to_string());
        }
        let made_by: Value = self
            .notes
            .iter()
            .find(|(name, _)| name == "dateline.made_by")
            .map_or(Value::Null, |(_, json)| serde_json::from_str(json).unwrap_or_default());
        let package = json!({
            "profile": "data-package",
            "name": "dateline-export",
            "title": "Events coded from news by Dateline",
            "dateline": env!("CARGO_PKG_VERSION"),
            "snapshot": hex(&snapshot.finalize()),
            "filter": asked(filter),
            "made_by": made_by,
            "events": summary.rows, "left_out": summary.left_out, "truncated": summary.truncated,
            "citation": CITATION.trim(),
            "sources": [{"title": "GeoNames", "path": "https://www.geonames.org", "license": "CC BY 4.0"}],
            "resources": self.resources,
        });
        let mut bytes = serde_json::to_vec_pretty(&package)?;
        bytes.push(b'\n');
        fs::write(self.folder.join("datapackage.json"), bytes)?;
        Ok(())
    }
}

/// The forms that are tables, one file each; Parquet has one a month.
fn tables(
    store: &Store,
    filter: &Filter,
    format: Format,
    package: &mut Package,
) -> Result<Summary, ExportError> {
    let mut events = TableOut::new("events", format, EVENTS);
    let mut parties = TableOut::new("parties", format, PARTIES);
    let mut summary = Summary::default();
    let mut failed = None;
    let truncated = store.each_event(filter, &mut |event| {
        let month = month_of(&event.day);
        let written = events.write(package, &month, &event).and_then(|()| {
            parties_of(&event).iter().try_for_each(|party| parties.write(package, &month, party))
        });
        summary.rows += 1;
        written.map_err(|error| {
            failed = Some(error);
            StoreError::Io(io::Error::other("the export failed"))
        })
    });
    if let Some(error) = failed {
        return Err(error);
    }
    summary.truncated = truncated?;
    events.end(package)?;
    parties.end(package)?;
    if filter.is_open() {
        pages(
            package,
            filter,
            TableOut::new("quotes", format, QUOTES),
            |it| store.quotes(it),
            |it| month_of(&it.day),
        )?;
        pages(
            package,
            filter,
            TableOut::new("articles", format, ARTICLES),
            |it| store.articles(it),
            |it| month_of(it.published_at.as_deref().unwrap_or_default()),
        )?;
        pages(
            package,
            filter,
            TableOut::new("stories", format, STORIES),
            |it| store.stories(it),
            |it| month_of(&it.day_to),
        )?;
        pages(
            package,
            filter,
            TableOut::new("entities", format, ENTITIES),
            |it| store.entities(it),
            |_| String::new(),
        )?;
    }
    Ok(summary)
}

fn month_of(day: &str) -> String {
    day.get(..7).unwrap_or(NO_MONTH).to_string()
}

fn pages<R: serde::Serialize>(
    package: &mut Package,
    filter: &Filter,
    mut table: TableOut<R>,
    ask: impl Fn(&Filter) -> Result<Page<R>, StoreError>,
    month: impl Fn(&R) -> String,
) -> Result<(), ExportError> {
    let all = Filter { limit: None, cursor: None, ..filter.clone() };
    each_row(&all, |filter| Ok(ask(filter)?), |row| table.write(package, &month(&row), &row))?;
    table.end(package)
}

/// The parties of an event, one a row.
pub fn parties_of(event: &EventRow) -> Vec<PartyOf> {
    let side = |role: &'static str, parties: &[PartyRow]| -> Vec<PartyOf> {
        let of = |party: &PartyRow| PartyOf {
            event: event.id.clone(),
            day: event.day.clone(),
            role,
            party: party.clone(),
        };
        parties.iter().map(of).collect()
    };
    let mut parties = side("actor", &event.actors);
    parties.extend(side("recipient", &event.recipients));
    parties
}

/// A table on its way into one file, or into one a month.
struct TableOut<R: 'static> {
    name: &'static str,
    format: Format,
    columns: &'static [Column<R>],
    file: Option<Open<R>>,
}

struct Open<R: 'static> {
    name: String,
    month: String,
    rows: Rows<R>,
}

enum Rows<R: 'static> {
    Csv(Box<CsvRows<BufWriter<File>, R>>),
    Ndjson(BufWriter<File>),
    Parquet(Box<ParquetRows<BufWriter<File>, R>>),
}

impl<R: serde::Serialize> TableOut<R> {
    fn new(name: &'static str, format: Format, columns: &'static [Column<R>]) -> TableOut<R> {
        TableOut { name, format, columns, file: None }
    }

    fn write(&mut self, package: &mut Package, month: &str, row: &R) -> Result<(), ExportError> {
        let is_next =
            self.file.as_ref().is_none_or(|file| self.format == Format::Parquet && file.month != month);
        if is_next {
            self.close(package)?;
            self.open(package, month)?;
        }
        match &mut self.file.as_mut().expect("it was just opened").rows {
            Rows::Csv(rows) => rows.write(row)?,
            Rows::Parquet(rows) => rows.write(row)?,
            Rows::Ndjson(output) => {
                serde_json::to_writer(&mut *output, row)?;
                output.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    /// A table without rows is a file with its columns.
    fn end(mut self, package: &mut Package) -> Result<(), ExportError> {
        if self.file.is_none() && self.format != Format::Parquet {
            self.open(package, "")?;
        }
        self.close(package)
    }

    fn open(&mut self, package: &Package, month: &str) -> Result<(), ExportError> {
        let ending = self.format.ending();
        let name = match (self.format, month) {
            (Format::Parquet, "") => format!("{}/part-0.{ending}", self.name),
            (Format::Parquet, month) => format!("{}/month={month}/part-0.{ending}", self.name),
            _ => format!("{}.{ending}", self.name),
        };
        let output = BufWriter::new(create(&package.path(&name)?)?);
        let rows = match self.format {
            Format::Csv => Rows::Csv(Box::new(CsvRows::new(output, self.columns)?)),
            Format::Parquet => {
                Rows::Parquet(Box::new(ParquetRows::new(output, self.name, self.columns, &package.notes)?))
            }
            _ => Rows::Ndjson(output),
        };
        self.file = Some(Open { name, month: month.into(), rows });
        Ok(())
    }

    fn close(&mut self, package: &mut Package) -> Result<(), ExportError> {
        let Some(file) = self.file.take() else { return Ok(()) };
        match file.rows {
            Rows::Csv(rows) => rows.end()?,
            Rows::Parquet(rows) => rows.end()?.flush()?,
            Rows::Ndjson(mut output) => output.flush()?,
        }
        let fields = if self.format == Format::Ndjson { Vec::new() } else { fields(self.columns) };
        package.describe(&file.name, self.format, &fields)
    }
}

fn fields<R>(columns: &[Column<R>]) -> Vec<Field> {
    let kind = |kind| match kind {
        Kind::Text => "string",
        Kind::Day => "date",
        Kind::Integer => "integer",
        Kind::Real => "number",
    };
    columns
        .iter()
        .map(|column| Field { name: column.name, kind: kind(column.kind), help: column.help })
        .collect()
}

fn fields_of(format: Format) -> Vec<Field> {
    let named = |names: &[&'static str], help| {
        names.iter().map(|name| Field { name, kind: "string", help }).collect()
    };
    match format {
        Format::Polecat => named(&POLECAT, "as in the POLECAT data set"),
        Format::Gdelt => named(&GDELT, "as in GDELT 2.0's table of events"),
        Format::GeoJson => fields(columns::EVENTS),
        _ => Vec::new(),
    }
}

fn create(path: &Path) -> io::Result<File> {
    File::create(path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn hash(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((hex(&hash.finalize()), bytes));
        }
        hash.update(&buffer[..count]);
        bytes += count as u64;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
