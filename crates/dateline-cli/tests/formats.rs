//! `dateline read` on one sample of each format: what it is, is told from its content, and headline,
//! day and words are exactly these.

mod house;

use house::{Folder, Run, dateline, read};
use serde_json::Value;

fn sample(name: &str) -> String {
    format!("{}/../../examples/formats/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A record in lines: who printed it when and by whom, then its parts. What is not known is left out.
fn shown(record: &Value) -> String {
    let article = &record["article"];
    let text = article["text"].as_str().unwrap_or_default();
    let mut lines = vec![article["title"].as_str().unwrap_or("no title").to_owned()];
    let bylines: Vec<&str> =
        article["bylines"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let facts = [&article["publisher"], &article["published_at"]];
    let facts = facts.iter().filter_map(|fact| fact.as_str()).chain(bylines).collect::<Vec<_>>();
    lines.push(facts.join(" · "));
    for part in article["parts"].as_array().into_iter().flatten() {
        let at = |name: &str| part[name].as_u64().unwrap_or_default() as usize;
        lines.push(format!(
            "{}: {}",
            part["part"].as_str().unwrap_or_default(),
            &text[at("start")..at("end")]
        ));
    }
    let notes = record["notes"].as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.extend(
        notes
            .filter(|note| note.starts_with("only ") || note.contains("agency") || note.contains("crawler"))
            .map(|note| format!("note: {note}")),
    );
    lines.join("\n")
}

/// Reads a sample and compares all its stories with what we want read.
#[track_caller]
fn check(name: &str, expected: &[&str]) {
    let run = read([&sample(name)]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let read: Vec<String> = run.records().iter().map(shown).collect();
    assert_eq!(read.join("\n\n"), expected.join("\n\n"));
}

const STRIKE: &str = "Strike closes Port Amaro";

#[test]
fn rss() {
    check(
        "feed.rss",
        &[
            "Dockers’ strike closes Port Amaro for a third day\n\
             The River Post · 2022-05-18T23:40:00-03:00 · Lucia Bentes · Tomas Wray\n\
             headline: Dockers’ strike closes Port Amaro for a third day\n\
             summary: The port stays shut while the union and the government talk.\n\
             dateline: PORT AMARO – \n\
             body: Dockers kept Port Amaro closed for a third day on Wednesday, and 40 ships waited outside the harbour.\n\
             subhead: Talks go on\n\
             body: The transport minister, Paulo Reis, met union leaders in the capital. “We will not send in the army,” he said.\n\
             caption: Dockers at the closed gate on Tuesday.",
            "Court frees two fishermen\n\
             The River Post · 2022-05-17T09:05:00-03:00\n\
             headline: Court frees two fishermen\n\
             summary: A court in Port Amaro freed two fishermen on Tuesday whom police had arrested at a protest in March.\n\
             note: only headline and summary are given; the story is at https://riverpost.example/2022/05/17/fishermen",
        ],
    );
}

#[test]
fn atom() {
    check(
        "feed.atom",
        &["Mayor of Hallstein resigns after flood inquiry\n\
           Northern Valley Courier · 2021-11-09T17:15:00+01:00 · Greta Lindqvist\n\
           headline: Mayor of Hallstein resigns after flood inquiry\n\
           body: The mayor of Hallstein, Jonas Ekberg, resigned on Tuesday.\n\
           body: An inquiry had accused him of ignoring warnings before the flood in June."],
    );
}

#[test]
fn json_feed() {
    check(
        "feed.json",
        &[
            "Farmers block road to the capital\n\
             Plateau Radio News · 2020-02-10T07:45:00+03:00 · Abel Tesfaye Mekonnen\n\
             headline: Farmers block road to the capital\n\
             body: Some 300 farmers blocked the road to the capital on Monday.\n\
             body: They demanded that the government pay for cattle lost in the drought.",
            "Rain at last\n\
             Plateau Radio News · 2020-02-10T21:00:00+03:00\n\
             headline: Rain at last\n\
             summary: Rain fell on the plateau on Monday evening, the weather office said.\n\
             note: only headline and summary are given; the story is at https://plateau.example/news/903",
        ],
    );
}

#[test]
fn a_news_sitemap_gives_headlines_and_lists_the_other_addresses() {
    let folder = Folder::new();
    let rejects = folder.path("rejects.jsonl");
    let run = read([&sample("sitemap-news.xml"), &"--rejects", &rejects]);
    run.fails(3, &["sitemap-news.xml: the address of a page and no story", "hint:"]);
    let read: Vec<String> = run.records().iter().map(shown).collect();
    assert_eq!(
        read,
        ["Dockers strike for a third day in Port Amaro\n\
          The River Post · 2022-05-18T23:40:00-03:00\n\
          headline: Dockers strike for a third day in Port Amaro\n\
          note: only its headline is given; the story is at https://riverpost.example/2022/05/18/port-amaro-strike"]
    );
    let rejected: Value =
        serde_json::from_str(&std::fs::read_to_string(rejects).expect("they are listed")).expect("one line");
    assert_eq!(rejected["url"], "https://riverpost.example/about");
    assert!(rejected["byte"].as_u64().is_some_and(|byte| byte > 300), "{rejected}");
}

#[test]
fn a_sitemap_index_is_only_addresses() {
    read([&sample("sitemap-index.xml")])
        .fails(1, &["sitemap-index.xml: 2 addresses of pages and no story", "fetch the pages"]);
}

#[test]
fn ninjs_of_three_generations() {
    check(
        "ninjs-1.json",
        &["Police search offices of shipping firm in Varna Bay\n\
           Coastal Wire · 2019-06-12T13:05:00+02:00 · Marta Ilves\n\
           headline: Police search offices of shipping firm in Varna Bay\n\
           dateline: VARNA BAY (CW) - \n\
           body: Police searched the offices of a shipping firm on Wednesday.\n\
           body: Prosecutors accuse its owner of bribing customs officers.\n\
           caption: Officers carry boxes out of the building."],
    );
    check(
        "ninjs-2.json",
        &["Island parliament rejects base for foreign ships\n\
           Coastal Wire · 2022-03-03T08:00:00Z · Marta Ilves\n\
           headline: Island parliament rejects base for foreign ships\n\
           dateline: SAINT ORM (CW) - \n\
           body: The island parliament rejected a base for foreign ships on Thursday.\n\
           body: Thousands had marched against it on Sunday."],
    );
    check(
        "ninjs-3.json",
        &["Rebels release four engineers\n\
           Coastal Wire · 2024-08-21T18:00:00Z\n\
           headline: Rebels release four engineers\n\
           body: Rebels released four engineers on Wednesday, the Red Crescent said.\n\
           body: The men had been held for nine weeks.\n\
           caption: Two of the engineers after their release.\n\
           note: the agency calls the story canceled"],
    );
}

#[test]
fn newsml_g2() {
    check(
        "newsml-g2.xml",
        &[
            "Two clans sign ceasefire in Kestrel Bridge\n\
             Coastal Wire · 2018-09-27T09:12:00+01:00 · Nils Okafor\n\
             headline: Two clans sign ceasefire in Kestrel Bridge\n\
             summary: Elders of two clans have ended a year of fighting over wells.\n\
             dateline: KESTREL BRIDGE\n\
             body: Elders of two clans signed a ceasefire on Thursday after a year of fighting over wells.\n\
             body: At least 60 people were killed since last autumn, the district governor said.",
            "Teachers call off strike\n\
             Coastal Wire · 2018-09-27T11:30:00+01:00\n\
             headline: Teachers call off strike\n\
             dateline: KESTREL BRIDGE (CW) - \n\
             body: Teachers called off a strike on Thursday.\n\
             body: The union accepted an offer of the ministry.",
        ],
    );
}

#[test]
fn nitf() {
    check(
        "nitf.xml",
        &["Envoys leave Marovia after expulsion\n\
           Coastal Wire · 2016-04-05T21:15:00+02:00 · André Castellan\n\
           headline: Envoys leave Marovia after expulsion\n\
           dateline: MAROVIA CITY\n\
           subhead: Third such step this year\n\
           body: Marovia expelled three envoys of its neighbour on Tuesday & recalled its own ambassador.\n\
           body: The foreign ministry in Marovia City called them spies.\n\
           caption: An envoy at the airport on Tuesday."],
    );
}

#[test]
fn warc() {
    check(
        "crawl.warc.gz",
        &[
            "Strike closes Port Amaro\n\
             The River Post · 2022-05-18\n\
             headline: Strike closes Port Amaro\n\
             body: Dockers kept Port Amaro closed for a third day on Wednesday, and forty ships waited outside the harbour for the quarrel to end.\n\
             body: The transport minister said on Wednesday that the government would not send in the army, and “that is a promise”, he added.",
            "Court frees two fishermen\n\
             The River Post\n\
             headline: Court frees two fishermen\n\
             body: A court in Port Amaro freed two fishermen on Tuesday whom police had arrested at a protest against the new dam in March.\n\
             body: Their lawyer said on Tuesday that the two men would demand that the state pay them for the ten weeks they had spent in prison.",
        ],
    );
}

#[test]
fn common_crawl_s_news_sets() {
    check(
        "common-crawl-news.jsonl",
        &[
            "Strike closes Port Amaro\n\
             riverpost.example · 2022-05-18T23:40:00 · Lucia Bentes\n\
             headline: Strike closes Port Amaro\n\
             summary: The port stays shut.\n\
             body: Dockers kept Port Amaro closed for a third day on Wednesday.\n\
             body: Forty ships waited outside the harbour.",
            "Mayor of Hallstein resigns\n\
             Northern Valley Courier · 2021-11-09 · Greta Lindqvist\n\
             headline: Mayor of Hallstein resigns\n\
             body: The mayor of Hallstein resigned on Tuesday.\n\
             body: An inquiry had accused him of ignoring warnings.",
        ],
    );
}

#[test]
fn gdelt_s_article_list() {
    check(
        "gdelt.json",
        &[
            "Farmers block road to the capital\n\
             plateau.example · 2020-02-10T05:00:00Z\n\
             headline: Farmers block road to the capital\n\
             note: the day of publication is the day on which a crawler first saw the story\n\
             note: only its headline is given; the story is at https://plateau.example/news/902",
            "Mayor of Hallstein resigns\n\
             courier.example · 2021-11-09T16:45:00Z\n\
             headline: Mayor of Hallstein resigns\n\
             note: the day of publication is the day on which a crawler first saw the story\n\
             note: only its headline is given; the story is at https://courier.example/hallstein-mayor",
        ],
    );
}

#[test]
fn trafilatura() {
    check(
        "trafilatura.jsonl",
        &["Court frees two fishermen\n\
           The River Post · 2022-05-17 · Lucia Bentes · Tomas Wray\n\
           headline: Court frees two fishermen\n\
           body: A court freed two fishermen on Tuesday.\n\
           body: Police had arrested them in March."],
    );
}

#[test]
fn media_cloud() {
    check(
        "media-cloud.json",
        &[
            "Rebels release four engineers\n\
             Coastal Wire · 2024-08-21T18:00:00\n\
             headline: Rebels release four engineers\n\
             body: Rebels released four engineers on Wednesday, the Red Crescent said.\n\
             body: The men had been held for nine weeks.",
            "Rain at last\n\
             plateau.example · 2020-02-10\n\
             headline: Rain at last\n\
             note: only its headline is given; the story is at https://plateau.example/news/903",
        ],
    );
}

#[test]
fn fundus() {
    check(
        "fundus.jsonl",
        &["Mayor of Hallstein resigns\n\
           Northern Valley Courier · 2021-11-09T17:15:00+01:00 · Greta Lindqvist\n\
           headline: Mayor of Hallstein resigns\n\
           summary: An inquiry had accused Jonas Ekberg.\n\
           body: The mayor of Hallstein, Jonas Ekberg, resigned on Tuesday.\n\
           subhead: A flood in June\n\
           body: The inquiry accused him of ignoring warnings before the flood.\n\
           caption: A street in Hallstein in June."],
    );
}

#[test]
fn our_own_lines_know_where_each_part_came_from() {
    let path = sample("stories.jsonl");
    let file = std::fs::read_to_string(&path).expect("the sample is there");
    let record = read([&path]).record();
    let parts = record["article"]["parts"].as_array().expect("a list").clone();
    let written: Vec<&str> = parts
        .iter()
        .map(|part| {
            let at = |name: &str| part["origin"][name].as_u64().expect("JSON tells") as usize;
            &file[at("start")..at("end")]
        })
        .collect();
    assert_eq!(
        written,
        [
            "Island parliament rejects base",
            "SAINT ORM (CW) -",
            "The island parliament rejected a base for foreign ships on Thursday.",
            "Thousands had marched against it on Sunday.",
        ]
    );
}

#[test]
fn a_format_may_be_forced() {
    let folder = Folder::new();
    let copied = folder.file("feed.txt", std::fs::read(sample("feed.atom")).expect("the sample is there"));
    assert_eq!(read([&copied]).records().len(), 1);
    let as_text = read([&copied, &"--from", &"text"]);
    assert!(
        as_text.stdout.contains("<entry>") || as_text.stdout.contains("no article"),
        "{}",
        as_text.stdout
    );
    let wrong = read([&copied, &"--from", &"warc"]);
    wrong.fails(1, &["feed.txt: byte 0: no record begins here", "hint:"]);
    let none = Run::of(dateline().args(["read", "--from", "docx", "-"]));
    none.fails(2, &["warc", "ninjs"]);
}

#[test]
fn standard_input_is_told_by_its_content_too() {
    let archive = std::fs::read(sample("crawl.warc.gz")).expect("the sample is there");
    let run = Run::of(dateline().args(["read", "--format", "ndjson", "-"]).write_stdin(archive));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.records()[0]["article"]["title"], STRIKE);
}

#[test]
fn a_cut_archive_is_read_up_to_the_break() {
    let folder = Folder::new();
    let archive = std::fs::read(sample("crawl.warc.gz")).expect("the sample is there");
    let cut = archive.len() - 700;
    let path = folder.file("cut.warc.gz", &archive[..cut]);
    let rejects = folder.path("rejects.jsonl");
    let run = read([&path, &"--rejects", &rejects]);
    run.fails(3, &[&format!("cut.warc.gz: byte {cut}: the file breaks off"), "hint:"]);
    assert_eq!(run.records()[0]["article"]["title"], STRIKE);
    let rejected: Value =
        serde_json::from_str(&std::fs::read_to_string(rejects).expect("they are listed")).expect("one line");
    assert_eq!(rejected["byte"], cut);
}

#[test]
fn limits_are_told_by_the_help_and_obeyed() {
    let help = Run::of(dateline().args(["read", "--help"]));
    for told in [
        "--max-record-bytes",
        "5242880",
        "--max-page-bytes",
        "50000000",
        "--max-ratio",
        "200",
        "100000000000",
    ] {
        assert!(help.stdout.contains(told), "{told} is missing in: {}", help.stdout);
    }
    let run = read([&sample("crawl.warc.gz"), &"--max-record-bytes", &"700"]);
    run.fails(3, &["more than the limit of 700"]);
    assert_eq!(run.records().len(), 1);
}
