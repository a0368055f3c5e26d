//! Texts and files that mean harm, or are broken: a result or an error, never a panic.

mod support;

use std::path::{Path, PathBuf};

use dateline_document::Document;
use dateline_language::{OpenError, Options, Pipeline, Sentences};
use proptest::prelude::*;
use support::{pipeline, weights};

/// What holds of every document, whatever the text.
fn check(text: &str) -> Document {
    let document = pipeline().read(text);
    let mut at = 0;
    for token in &document.tokens {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        assert!(start == at || &text[at..start] == " ", "a gap before {token:?}");
        assert!(start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(token.head.index() < document.tokens.len());
        at = end;
    }
    assert!(at == text.len() || &text[at..] == " ", "the text ends after its tokens");
    let ends = document.sentences.iter().map(|sentence| sentence.end);
    assert!(
        document
            .sentences
            .iter()
            .skip(1)
            .map(|sentence| sentence.start)
            .eq(ends.take(document.sentences.len().saturating_sub(1)))
    );
    for name in &document.names {
        assert!(name.start < name.end && !name.label.is_empty());
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_covered_by_its_tokens(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_awkward_words_is_covered_by_its_tokens(
        words in prop::collection::vec(prop::sample::select(AWKWARD), 0..40),
    ) {
        check(&words.concat());
    }
}

const AWKWARD: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\0",
    "\u{1c}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{200d}",
    "\u{feff}",
    "don't",
    "U.S.",
    "'s",
    "’s",
    "…",
    "...",
    "--",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "“",
    ":)",
    ":'(",
    "(ಠ_ಠ)",
    "ಠ︵ಠ",
    "http://a.b/c?d=e#f",
    "x@y.org",
    "10km",
    "12.5%",
    "$3",
    "€",
    "a.m.",
    "5a.m.",
    "İ",
    "ß",
    "Σ",
    "e\u{301}",
    "漢字",
    "👩‍👩‍👧",
    "🇺🇸",
    "1.",
    "-",
    "/",
    "gonna",
    "c'mon",
    "y'all",
    "she'd've",
    "<b>",
    "=>",
    "+44",
    "No.",
    "#1",
    "@me",
];

#[test]
fn a_megabyte_without_a_space_is_read() {
    for unit in ["a", "!", ".", "a-", "(", "'s", "漢", "\0", "a.B", ":/", "\n", "http://a.b/"] {
        let text = unit.repeat((1 << 16) / unit.len());
        let document = check(&text);
        assert!(!document.tokens.is_empty(), "{unit:?}");
    }
    let text = "ab".repeat(5 << 20);
    assert_eq!(check(&text).tokens.len(), 1);
}

/// A copy of the pipeline's directory in which one file is other bytes; its other files are linked.
struct Altered(PathBuf);

impl Altered {
    fn new(label: &str, file: &str, alter: impl Fn(Vec<u8>) -> Option<Vec<u8>>) -> Altered {
        let root = std::env::temp_dir().join(format!("dateline-language-{}-{label}", std::process::id()));
        let altered = Altered(root);
        let source = config_directory(&weights()).expect("the weights hold config.cfg");
        link_tree(&source, &altered.0);
        let target = altered.0.join(file);
        let bytes = std::fs::read(source.join(file)).expect("the file is there");
        std::fs::remove_file(&target).expect("the link is there");
        if let Some(bytes) = alter(bytes) {
            std::fs::write(&target, bytes).expect("the copy can be written");
        }
        altered
    }

    fn open(&self) -> Result<Pipeline, OpenError> {
        Pipeline::open(&self.0)
    }
}

impl Drop for Altered {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config_directory(root: &Path) -> Option<PathBuf> {
    if root.join("config.cfg").exists() {
        return Some(root.to_owned());
    }
    let entries = std::fs::read_dir(root).ok()?;
    entries.flatten().filter(|entry| entry.path().is_dir()).find_map(|entry| config_directory(&entry.path()))
}

fn link_tree(source: &Path, target: &Path) {
    std::fs::create_dir_all(target).expect("the directory can be made");
    for entry in std::fs::read_dir(source).expect("the directory can be read").flatten() {
        let path = target.join(entry.file_name());
        if entry.path().is_dir() {
            link_tree(&entry.path(), &path);
        } else {
            let linked = std::fs::hard_link(entry.path(), &path);
            linked.or_else(|_| std::fs::copy(entry.path(), &path).map(drop)).expect("the file can be linked");
        }
    }
}

/// The error of a pipeline in which one file was altered: component and first line.
fn refusal(label: &str, file: &str, alter: impl Fn(Vec<u8>) -> Option<Vec<u8>>) -> String {
    let altered = Altered::new(label, file, alter);
    let error = match altered.open() {
        Ok(_) => panic!("{label}: the pipeline opened"),
        Err(error) => error.to_string(),
    };
    let (what, hint) = error.split_once("\nhint: ").expect("an error has a hint");
    assert!(!hint.is_empty());
    what.strip_prefix("cannot open the pipeline: ").expect("an error says what failed").to_owned()
}

const FILES: &[&str] = &[
    "config.cfg",
    "meta.json",
    "tokenizer",
    "vocab/vectors",
    "vocab/key2row",
    "vocab/lookups.bin",
    "tok2vec/model",
    "tagger/model",
    "tagger/cfg",
    "parser/model",
    "parser/moves",
    "ner/model",
    "ner/moves",
    "attribute_ruler/patterns",
    "lemmatizer/lookups/lookups.bin",
];

#[test]
fn files_that_are_cut_short_are_refused() {
    for file in FILES {
        let what = refusal("short", file, |bytes| Some(bytes[..bytes.len() * 2 / 3].to_vec()));
        assert!(what.contains(file) || *file == "config.cfg", "{file}: {what}");
    }
}

#[test]
fn files_that_are_missing_are_refused() {
    for file in FILES.iter().filter(|file| !["vocab/lookups.bin", "vocab/vectors"].contains(file)) {
        let what = refusal("missing", file, |_| None);
        assert!(what.contains(file) || *file == "config.cfg", "{file}: {what}");
    }
    let what = refusal("missing", "vocab/vectors", |_| None);
    assert_eq!(what, "tok2vec: tok2vec/model: static vectors are wanted, but the pipeline has none");
}

#[test]
fn bytes_that_are_changed_are_refused_or_read() {
    // Any byte may be changed; what still opens must still read.
    for (round, file) in FILES.iter().chain(FILES).enumerate() {
        let altered = Altered::new("changed", file, |mut bytes| {
            let len = bytes.len();
            for step in 0..6 {
                bytes[(round * 7919 + step * 104_729 + 13) % len.min(4000 * (step + 1))] ^=
                    1 << (step + round % 3);
            }
            Some(bytes)
        });
        if let Ok(pipeline) = altered.open() {
            pipeline.read("The envoy didn't meet Mr. Smith in Oslo on 3 May :)");
        }
    }
}

#[test]
fn a_senter_is_looked_at_only_where_it_is_wanted() {
    let options = Options { sentences: Sentences::Senter };
    let cut = |bytes: Vec<u8>| Some(bytes[..bytes.len() / 2].to_vec());
    let altered = Altered::new("senter", "senter/model", cut);
    assert!(altered.open().is_ok());
    let error = Pipeline::open_with(&altered.0, options).err().expect("the file is cut short");
    assert_eq!((error.component(), error.file()), ("senter", "senter/model"));
    let rename = |bytes: Vec<u8>| Some(replaced(&bytes, b"factory = \"senter\"", b"factory = \"sensor\""));
    let altered = Altered::new("no-senter", "config.cfg", rename);
    let error = Pipeline::open_with(&altered.0, options).err().expect("there is no senter");
    assert!(error.to_string().contains("the pipeline has no senter"), "{error}");
}

/// Replaces the first `old` by `new`.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old).expect("the old bytes are there");
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}

#[test]
fn shapes_that_lie_are_refused() {
    let what = refusal("shape", "tagger/model", |bytes| {
        // The shape [50, 96] of the tagger's matrix.
        Some(replaced(&bytes, b"\xc4\x05shape\x92\x32\x60", b"\xc4\x05shape\x92\x33\x60"))
    });
    assert_eq!(
        what,
        "tagger: tagger/model: param \"W\" of layer \"softmax\": \
         19200 bytes of data do not fill the shape [51, 96]"
    );
    let what = refusal("turned", "tagger/model", |bytes| {
        Some(replaced(&bytes, b"\xc4\x05shape\x92\x32\x60", b"\xc4\x05shape\x92\x60\x32"))
    });
    assert!(
        what.starts_with("tagger: tagger/model: param \"W\" of layer \"softmax\" has shape [96, 50]"),
        "{what}"
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    let what = refusal("nan", "tok2vec/model", |mut bytes| {
        let at = bytes.windows(5).position(|window| window == b"\x04data").expect("an array") + 10;
        bytes[at..at + 400].copy_from_slice(&f32::NAN.to_le_bytes().repeat(100));
        Some(bytes)
    });
    assert!(what.ends_with("a number is not finite"), "{what}");
}

#[test]
fn code_and_languages_that_are_not_ours_are_refused() {
    let swap = |old: &'static str, new: &'static str| {
        move |bytes: Vec<u8>| Some(replaced(&bytes, old.as_bytes(), new.as_bytes()))
    };
    let what = refusal("code", "config.cfg", swap("spacy.Tok2Vec.v2", "evil.Code.v1"));
    assert!(what.ends_with("asks for the architecture \"evil.Code.v1\""), "{what}");
    let what = refusal("language", "config.cfg", swap("lang = \"en\"", "lang = \"qu\""));
    assert_eq!(
        what,
        "pipeline: config.cfg: the language is \"qu\"; only English and French pipelines are read"
    );
    let what = refusal("factory", "config.cfg", swap("factory = \"ner\"", "factory = \"my_code\""));
    assert_eq!(what, "ner: config.cfg: the component \"ner\" is made by \"my_code\"");
    let order = swap("[\"tok2vec\", \"tagger\", \"parser\",", "[\"tok2vec\", \"parser\", \"tagger\",");
    let what = refusal("order", "config.cfg", order);
    assert!(what.starts_with("tagger: config.cfg: \"tagger\" stands after what needs it"), "{what}");
    let what = refusal("words", "tok2vec/model", swap("SUFFIX", "SUFFEX"));
    assert!(what.contains("words are embedded by \"SUFFEX\""), "{what}");
}

#[test]
fn paths_that_hold_no_pipeline_are_refused() {
    for path in
        ["/nowhere/at/all", env!("CARGO_MANIFEST_DIR"), concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]
    {
        let error = Pipeline::open(path).err().expect("there is no pipeline");
        assert_eq!(error.component(), "pipeline");
    }
}

/// Writes an archive of the files given, without compressing them.
fn write_zip(path: &Path, files: &[(String, Vec<u8>)]) {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("the archive can be made"));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), stored).expect("an entry can be started");
        zip.write_all(bytes).expect("an entry can be written");
    }
    zip.finish().expect("the archive can be ended");
}

