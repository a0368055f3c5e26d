//! `dateline watch`: feeds are looked at again and again, and each new story is read once.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use dateline::Reader;
use dateline_archive::Options;
use dateline_document::{Article, PartRole};
use dateline_fetch::{FetchError, Fetched, Fetcher, Page, Request};

use super::read::Format;
use super::read::print::Printer;
use crate::exit::Exit;
use crate::failure::{Failure, report};
use crate::input::{self, Limits, Origin, Rejects};
use crate::network::{Network, of_network, time};
use crate::output;
use crate::versions::{self, Versions};

mod items;
mod state;

use items::Item;
use state::State;

/// Follow feeds and read each new story once
///
/// FEED is the address of an RSS, Atom or JSON feed, or of a news sitemap. Every so often each feed
/// is asked whether it has changed; the pages of its new items are fetched, read, and printed as
/// they come, oldest first. What was read is written down, so that a restart repeats nothing.
///
/// robots.txt is obeyed, hosts are asked one question at a time, and a page that its publisher keeps
/// for subscribers is left alone. A story that cannot be had is reported on standard error; one that
/// may come later (a busy server, a broken connection) is tried again at the next looks.
///
/// Ctrl-C ends it: the story at hand is finished, and exit status is 130.
#[derive(Debug, Args)]
pub struct Watch {
    /// Addresses of feeds
    #[arg(required = true, value_name = "FEED")]
    feeds: Vec<String>,

    /// How often each feed is looked at
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = time)]
    every: Duration,

    /// Look once and end
    #[arg(long)]
    once: bool,

    /// What was read is remembered in FILE [default: watch.jsonl in the user's folder of states]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// What is printed: one JSON object a line, or lines for people
    #[arg(long, value_enum, default_value_t = Format::Ndjson)]
    format: Format,

    #[command(flatten)]
    versions: Versions,

    /// Write what could not be read to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,

    #[command(flatten)]
    network: Network,

    #[command(flatten)]
    limits: Limits,
}

/// New stories that are read of one feed at one look; what is beyond waits for the next.
const STORIES_A_LOOK: usize = 1000;

/// Looks at which a story that may come later is tried again.
const TRIES: u32 = 5;

impl Watch {
    pub fn run(self) -> Result<Exit, Failure> {
        let fetcher = Arc::new(self.network.fetcher()?);
        stop_at_interrupt(&fetcher)?;
        let path = self.state.clone().or_else(state_file).ok_or_else(|| {
            Failure::new("there is no folder of states to remember in").hint("name a file: --state FILE")
        })?;
        let state = State::open(&path)?;
        let rejects = self.rejects.as_ref().map(Rejects::create).transpose()?;
        let reader = versions::open(&self.versions)?;
        let mut run = Run {
            fetcher: &fetcher,
            reader: &reader,
            printer: Printer::new(self.format, false),
            options: self.limits.options(),
            is_only_look: self.once,
            state,
            rejects,
            read: 0,
            answered: 0,
            rejected: 0,
        };
        loop {
            let begun = Instant::now();
            let flow = run.look(&self.feeds)?;
            if fetcher.is_stopped() {
                return run.end(Exit::Interrupted);
            }
            if flow.is_break() {
                return run.end(Exit::Done);
            }
            if self.once {
                let exit = match (run.rejected, run.answered) {
                    (0, _) => Exit::Done,
                    (_, 0) => Exit::Network,
                    _ => Exit::SomeRejected,
                };
                return run.end(exit);
            }
            if !fetcher.pause(self.every.saturating_sub(begun.elapsed())) {
                return run.end(Exit::Interrupted);
            }
        }
    }
}

/// The first Ctrl-C lets the story at hand be finished; the second one does not wait for it.
fn stop_at_interrupt(fetcher: &Arc<Fetcher>) -> Result<(), Failure> {
    let fetcher = fetcher.clone();
    ctrlc::set_handler(move || {
        if fetcher.is_stopped() {
            std::process::exit(Exit::Interrupted as i32);
        }
        fetcher.stop();
    })
    .map_err(Failure::new)
}

/// `$XDG_STATE_HOME/dateline/watch.jsonl`, or else below `~/.local/state`.
fn state_file() -> Option<PathBuf> {
    let xdg = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = || {
        let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty())?;
        Some(home.join(".local/state"))
    };
    Some(xdg.or_else(home)?.join("dateline").join("watch.jsonl"))
}

/// The run so far.
struct Run<'a> {
    fetcher: &'a Fetcher,
    reader: &'a Reader,
    printer: Printer,
    options: Options,
    is_only_look: bool,
    state: State,
    rejects: Option<Rejects>,
    read: u64,
    /// Feeds that answered.
    answered: u64,
    rejected: u64,
}

type Flow = Result<ControlFlow<()>, Failure>;

