//! Prints texts as columns, one token a line: for comparing with spaCy.
//!
//! `print_columns PIPELINE FILE [senter]` reads a file of JSON strings, one text a line.

use std::io::Write;

use dateline_language::{Options, Pipeline, Sentences};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(weights), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: print_columns PIPELINE FILE".into());
    };
    let sentences = match arguments.next().as_deref() {
        None => Sentences::Parser,
        Some("senter") => Sentences::Senter,
        Some(other) => return Err(format!("{other:?} does not tell sentences; senter does").into()),
    };
    let start = std::time::Instant::now();
    let pipeline = Pipeline::open_with(&weights, Options { sentences })?;
    eprintln!("{} opened in {:?}", pipeline.name(), start.elapsed());
    let texts = std::fs::read_to_string(file)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let start = std::time::Instant::now();
    let mut words = 0;
    for line in texts.lines() {
        let text: String = serde_json::from_str(line)?;
        words += text.split_whitespace().count();
        let document = pipeline.read(&text);
        for token in &document.tokens {
            writeln!(
                out,
                "{}..{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                token.span.start,
                token.span.end,
                token.tag,
                token.pos,
                token.morph,
                token.relation,
                serde_json::to_string(token.lemma.as_str())?,
                token.head.0,
                document.sentence(token.sentence).start.0,
            )?;
        }
        for name in &document.names {
            writeln!(out, "ENT\t{}\t{}\t{}", name.start.0, name.end.0, name.label)?;
        }
        writeln!(out, "DOC")?;
    }
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("{words} words in {seconds:.2} s: {:.0} words/s", words as f64 / seconds);
    Ok(())
}
