//! Bad input: each kind gives a message that says what, where and what to try, the documented exit
//! status, and never a panic.

mod house;

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::time::Instant;

use house::{Folder, Run, STORY, dateline, read};

/// Words of three encodings, all in one story: Cyrillic where it is Russian, accents where French.
const RUSSIAN: &str = "Полиция Лимы задержала трёх докеров во вторник, сообщил адвокат профсоюза. \
    Они шли к порту вместе с сотнями других рабочих, чтобы выразить протест против низкой платы.";
const FRENCH: &str = "La police de Lima a arrêté trois dockers mardi, a déclaré un avocat du syndicat. \
    Les hommes avaient marché vers le port avec des centaines d’ouvriers pour protester contre les bas salaires.";

#[test]
fn an_empty_file_is_rejected() {
    let folder = Folder::new();
    let page = folder.file("empty.txt", "");
    read([&page]).fails(1, &["empty.txt: the page is empty", "hint:"]);
    let blank = folder.file("blank.html", " \n\n\t\n");
    read([&blank]).fails(1, &["blank.html: the page is empty", "hint:"]);
}

#[test]
fn nothing_on_standard_input_is_rejected() {
    let run = Run::of(dateline().args(["read", "-"]).write_stdin(""));
    run.fails(1, &["standard input: the page is empty", "hint:"]);
}

#[test]
fn a_200_mb_page_is_refused_without_being_read() {
    let folder = Folder::new();
    let path = folder.path("huge.html");
    File::create(&path).and_then(|file| file.set_len(200_000_000)).expect("a sparse file can be made");
    let started = Instant::now();
    read([&path]).fails(1, &["huge.html", "200000000 bytes", "hint:"]);
    assert!(started.elapsed().as_secs() < 60, "it took {:?}", started.elapsed());
}

#[test]
fn a_200_mb_line_is_refused_and_the_next_one_read() {
    let folder = Folder::new();
    let path = folder.path("long.jsonl");
    let mut file = File::create(&path).expect("a temporary file can be made");
    file.seek(SeekFrom::Start(200_000_000)).expect("a sparse file can be made");
    writeln!(file, "\n{{\"id\": \"second\", \"text\": \"{STORY}\"}}").expect("it can be written");
    let run = read([&path]);
    run.fails(3, &["long.jsonl: line 1", "hint:"]);
    assert_eq!(run.records()[0]["article"]["source_id"], "second");
}

#[test]
fn binary_files_are_rejected() {
    let folder = Folder::new();
    let noise: Vec<u8> = (0..5000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let pdf = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".as_slice(), &noise].concat();
    read([&folder.file("paper.pdf", pdf)]).fails(1, &["paper.pdf", "hint:"]);
    let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &noise].concat();
    read([&folder.file("picture.html", picture)]).fails(1, &["picture.html", "hint:"]);
    read([&folder.file("noise.txt", noise)]).fails(1, &["noise.txt", "hint:"]);
}

#[test]
fn encodings_are_read_declared_or_not() {
    let cyrillic = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|letter| match letter {
                'А'..='я' => (letter as u32 - 'А' as u32 + 0xc0) as u8,
                'ё' => 0xb8,
                other => other as u8,
            })
            .collect()
    };
    let latin =
        |text: &str| -> Vec<u8> { text.replace('’', "'").chars().map(|letter| letter as u8).collect() };
    let utf16 = |text: &str| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let html = |charset: &str, text: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"><title>Lima</title></head><body><article><h1>Lima</h1><p>{text}</p></article></body></html>"
        )
    };
    let folder = Folder::new();
    let check = |name: &str, bytes: Vec<u8>, words: &str| {
        let record = read([&folder.file(name, bytes)]).record();
        let text = record["article"]["text"].as_str().expect("a record has a text");
        assert!(text.contains(words), "{name}: {words:?} is missing in {text:?}");
    };
    check("undeclared-1251.txt", cyrillic(RUSSIAN), "задержала трёх докеров");
    check("declared-1251.html", cyrillic(&html("windows-1251", RUSSIAN)), "задержала трёх докеров");
    check("undeclared-latin.txt", latin(FRENCH), "arrêté trois dockers");
    check("declared-latin.html", latin(&html("iso-8859-1", FRENCH)), "arrêté trois dockers");
    check("utf-16.txt", utf16(STORY), "arrested three dockers");
    check("utf-16.html", utf16(&html("utf-16", STORY)), "arrested three dockers");
}

#[test]
fn a_page_cut_in_the_middle_keeps_what_there_is() {
    let page = format!(
        "<html><head><title>Dockers held</title></head><body><article><h1>Dockers held</h1><p>{STORY}</p><p>A second \
         paragraph tells of the talks that failed on Monday.</p><p>The third is cut <a hre"
    );
    let record = read([&Folder::new().file("cut.html", page)]).record();
    let text = record["article"]["text"].as_str().expect("a record has a text");
    assert!(text.contains("arrested three dockers"), "{text:?}");
    assert!(text.contains("talks that failed"), "{text:?}");
}

