//! JSON Lines: one story a line, `{"id": …, "text": …, "title": …, "url": …, "published_at": …}`,
//! or the names by which other programs call these ([`fields`]).
//!
//! The words of `text` are kept as they are. Its line breaks end paragraphs, unless the text was
//! wrapped to a width; then they are spaces.

mod fields;
mod object;

use dateline_document::{Article, PartRole};
use serde_json::Value;

use crate::{Content, Options, PageError, Picture, Story, markup, when};
use fields::Field;
use object::Object;

/// Reads one story in JSON: a line of JSON Lines.
///
/// ```
/// use dateline_page::{Options, read_story};
///
/// let line = r#"{"id": 7, "title": "Ferry runs again", "text": "OSTRAVIK - It sailed.\nIt rained."}"#;
/// let article = read_story(line, &Options::default())?;
/// assert_eq!(article.source_id.as_deref(), Some("7"));
/// assert_eq!(&*article.text, "Ferry runs again\n\nOSTRAVIK - It sailed.\n\nIt rained.");
///
/// let origin = article.parts[0].origin.expect("JSON tells where its words stand");
/// assert_eq!(&line[origin.start as usize..origin.end as usize], "Ferry runs again");
/// # Ok::<(), dateline_page::PageError>(())
/// ```
///
/// # Errors
///
/// When it is no JSON object, or has no words: neither text nor HTML, nor a headline that an
/// address says more of.
pub fn read_story(json: &str, options: &Options) -> Result<Article, PageError> {
    if json.len() > options.limits.page_bytes {
        return Err(PageError::TooLarge {
            bytes: json.len() as u64,
            limit: options.limits.page_bytes as u64,
        });
    }
    let object = Object::parse(json)?;
    let mut known = options.clone();
    if known.fetched_on.is_none() {
        let fetched = object.printed(Field::Fetched).or_else(|| object.printed(Field::Seen));
        known.fetched_on = fetched.and_then(|printed| when::parse(&printed)).map(|when| when.date);
    }
    story(&object)?.into_article(&known)
}

/// What the object tells of its story.
fn story(object: &Object) -> Result<Story, PageError> {
    let mut story = Story {
        source_id: object.printed(Field::Id),
        url: object.printed(Field::Url).filter(|url| url.contains("://")),
        title: object.words(Field::Title),
        summary: object.words(Field::Summary),
        bylines: object.value(Field::Bylines).map(|value| people(&value)).unwrap_or_default(),
        publisher: object.printed(Field::Publisher),
        agency: object.printed(Field::Agency),
        rights: object.printed(Field::Rights),
        language: object.printed(Field::Language),
        published: object.printed(Field::Published),
        updated: object.printed(Field::Updated),
        ..Story::default()
    };
    story.content = if let Some(text) = object.words(Field::Text) {
        if markup::is_markup(&text.text) { Content::Markup(text.text) } else { Content::Text(text) }
    } else if let Some(markup) = object.words(Field::Markup) {
        Content::Markup(markup.text)
    } else if let Some(parts) =
        object.value(Field::Sections).map(|value| sections(&value)).filter(|parts| !parts.is_empty())
    {
        Content::Parts(parts)
    } else if let Some(page) = object.words(Field::Page) {
        // A page says itself what its summary and pictures are.
        story.summary = None;
        Content::Page(page.text)
    } else if story.title.is_some() && (story.url.is_some() || story.summary.is_some()) {
        Content::None
    } else {
        return Err(PageError::NoText);
    };
    if !matches!(story.content, Content::Page(_)) {
        story.pictures = object.value(Field::Pictures).map(|value| pictures(&value)).unwrap_or_default();
    }
    if story.published.is_none()
        && let Some(seen) = object.printed(Field::Seen)
    {
        story
            .notes
            .push("the day of publication is the day on which a crawler first saw the story".to_owned());
        story.published = Some(seen);
    }
    Ok(story)
}

/// "Ana Ruiz; Tom Lee", a list of these, or a list of objects with names.
fn people(value: &Value) -> Vec<String> {
    match value {
        Value::String(names) => vec![names.clone()],
        Value::Array(people) => people.iter().flat_map(people_of_one).collect(),
        one => people_of_one(one),
    }
}

fn people_of_one(value: &Value) -> Vec<String> {
    let name = value.as_str().or_else(|| value.get("name")?.as_str());
    name.map(str::to_owned).into_iter().collect()
}

/// Fundus: `{"summary": […], "sections": [{"headline": […], "paragraphs": […]}]}`.
fn sections(body: &Value) -> Vec<(PartRole, String)> {
    let lines = |value: &Value, name: &str, role: PartRole| -> Vec<(PartRole, String)> {
        let found = value.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(Value::as_str).map(|line| (role, line.to_owned())).collect()
    };
    let mut parts = lines(body, "summary", PartRole::Summary);
    for section in body.get("sections").and_then(Value::as_array).into_iter().flatten() {
        parts.extend(lines(section, "headline", PartRole::Subhead));
        parts.extend(lines(section, "paragraphs", PartRole::Body));
    }
    parts
}

fn pictures(list: &Value) -> Vec<Picture> {
    let words = |picture: &Value, names: &[&str]| -> Option<String> {
        let value = names.iter().find_map(|name| picture.get(*name))?;
        let words = match value {
            Value::Array(people) => people.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
            value => value.as_str()?.to_owned(),
        };
        (!words.trim().is_empty()).then_some(words)
    };
    let listed = list.as_array().map_or(&[][..], Vec::as_slice);
    listed
        .iter()
        .map(|picture| Picture {
            caption: words(picture, &["caption"]),
            credit: words(picture, &["credit", "authors"]),
        })
        .filter(|picture| *picture != Picture::default())
        .collect()
}
