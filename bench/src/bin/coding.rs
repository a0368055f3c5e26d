//! How fast parsed stories are coded, what a whole story costs, and that hostile stories cost no more
//! than their length.

use std::fs::File;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use dateline::{
    Article, Codebook, Coding, Document, Gazetteer, Judge, Options, Pipeline, archive, read_text,
};
use dateline_coder::Ask;
use dateline_judge::Candidate;
use dateline_parts::{Cache, find_gazetteer, find_weights};
use rustix::time::{ClockId, clock_gettime};

/// Measures the coding of stories, with and without the language's part.
#[derive(Parser)]
struct Arguments {
    /// Stories: JSON Lines of objects with "text", as `dateline read` takes them. By default the
    /// sentences of the codebook's examples, each a story.
    file: Option<PathBuf>,
    /// Only the hostile stories.
    #[arg(long)]
    hostile: bool,
    /// Of the hostile stories, only those of this name.
    #[arg(long, value_name = "NAME", requires = "hostile")]
    only: Option<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let cache = Cache::from_environment()?;
    let pipeline = Pipeline::open(find_weights(&cache, None)?)?;
    let gazetteer = Gazetteer::open(&find_gazetteer(&cache, None)?)?;
    let reader = Coder { pipeline, gazetteer, codebook: Codebook::embedded(), judge: Judge::fast() };
    if !arguments.hostile {
        let articles = match &arguments.file {
            Some(file) => stories(file)?,
            None => reader.examples()?,
        };
        reader.measure(&articles)?;
    }
    reader.measure_hostile(arguments.only.as_deref())
}

struct Coder {
    pipeline: Pipeline,
    codebook: Codebook,
    gazetteer: Gazetteer,
    judge: Judge,
}

impl Coder {
    /// Parses all stories, then codes them again and again for a few seconds, by either reader in turn.
    fn measure(&self, articles: &[Article]) -> Result<()> {
        let start = Work::begin();
        let documents: Vec<Document> =
            articles.iter().map(|article| self.pipeline.read_article(article)).collect();
        let parsing = start.done();
        let sentences: usize = documents.iter().map(|document| document.sentences.len()).sum();
        let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
        println!("{} stories, {sentences} sentences, {words} words", articles.len());
        let readers = [("fast", Some(&self.judge)), ("rules", None)];
        let mut coded = readers.map(|(_, judge)| self.code_all(articles, &documents, judge));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            for ((name, judge), (events, best)) in readers.iter().zip(&mut coded) {
                let (again, taken) = self.code_all(articles, &documents, *judge);
                ensure!(again == *events, "{name}: {again} events the second time, {events} the first");
                *best = taken.min(*best);
            }
        }
        let rate = |count: usize, time: Duration| count as f64 / time.as_secs_f64();
        println!("language alone, one thread: {:.0} sentences/s", rate(sentences, parsing));
        for ((name, _), (events, best)) in readers.iter().zip(coded) {
            println!(
                "{name}: {events} events; coding alone, one thread: {:.0} sentences/s; with language: {:.1} stories/s",
                rate(sentences, best),
                rate(articles.len(), best + parsing)
            );
        }
        Ok(())
    }

    fn code_all(
        &self,
        articles: &[Article],
        documents: &[Document],
        judge: Option<&Judge>,
    ) -> (usize, Duration) {
        let copies = articles.to_vec();
        let start = Work::begin();
        let code = |(article, document)| black_box(self.code(article, document, judge)).events.len();
        let events = copies.into_iter().zip(documents).map(code).sum();
        (events, start.done())
    }

    fn code(&self, article: Article, document: &Document, judge: Option<&Judge>) -> Coding {
        let vectors = |word: &str| self.pipeline.vector(word);
        let ask = judge.map(|judge| {
            move |document: &Document, candidates: &[Candidate]| {
                judge.verdicts(document, candidates, &vectors)
            }
        });
        let ask = ask.as_ref().map(|ask| ask as &Ask);
        dateline_coder::code(article, document, &self.codebook, &self.gazetteer, ask)
    }

    /// Each kind of hostile story at 1, 2, 4 and 8 times a length: the time a byte must not grow.
    fn measure_hostile(&self, only: Option<&str>) -> Result<()> {
        println!(
            "\nhostile stories: microseconds a byte, language and coding, at 1, 2, 4 and 8 times a length"
        );
        for (name, make) in HOSTILE.iter().filter(|(name, _)| only.is_none_or(|only| *name == only)) {
            let mut line = format!("{name:28}");
            for times in [1, 2, 4, 8] {
                let text = make(times);
                let article = read_text(text.as_bytes(), &Options::default())
                    .with_context(|| format!("{name} is refused"))?;
                let bytes = text.len() as f64;
                let start = Work::begin();
                let document = self.pipeline.read_article(&article);
                let parsed = start.done();
                let coding = self.code(article, &document, Some(&self.judge));
                black_box(coding.events.len());
                let micros = |time: Duration| time.as_secs_f64() * 1e6 / bytes;
                line += &format!("  {:6.2} + {:6.2}", micros(parsed), micros(start.done() - parsed));
            }
            println!("{line}");
        }
        Ok(())
    }

    fn examples(&self) -> Result<Vec<Article>> {
        let texts = self.codebook.pages.iter().flat_map(|page| &page.examples).map(|example| &example.text);
        texts.map(|text| Ok(read_text(text.as_bytes(), &Options::default())?)).collect()
    }
}

