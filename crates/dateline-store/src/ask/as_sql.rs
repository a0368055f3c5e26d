//! A filter as SQL that somebody can read, change and ask with `dateline sql` or `sqlite3`.

use rusqlite::types::Value;

use super::filter::Filter;
use super::plan::Plan;
use super::store::Store;
use crate::StoreError;

impl Store {
    /// The events of a filter, as a question in SQL with its values written out.
    pub fn as_sql(&self, filter: &Filter) -> Result<String, StoreError> {
        self.timed(|connection| {
            let (condition, values) = Plan::new(connection, filter)?.condition();
            Ok(format!(
                "SELECT e.* FROM event AS e\nWHERE {}\nORDER BY e.day DESC, e.row DESC;",
                written_out(&condition, &values)
            ))
        })
    }
}

/// Puts each value in the place of its number: `?2`.
fn written_out(condition: &str, values: &[Value]) -> String {
    let mut sql = String::with_capacity(condition.len() + 64);
    let mut rest = condition;
    while let Some((before, after)) = rest.split_once('?') {
        sql.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: usize = after[..digits].parse().unwrap_or(0);
        match values.get(number.wrapping_sub(1)) {
            Some(Value::Text(text)) => sql.push_str(&format!("'{}'", text.replace('\'', "''"))),
            Some(Value::Integer(number)) => sql.push_str(&number.to_string()),
            Some(Value::Real(number)) => sql.push_str(&format!("{number:?}")),
            _ => sql.push_str("NULL"),
        }
        rest = &after[digits..];
    }
    sql.push_str(rest);
    let one_space: Vec<&str> = sql.split_whitespace().collect();
    one_space.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_numbers_stood() {
        let values = [Value::Text("d'Ivoire".into()), Value::Integer(7), Value::Real(0.5)];
        assert_eq!(
            written_out("a = ?1 AND b >= ?3\n  AND c = ?2", &values),
            "a = 'd''Ivoire' AND b >= 0.5 AND c = 7"
        );
    }
}
