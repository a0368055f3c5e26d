//! `dateline events`: what happened, by filter; each event once, with how often it is told.

use clap::Args;
use dateline_export::EVENTS;
use dateline_store::{EventRow, Filter, Groups, PartyRow, Store, StoreError};

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{Format, Listing, RowsOut, Shown, tell_cut};
use crate::output;

/// List events, or count them
///
/// An event that several stories tell is listed once, with how many tell it. Rows come newest first;
/// a table and JSON stop at 100 rows, NDJSON and CSV go on to the end, unless --limit says otherwise.
/// With --group-by events are counted: how many, how often told, and their mean intensity.
///
///   dateline events --actor ISR --from 2024-05 --type ASSAULT
///   dateline events --text '"grain terminal" -wages' --group-by month,pair --format csv
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Events {
    #[command(flatten)]
    listing: Listing,
}

pub const SHOWN: &[Shown<EventRow>] = &[
    Shown { heading: "day", width: 10, value: |it| it.day.clone() },
    Shown { heading: "event", width: 28, value: what },
    Shown { heading: "status", width: 9, value: |it| it.status.clone() },
    Shown { heading: "who", width: 36, value: |it| people(&it.actors) },
    Shown { heading: "to whom", width: 36, value: |it| people(&it.recipients) },
    Shown {
        heading: "where",
        width: 20,
        value: |it| it.place.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
    },
    Shown { heading: "told", width: 6, value: |it| format!("{}×", it.tellings) },
    Shown { heading: "id", width: 16, value: |it| it.id.clone() },
    Shown {
        heading: "evidence",
        width: usize::MAX,
        value: |it| it.evidence.as_ref().map(|it| it.sentence.clone()).unwrap_or_default(),
    },
];

impl Events {
    pub fn run(self) -> Result<Exit, Failure> {
        let Listing { database, form, filters } = &self.listing;
        let filter = filters.filter()?;
        let store = database.open()?;
        let told = |error| database.failure(error);
        if !filter.group_by.is_empty() {
            return print_groups(form.format, &store.groups(&filter).map_err(told)?);
        }
        if form.is_whole() {
            return stream(&store, &filter, form.format, database);
        }
        let page = store.events(&filter).map_err(told)?;
        let counts = store.count(&filter).map_err(told)?;
        let count = format!("{} events, told {} times", counts.events, counts.tellings);
        form.print(&page, SHOWN, EVENTS, &count)
    }
}

/// All rows, one by one: however many there are, one is held.
fn stream(store: &Store, filter: &Filter, format: Format, database: &Database) -> Result<Exit, Failure> {
    let mut written = 0;
    let mut rows = RowsOut::new(format, EVENTS).map_err(|error| output::failure(&error))?;
    let done = store.each_event(filter, &mut |event| {
        written += 1;
        Ok(rows.write(&event)?)
    });
    let done = done.and_then(|is_cut| {
        rows.end()?;
        Ok(is_cut)
    });
    match done {
        Ok(is_cut) => {
            tell_cut(is_cut, written, None);
            Ok(Exit::Done)
        }
        Err(StoreError::Io(error)) if output::is_closed(&error) => Ok(Exit::Done),
        Err(StoreError::Io(error)) => Err(output::failure(&error)),
        Err(error) => Err(database.failure(error)),
    }
}

/// Counts as a table, as JSON, or as CSV with a column for each key.
pub fn print_groups(format: Format, groups: &Groups) -> Result<Exit, Failure> {
    let mut bytes = Vec::new();
    let key = |key: &Option<String>| key.clone().unwrap_or_default();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut bytes, groups).map_err(Failure::new)?;
            bytes.push(b'\n');
        }
        Format::Ndjson => {
            for row in &groups.rows {
                let mut object = serde_json::Map::new();
                for (name, key) in groups.columns.iter().zip(&row.keys) {
                    object.insert(name.clone(), key.clone().into());
                }
                object.insert("events".into(), row.events.into());
                object.insert("tellings".into(), row.tellings.into());
                object.insert("intensity".into(), row.intensity.into());
                serde_json::to_writer(&mut bytes, &object).map_err(Failure::new)?;
                bytes.push(b'\n');
            }
        }
        Format::Csv => {
            let mut names = groups.columns.clone();
            names.extend(["events", "tellings", "intensity"].map(String::from));
            let rows = groups.rows.iter().map(|row| {
                let mut cells: Vec<String> = row.keys.iter().map(key).collect();
                cells.extend([row.events.to_string(), row.tellings.to_string(), row.intensity.to_string()]);
                cells
            });
            dateline_export::write_csv(&mut bytes, &names, rows).map_err(Failure::new)?;
        }
        Format::Table => {
            let mut lines: Vec<Vec<String>> = vec![groups.columns.clone()];
            lines[0].extend(["events", "told", "intensity"].map(String::from));
            for row in &groups.rows {
                let mut cells: Vec<String> =
                    row.keys.iter().map(|it| it.clone().unwrap_or_else(|| "–".into())).collect();
                cells.extend([
                    row.events.to_string(),
                    row.tellings.to_string(),
                    format!("{:+.2}", row.intensity),
                ]);
                lines.push(cells);
            }
            columns(&mut bytes, &lines);
        }
    }
    let exit = output::print(&bytes)?;
    tell_cut(groups.truncated, groups.rows.len(), None);
    Ok(exit)
}

/// Lines of as many cells each, below one another.
pub fn columns(bytes: &mut Vec<u8>, lines: &[Vec<String>]) {
    let count = lines.first().map_or(0, Vec::len);
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..count).map(width).collect();
    for line in lines {
        let mut text = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', width + 2 - cell.chars().count()));
        }
        bytes.extend(text.trim_end().as_bytes());
        bytes.push(b'\n');
    }
}

/// "COERCE/arrest".
pub fn what(event: &EventRow) -> String {
    match &event.mode {
        Some(mode) => format!("{}/{mode}", event.event_type),
        None => event.event_type.clone(),
    }
}

/// "Kwabena Osei-Darko (GHA GOV), gunmen".
pub fn people(parties: &[PartyRow]) -> String {
    let one = |party: &PartyRow| {
        let codes: Vec<&str> =
            [&party.country, &party.sector].into_iter().filter_map(|code| code.as_deref()).collect();
        if codes.is_empty() { party.name.clone() } else { format!("{} ({})", party.name, codes.join(" ")) }
    };
    parties.iter().map(one).collect::<Vec<_>>().join(", ")
}
