//! How fast web pages become articles, in how much memory, and how that compares with trafilatura in
//! the same run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use dateline_page::{Options, read_html};
use flate2::read::MultiGzDecoder;
use rustix::time::{ClockId, clock_gettime};

/// Measures reading web pages on one thread, metadata included.
#[derive(Parser)]
struct Arguments {
    /// Folders of pages: all .html and .html.gz in them and below; by default our own test pages.
    folders: Vec<PathBuf>,
    /// A Python with trafilatura, to compare with.
    #[arg(long)]
    python: Option<PathBuf>,
}

/// Counts what is allocated, and the most that was at a time.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all work is handed to the system's allocator; only numbers are added up beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(now, Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // While bytes are moved, both places may be taken.
        let now = NOW.fetch_add(size, Relaxed) + size;
        PEAK.fetch_max(now, Relaxed);
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

struct Page {
    path: PathBuf,
    bytes: Vec<u8>,
}

/// What one reading of all pages came to.
struct Reading {
    seconds: f64,
    /// Letters of all articles: the same in every reading.
    letters: usize,
    /// By page: how long it took, and how many times its own size it took in memory.
    each: Vec<(Duration, f64)>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folders = if arguments.folders.is_empty() {
        vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/dateline-page/tests/pages")]
    } else {
        arguments.folders
    };
    let mut paths = Vec::new();
    for folder in &folders {
        find(folder, &mut paths)?;
    }
    paths.sort();
    let pages = paths.into_iter().map(open).collect::<Result<Vec<_>>>()?;
    ensure!(!pages.is_empty(), "there are no pages in {folders:?}");
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages, {:.1} MB, one thread, metadata included", pages.len(), bytes as f64 / 1e6);

    // Once to build what is built once, the patterns above all.
    read(&pages[..1]);
    let readings = [read(&pages), read(&pages), read(&pages)];
    ensure!(readings.iter().all(|reading| reading.letters == readings[0].letters), "the readings differ");
    let best =
        readings.iter().min_by(|one, other| one.seconds.total_cmp(&other.seconds)).expect("there are three");
    let ours = pages.len() as f64 / best.seconds;
    println!("dateline: {ours:.0} pages/s, {:.1} MB/s", bytes as f64 / 1e6 / best.seconds);
    let slowest = (0..pages.len()).max_by_key(|&page| best.each[page].0).expect("there are pages");
    println!(
        "slowest page: {:.0?} ({}, {} KB)",
        best.each[slowest].0,
        name(&pages[slowest]),
        pages[slowest].bytes.len() / 1000
    );
    // Of small pages, what is the same for each weighs most.
    let mut shares: Vec<(f64, usize)> = (0..pages.len())
        .filter(|&page| pages[page].bytes.len() >= 50_000)
        .map(|page| (best.each[page].1, page))
        .collect();
    shares.sort_by(|one, other| one.0.total_cmp(&other.0));
    if let (Some((most, page)), Some((median, _))) = (shares.last(), shares.get(shares.len() / 2)) {
        println!(
            "memory at its peak, pages of 50 KB and more: {median:.1} times the page (median), {most:.1} at most ({})",
            name(&pages[*page])
        );
    }

    if let Some(python) = &arguments.python {
        let answer = read_with_trafilatura(python, &pages)?;
        let seconds = answer["seconds"].as_f64().context("trafilatura's seconds are missing")?;
        let theirs = pages.len() as f64 / seconds;
        println!(
            "trafilatura {}: {theirs:.0} pages/s ({} with text)",
            answer["version"].as_str().unwrap_or("?"),
            answer["read"]
        );
        println!("ratio: {:.1}", ours / theirs);
    }
    Ok(())
}

fn find(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let shown = path.to_string_lossy();
        if path.is_dir() {
            find(&path, paths)?;
        } else if [".html", ".htm", ".html.gz"].iter().any(|ending| shown.ends_with(ending)) {
            paths.push(path);
        }
    }
    Ok(())
}

fn open(path: PathBuf) -> Result<Page> {
    let mut bytes = std::fs::read(&path)?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let packed = std::mem::take(&mut bytes);
        MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes)?;
    }
    Ok(Page { path, bytes })
}

fn read(pages: &[Page]) -> Reading {
    let mut reading = Reading { seconds: 0.0, letters: 0, each: Vec::with_capacity(pages.len()) };
    for page in pages {
        let before = NOW.load(Relaxed);
        PEAK.store(before, Relaxed);
        let started = processor_time();
        let article = read_html(&page.bytes, &Options::default());
        let taken = processor_time() - started;
        let peak = PEAK.load(Relaxed).saturating_sub(before);
        reading.letters += article.map_or(0, |article| article.text.len());
        reading.seconds += taken.as_secs_f64();
        reading.each.push((taken, peak as f64 / page.bytes.len().max(1) as f64));
    }
    reading
}

/// The processor's time for this thread: what else the machine does counts little.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn name(page: &Page) -> String {
    page.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read_with_trafilatura(python: &Path, pages: &[Page]) -> Result<serde_json::Value> {
    let list = std::env::temp_dir().join(format!("dateline-bench-{}.txt", std::process::id()));
    let paths: Vec<String> = pages.iter().map(|page| page.path.display().to_string()).collect();
    std::fs::write(&list, paths.join("\n"))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("trafilatura_speed.py");
    let output = Command::new(python).arg(script).arg(&list).output().context("cannot run Python")?;
    std::fs::remove_file(&list)?;
    ensure!(output.status.success(), "trafilatura failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}
