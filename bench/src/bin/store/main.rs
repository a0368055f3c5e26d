//! How fast stories are stored, how well copies, events and stories are found, how fast questions are
//! answered.
//!
//! Times are the thread's own, so that what else the machine does counts little; the clock on the wall
//! is printed beside them. The results are checked: nothing is fast that is wrong.

mod stories;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use dateline_store::{Filter, MOST_IN_A_BATCH, Prepared, Store, WriteOptions, Writer};
use jiff::Timestamp;
use stories::{Made, Shape, make};

/// Stores synthetic stories and asks for them
#[derive(Parser)]
struct Arguments {
    /// Stories of the largest load
    #[arg(long, default_value_t = 100_000)]
    stories: usize,

    /// Tellings of the database that questions are asked of; 0 leaves that out
    #[arg(long, default_value_t = 1_000_000)]
    events: usize,

    /// Stories of a transaction: as many as wait for the writer when it is the slower one
    #[arg(long, default_value_t = MOST_IN_A_BATCH)]
    batch: usize,

    /// Where the databases are made [default: the system's temporary folder]
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// Stories that are made at a time.
const PART: usize = 10_000;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = arguments.folder.unwrap_or_else(|| std::env::temp_dir().join("dateline-bench-store"));
    std::fs::create_dir_all(&folder)?;
    load(&folder, arguments.stories, arguments.batch)?;
    println!("\n| pairs that belong together | precision | recall | pairs |\n|---|---|---|---|");
    quality(&folder, false)?;
    quality(&folder, true)?;
    if arguments.events > 0 {
        questions(&folder, arguments.events)?;
    }
    Ok(())
}

/// The time this thread has worked.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Stories a second, from a thousand to the largest load: near-linear growth shows as equal rates.
fn load(folder: &Path, most: usize, batch: usize) -> Result<()> {
    println!("| stories | a second, one core | on the wall | copies | events, told | file |");
    println!("|---|---|---|---|---|---|");
    for count in [1000, 10_000, 100_000].into_iter().filter(|count| *count <= most) {
        let shape = Shape { articles: count, sentences: 7, events: 3, is_varied: true, is_hard: false };
        let path = folder.join(format!("load-{count}.db"));
        let (worked, wall) = store(&path, make(shape, 1), batch)?;
        let store = Store::open(&path)?;
        let counts = store.count(&Filter::default())?;
        let number =
            |sql: &str| -> Result<i64> { store.sql(sql, 1)?.rows[0][0].as_i64().context("a number") };
        ensure!(number("SELECT count(*) FROM article")? == count as i64, "all stories are there");
        let copies = number("SELECT count(*) FROM article WHERE copy_of <> row")?;
        println!(
            "| {count} | {:.0} | {:.0} | {copies} | {}, {} | {:.0} MB |",
            count as f64 / worked.as_secs_f64(),
            count as f64 / wall.as_secs_f64(),
            counts.events,
            counts.tellings,
            std::fs::metadata(&path)?.len() as f64 / 1e6
        );
    }
    Ok(())
}

/// Stores the articles in a new database; what making them took is not counted.
fn store(path: &Path, made: Vec<Made>, batch: usize) -> Result<(Duration, Duration)> {
    for ending in ["", "-wal", "-shm", "-writer"] {
        let mut name = path.as_os_str().to_os_string();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
    add(path, made, batch)
}

fn add(path: &Path, made: Vec<Made>, batch: usize) -> Result<(Duration, Duration)> {
    let mut writer = Writer::open(path, &WriteOptions::default(), Timestamp::UNIX_EPOCH, &mut |_| ())?;
    let (mut time, mut wall) = (Duration::ZERO, Duration::ZERO);
    let mut made = made.into_iter().map(|it| it.record).peekable();
    while made.peek().is_some() {
        let batch: Vec<_> = made.by_ref().take(batch).collect();
        let (started, at) = (worked(), Instant::now());
        let prepared: Vec<Prepared> = batch.into_iter().map(Prepared::new).collect();
        writer.add(&prepared, Timestamp::UNIX_EPOCH)?;
        time += worked() - started;
        wall += at.elapsed();
    }
    writer.close()?;
    Ok((time, wall))
}

/// Precision and recall of pairs: of two articles (or tellings) that are put together, how many belong
/// together, and the other way round.
fn quality(folder: &Path, is_hard: bool) -> Result<()> {
    let path = folder.join("quality.db");
    let shape = Shape { articles: 6000, sentences: 9, events: 3, is_varied: true, is_hard };
    let made = make(shape, 2);
    let mut truth = HashMap::new();
    let mut events = Vec::new();
    for article in &made {
        let prepared = Prepared::new(article.record.clone());
        truth.insert(prepared.key().id.clone(), (article.original, article.happening));
        events.push((prepared.key().id.clone(), article.events.clone()));
    }
    store(&path, made, MOST_IN_A_BATCH)?;
    let store = Store::open(&path)?;
    let table = |sql: &str| -> Result<Vec<(String, String)>> {
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), Into::into);
        Ok(store.sql(sql, 10_000_000)?.rows.iter().map(|row| (text(&row[0]), text(&row[1]))).collect())
    };
    let among = if is_hard { ", hard" } else { "" };
    let articles = table("SELECT id, copy_of FROM article")?;
    let copies = articles.iter().map(|(id, group)| (group.clone(), truth[id].0.to_string())).collect();
    print_pairs(&format!("copies{among}"), copies);
    let articles = table("SELECT id, story FROM article")?;
    let groups = articles.iter().map(|(id, story)| (story.clone(), truth[id].1.to_string())).collect();
    print_pairs(&format!("articles of one story{among}"), groups);
    let tellings = table(
        "SELECT article.id, event FROM telling JOIN article ON article.row = telling.article
         ORDER BY article.id, trigger_start",
    )?;
    let mut told: HashMap<String, Vec<String>> = HashMap::new();
    for (article, event) in tellings {
        told.entry(article).or_default().push(event);
    }
    let mut pairs = Vec::new();
    for (article, truths) in events {
        let found = &told[&article];
        ensure!(found.len() == truths.len(), "every telling is there");
        pairs.extend(found.iter().cloned().zip(truths.iter().map(ToString::to_string)));
    }
    print_pairs(&format!("tellings of one event{among}"), pairs);
    Ok(())
}

