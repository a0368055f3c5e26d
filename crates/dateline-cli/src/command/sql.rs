//! `dateline sql`: a question in SQL, which reads and changes nothing, and has an end.

use std::time::Duration;

use clap::Args;
use dateline_store::Table;
use serde_json::Value;

use crate::database::Database;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::listing::{As, Format, tell_cut};
use crate::output;

/// Ask the database in SQL
///
/// The database is opened to be read only, and a question that takes too long is ended. docs/schema.md
/// says what every table and column is for.
///
///   dateline sql "SELECT event_type, count(*) FROM event GROUP BY 1 ORDER BY 2 DESC"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Sql {
    /// One SELECT
    question: String,

    #[command(flatten)]
    database: Database,

    #[command(flatten)]
    form: As,

    /// So many rows at most
    #[arg(long, value_name = "N", default_value_t = 1000)]
    limit: usize,

    /// So many seconds at most
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0)]
    time_limit: f64,
}

impl Sql {
    pub fn run(self) -> Result<Exit, Failure> {
        let mut store = self.database.open()?;
        let limit = Duration::try_from_secs_f64(self.time_limit).map_err(|_| {
            Failure::new(format!("--time-limit: {} is no number of seconds", self.time_limit))
        })?;
        store.set_time_limit(Some(limit));
        let table = store.sql(&self.question, self.limit).map_err(|error| self.database.failure(error))?;
        let mut bytes = Vec::new();
        match self.form.format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut bytes, &table).map_err(Failure::new)?;
                bytes.push(b'\n');
            }
            Format::Ndjson => ndjson(&mut bytes, &table)?,
            Format::Csv => {
                let rows = table.rows.iter().map(|row| row.iter().map(shown).collect());
                dateline_export::write_csv(&mut bytes, &table.columns, rows).map_err(Failure::new)?;
            }
            Format::Table => {
                let mut lines = vec![table.columns.clone()];
                lines.extend(table.rows.iter().map(|row| row.iter().map(shown).collect()));
                super::events::columns(&mut bytes, &lines);
            }
        }
        let exit = output::print(&bytes)?;
        tell_cut(table.truncated, table.rows.len(), None);
        Ok(exit)
    }
}

fn ndjson(bytes: &mut Vec<u8>, table: &Table) -> Result<(), Failure> {
    for row in &table.rows {
        let object: serde_json::Map<String, Value> =
            table.columns.iter().cloned().zip(row.iter().cloned()).collect();
        serde_json::to_writer(&mut *bytes, &object).map_err(Failure::new)?;
        bytes.push(b'\n');
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
