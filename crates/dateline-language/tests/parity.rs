//! The same answers as Python spaCy, column by column, on texts written for the purpose.
//!
//! `parity/make_golden.py` wrote what spaCy says.

mod support;

use dateline_document::Document;
use dateline_language::{Options, Pipeline, Sentences};
use support::{pipeline, weights};

#[test]
fn all_columns_are_spacys() {
    let texts = include_str!("parity/texts.jsonl");
    let golden = include_str!("parity/golden.tsv");
    let mut written = String::new();
    for line in texts.lines() {
        let text: String = serde_json::from_str(line).expect("each line is a JSON string");
        written.push_str(&columns(&pipeline().read(&text)));
    }
    for (number, (ours, spacys)) in written.lines().zip(golden.lines()).enumerate() {
        assert_eq!(ours, spacys, "line {} of golden.tsv", number + 1);
    }
    assert_eq!(written.lines().count(), golden.lines().count());
}

#[test]
fn sentences_are_those_of_spacys_senter() {
    let options = Options { sentences: Sentences::Senter };
    let pipeline = Pipeline::open_with(weights(), options).unwrap_or_else(|error| panic!("{error}"));
    let texts = include_str!("parity/texts.jsonl").lines();
    let golden = include_str!("parity/senter.jsonl").lines();
    assert_eq!(texts.clone().count(), golden.clone().count());
    for (text, spacys) in texts.zip(golden) {
        let text: String = serde_json::from_str(text).expect("each line is a JSON string");
        let document = pipeline.read(&text);
        let starts: Vec<u32> = document.sentences.iter().map(|sentence| sentence.start.0).collect();
        assert_eq!(format!("{starts:?}"), spacys, "{text}");
        assert!(document.token_ids().all(|id| document.head(id).is_none()));
    }
}

/// A document in the form of `golden.tsv`.
fn columns(document: &Document) -> String {
    let mut out = String::new();
    for token in &document.tokens {
        let lemma = serde_json::to_string(token.lemma.as_str()).expect("text is JSON");
        let sentence = document.sentence(token.sentence).start.0;
        out.push_str(&format!(
            "{}..{}\t{}\t{}\t{}\t{}\t{lemma}\t{}\t{sentence}\n",
            token.span.start, token.span.end, token.tag, token.pos, token.morph, token.relation, token.head.0,
        ));
    }
    for name in &document.names {
        out.push_str(&format!("ENT\t{}\t{}\t{}\n", name.start.0, name.end.0, name.label));
    }
    out + "DOC\n"
}
