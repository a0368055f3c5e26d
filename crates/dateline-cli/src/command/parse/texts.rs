//! Texts: what the arguments of `parse` stand for, one by one. Unlike the stories of `read`, words
//! that come as words are left exactly as they are.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline_document::Article;
use dateline_page::{Format, Limits, Options, read_html, read_story};
use serde_json::Value;

use crate::failure::Failure;

/// A text to be parsed, and what it is called.
pub struct Text {
    pub id: Option<String>,
    pub content: Content,
}

pub enum Content {
    /// Parsed as they stand.
    Words(String),
    /// Parsed part by part.
    Article(Box<Article>),
}

impl Text {
    pub fn bytes(&self) -> usize {
        match &self.content {
            Content::Words(words) => words.len(),
            Content::Article(article) => article.text.len(),
        }
    }
}

/// Takes a text, or the failure that is there in its place; says whether to go on.
type Take<'a> = dyn FnMut(Result<Text, Failure>) -> ControlFlow<()> + 'a;

const BUFFER: usize = 1 << 16;

/// Hands the texts of `files` to `take`, in order.
pub fn find(files: &[PathBuf], limits: &Limits, take: &mut Take<'_>) -> ControlFlow<()> {
    for file in files {
        if file == Path::new("-") {
            read(None, io::stdin(), limits, take)?;
        } else {
            match File::open(file) {
                Ok(opened) => read(Some(file), opened, limits, take)?,
                Err(error) => take(Err(Failure::file(file, &error)))?,
            }
        }
    }
    ControlFlow::Continue(())
}

fn read(path: Option<&Path>, source: impl Read, limits: &Limits, take: &mut Take<'_>) -> ControlFlow<()> {
    let place = path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
    let mut source = BufReader::with_capacity(BUFFER, source);
    let head = match source.fill_buf() {
        Ok(head) => head,
        Err(error) => {
            return take(Err(match path {
                Some(path) if path.is_dir() => Failure::new(format!("{place}: this is a folder"))
                    .hint(format!("give its files: {place}/*")),
                Some(path) => Failure::file(path, &error),
                None => Failure::new(error).at(place),
            }));
        }
    };
    let format = Format::sniff(head, path);
    let is_one_object = path.and_then(Path::extension).is_some_and(|it| it.eq_ignore_ascii_case("json"));
    if format == Format::JsonLines && !is_one_object {
        return lines(&place, source, limits, take);
    }
    let id = path.map(|path| path.display().to_string());
    let text = whole(source, limits).and_then(|bytes| match format {
        Format::Text => Ok(Text { id, content: Content::Words(words(bytes)?) }),
        Format::JsonLines => story(&words(bytes)?, limits),
        Format::Html => {
            let options = Options { limits: *limits, ..Options::default() };
            let article = read_html(&bytes, &options).map_err(Failure::new)?;
            Ok(Text { id, content: Content::Article(Box::new(article)) })
        }
    });
    take(text.map_err(|failure| failure.at(&place)))
}

/// One story a line. A line that cannot be read is a failure by its number; the next ones go on.
fn lines(place: &str, mut source: impl BufRead, limits: &Limits, take: &mut Take<'_>) -> ControlFlow<()> {
    for number in 1u64.. {
        let text = match line(&mut source, limits) {
            Ok(None) => break,
            Ok(Some(line)) if line.trim_ascii().is_empty() => continue,
            Ok(Some(line)) => words(line).and_then(|line| story(&line, limits)),
            Err(failure) => Err(failure),
        };
        take(text.map_err(|failure| failure.at(format!("{place}: line {number}"))))?;
    }
    ControlFlow::Continue(())
}

/// The next line. One over the limit is passed over and a failure.
fn line(source: &mut impl BufRead, limits: &Limits) -> Result<Option<Vec<u8>>, Failure> {
    let limit = limits.page_bytes as u64;
    let mut line = Vec::new();
    let count = source.by_ref().take(limit + 1).read_until(b'\n', &mut line).map_err(Failure::new)?;
    if count as u64 > limit && !line.ends_with(b"\n") {
        source.skip_until(b'\n').map_err(Failure::new)?;
        return Err(too_long(limit));
    }
    Ok((count > 0).then_some(line))
}

/// A story in JSON. Words of "text" stay as they are; whatever else `read` takes becomes an article.
fn story(json: &str, limits: &Limits) -> Result<Text, Failure> {
    if let Ok(Value::Object(mut story)) = serde_json::from_str(json)
        && let Some(Value::String(words)) = story.get_mut("text")
    {
        let content = Content::Words(std::mem::take(words));
        let id = ["id", "source_id", "_id"].iter().find_map(|name| match story.get(*name)? {
            Value::String(id) => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        return Ok(Text { id, content });
    }
    let options = Options { limits: *limits, ..Options::default() };
    let article = read_story(json, &options).map_err(Failure::new)?;
    Ok(Text { id: article.source_id.clone(), content: Content::Article(Box::new(article)) })
}

fn whole(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let limit = limits.page_bytes as u64;
    let mut bytes = Vec::new();
    source.take(limit + 1).read_to_end(&mut bytes).map_err(Failure::new)?;
    if bytes.len() as u64 > limit { Err(too_long(limit)) } else { Ok(bytes) }
}

fn too_long(limit: u64) -> Failure {
    Failure::new(format!("the text has more than {limit} bytes")).hint("cut it into several texts")
}

/// Bytes as text. The mark of the encoding, which some editors write first, is not part of it.
fn words(bytes: Vec<u8>) -> Result<String, Failure> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = bytes[..] {
        return Err(Failure::new("the text is UTF-16").hint("convert it first: iconv -f UTF-16 -t UTF-8"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::new(format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))
            .hint("convert it first: iconv -f WINDOWS-1252 -t UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
