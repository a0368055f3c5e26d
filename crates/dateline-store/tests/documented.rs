//! docs/schema.md says what every table and column is for, and speaks of none that is not there.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use support::Folder;

/// SQLite's own tables behind full-text and R*Tree indexes.
fn is_internal(table: &str) -> bool {
    table.starts_with("sqlite_") || table.contains("_fts") || table.starts_with("place_box")
}

#[test]
fn every_column_is_documented_and_no_other() {
    let folder = Folder::new();
    folder.writer().close().unwrap();
    let store = folder.store();
    let columns = store
        .sql(
            "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'",
            10_000,
        )
        .unwrap();
    let there: BTreeSet<(String, String)> = columns
        .rows
        .iter()
        .map(|row| (row[0].as_str().unwrap().to_string(), row[1].as_str().unwrap().to_string()))
        .filter(|(table, _)| !is_internal(table))
        .collect();
    assert!(there.len() > 100, "the schema was read");

    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema.md")).unwrap();
    let mut documented = BTreeSet::new();
    let mut table = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("### `") {
            table = name.trim_end_matches('`').to_string();
        } else if line.starts_with("## ") {
            table.clear();
        } else if let Some((column, help)) = line.strip_prefix("| `").and_then(|rest| rest.split_once("` | "))
        {
            assert!(help.trim_end_matches('|').trim().len() > 1, "{table}.{column} has no words");
            documented.insert((table.clone(), column.to_string()));
        }
    }
    let missing: Vec<_> = there.difference(&documented).collect();
    let gone: Vec<_> = documented.difference(&there).collect();
    assert!(missing.is_empty(), "docs/schema.md says nothing of {missing:?}");
    assert!(gone.is_empty(), "docs/schema.md speaks of {gone:?}");
    for index in ["sentence_fts", "quote_fts", "entity_fts", "place_box"] {
        assert!(page.contains(index), "{index}");
    }
}
