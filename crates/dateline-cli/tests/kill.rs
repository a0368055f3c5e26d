//! Adding survives being killed: at any moment, fifty times over. What was acknowledged is there,
//! the file is sound, and running again comes to the same export, byte for byte, as one undisturbed
//! run.

#![cfg(unix)]

mod house;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use house::{Folder, Run, dateline};

const KILLS: u32 = 50;
/// Times that adding may run to its end before it has been killed often enough: it is then begun anew.
const ROUNDS: u32 = 200;

/// A small pseudo-random sequence (SplitMix64), the same in every run of the test.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Stories of a few sentences, put together from our own: copies, tellings of one event, and others.
fn stories(folder: &Folder, count: u64) -> PathBuf {
    let towns = ["Lima", "Accra", "Bamako", "Tunis", "Quito"];
    let who = ["dockers", "teachers", "miners", "students"];
    let mut chance = Chance(7);
    let mut lines = String::new();
    for number in 0..count {
        let (town, who) = (towns[chance.below(5) as usize], who[chance.below(4) as usize]);
        let arrested = chance.below(3) + 12;
        let text = format!(
            "Police in {town} arrested {arrested} {who} on Tuesday, a union lawyer said. The {who} had marched to \
             the town hall with hundreds of others to protest against low wages. “We only want to be paid for \
             our work,” the lawyer said. The government rejected the demand and threatened to ban the union."
        );
        let line = serde_json::json!({
            "id": number.to_string(), "text": text, "title": format!("{arrested} {who} held in {town}"),
            "url": format!("https://paper{}.example/{number}", chance.below(6)),
            "published_at": format!("2024-05-{:02}", 14 + chance.below(4)),
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    folder.file("stories.jsonl", lines)
}

fn add(database: &Path, stories: &Path) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin!("dateline"))
        .args(["add", "--format", "ndjson", "--jobs", "1", "--db"])
        .arg(database)
        .arg(stories)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts")
}

/// The ids that were acknowledged until the output ended.
fn acknowledged(child: &mut Child) -> std::thread::JoinHandle<BTreeSet<String>> {
    let output = BufReader::new(child.stdout.take().expect("it is piped"));
    std::thread::spawn(move || {
        // The last line may be cut by the kill.
        let lines = output.lines().map_while(Result::ok);
        let rows = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(&line).ok());
        rows.filter_map(|row| row["id"].as_str().map(Into::into)).collect()
    })
}

fn sql(database: &Path, question: &str) -> Vec<String> {
    let run = Run::of(
        dateline()
            .args(["sql", question, "--limit", "100000", "--format", "csv", "--time-limit", "60", "--db"])
            .arg(database),
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stdout.lines().skip(1).map(Into::into).collect()
}

fn export(database: &Path) -> Vec<String> {
    ["csv", "ndjson", "graphml", "polecat"]
        .map(|format| {
            let run = Run::of(dateline().args(["export", "--format", format, "--db"]).arg(database));
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            run.stdout
        })
        .to_vec()
}

#[test]
fn nothing_acknowledged_is_lost_to_a_kill_and_running_again_comes_to_the_same() {
    let folder = Folder::new();
    let stories = stories(&folder, 160);
    let undisturbed = folder.path("undisturbed.db");
    let started = Instant::now();
    let mut whole = add(&undisturbed, &stories);
    let all = acknowledged(&mut whole);
    assert!(whole.wait().expect("it ends").success());
    let all = all.join().expect("the reader does not panic");
    assert_eq!(all.len(), 160);
    let expected = export(&undisturbed);
    let whole_run = started.elapsed();

    let mut chance = Chance(20_240_515);
    let (mut kills, mut round) = (0, 0);
    while kills < KILLS {
        round += 1;
        assert!(round <= ROUNDS, "adding ended too early to be killed {KILLS} times");
        let database = folder.path(&format!("killed-{round}.db"));
        let mut sure = BTreeSet::new();
        loop {
            let mut child = add(&database, &stories);
            let reader = acknowledged(&mut child);
            let moment = Duration::from_micros(chance.below(whole_run.as_micros() as u64));
            let deadline = Instant::now() + moment;
            let has_ended = loop {
                if child.try_wait().expect("it can be asked").is_some() {
                    break true;
                }
                if Instant::now() >= deadline {
                    break false;
                }
                std::thread::sleep(Duration::from_millis(1));
            };
            if !has_ended {
                // SIGKILL: nothing is told to the process.
                child.kill().expect("it can be killed");
                kills += 1;
            }
            child.wait().expect("it is gone");
            sure.extend(reader.join().expect("the reader does not panic"));
            if database.exists() && !sure.is_empty() {
                let there: BTreeSet<String> = sql(&database, "SELECT id FROM article").into_iter().collect();
                assert!(sure.is_subset(&there), "lost: {:?}", sure.difference(&there).collect::<Vec<_>>());
            }
            if has_ended || kills >= KILLS {
                break;
            }
        }
        let mut last = add(&database, &stories);
        let reader = acknowledged(&mut last);
        assert!(last.wait().expect("it ends").success());
        assert_eq!(reader.join().expect("the reader does not panic"), all, "nothing twice, nothing missing");
        assert_eq!(sql(&database, "PRAGMA integrity_check"), ["ok"]);
        assert_eq!(sql(&database, "PRAGMA foreign_key_check"), Vec::<String>::new());
        assert_eq!(export(&database), expected, "after {kills} kills");
    }
}
