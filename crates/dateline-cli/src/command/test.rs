//! `dateline test`: the examples of a codebook, held against what is read.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use dateline::{Codebook, Example, Outcome, Page, Reader, check_example};
use rayon::prelude::*;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::versions;

/// Run the examples on a codebook's pages
///
/// Each example is read as a story of its own, published on 15 May 2024, and what is read is held
/// against what the page expects. Those that do not hold are printed: the sentence, what is expected and
/// what was said. An example marked `wrong` is known to be missed and is only counted.
///
/// Exit status 3 when an example does not hold.
#[derive(Debug, Args)]
pub struct Test {
    /// The folder of pages
    #[arg(value_name = "DIR")]
    codebook: PathBuf,

    /// Only pages and examples whose name holds this: "protest", "crowd-marches"
    #[arg(long, value_name = "WORD")]
    only: Option<String>,

    /// Print the misses that are marked `wrong` as well
    #[arg(long)]
    wrong: bool,
}

impl Test {
    pub fn run(self) -> Result<Exit, Failure> {
        let codebook = Codebook::open(&self.codebook).map_err(Failure::new)?;
        let pages = codebook.pages.clone();
        let reader = Reader {
            codebook,
            gazetteer: versions::gazetteer(&versions::Versions::default())?,
            pipeline: versions::open_pipeline(None, dateline_language::Options::default())?,
            // The pages' rules are what is tried.
            judge: None,
        };
        let asked: Vec<(&Page, &Example)> = pages
            .iter()
            .flat_map(|page| page.examples.iter().map(move |example| (page, example)))
            .filter(|(page, example)| self.asks_for(page, example))
            .collect();
        if asked.is_empty() {
            return Err(
                Failure::new("no example to run").hint("an example is a block ```example NAME on a page")
            );
        }
        let outcomes: Vec<Outcome> =
            asked.par_iter().map(|(page, example)| check_example(&reader, page, example)).collect();
        let mut out = BufWriter::new(io::stdout().lock());
        let (mut hold, mut known, mut missed) = (0, 0, 0);
        for ((page, example), outcome) in asked.iter().zip(&outcomes) {
            match (outcome.holds, example.is_wrong) {
                (true, false) => hold += 1,
                (true, true) => {
                    hold += 1;
                    if self.wrong {
                        let place = self.place(page, example);
                        writeln!(out, "{place} holds now; strike `wrong` from its fence\n")
                            .map_err(Failure::new)?;
                    }
                }
                (false, is_wrong) => {
                    *(if is_wrong { &mut known } else { &mut missed }) += 1;
                    if !is_wrong || self.wrong {
                        let place = self.place(page, example);
                        let (text, expected, said) =
                            (&example.text, example.expected.trim(), outcome.said.trim());
                        writeln!(out, "{place}\n{text}\n--- expected\n{expected}\n--- said\n{said}\n")
                            .map_err(Failure::new)?;
                    }
                }
            }
        }
        out.flush().map_err(Failure::new)?;
        eprintln!("{hold} hold, {missed} do not, {known} more are known misses");
        Ok(if missed == 0 { Exit::Done } else { Exit::SomeRejected })
    }

    fn asks_for(&self, page: &Page, example: &Example) -> bool {
        let name = format!("{} {}", page.file.trim_end_matches(".md"), example.name);
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }

    /// "codebook/protest.md:120 crowd-marches"
    fn place(&self, page: &Page, example: &Example) -> String {
        format!("{}:{} {}", self.codebook.join(&page.file).display(), example.line, example.name)
    }
}
