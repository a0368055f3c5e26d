//! From arguments to inputs: folders are walked, files of many stories are taken apart.

use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_archive::{Options, open};
use dateline_fetch::Fetcher;

use crate::address::{fetch, is_address};
use crate::{Content, Failure, Input, Origin};

/// The endings that a folder's pages have, and its files of stories. A file that is named on the
/// command line may have any.
const ENDINGS: [&str; 13] = [
    ".html",
    ".htm",
    ".xhtml",
    ".txt",
    ".jsonl",
    ".ndjson",
    ".jsonl.gz",
    ".ndjson.gz",
    ".html.gz",
    ".warc",
    ".warc.gz",
    ".rss",
    ".atom",
];

/// Folders inside folders, at most: a guard against links that lead back up.
const MAX_DEPTH: u32 = 64;

pub(crate) type Flow = ControlFlow<()>;

/// Hands the inputs that `arguments` stand for to `each`, in order, until it breaks off.
/// Addresses are fetched by `fetcher`, which is there when one of the arguments is one; several that
/// stand side by side are asked for at the same time.
pub fn find(
    arguments: &[PathBuf],
    fetcher: Option<&Fetcher>,
    options: &Options,
    each: &mut dyn FnMut(Input) -> Flow,
) -> Flow {
    for run in arguments.chunk_by(|one, next| is_address(one) && is_address(next)) {
        match (run, fetcher) {
            ([first, ..], Some(fetcher)) if is_address(first) => fetch(run, fetcher, options, each)?,
            ([argument, ..], _) if argument == Path::new("-") => stdin(options, each)?,
            ([argument, ..], _) => path(argument, options, 0, each)?,
            ([], _) => {}
        }
    }
    Flow::Continue(())
}

fn path(path: &Path, options: &Options, depth: u32, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    let origin = Origin::of(&Arc::new(path.to_path_buf()));
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return each(failed(origin, Failure::file(path, &error))),
    };
    if metadata.is_dir() {
        return folder(path, options, depth, each);
    }
    match File::open(path) {
        Ok(file) => stories(origin, file, options, each),
        Err(error) => each(failed(origin, Failure::file(path, &error))),
    }
}

/// The pages below a folder, by name. Files that are no pages are passed over: folders hold
/// pictures and scripts too.
fn folder(folder: &Path, options: &Options, depth: u32, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    let origin = Origin::of(&Arc::new(folder.to_path_buf()));
    if depth > MAX_DEPTH {
        let failure = Failure::new(format!("{}: more than {MAX_DEPTH} folders deep", folder.display()))
            .hint("look for a link that leads back up");
        return each(failed(origin, failure));
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut entries: Vec<PathBuf> = match entries {
        Ok(entries) => entries,
        Err(error) => return each(failed(origin, Failure::file(folder, &error))),
    };
    entries.retain(|entry| entry.is_dir() || is_page(entry));
    entries.sort();
    if entries.is_empty() && depth == 0 {
        let failure = Failure::new(format!("{}: the folder holds no pages", folder.display()))
            .hint(format!("a folder's pages end in {}", ENDINGS.join(", ")));
        return each(failed(origin, failure));
    }
    for entry in entries {
        path(&entry, options, depth + 1, each)?;
    }
    Flow::Continue(())
}

fn stdin(options: &Options, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    stories(Origin::unnamed(), io::stdin(), options, each)
}

/// The stories of a file: one that is a page, or many. One that cannot be read is an input that
/// failed; the next ones go on.
fn stories(
    origin: Origin,
    source: impl Read,
    options: &Options,
    each: &mut dyn FnMut(Input) -> Flow,
) -> Flow {
    let name = origin.path.as_deref().cloned();
    let clippings = open(source, Options { name, ..options.clone() });
    let format = clippings.format();
    if format.is_page() && !clippings.is_packed() && origin.path.is_some() {
        return each(Input { origin, content: Ok(Content::File(format)) });
    }
    for cut in clippings {
        let origin = origin.of_cut(format, &cut);
        let content = cut.map(Content::Clipping).map_err(|rejected| Failure::of(&rejected.error).at(&origin));
        each(Input { content, origin })?;
    }
    Flow::Continue(())
}

fn failed(origin: Origin, failure: Failure) -> Input {
    Input { origin, content: Err(failure) }
}

fn is_page(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}