fn stories(file: &Path) -> Result<Vec<Article>> {
    let bytes = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(archive::open(bytes, archive::Options::default()).stories().collect::<Result<Vec<_>, _>>()?)
}

/// Work of this thread alone, by the processor's time: what else the machine does counts little.
struct Work(Duration);

impl Work {
    fn begin() -> Work {
        Work(Work::now())
    }

    fn done(&self) -> Duration {
        Work::now() - self.0
    }

    fn now() -> Duration {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    }
}

type Kind = (&'static str, fn(usize) -> String);

/// Stories that a newsroom would not write.
const HOSTILE: &[Kind] = &[
    ("plain sentences", |times| "Police arrested two men in Lima on Monday. ".repeat(200 * times)),
    ("one sentence", |times| {
        format!(
            "The minister {} left.",
            "who met the envoy of the army that attacked the town ".repeat(100 * times)
        )
    }),
    ("names", |times| {
        (0..1250 * times)
            .map(|number| format!("Otto Brandel{} met Ana Ruiz{}. ", word(number), word(number * 7)))
            .collect()
    }),
    ("a list of names", |times| {
        let names: Vec<String> = (0..600 * times).map(|number| format!("Ana Ruiz{}", word(number))).collect();
        format!("The president met {} on Monday.", names.join(", "))
    }),
    ("opening quotation marks", |times| "“He said the army left. ".repeat(400 * times)),
    ("straight quotation marks", |times| "\"We will go,\" he said, \" and \"\" ".repeat(300 * times)),
    ("capitals", |times| "POLICE ARRESTED TWO MEN IN LIMA ON MONDAY. ".repeat(200 * times)),
    ("no punctuation", |times| "police arrested two men and the army shelled the town ".repeat(150 * times)),
    ("a table", |times| "Lima | 12 | Monday | 4.5\nOslo\t3\tTuesday\t7\n".repeat(200 * times)),
    ("one word", |times| "a".repeat(50_000 * times)),
    ("markup and controls", |times| {
        "<script>alert(1)</script> \u{202e}evil\u{202c} killed \u{0}two. ".repeat(150 * times)
    }),
    ("dates", |times| {
        "Monday, 5 May 2014, three years since March, at noon, last week. ".repeat(150 * times)
    }),
    ("brackets", |times| "(((([[{{ killed )] ".repeat(400 * times)),
];

/// A suffix of letters, other for each number.
fn word(mut number: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.push((b'a' + (number % 26) as u8) as char);
        number /= 26;
        if number == 0 {
            return letters;
        }
    }
}
