//! Whom pronouns stand for, in sentences of ours, with real weights.

#[path = "support/pipeline.rs"]
mod pipeline;

use dateline_codebook::Codebook;
use dateline_document::{Article, MentionForm};
use dateline_gazetteer::Gazetteer;

/// Checks the pronouns of `story`: in text order, each `word: name of the entity`.
#[track_caller]
fn check(story: &str, expected: &str) {
    let article = Article::from_text(story);
    let document = pipeline::pipeline().read_article(&article);
    let coding =
        dateline_coder::code(article, &document, &Codebook::embedded(), &Gazetteer::embedded(), None);
    let mut found: Vec<_> = coding
        .entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(move |mention| (mention, &entity.name)))
        .filter(|(mention, _)| mention.form == MentionForm::Pronoun)
        .map(|(mention, name)| (mention.span, format!("{}: {name}", &coding.article.text[mention.span])))
        .collect();
    found.sort();
    let found: Vec<_> = found.into_iter().map(|(_, line)| line).collect();
    assert_eq!(found.join("; "), expected, "in: {story}");
}

#[test]
fn the_subject_is_taken_up_before_the_object() {
    check("The minister met the general. He accused him of treason.", "He: The minister; him: the general");
    check(
        "Mayor Lena Orsic dismissed Judge Tomas Reval because he had defied her.",
        "he: Tomas Reval; her: Lena Orsic",
    );
}

#[test]
fn a_possessor_is_the_subject_of_its_clause() {
    check("Ahmed Rahal met David Okoro and praised his own record.", "his: Ahmed Rahal");
}

#[test]
fn whoever_says_it_is_who_it_is() {
    check("The Harar Liberation Front said it would release two nurses.", "it: Harar Liberation Front");
    check("Officials in the port said they had seized the ship.", "they: Officials");
}

#[test]
fn whoever_spoke_goes_on_speaking() {
    check(
        "“The bridge is ours,” said Colonel Ivan Petrak. “General Hugo Lanz knows it.” He said the river was low.",
        "He: Ivan Petrak",
    );
}

#[test]
fn they_may_be_two() {
    check(
        "Kenya and Uganda signed a trade pact on Monday. They also agreed to open the border.",
        "They: Kenya; They: Uganda",
    );
}

#[test]
fn a_thing_is_nobody() {
    check("The army reached the bridge. It was destroyed in March.", "");
}

#[test]
fn a_staff_is_no_he() {
    check("Bashir Osman greeted the hospital staff. He thanked a nurse.", "He: Bashir Osman");
}

#[test]
fn who_is_she_is_not_he() {
    check(
        "Amina Yusuf-Bello pleaded not guilty. She smiled. Inspector Kwame Adjei testified. He said the case was old.",
        "She: Amina Yusuf-Bello; He: Kwame Adjei",
    );
}
