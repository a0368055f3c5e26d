//! Words: what a person types into a search box → a question that FTS5 understands.
//!
//! `grain "port authority" dock* -wages` asks for articles with all of the first three and not the
//! last; `this OR that` for either. Whatever is typed is a valid question.

/// The question; `None` where no word is asked for.
pub(crate) fn question(typed: &str) -> Option<String> {
    let mut wanted: Vec<String> = Vec::new();
    let mut unwanted: Vec<String> = Vec::new();
    let mut is_either = false;
    for (word, is_phrase) in pieces(typed) {
        if word == "OR" && !is_phrase {
            is_either = !wanted.is_empty();
            continue;
        }
        if word == "AND" && !is_phrase {
            continue;
        }
        let (word, is_without) = match word.strip_prefix('-') {
            Some(word) if !is_phrase => (word, true),
            _ => (word, false),
        };
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        let term = match word.strip_suffix('*') {
            Some(start) if !is_phrase => format!("\"{}\"*", start.replace('"', "")),
            _ => format!("\"{}\"", word.replace('"', "")),
        };
        if is_without {
            unwanted.push(term);
        } else if is_either {
            let before = wanted.pop().unwrap_or_default();
            wanted.push(format!("{before} OR {term}"));
        } else {
            wanted.push(term);
        }
        is_either = false;
    }
    if wanted.is_empty() {
        return None;
    }
    let wanted = wanted.iter().map(|term| format!("({term})")).collect::<Vec<_>>().join(" AND ");
    match unwanted.as_slice() {
        [] => Some(wanted),
        _ => Some(format!("({wanted}) NOT ({})", unwanted.join(" OR "))),
    }
}

/// Words and "phrases".
fn pieces(typed: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    for (number, stretch) in typed.split('"').enumerate() {
        if number % 2 == 1 {
            pieces.push((stretch, true));
        } else {
            pieces.extend(stretch.split_whitespace().map(|word| (word, false)));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::question;

    fn check(typed: &str, expected: &str) {
        assert_eq!(question(typed).as_deref().unwrap_or_default(), expected);
    }

    #[test]
    fn what_is_typed_becomes_a_question() {
        check("grain wages", "(\"grain\") AND (\"wages\")");
        check("\"port authority\" dock*", "(\"port authority\") AND (\"dock\"*)");
        check("grain -wages", "((\"grain\")) NOT (\"wages\")");
        check("grain OR flour OR bread", "(\"grain\" OR \"flour\" OR \"bread\")");
    }

    #[test]
    fn nothing_typed_is_a_syntax_error() {
        for typed in ["OR", "OR OR", "-", "\"", "\"\"", "*", "NEAR(", "a:b", "^x", "{}", "- -a"] {
            if let Some(question) = question(typed) {
                let connection = rusqlite::Connection::open_in_memory().unwrap();
                connection.execute_batch("CREATE VIRTUAL TABLE t USING fts5 (text)").unwrap();
                connection
                    .query_row("SELECT count(*) FROM t WHERE t MATCH ?1", [question], |_| Ok(()))
                    .unwrap();
            }
        }
    }
}