#[test]
fn a_page_without_an_article_says_so() {
    let links: String = (0..60).map(|at| format!("<li><a href=\"/{at}\">Section {at}</a></li>")).collect();
    let page =
        format!("<html><head><title>Sections</title></head><body><nav><ul>{links}</ul></nav></body></html>");
    let run = read([&Folder::new().file("sections.html", page)]);
    let record = run.record();
    assert_eq!(record["events"].as_array().map(Vec::len), Some(0));
    assert!(!record["notes"].as_array().expect("notes are a list").is_empty(), "nothing is said of it");
}

#[test]
fn a_story_in_another_language_gets_a_record_a_note_and_no_events() {
    let record = read([&Folder::new().file("french.txt", FRENCH)]).record();
    assert_eq!(record["article"]["language"], "fr");
    assert_eq!(record["events"].as_array().map(Vec::len), Some(0));
    let notes = record["notes"].to_string();
    assert!(notes.contains("French"), "{notes}");
}

#[test]
fn a_broken_line_is_rejected_by_its_number_and_the_others_are_read() {
    let mut lines: Vec<String> =
        (1..=10).map(|id| format!("{{\"id\": \"s{id}\", \"text\": \"{STORY}\"}}")).collect();
    lines[6] = "{\"id\": \"s7\", \"text\": \"cut in the".into();
    let folder = Folder::new();
    let stories = folder.file("stories.jsonl", lines.join("\n"));
    let rejects = folder.path("rejects.jsonl");
    let run = read([&stories, &"--rejects", &rejects]);
    run.fails(3, &["stories.jsonl: line 7"]);
    let ids: Vec<String> = run
        .records()
        .iter()
        .map(|record| record["article"]["source_id"].as_str().unwrap_or("").into())
        .collect();
    assert_eq!(
        ids,
        ["s1", "s2", "s3", "s4", "s5", "s6", "s8", "s9", "s10"],
        "the order of the input is kept"
    );
    let rejected: Vec<serde_json::Value> = fs::read_to_string(&rejects)
        .expect("the rejects are written")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a reject is JSON"))
        .collect();
    assert_eq!(rejected.len(), 1);
    assert_eq!(rejected[0]["line"], 7);
    assert_eq!(rejected[0]["path"], stories.display().to_string());
}

#[test]
fn a_missing_file_is_named() {
    let missing = Folder::new().path("not-there.html");
    read([&missing]).fails(1, &["not-there.html: no such file", "hint:"]);
}

#[test]
fn a_missing_file_among_others_leaves_the_others_read() {
    let folder = Folder::new();
    let page = folder.file("there.txt", STORY);
    let run = read([&folder.path("not-there.html"), &page]);
    run.fails(3, &["not-there.html: no such file"]);
    assert_eq!(run.records().len(), 1);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let closed = folder.path("closed");
    fs::create_dir(&closed).expect("a folder can be made");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("it can be closed");
    if fs::read_dir(&closed).is_ok() {
        // The superuser reads everything; a link to itself is the folder nobody can read.
        fs::remove_dir(&closed).expect("it can be removed");
        std::os::unix::fs::symlink(&closed, &closed).expect("a link can be made");
    }
    let run = read([&closed]);
    run.fails(1, &["closed"]);
    assert!(run.stderr.contains("error:"), "{}", run.stderr);
}

#[test]
fn a_folder_is_read_page_by_page_in_the_order_of_names() {
    let folder = Folder::new();
    folder.file("b.txt", format!("Second. {STORY}"));
    folder
        .file("a.html", format!("<html><body><article><h1>First</h1><p>{STORY}</p></article></body></html>"));
    folder.file("c.png", b"\x89PNG\r\n\x1a\n\0\0");
    let run = read([&folder.path("")]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let names: Vec<bool> = run
        .records()
        .iter()
        .zip(["a.html", "b.txt"])
        .map(|(record, name)| record["article"]["path"].as_str().is_some_and(|path| path.ends_with(name)))
        .collect();
    assert_eq!(names, [true, true]);
}

#[test]
fn a_folder_without_pages_says_what_a_page_is() {
    let folder = Folder::new();
    folder.file("c.png", b"\x89PNG");
    read([&folder.path("")]).fails(1, &["holds no pages", "hint:", ".html"]);
}

#[test]
fn weights_that_are_not_there_name_the_command_that_gets_them() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    read([&page, &"--weights", &folder.path("no-weights")])
        .fails(1, &["no-weights", "hint:", "dateline weights get"]);
}

#[test]
fn damaged_weights_say_which_file_is_damaged() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let weights = folder.path("weights");
    fs::create_dir(&weights).expect("a folder can be made");
    fs::write(weights.join("config.cfg"), "[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\"\n")
        .expect("it can be written");
    read([&page, &"--weights", &weights]).fails(1, &["weights", "hint:", "dateline weights get"]);
}

#[test]
fn a_damaged_gazetteer_says_how_to_mend_it() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    let gazetteer = folder.file("gazetteer.bin", "not a gazetteer at all");
    read([&page, &"--gazetteer", &gazetteer]).fails(1, &["gazetteer.bin", "hint:"]);
}

#[test]
fn a_codebook_that_is_not_there_is_named() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    read([&page, &"--codebook", &folder.path("my-codebook")]).fails(1, &["my-codebook", "hint:"]);
}

#[test]
fn a_date_that_is_none_is_wrong_usage() {
    let folder = Folder::new();
    let page = folder.file("page.txt", STORY);
    read([&page, &"--published-at", &"last Tuesday"]).fails(2, &["2020-08-17"]);
}