/// What was found and what is true, as groups.
fn print_pairs(name: &str, items: Vec<(String, String)>) {
    let pairs = |sizes: HashMap<String, u64>| sizes.values().map(|size| size * (size - 1) / 2).sum::<u64>();
    let mut found = HashMap::new();
    let mut truth = HashMap::new();
    let mut both = HashMap::new();
    for (group, of) in &items {
        *found.entry(group.clone()).or_default() += 1;
        *truth.entry(of.clone()).or_default() += 1;
        *both.entry(format!("{group} {of}")).or_default() += 1;
    }
    let (found, truth, both) = (pairs(found), pairs(truth), pairs(both));
    println!(
        "| {name} | {:.1}% | {:.1}% | {truth} |",
        100.0 * both as f64 / found.max(1) as f64,
        100.0 * both as f64 / truth.max(1) as f64
    );
}

/// Questions as people ask them, of a large database, each with the index that answers it.
fn questions(folder: &Path, tellings: usize) -> Result<()> {
    let path = folder.join("questions.db");
    let shape =
        Shape { articles: tellings / 10, sentences: 10, events: 10, is_varied: false, is_hard: false };
    // Made in parts: the records of all of them are more than memory should hold.
    let marker = folder.join(format!("questions-{tellings}"));
    if !marker.exists() {
        let parts = (shape.articles / PART).max(1);
        let part =
            |number: usize| make(Shape { articles: shape.articles / parts, ..shape }, 3 + number as u64);
        store(&path, part(0), MOST_IN_A_BATCH)?;
        for number in 1..parts {
            add(&path, part(number), MOST_IN_A_BATCH)?;
        }
        std::fs::write(&marker, "")?;
    }
    let store = Store::open(&path)?;
    let counts = store.count(&Filter::default())?;
    println!("\n{} events, told {} times\n", counts.events, counts.tellings);
    println!("| question | events | first page | plan |\n|---|---|---|---|");
    let asked: &[&[(&str, &str)]] = &[
        &[],
        &[("date_from", "2023-02-01"), ("date_to", "2023-02-07")],
        &[("actor_country", "ISR")],
        &[("actor_country", "AUS"), ("date_from", "2023-03")],
        &[("actor_country", "ISR"), ("recipient_country", "LBN")],
        &[("actor_country", "AUS"), ("event_type", "SANCTION")],
        &[("actor_sector", "MIL"), ("recipient_sector", "CVL"), ("event_type", "ASSAULT")],
        &[("event_type", "PROTEST"), ("place_country", "PER")],
        &[("actor", "ISR,LBN,USA"), ("quad", "4")],
        &[("near", "10,-50,500")],
        &[("near", "10,-50,500"), ("date_from", "2023-03")],
        &[("publisher", "Paper 7"), ("event_type", "AID")],
        &[("text", "mude")],
        &[("text", "mude OR \"tu hi\"")],
        &[("text", "mude OR \"tu hi\""), ("actor_country", "GHA")],
        &[("text", "mude"), ("near", "10,-50,500")],
        &[("text", "mude"), ("mode", "drone")],
        &[("mode", "drone"), ("status", "asserted"), ("confidence_min", "0.7")],
    ];
    for pairs in asked {
        let filter = Filter::from_pairs(pairs.iter().copied())?;
        let mut times = Vec::new();
        for _ in 0..5 {
            let started = worked();
            store.events(&filter)?;
            times.push(worked() - started);
        }
        times.sort();
        let plan = store.explain(&filter)?;
        let index = plan.iter().find(|step| step.contains("INDEX") || step.contains("PRIMARY KEY")).cloned();
        let words: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        println!(
            "| {} | {} | {:.1} ms | {} |",
            if words.is_empty() { "all".into() } else { words.join(" ") },
            store.count(&filter)?.events,
            times[2].as_secs_f64() * 1000.0,
            index.unwrap_or_else(|| plan.join("; "))
        );
    }
    println!("\n| count | groups | time |\n|---|---|---|");
    for pairs in [
        &[("group_by", "month")][..],
        &[("group_by", "type"), ("actor_country", "ISR")],
        &[("group_by", "month,pair"), ("actor_country", "AUS")],
        &[("group_by", "day"), ("actor_country", "ISR"), ("recipient_country", "LBN")],
    ] {
        let filter = Filter::from_pairs(pairs.iter().copied())?;
        let started = worked();
        let groups = store.groups(&filter)?;
        let time = worked() - started;
        let words: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        println!("| {} | {} | {:.0} ms |", words.join(" "), groups.rows.len(), time.as_secs_f64() * 1000.0);
    }
    Ok(())
}
