//! Records in Parquet: what a cluster has read, a record in JSON a row, on its way into a database.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Type as Physical;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use parquet::schema::types::Type;

use crate::ExportError;

/// The column that holds them.
const COLUMN: &str = "record";

/// Hands over the records of a file, in its order, until `each` fails: `None` where there is a row and no
/// record. Other columns are not read.
pub fn each_parquet_record<E: From<ExportError>>(
    path: &Path,
    each: &mut dyn FnMut(Option<String>) -> Result<(), E>,
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
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let is_text = |field: &Type| field.is_primitive() && field.get_physical_type() == Physical::BYTE_ARRAY;
    let Some(field) = fields.iter().find(|field| field.name() == COLUMN && is_text(field)) else {
        let columns = fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ");
        return Err(ExportError::NoRecords { path: path.display().to_string(), columns }.into());
    };
    let schema = reader.metadata().file_metadata().schema().name();
    let wanted = Type::group_type_builder(schema).with_fields(vec![Arc::clone(field)]).build();
    for row in reader.get_row_iter(Some(wanted.map_err(failed)?)).map_err(failed)? {
        let row = row.map_err(failed)?;
        let record = match row.get_string(0) {
            Ok(text) => Some(text.clone()),
            Err(_) => row.get_bytes(0).ok().and_then(|it| String::from_utf8(it.data().into()).ok()),
        };
        each(record)?;
    }
    Ok(())
}
