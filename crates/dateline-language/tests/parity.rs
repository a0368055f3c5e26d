//! The same answers as Python spaCy, column by column, on texts written for the purpose.
//!
//! `parity/make_golden.py` wrote what spaCy says.

mod support;

use dateline_document::Document;
use support::pipeline;

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
