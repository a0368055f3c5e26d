//! Prints what a page says, part by part:
//!
//! ```text
//! cargo run -p dateline-page --example article -- page.html
//! ```

use std::path::Path;

use dateline_document::Article;
use dateline_page::{Format, Options, read_html, read_story, read_text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    if paths.is_empty() {
        return Err("give one or more pages: article PAGE…".into());
    }
    for path in paths {
        let bytes = std::fs::read(&path)?;
        let options = Options::default();
        match Format::sniff(&bytes, Some(Path::new(&path))) {
            Format::Html => print(&read_html(&bytes, &options)?),
            Format::Text => print(&read_text(&bytes, &options)?),
            Format::JsonLines => {
                for (line, story) in (1..).zip(String::from_utf8_lossy(&bytes).lines()) {
                    match read_story(story, &options) {
                        Ok(article) => print(&article),
                        Err(error) => eprintln!("{path}, line {line}: {error}"),
                    }
                }
            }
        }
    }
    Ok(())
}

fn print(article: &Article) {
    println!("title      {}", article.title.as_deref().unwrap_or("-"));
    println!("bylines    {}", article.bylines.join("; "));
    println!("publisher  {}", article.publisher.as_deref().unwrap_or("-"));
    println!("agency     {}", article.agency.as_deref().unwrap_or("-"));
    println!("rights     {}", article.rights.as_deref().unwrap_or("-"));
    println!("language   {}", article.language.as_deref().unwrap_or("-"));
    println!("form       {:?}", article.form);
    match &article.published_at {
        Some(published) => println!("published  {} ({:?})", published.date, published.basis),
        None => println!("published  -"),
    }
    println!("dateline   {}", article.dateline.map_or("-", |span| &article.text[span]));
    for image in &article.images {
        let caption = image.caption.map_or("-", |span| &article.text[span]);
        let credit = image.credit.as_deref().unwrap_or("-");
        match (image.position, image.of) {
            (Some(position), Some(of)) => println!("image      {position} / {of}: {caption} ({credit})"),
            _ => println!("image      {caption} ({credit})"),
        }
    }
    for note in &article.notes {
        println!("note       {note}");
    }
    for part in &article.parts {
        println!("\n[{:?}] {}", part.role, &article.text[part.span]);
    }
}