#[test]
fn a_wheel_reads_as_its_directory_does() {
    let root = config_directory(&weights()).expect("the weights hold config.cfg");
    let entry =
        |file: &&str| (format!("package/model/{file}"), std::fs::read(root.join(file)).expect("a file"));
    let files = FILES.iter().chain(&["vocab/vectors.cfg"]).map(entry).collect::<Vec<_>>();
    let path = std::env::temp_dir().join(format!("dateline-language-{}.whl", std::process::id()));
    write_zip(&path, &files);
    let opened = Pipeline::open(&path);
    std::fs::remove_file(&path).expect("the archive can be removed");
    let text = "Rebels shelled the port of Goma.";
    assert_eq!(opened.unwrap_or_else(|error| panic!("{error}")).read(text), pipeline().read(text));
}

#[test]
fn an_archive_whose_paths_lead_out_of_it_is_refused() {
    let path = std::env::temp_dir().join(format!("dateline-language-{}.zip", std::process::id()));
    for name in ["../config.cfg", "a/../../config.cfg", "a/b/c/d/e/f/config.cfg", "not-config.cfg"] {
        write_zip(&path, &[(name.to_owned(), b"[nlp]\nlang = \"en\"\n".to_vec())]);
        let error = Pipeline::open(&path).err().expect("there is no pipeline");
        assert!(error.to_string().contains("holds no config.cfg"), "{error}");
    }
    std::fs::remove_file(&path).expect("the archive can be removed");
}
