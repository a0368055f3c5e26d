//! How fast texts are read, and how that compares with Python spaCy in the same run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use dateline_language::Pipeline;
use dateline_language::measure::{Convolution, fuse};
use rayon::prelude::*;

/// Measures reading: cold, warm, on all threads, and by Python spaCy.
#[derive(Parser)]
struct Arguments {
    /// Texts: JSON Lines of strings or of objects with "text", or plain text.
    file: Option<PathBuf>,
    /// The pipeline; by default that of the environment, or in the cache.
    #[arg(long, env = "DATELINE_WEIGHTS")]
    weights: Option<PathBuf>,
    /// A Python with spaCy 3.8, to compare with.
    #[arg(long)]
    python: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let weights = match arguments.weights {
        Some(weights) => weights,
        None => default_weights().context("there is no home directory; give --weights")?,
    };
    let texts = match &arguments.file {
        Some(file) => read_texts(file)?,
        None => {
            let parity =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/dateline-language/tests/parity");
            let texts = read_texts(&parity.join("texts.jsonl"))?;
            (0..100).flat_map(|_| texts.clone()).collect()
        }
    };
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();

    let start = Instant::now();
    let pipeline = Pipeline::open(&weights)?;
    let opened = start.elapsed();
    pipeline.read("Police arrested two men in Lima.");
    println!("{} on {}, {}", pipeline.name(), cpu(), pipeline.instruction_set());
    println!("opened in {opened:.0?}, first text read after {:.0?}", start.elapsed());
    println!("{} texts, {words} words", texts.len());

    let (cold, tokens) = measure("cold, one thread", words, || {
        texts.iter().map(|text| pipeline.read(text).tokens.len()).sum()
    });
    let (warm, again) = measure("warm, one thread", words, || {
        texts.iter().map(|text| pipeline.read(text).tokens.len()).sum()
    });
    ensure!(tokens == again, "the second reading cut {again} tokens, the first {tokens}");
    if let Some(memory) = peak_memory() {
        println!("peak memory, one thread: {memory} MB");
    }
    let threads = rayon::current_num_threads();
    // Once to wake the threads and fill their memories, as the one thread's is.
    let read_by_all = || texts.par_iter().map(|text| pipeline.read(text).tokens.len()).sum();
    measure(&format!("first time, {threads} threads"), words, read_by_all);
    let (by_all, again) = measure(&format!("warm, {threads} threads"), words, read_by_all);
    ensure!(tokens == again, "the threads cut {again} tokens, the first reading {tokens}");
    println!("{threads} threads over one: {:.2}", warm / by_all);
    measure_arithmetic();

    if let Some(python) = &arguments.python {
        let answer = read_with_spacy(python, &pipeline_directory(&weights), &texts)?;
        let seconds = answer["seconds"].as_f64().context("spaCy's seconds are missing")?;
        println!("spaCy {}, one thread: {:.0} words/s", answer["spacy"], words as f64 / seconds);
        println!("ratio, cold: {:.1}", seconds / cold);
        ensure!(answer["tokens"] == tokens, "spaCy cut {} tokens, we {tokens}", answer["tokens"]);
    }
    Ok(())
}

/// Prints the share of the machine's peak that the convolutions reach: the best of several runs of each,
/// in turn, since both suffer from whatever else the machine does.
fn measure_arithmetic() {
    let mut convolution = Convolution::default();
    let rate = |work: &mut dyn FnMut() -> u64| {
        let start = Instant::now();
        let operations = work();
        operations as f64 / start.elapsed().as_secs_f64() / 1e9
    };
    let (mut peak, mut reached) = (0.0f64, 0.0f64);
    for _ in 0..20 {
        peak = peak.max(rate(&mut || fuse(5_000_000)));
        reached = reached.max(rate(&mut || convolution.run(40)[0]));
    }
    let [computed, wanted] = convolution.run(1);
    println!(
        "32-bit arithmetic, one thread: peak {peak:.0} GFLOPS, convolutions {reached:.0} ({:.0}%), \
         which do the work of {:.0}",
        100.0 * reached / peak,
        reached * wanted as f64 / computed as f64
    );
}

/// Runs `work` and prints its speed; seconds and what it returned.
fn measure(what: &str, words: usize, work: impl FnOnce() -> usize) -> (f64, usize) {
    let start = Instant::now();
    let tokens = work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{what}: {:.0} words/s ({tokens} tokens in {seconds:.2} s)", words as f64 / seconds);
    (seconds, tokens)
}

fn read_texts(file: &Path) -> Result<Vec<String>> {
    let content = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let json = content.lines().map(|line| match serde_json::from_str(line).ok()? {
        serde_json::Value::String(text) => Some(text),
        object => Some(object.get("text")?.as_str()?.to_owned()),
    });
    Ok(json
        .collect::<Option<Vec<String>>>()
        .unwrap_or_else(|| content.split("\n\n").map(str::to_owned).collect()))
}

fn read_with_spacy(python: &Path, weights: &Path, texts: &[String]) -> Result<serde_json::Value> {
    let file = std::env::temp_dir().join(format!("dateline-bench-{}.jsonl", std::process::id()));
    let lines = texts.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    std::fs::write(&file, lines.join("\n"))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("spacy_speed.py");
    let output =
        Command::new(python).arg(script).arg(weights).arg(&file).output().context("cannot run Python")?;
    std::fs::remove_file(&file)?;
    ensure!(output.status.success(), "spaCy failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Where `config.cfg` lies, which is what spaCy wants to be told.
fn pipeline_directory(weights: &Path) -> PathBuf {
    let below = |directory: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    };
    let mut waiting = vec![weights.to_owned()];
    while let Some(directory) = waiting.pop() {
        if directory.join("config.cfg").exists() {
            return directory;
        }
        waiting.extend(below(&directory));
    }
    weights.to_owned()
}

fn default_weights() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| Some(std::env::home_dir()?.join(".cache")))?;
    Some(cache.join("dateline/weights/en_core_web_md-3.8.0"))
}

fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, model)| model.to_owned())
}

fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}
