//! Dates in text that nobody should have written: long, flat, broken, hostile.

use dateline_coder::date::find_dates;
use dateline_document::{
    Article, DateExpression, Document, PublishedAt, PublishedBasis, Sentence, SentenceId, Span, Token,
    TokenId,
};

/// The dates of a text whose words all hang on the first one, as a parser that gave up would leave them.
fn dates_of(text: &str) -> Vec<DateExpression> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for word in text.split([' ', '\n']) {
        if !word.is_empty() {
            tokens.push(Token {
                span: Span::new(at, at + word.len()),
                lemma: word.into(),
                tag: if tokens.is_empty() { "VBD" } else { "NNP" }.into(),
                pos: if tokens.is_empty() { "VERB" } else { "PROPN" }.into(),
                morph: "".into(),
                head: TokenId(0),
                relation: if tokens.is_empty() { "ROOT" } else { "dep" }.into(),
                sentence: SentenceId(0),
            });
        }
        at += word.len() + 1;
    }
    let sentence =
        Sentence { start: TokenId(0), end: TokenId(tokens.len() as u32), span: Span::new(0, text.len()) };
    let sentences = if tokens.is_empty() { Vec::new() } else { vec![sentence] };
    let mut article = Article::from_text(text);
    article.published_at = "2021-03-10".parse().ok().map(|date| PublishedAt {
        date,
        time: None,
        basis: PublishedBasis::Argument,
    });
    find_dates(&article, &Document::new(text.into(), tokens, sentences, Vec::new()))
}

#[test]
fn a_sentence_of_sixty_thousand_dates_is_read_to_its_end() {
    let text =
        "Fell Monday ".repeat(20_000) + &"fell Aug. 17 ".repeat(20_000) + &"fell in 1988 ".repeat(20_000);
    assert_eq!(dates_of(&text).len(), 60_000);
}

#[test]
fn a_story_of_nothing_has_no_dates() {
    for text in ["", " ", "\n\n\n", ".", "–", "'", "the", "the the the the", "a a a a a", "in in in"] {
        assert_eq!(dates_of(text), [], "{text:?}");
    }
}

#[test]
fn numbers_that_no_calendar_holds_are_left_alone() {
    for (text, values) in [
        ("2021-02-30", vec![]),
        ("99/99/9999", vec![]),
        ("99999999", vec![]),
        ("February 99", vec!["2021-02"]),
        ("99999999999999999999 BC", vec![]),
        ("the 0th century", vec![]),
        ("Q9 2020", vec!["2020"]),
        ("25:61 p.m.", vec![]),
        ("13 p.m.", vec![]),
        ("0/0/0000", vec![]),
    ] {
        let found: Vec<_> =
            dates_of(&format!("Fell on {text} .")).into_iter().filter_map(|date| date.value).collect();
        assert_eq!(found, values, "{text:?}");
    }
}

#[test]
fn spans_lie_on_characters_and_ascend() {
    let long = "9".repeat(1_000_000) + &"é".repeat(100_000);
    for text in [
        "Événement du Monday – “Tuesday” … ’99’ ½ 2½ years <script>Friday</script> \u{202e}May\u{0} 5",
        "century decade years ago a a few 999999999 years ago 1e9 days later 12.5.6.7.8 2.2.2.2",
        &long,
        "32768 BC 9999 BC 1 BC 0 BC in the 9990s BC 9999 years ago 99999 years from now",
    ] {
        let dates = dates_of(text);
        assert!(
            dates.iter().all(|date| text.get(date.span.start as usize..date.span.end as usize).is_some())
        );
        assert!(dates.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
