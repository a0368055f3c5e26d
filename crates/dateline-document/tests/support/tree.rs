// A document for the tests and the examples in the documentation.

/// "Police arrested two men" with the tree a parser gives it.
pub fn police_arrested_two_men() -> dateline_document::Document {
    use dateline_document::{Document, Sentence, SentenceId, Span, Token, TokenId};

    let text = "Police arrested two men";
    let words =
        [("Police", 1, "nsubj"), ("arrested", 1, "ROOT"), ("two", 3, "nummod"), ("men", 1, "dobj")];
    let mut at = 0;
    let tokens = words.map(|(word, head, relation)| {
        let span = Span::new(at, at + word.len());
        at += word.len() + 1;
        Token {
            span,
            lemma: word.into(),
            tag: "".into(),
            pos: "X".into(),
            morph: "".into(),
            head: TokenId(head),
            relation: relation.into(),
            sentence: SentenceId(0),
        }
    });
    let sentence = Sentence { start: TokenId(0), end: TokenId(4), span: Span::new(0, text.len()) };
    Document::new(text.into(), tokens.to_vec(), vec![sentence], Vec::new())
}
