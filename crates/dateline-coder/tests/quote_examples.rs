//! Runs the examples in the comments of `src/quote/constructions/`, with real weights.
//!
//! An example is a text block: a text, a line `---`, and the quotes found in it. A line of the text that
//! begins with `# ` is a headline. `UPDATE=1` writes what is found now into the comments, to be read as an
//! editor would. The weights are those in `DATELINE_WEIGHTS`, or else in the cache of `dateline setup`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dateline_coder::quote::find_quotes;
use dateline_document::{Article, Document, PartRole, Quote, QuoteForm, Span};
use dateline_language::Pipeline;

#[test]
fn the_examples_of_every_construction_hold() {
    let pipeline = pipeline();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/quote/constructions");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the constructions have a folder")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "mod.rs"))
        .collect();
    files.sort();
    let mut wrong = String::new();
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source file is UTF-8");
        let (now, examples) = with_answers(&source, |text| answer(&pipeline, text));
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if examples == 0 {
            writeln!(wrong, "{name} has no example").expect("a string takes all that is written");
        }
        if now != source && std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &now).expect("a source file can be written");
        } else if now != source {
            writeln!(wrong, "{name}:\n{}", difference(&source, &now))
                .expect("a string takes all that is written");
        }
    }
    assert!(wrong.is_empty(), "examples differ; read them, then run with UPDATE=1:\n{wrong}");
}

/// The source with the answer part of each example made anew, and how many examples it has.
fn with_answers(source: &str, answer: impl Fn(&str) -> String) -> (String, usize) {
    let mut out = String::new();
    let mut examples = 0;
    let mut text: Option<String> = None;
    let mut in_answer = false;
    for line in source.lines() {
        let comment = line.strip_prefix("//!").map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
        match (comment, &mut text) {
            (Some("```text"), None) => text = Some(String::new()),
            (Some("```"), Some(_)) => {
                text = None;
                in_answer = false;
            }
            (Some("---"), Some(words)) => {
                examples += 1;
                in_answer = true;
                out.push_str("//! ---\n");
                for line in answer(words.trim_end()).lines() {
                    writeln!(out, "//! {line}").expect("a string takes all that is written");
                }
                continue;
            }
            (Some(_), Some(_)) if in_answer => continue,
            (Some(rest), Some(words)) => {
                words.push_str(rest);
                words.push('\n');
            }
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    (out, examples)
}

/// The quotes of a text, as the examples print them.
fn answer(pipeline: &Pipeline, text: &str) -> String {
    let (article, document) = read(pipeline, text);
    let quotes = find_quotes(&article, &document);
    if quotes.is_empty() {
        return "no quotes\n".into();
    }
    quotes.iter().map(|quote| printed(quote, &document)).collect()
}

fn printed(quote: &Quote, document: &Document) -> String {
    let form = match quote.form {
        QuoteForm::Direct => "direct",
        QuoteForm::Indirect => "indirect",
        QuoteForm::Mixed => "mixed",
    };
    let mut rows: Vec<(&str, Span)> = quote.more_content.iter().map(|&more| ("more", more)).collect();
    rows.extend(quote.cue.map(|cue| ("cue", cue)));
    rows.extend(quote.speaker.as_ref().map(|speaker| ("speaker", speaker.span)));
    rows.extend(quote.addressee.map(|addressee| ("addressee", addressee)));
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0) + 2;
    let mut out = format!("quote {form} \"{}\"\n", &document.text[quote.content]);
    for (name, span) in rows {
        writeln!(out, "  {name:width$}\"{}\"", &document.text[span])
            .expect("a string takes all that is written");
    }
    out
}

fn read(pipeline: &Pipeline, text: &str) -> (Article, Document) {
    let plain: String = text.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
    let mut article = Article::from_text(plain.trim_end());
    for (part, line) in article.parts.iter_mut().zip(text.lines()) {
        if line.starts_with("# ") {
            part.role = PartRole::Headline;
        }
    }
    let document = pipeline.read_article(&article);
    (article, document)
}

fn pipeline() -> Pipeline {
    let cached = || {
        PathBuf::from(std::env::var_os("HOME").unwrap_or_default())
            .join(".cache/dateline/weights/en_core_web_md-3.8.0")
    };
    let path = std::env::var_os("DATELINE_WEIGHTS").map_or_else(cached, PathBuf::from);
    Pipeline::open(&path).unwrap_or_else(|error| {
        panic!("the weights cannot be opened: {error}\nhint: set DATELINE_WEIGHTS to their folder, or run `dateline setup`")
    })
}

/// The lines that differ, old before new.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let cut = |lines: &[&str], sign: &str| -> String {
        let end = lines.len().saturating_sub(tail).max(same);
        lines[same..end].iter().map(|line| format!("  {sign} {line}\n")).collect()
    };
    cut(&old, "-") + &cut(&new, "+")
}
