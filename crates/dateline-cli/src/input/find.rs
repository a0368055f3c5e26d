//! From arguments to inputs: folders are walked, files of one story a line are opened.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_document::Article;
use dateline_page::{Format, Limits, Options, PageError, read_stories, read_story};

use super::{Content, Input, Origin, too_large};
use crate::failure::Failure;

/// The names that a folder's pages have. A file that is named on the command line may have any.
const PAGE_EXTENSIONS: [&str; 6] = ["html", "htm", "xhtml", "txt", "jsonl", "ndjson"];

/// Folders inside folders, at most: a guard against links that lead back up.
const MAX_DEPTH: u32 = 64;

/// Bytes read ahead: enough to tell the format, and to make long files cheap to read.
const BUFFER: usize = 1 << 16;

type Flow = ControlFlow<()>;

/// Hands the inputs that `arguments` stand for to `each`, in order, until it breaks off.
pub fn find(arguments: &[PathBuf], options: &Options, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    for argument in arguments {
        if argument == Path::new("-") {
            stdin(options, each)?;
        } else {
            path(argument, options, 0, each)?;
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
    if has_extension(path, &["json"]) {
        return each(whole_story(path, origin, options));
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return each(failed(origin, Failure::file(path, &error))),
    };
    let mut file = BufReader::with_capacity(BUFFER, file);
    let head = match file.fill_buf() {
        Ok(head) => head,
        Err(error) => return each(failed(origin, Failure::file(path, &error))),
    };
    match Format::sniff(head, Some(path)) {
        Format::JsonLines => stories(origin, file, options, each),
        Format::Html | Format::Text => each(Input { origin, content: Ok(Content::File) }),
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
    entries.retain(|entry| entry.is_dir() || has_extension(entry, &PAGE_EXTENSIONS));
    entries.sort();
    if entries.is_empty() && depth == 0 {
        let failure = Failure::new(format!("{}: the folder holds no pages", folder.display()))
            .hint(format!("a folder's pages end in .{}", PAGE_EXTENSIONS.join(", .")));
        return each(failed(origin, failure));
    }
    for entry in entries {
        path(&entry, options, depth + 1, each)?;
    }
    Flow::Continue(())
}

fn stdin(options: &Options, each: &mut dyn FnMut(Input) -> Flow) -> Flow {
    let origin = Origin::stdin();
    let mut stdin = BufReader::with_capacity(BUFFER, io::stdin());
    let head = match stdin.fill_buf() {
        Ok(head) => head,
        Err(error) => return each(failed(origin, Failure::new(format!("standard input: {error}")))),
    };
    match Format::sniff(head, None) {
        Format::JsonLines => stories(origin, stdin, options, each),
        format => {
            let content = at_most(stdin, &options.limits).map(|bytes| Content::Page(format, bytes));
            each(Input { content: content.map_err(|failure| failure.at(&origin)), origin })
        }
    }
}

/// A story a line. A line that cannot be read is an input that failed; the next ones go on.
fn stories(
    origin: Origin,
    source: impl BufRead,
    options: &Options,
    each: &mut dyn FnMut(Input) -> Flow,
) -> Flow {
    let mut source = source;
    if let Ok([0xff, 0xfe, ..] | [0xfe, 0xff, ..]) = source.fill_buf() {
        let failure =
            Failure::new(format!("{origin}: this is JSON Lines in UTF-16, which has no lines we can split"))
                .hint("save it as UTF-8: iconv -f UTF-16 -t UTF-8");
        return each(failed(origin, failure));
    }
    for (number, story) in read_stories(source, options.clone()) {
        let origin = origin.at_line(number);
        let content = story.map(|article| Content::Story(Box::new(article)));
        each(Input { content: content.map_err(|error| Failure::new(error).at(&origin)), origin })?;
    }
    Flow::Continue(())
}

/// A `.json` file: one story, over as many lines as it likes.
fn whole_story(path: &Path, origin: Origin, options: &Options) -> Input {
    let content = File::open(path)
        .map_err(|error| Failure::file(path, &error))
        .and_then(|file| at_most(file, &options.limits).map_err(|failure| failure.at(&origin)))
        .and_then(|bytes| story(&bytes, options).map_err(|error| Failure::new(error).at(&origin)))
        .map(|article| Content::Story(Box::new(article)));
    Input { origin, content }
}

fn story(bytes: &[u8], options: &Options) -> Result<Article, PageError> {
    let text = str::from_utf8(bytes).map_err(|error| PageError::Unreadable { reason: error.to_string() })?;
    read_story(text.trim_start_matches('\u{feff}'), options)
}

/// All of `source`, refused when it is more than a page may be.
pub(super) fn at_most(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    source.take(limits.page_bytes as u64 + 1).read_to_end(&mut bytes).map_err(Failure::new)?;
    if bytes.len() > limits.page_bytes {
        return Err(too_large(bytes.len() as u64, limits));
    }
    Ok(bytes)
}

fn failed(origin: Origin, failure: Failure) -> Input {
    Input { origin, content: Err(failure) }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}
