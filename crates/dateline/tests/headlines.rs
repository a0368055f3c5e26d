//! Headlines in title case are read as they would stand in a sentence, and printed as they are.

mod support;

use dateline::{Article, Codebook, Reader};

/// The first line's tokens that the pipeline takes for names.
fn check(reader: &Reader, story: &str, names: &[&str]) {
    let article = Article::from_text(story);
    let document = reader.document(&article);
    assert_eq!(&*document.text, &*article.text, "what is printed stays");
    let line = article.text.lines().next().unwrap_or_default().len();
    let proper = document.tokens.iter().filter(|token| token.tag.starts_with("NNP"));
    let proper = proper.filter(|token| (token.span.start as usize) < line);
    let found: Vec<&str> = proper.map(|token| &document.text[token.span]).collect();
    assert_eq!(found, names, "{story}");
}

#[test]
fn words_of_a_headline_are_names_where_they_would_be_in_a_sentence() {
    let reader = support::reader(Codebook::embedded(), None);
    check(&reader, "Kenya Expels Three Russian Diplomats Over Spying Claims", &["Kenya"]);
    check(&reader, "EU Imposes New Sanctions on Belarus", &["EU", "Belarus"]);
    check(&reader, "Court Jails Former Minister for Five Years", &[]);
    check(
        &reader,
        "Israel Strikes Hezbollah Targets in Southern Lebanon",
        &["Israel", "Hezbollah", "Lebanon"],
    );
    // As it is printed already.
    check(&reader, "Kenya expels Bashir Rice", &["Kenya", "Bashir", "Rice"]);
}

#[test]
fn what_the_story_prints_large_or_small_stays_so() {
    let reader = support::reader(Codebook::embedded(), None);
    let body = "\n\nThe mayor of the town, Karim Baker, told Baker's deputies on Monday that the ferry will sail again.";
    check(
        &reader,
        &format!("Mayor Baker Tells Deputies That Ferry Will Sail Again{body}"),
        &["Mayor", "Baker"],
    );
}

#[test]
fn a_headline_tells_its_event() {
    let reader = support::reader(Codebook::embedded(), None);
    let coding = reader.read(Article::from_text("Kenya Expels Three Russian Diplomats Over Spying Claims"));
    let [event] = coding.events.as_slice() else { panic!("{:?}", coding.events) };
    assert_eq!(event.event_type, "SANCTION");
    let words = |parties: &[dateline_document::Party]| -> Vec<String> {
        parties.iter().map(|party| coding.article.text[party.span].to_string()).collect()
    };
    assert_eq!(words(&event.actors), ["Kenya"]);
    assert_eq!(words(&event.recipients), ["Three Russian Diplomats"]);
}
