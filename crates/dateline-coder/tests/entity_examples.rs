//! Which mentions are of one entity, in sentences of ours, with real weights.

#[path = "support/pipeline.rs"]
mod pipeline;

use dateline_codebook::Codebook;
use dateline_document::Article;
use dateline_gazetteer::Gazetteer;

/// Checks the mentions of the entity of this name.
#[track_caller]
fn check(story: &str, name: &str, expected: &[&str]) {
    let article = Article::from_text(story);
    let document = pipeline::pipeline().read_article(&article);
    let coding =
        dateline_coder::code(article, &document, &Codebook::embedded(), &Gazetteer::embedded(), None);
    let entity = coding.entities.iter().find(|entity| entity.name == name);
    let mentions = entity.map(|entity| {
        entity.mentions.iter().map(|mention| &coding.article.text[mention.span]).collect::<Vec<_>>()
    });
    assert_eq!(mentions.as_deref(), Some(expected), "in: {story}");
}

#[test]
fn a_full_name_is_one_person_whatever_stands_beside_it() {
    check(
        "A shell killed reporter Issa Bello on Friday. The strike took our colleague Issa Bello from us.",
        "Issa Bello",
        &["Issa Bello", "our colleague", "Issa Bello"],
    );
}

#[test]
fn another_reporter_is_not_the_reporter() {
    check(
        "A shell killed reporter Issa Bello on Friday. Another reporter was wounded.",
        "Issa Bello",
        &["Issa Bello"],
    );
}

#[test]
fn a_double_name_is_a_name() {
    check(
        "Amina Bello-Okoro was freed on Monday. Bello-Okoro, a lawyer, thanked the court.",
        "Amina Bello-Okoro",
        &["Amina Bello-Okoro", "Bello-Okoro", "a lawyer"],
    );
}

#[test]
fn two_people_are_not_one_name() {
    check("Obama and Texas Gov. Greg Abbott met in Austin.", "Greg Abbott", &["Greg Abbott"]);
}

#[test]
fn a_title_stands_before_a_person() {
    check("Students urged President Petro to resign.", "Petro", &["Petro"]);
}
