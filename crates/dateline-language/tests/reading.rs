//! What the medium English pipeline says of sentences written for the purpose.
//!
//! The weights are those of `DATELINE_WEIGHTS`, or in the user's cache.

use dateline_document::{Article, Document};
use dateline_language::Pipeline;

fn pipeline() -> Pipeline {
    let path = std::env::var_os("DATELINE_WEIGHTS").map(std::path::PathBuf::from).unwrap_or_else(|| {
        let cache = std::env::var_os("XDG_CACHE_HOME").map(std::path::PathBuf::from);
        let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache"))).expect("there is a cache");
        cache.join("dateline/weights/en_core_web_md-3.8.0")
    });
    Pipeline::open(path).unwrap_or_else(|error| panic!("{error}"))
}

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
