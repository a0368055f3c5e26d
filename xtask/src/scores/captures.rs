//! Text captures: web pages copied as text, with a label for every line. Scored by line: which lines
//! are the body, and whether the headline is the page's.
//!
//! A line counts by its words, whatever stands between them, and each as often as it is there.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Captures that are given to the program at a time.
const BATCH: usize = 50;

/// Correct lines, wrong ones, missed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

/// Reads all captures of the set with `program` and prints the scores.
pub fn measure(program: &Path, set: &Path) -> Result<String> {
    let labels = fs::read_to_string(set.join("labels.jsonl")).context("the labels are missing")?;
    let rows: Vec<Value> = labels.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut body = Tally::default();
    let mut headline = Tally::default();
    for batch in rows.chunks(BATCH) {
        let paths = batch.iter().map(|row| set.join("txt").join(row["file"].as_str().unwrap_or_default()));
        let paths: Vec<_> = paths.collect();
        let mut command = Command::new(program);
        let output = command.args(["read", "--format", "ndjson"]).args(&paths).output();
        let output = output.with_context(|| format!("cannot start {}", program.display()))?;
        // A capture that is rejected counts as one of which nothing was found.
        ensure!(
            matches!(output.status.code(), Some(0 | 3)),
            "{} failed ({})",
            program.display(),
            output.status
        );
        let records = String::from_utf8(output.stdout)?;
        let records: HashMap<String, Value> = records
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .map(|record: Value| (record["article"]["path"].as_str().unwrap_or_default().to_owned(), record))
            .collect();
        for (row, path) in batch.iter().zip(&paths) {
            let capture = fs::read_to_string(path)?;
            let labels = row["labels"].as_array().context("a capture has no labels")?;
            let labelled = |label: &str| {
                let lines = capture.lines().zip(labels).filter(|(_, given)| *given == label);
                lines.map(|(line, _)| words(line)).collect::<Vec<_>>()
            };
            let article = records.get(path.to_string_lossy().as_ref()).map(|record| &record["article"]);
            let found = article.map(body_lines).unwrap_or_default();
            body = body + compare(&labelled("body"), &found);
            let wanted = labelled("headline");
            let title = article.and_then(|article| article["title"].as_str()).map(words).unwrap_or_default();
            let is_right = wanted.contains(&title);
            headline.right += usize::from(!wanted.is_empty() && is_right);
            headline.missed += usize::from(!wanted.is_empty() && !is_right);
        }
    }
    let Tally { right, wrong, missed } = body;
    let (precision, recall) = (share(right, wrong), share(right, missed));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    Ok(format!(
        "lines of body: P {precision:.3} R {recall:.3} F1 {f1:.3}   tp {right} fp {wrong} fn {missed}\n\
         headline found: {:.1}% of {} captures that print it\n",
        100.0 * share(headline.right, headline.missed),
        headline.right + headline.missed
    ))
}

/// The words of the article's paragraphs, each with the dateline before it.
fn body_lines(article: &Value) -> Vec<String> {
    let text = article["text"].as_str().unwrap_or_default();
    let mut lines = Vec::new();
    let mut dateline = "";
    for part in article["parts"].as_array().into_iter().flatten() {
        let at = |end: &str| part[end].as_u64().unwrap_or_default() as usize;
        let words_of = text.get(at("start")..at("end")).unwrap_or_default();
        match part["part"].as_str() {
            Some("dateline") => dateline = words_of,
            Some("body") => lines.push(words(&format!("{} {words_of}", std::mem::take(&mut dateline)))),
            _ => {}
        }
    }
    lines
}

/// The line in lower case with one space between its words; marks that nobody sees part none.
fn words(line: &str) -> String {
    let seen = line.chars().filter(|mark| !matches!(mark, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}'));
    let line: String = seen.collect::<String>().to_lowercase();
    let words = line.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn compare(wanted: &[String], found: &[String]) -> Tally {
    let mut left: HashMap<&str, usize> = HashMap::new();
    let wanted = wanted.iter().filter(|line| !line.is_empty());
    for line in wanted.clone() {
        *left.entry(line).or_default() += 1;
    }
    let mut tally = Tally { missed: wanted.count(), ..Tally::default() };
    for line in found.iter().filter(|line| !line.is_empty()) {
        match left.get_mut(line.as_str()).filter(|times| **times > 0) {
            Some(times) => {
                *times -= 1;
                tally.right += 1;
                tally.missed -= 1;
            }
            None => tally.wrong += 1,
        }
    }
    tally
}

impl std::ops::Add for Tally {
    type Output = Tally;

    fn add(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }
}

fn share(right: usize, other: usize) -> f64 {
    right as f64 / ((right + other) as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_by_their_words_and_as_often_as_they_are_there() {
        let lines = |lines: &[&str]| lines.iter().map(|line| words(line)).collect::<Vec<_>>();
        let wanted = lines(&["The ferry sails.", "It rained.", "It rained.", "", "Fer\u{ad}ry"]);
        let found = lines(&["the ferry  sails", "It rained!", "Menu", "Ferry"]);
        assert_eq!(compare(&wanted, &found), Tally { right: 3, wrong: 1, missed: 1 });
    }

    #[test]
    fn a_paragraph_has_its_dateline() {
        let article = serde_json::json!({"text": "LIMA — It rained.\n\nMenu", "parts": [
            {"part": "dateline", "start": 0, "end": 9}, {"part": "body", "start": 9, "end": 19},
            {"part": "other", "start": 21, "end": 25}]});
        assert_eq!(body_lines(&article), ["lima it rained"]);
    }
}
