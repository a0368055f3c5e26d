//! `/api/v1/examples`: stories of our own, to try the reader on.

use std::sync::LazyLock;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use dateline_document::Article;
use dateline_page::{Options, read_html, read_story, read_text};
use rust_embed::RustEmbed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Problem;

#[derive(RustEmbed)]
#[folder = "../../examples"]
#[include = "*.html"]
#[include = "*.jsonl"]
struct Shown;

#[derive(RustEmbed)]
#[folder = "../../tests/stories"]
#[include = "*/page.*"]
struct Tested;

#[derive(Serialize, ToSchema)]
pub struct Examples {
    examples: Vec<ExampleInShort>,
}

#[derive(Clone, Serialize, ToSchema)]
pub struct ExampleInShort {
    /// "ghana-border".
    name: String,
    title: String,
    /// "text/html", "text/plain" or "application/json".
    media_type: &'static str,
    bytes: usize,
}

/// A story of ours, as a news site or a reporter would hand it over.
#[derive(Clone, Serialize, ToSchema)]
pub struct ExampleStory {
    #[serde(flatten)]
    example: ExampleInShort,
    content: String,
}

static STORIES: LazyLock<Vec<ExampleStory>> = LazyLock::new(|| {
    let shown = Shown::iter().map(|path| (path.clone(), Shown::get(&path)));
    let tested = Tested::iter().map(|path| (path.clone(), Tested::get(&path)));
    let files = shown
        .chain(tested)
        .filter_map(|(path, file)| Some((path, String::from_utf8(file?.data.into_owned()).ok()?)));
    let (many, single): (Vec<_>, Vec<_>) = files.partition(|(path, _)| path.ends_with(".jsonl"));
    let pages = single.into_iter().filter_map(|(path, page)| {
        let media_type = if path.ends_with(".html") { "text/html" } else { "text/plain" };
        story(name_of(&path), media_type, page)
    });
    let mut stories: Vec<ExampleStory> = pages.collect();
    stories.sort_by(|a, b| a.example.name.cmp(&b.example.name));
    for (_, lines) in many {
        stories.extend(lines.lines().filter_map(|line| {
            let id = serde_json::from_str::<serde_json::Value>(line).ok()?["id"].as_str()?.to_owned();
            story(id, "application/json", line.to_owned())
        }));
    }
    stories
});

/// Our example stories, to fill a database with.
pub fn example_articles() -> impl Iterator<Item = Article> {
    STORIES.iter().filter_map(|story| article(story.example.media_type, &story.content))
}

/// "ghana-border" of "ghana-border.html" and of "ghana-border/page.html".
fn name_of(path: &str) -> String {
    let name = path.strip_suffix("/page.html").or(path.strip_suffix("/page.txt"));
    name.unwrap_or(path.trim_end_matches(".html")).to_owned()
}

fn article(media_type: &str, content: &str) -> Option<Article> {
    let options = Options::default();
    match media_type {
        "text/html" => read_html(content.as_bytes(), &options).ok(),
        "application/json" => read_story(content, &options).ok(),
        _ => read_text(content.as_bytes(), &options).ok(),
    }
}

fn story(name: String, media_type: &'static str, content: String) -> Option<ExampleStory> {
    let article = article(media_type, &content)?;
    let first_line = || content.lines().next().unwrap_or_default().to_owned();
    let title = article.title.unwrap_or_else(first_line);
    let example = ExampleInShort { name, title, media_type, bytes: content.len() };
    Some(ExampleStory { example, content })
}

/// Stories of ours, by name
#[utoipa::path(get, path = "/api/v1/examples", tag = "reader", responses((status = 200, body = Examples)))]
pub async fn examples() -> Json<Examples> {
    Json(Examples { examples: STORIES.iter().map(|story| story.example.clone()).collect() })
}

/// A story of ours, to be posted to `/api/v1/read`
#[utoipa::path(
    get,
    path = "/api/v1/examples/{name}",
    tag = "reader",
    params(("name" = String, Path, description = "\"ghana-border\"")),
    responses(
        (status = 200, body = ExampleStory),
        (status = 404, description = "No such example", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn example(Path(name): Path<String>) -> Result<Json<ExampleStory>, Problem> {
    let story = STORIES.iter().find(|story| story.example.name == name).ok_or_else(|| {
        let names: Vec<&str> = STORIES.iter().map(|story| story.example.name.as_str()).collect();
        Problem::new(StatusCode::NOT_FOUND, format!("there is no example {name:?}"))
            .hint(format!("there are {}", names.join(", ")))
    })?;
    Ok(Json(story.clone()))
}

#[cfg(test)]
mod tests {
    use super::STORIES;

    #[test]
    fn every_example_has_a_title_and_words() {
        assert!(STORIES.len() >= 18);
        for story in STORIES.iter() {
            assert!(!story.example.title.is_empty() && story.content.len() > 300, "{}", story.example.name);
            assert!(!story.example.name.contains(['/', '.']), "{}", story.example.name);
        }
    }
}
