//! What the medium English pipeline says of sentences written for the purpose.

mod support;

use dateline_document::{Article, Document};
use support::pipeline;

/// One line a sentence: each word with its lemma, tag, relation and head.
fn written(document: &Document) -> Vec<String> {
    let sentences = document.sentences.iter().map(|sentence| {
        let words = document.sentence_tokens(sentence).map(|id| {
            let token = document.token(id);
            let head = document.word(token.head);
            format!("{}/{}/{}/{}>{head}", document.word(id), token.lemma, token.tag, token.relation)
        });
        words.collect::<Vec<_>>().join(" ")
    });
    sentences.collect()
}

#[test]
fn a_text_is_read_into_sentences_trees_and_names() {
    let document = pipeline().read("Police didn't arrest two men in Lima. She left.");
    assert_eq!(
        written(&document),
        [
            "Police/Police/NNS/nsubj>arrest did/do/VBD/aux>arrest n't/not/RB/neg>arrest \
             arrest/arrest/VB/ROOT>arrest two/two/CD/nummod>men men/man/NNS/dobj>arrest \
             in/in/IN/prep>men Lima/Lima/NNP/pobj>in ./././punct>arrest",
            "She/she/PRP/nsubj>left left/leave/VBD/ROOT>left ./././punct>left",
        ]
    );
    let names: Vec<_> = document.names.iter().map(|name| (&document.text[name.span], &*name.label)).collect();
    assert_eq!(names, [("two", "CARDINAL"), ("Lima", "GPE")]);
}

#[test]
fn the_parts_of_an_article_are_read_apart_and_point_into_one_text() {
    let pipeline = pipeline();
    let article = Article::from_text("Flood in Genève\n\nRivers rose on Monday. Nobody died.");
    let document = pipeline.read_article(&article);
    let sentences: Vec<_> = document.sentences.iter().map(|sentence| &document.text[sentence.span]).collect();
    assert_eq!(sentences, ["Flood in Genève", "Rivers rose on Monday.", "Nobody died."]);
    let second = pipeline.read("Rivers rose on Monday. Nobody died.");
    assert_eq!(written(&document)[1..], written(&second));
}

#[test]
fn empty_and_blank_texts_are_read() {
    let pipeline = pipeline();
    assert_eq!(pipeline.read("").tokens.len(), 0);
    let blank = pipeline.read(" \n ");
    assert_eq!(blank.tokens.len(), 1);
    assert_eq!(blank.tokens[0].pos, "SPACE");
}

#[test]
fn words_have_vectors_and_the_pipeline_its_name() {
    let pipeline = pipeline();
    assert_eq!(pipeline.name(), "en_core_web_md-3.8.0");
    assert_eq!(pipeline.vector("Paris").map(<[f32]>::len), Some(300));
    assert_eq!(pipeline.vector("xqzzyxq"), None);
    assert!(pipeline.name_labels().iter().any(|label| label == "GPE"));
}

#[test]
fn texts_read_in_parallel_are_those_read_one_by_one() {
    let texts: Vec<String> = (0..40)
        .map(|number| {
            format!("Minister {number} met {number} envoys in Oslo. They didn't agree on {number}% :)")
        })
        .collect();
    let pipeline = pipeline();
    let alone: Vec<Document> = texts.iter().map(|text| pipeline.read(text)).collect();
    assert_eq!(pipeline.read_many(&texts), alone);
    let articles: Vec<Article> = texts.iter().map(|text| Article::from_text(text)).collect();
    assert_eq!(pipeline.read_articles(&articles)[7].tokens, alone[7].tokens);
}

#[test]
fn a_word_reads_the_same_whatever_was_read_before() {
    // More distinct words than are remembered, so that all is forgotten and learnt again.
    let pipeline = pipeline();
    let text = "The envoy, who hadn't slept, flew from Lima to Oslo on 3 May 2021.";
    let before = pipeline.read(text);
    for round in 0..2 {
        let words: String = (0..40_000).map(|number| format!("w{round}x{number} ")).collect();
        pipeline.read(&words);
        assert_eq!(pipeline.read(text), before, "round {round}");
    }
}

#[test]
fn a_long_document_reads_as_its_beginning_does() {
    let sentence = "Rebels shelled the port, and the governor of the province fled to the capital.\n\n";
    let pipeline = pipeline();
    let short = pipeline.read(&sentence.repeat(20));
    let long = pipeline.read(&sentence.repeat(400));
    assert_eq!(long.tokens[..200], short.tokens[..200]);
    assert_eq!(long.sentences.len(), 400);
}