impl Run<'_> {
    /// Looks at every feed once. Breaks off when nobody reads on.
    fn look(&mut self, feeds: &[String]) -> Flow {
        let requests: Vec<Request> =
            feeds.iter().map(|feed| Request::feed(feed, self.state.validators(feed).cloned())).collect();
        self.each(requests, |run, feed, answer| match answer {
            Ok(Fetched::Unchanged) => {
                run.answered += 1;
                Ok(ControlFlow::Continue(()))
            }
            Ok(Fetched::Page(page)) => {
                run.answered += 1;
                run.read_feed(&feed.url, &page)
            }
            Err(error) => run.reject(&feed.url, of_network(error)),
        })
    }

    /// Reads the new stories of a feed. Only when none is left to be tried again is it remembered
    /// that the feed was seen as it is now: until then it is asked for whole.
    fn read_feed(&mut self, feed: &str, page: &Page) -> Flow {
        let items = match items::of(page, &self.options) {
            Ok(items) => items,
            Err(failure) => return self.reject(feed, failure),
        };
        let mut new: Vec<Item> = items.into_iter().filter(|item| !self.state.has_seen(&item.names)).collect();
        // Feeds begin with the newest.
        new.reverse();
        let mut is_whole = new.len() <= STORIES_A_LOOK;
        new.truncate(STORIES_A_LOOK);
        let (linked, alone): (Vec<Item>, Vec<Item>) = new.into_iter().partition(|item| item.link.is_some());
        for item in alone {
            if let Some(article) = item.article
                && self.finish(&item.names, article)?.is_break()
            {
                return Ok(ControlFlow::Break(()));
            }
        }
        let requests: Vec<Request> =
            linked.iter().filter_map(|item| item.link.clone()).map(Request::page).collect();
        let mut linked = linked.into_iter();
        let flow = self.each(requests, |run, request, answer| {
            let item = linked.next().expect("there is an answer for each item");
            if run.state.has_seen(&item.names) {
                // Listed twice.
                return Ok(ControlFlow::Continue(()));
            }
            match answer {
                Ok(Fetched::Page(page)) => run.read_page(item, *page),
                Ok(Fetched::Unchanged) | Err(FetchError::Stopped) => Ok(ControlFlow::Continue(())),
                Err(error) => {
                    let may_come = error.is_passing() && run.state.has_failed(&item.names[0])? < TRIES;
                    is_whole &= !may_come;
                    if !may_come {
                        run.state.know_story(&item.names)?;
                    }
                    run.reject(&request.url, of_network(error))
                }
            }
        })?;
        if is_whole && flow.is_continue() && !self.fetcher.is_stopped() {
            self.state.know_feed(feed, page.validators.clone())?;
        }
        Ok(flow)
    }

    /// Reads the page that an item leads to; what only the feed says is added. Where the page shows
    /// no story, such as one that scripts have yet to write, the feed's own text is read.
    fn read_page(&mut self, item: Item, page: Page) -> Flow {
        let url = page.url.clone();
        let mut article = match (input::page(page, &self.options), item.article) {
            (Ok(article), Some(told)) if !has_body(&article) && has_body(&told) => {
                let mut told = told;
                told.notes.push("the page shows no story; the text is the feed's".to_owned());
                told.reservation = article.reservation;
                told
            }
            (Ok(mut article), Some(told)) => {
                article.published_at = article.published_at.or(told.published_at);
                article.source_id = article.source_id.or(told.source_id);
                article
            }
            (Ok(article), None) => article,
            (Err(failure), _) => {
                self.state.know_story(&item.names)?;
                return self.reject(&url, failure);
            }
        };
        article.url = article.url.or(Some(url));
        self.finish(&item.names, article)
    }

    /// Codes and prints a story, then writes down that it was.
    fn finish(&mut self, names: &[String], article: Article) -> Flow {
        let gap: &[u8] = if self.read > 0 { self.printer.gap() } else { b"" };
        let bytes = self.printer.read(self.reader, article, true);
        let mut stdout = io::stdout().lock();
        let written =
            stdout.write_all(gap).and_then(|()| stdout.write_all(&bytes)).and_then(|()| stdout.flush());
        if let Err(error) = written {
            return if output::is_closed(&error) {
                Ok(ControlFlow::Break(()))
            } else {
                Err(output::failure(&error))
            };
        }
        self.read += 1;
        self.state.know_story(names)?;
        Ok(ControlFlow::Continue(()))
    }

    fn reject(&mut self, url: &str, failure: Failure) -> Flow {
        if self.fetcher.is_stopped() {
            return Ok(ControlFlow::Continue(()));
        }
        self.rejected += 1;
        let failure = failure.at(url);
        report(&failure);
        if let Some(rejects) = &mut self.rejects {
            rejects.write(&Origin::of_url(url), &failure)?;
            if !self.is_only_look {
                rejects.flush()?;
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Fetches, and carries a failure of ours out of the fetcher's loop.
    fn each(
        &mut self,
        requests: Vec<Request>,
        mut act: impl FnMut(&mut Self, &Request, Result<Fetched, FetchError>) -> Flow,
    ) -> Flow {
        let mut failed = None;
        let fetcher = self.fetcher;
        let flow = fetcher.get_each(requests, |request, answer| match act(self, &request, answer) {
            Ok(flow) => flow,
            Err(failure) => {
                failed = Some(failure);
                ControlFlow::Break(())
            }
        });
        match failed {
            Some(failure) => Err(failure),
            None => Ok(flow),
        }
    }

    fn end(self, exit: Exit) -> Result<Exit, Failure> {
        if let Some(rejects) = self.rejects {
            rejects.end()?;
        }
        Ok(exit)
    }
}

fn has_body(article: &Article) -> bool {
    article.parts.iter().any(|part| part.role == PartRole::Body)
}
