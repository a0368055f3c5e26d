//! Runs the examples in the comments of `src/quote/constructions/`, with real weights. A line of a story
//! that begins with `# ` is a headline.

mod support;

use std::fmt::Write as _;

use dateline_coder::quote::find_quotes;
use dateline_document::{Article, Document, PartRole, Quote, QuoteForm, Span};

#[test]
fn the_examples_of_every_construction_hold() {
    support::check_examples("src/quote/constructions", answer);
}

/// Whatever the text, spans cut no character, hold words and come in order, and nobody speaks inside of
/// what he says.
#[test]
fn hostile_texts_are_survived() {
    let texts = [
        String::new(),
        "\"".into(),
        "“”‘’''``«»„“".repeat(300),
        "He said “no” and \"yes\" and 'maybe'. ".repeat(200),
        "“He said ‘she said “they said".repeat(100),
        "He said that ".repeat(2_000),
        format!("“{}” she said.", "We tried and he said no, ".repeat(500)),
        "THE MINISTER SAID THE WAR WAS OVER ".repeat(100),
        "Said: said, said \u{0}\u{202e}<script> said said".into(),
        "é“ü” sagte—ñ: «ça», said 东京 “好的。” 👩‍👩‍👧‍👦 said".into(),
        "according to according to, as as said said: ".repeat(50),
        "a".repeat(100_000),
        format!("{} said it was over.", "Olga Petrov, ".repeat(2_000)),
    ];
    for text in &texts {
        let article = Article::from_text(text);
        let document = support::pipeline().read_article(&article);
        let quotes = find_quotes(&article, &document);
        assert!(quotes.is_sorted_by_key(|quote| quote.content.start));
        for quote in &quotes {
            for &piece in quote.more_content.iter().chain([&quote.content]) {
                assert!(document.text[piece].chars().any(char::is_alphanumeric), "{quote:?}");
                let outside = quote.speaker.as_ref().is_none_or(|speaker| !piece.contains(speaker.span));
                assert!(outside, "{quote:?}");
            }
        }
    }
}

/// The quotes of a text, as the examples print them.
fn answer(story: &str) -> String {
    let (article, document) = read(story);
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

fn read(story: &str) -> (Article, Document) {
    let plain: String = story.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
    let mut article = Article::from_text(plain.trim_end());
    for (part, line) in article.parts.iter_mut().zip(story.lines()) {
        if line.starts_with("# ") {
            part.role = PartRole::Headline;
        }
    }
    let document = support::pipeline().read_article(&article);
    (article, document)
}
