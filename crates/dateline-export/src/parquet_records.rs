//! Records in Parquet: what a cluster has read, a record in JSON a row, on its way into a database.

use std::fs::File;
use std::path::Path;

use dateline_store::{Sketch, Trace};
use parquet::basic::Type as Physical;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use crate::ExportError;

/// The column that holds them.
const COLUMN: &str = "record";

/// The columns with what the texts have left behind.
const OF_TRACE: [&str; 4] = ["words", "level", "shingles", "bands"];

/// A row: a record in JSON, and what its text has left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParquetRecord {
    /// `None` where there is a row and no record.
    pub json: Option<String>,
    /// `None` where the file does not say.
    pub trace: Option<Trace>,
}

/// Hands over the records of a file, in its order, until `each` fails. Other columns are not read.
pub fn each_parquet_record<E: From<ExportError>>(
    path: &Path,
    each: &mut dyn FnMut(ParquetRecord) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |error: ParquetError| {
        let reason = error.to_string();
        // The name of the kind of error says nothing to people.
        let reason = reason.split_once(": ").map_or(reason.as_str(), |(_, reason)| reason);
        // Of a text that is none it would print every byte.
        let reason = reason.split(". Bytes: ").next().unwrap_or_default();
        ExportError::NotParquet { path: path.display().to_string(), reason: reason.into() }
    };
    let file = File::open(path).map_err(ExportError::from)?;
    let reader = SerializedFileReader::new(file).map_err(failed)?;
    let schema = reader.metadata().file_metadata().schema();
    let fields = schema.get_fields();
    let is_text = |field: &Type| field.is_primitive() && field.get_physical_type() == Physical::BYTE_ARRAY;
    if !fields.iter().any(|field| field.name() == COLUMN && is_text(field)) {
        let columns = fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ");
        return Err(ExportError::NoRecords { path: path.display().to_string(), columns }.into());
    }
    let is_wanted = |name: &str| name == COLUMN || OF_TRACE.contains(&name);
    let wanted = fields.iter().filter(|field| is_wanted(field.name())).cloned().collect();
    let wanted = Type::group_type_builder(schema.name()).with_fields(wanted).build().map_err(failed)?;
    for row in reader.get_row_iter(Some(wanted)).map_err(failed)? {
        each(record(row.map_err(failed)?))?;
    }
    Ok(())
}

fn record(row: Row) -> ParquetRecord {
    let (mut json, mut words, mut level, mut shingles, mut bands) = Default::default();
    for (name, field) in row.into_columns() {
        match (name.as_str(), field) {
            (COLUMN, Field::Str(text)) => json = Some(text),
            (COLUMN, Field::Bytes(bytes)) => json = String::from_utf8(bytes.data().into()).ok(),
            ("words", Field::Long(count)) => words = usize::try_from(count).ok(),
            ("level", Field::Int(bits)) => level = u32::try_from(bits).ok(),
            ("shingles", Field::Bytes(bytes)) => shingles = Some(bytes),
            ("bands", Field::ListInternal(list)) => bands = list.elements().iter().map(band).collect(),
            _ => {}
        }
    }
    let trace = match (words, level, shingles, bands) {
        (Some(words), Some(level), Some(shingles), Some(bands)) => {
            Some(Trace { words, sketch: Sketch { bands, ..Sketch::from_bytes(level, shingles.data()) } })
        }
        _ => None,
    };
    ParquetRecord { json, trace }
}

/// A band is a hash; the cluster's whole numbers have a sign.
fn band(field: &Field) -> Option<u64> {
    let Field::Long(band) = field else { return None };
    Some(*band as u64)
}
