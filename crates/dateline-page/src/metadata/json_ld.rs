//! JSON-LD: the node of schema.org's `NewsArticle` family, wherever the page hides it.

use html5ever::local_name;
use serde_json::{Map, Value};

use crate::assemble::one_line;
use crate::html::{Dom, NodeId};

/// What the story's node says. Strings are on one line, entities resolved, tags dropped.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub types: Vec<String>,
    pub headline: Option<String>,
    pub description: Option<String>,
    pub authors: Vec<String>,
    /// Authors that are no people.
    pub organisations: Vec<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub section: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub rights: Option<String>,
    /// With its line breaks.
    pub body: Option<String>,
    pub is_paid: bool,
}

/// Nodes looked at in one page, however many it has.
const NODES: usize = 10_000;

impl JsonLd {
    pub fn read(dom: &Dom) -> JsonLd {
        let values: Vec<Value> = scripts(dom).filter_map(|script| parse(&dom.text(script))).collect();
        let nodes = nodes(&values);
        let best = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (rank(node), std::cmp::Reverse(index), *node))
            .filter(|(rank, _, _)| *rank > 0)
            .max_by_key(|(rank, index, _)| (*rank, *index));
        let Some((_, _, story)) = best else { return JsonLd::default() };
        let (mut authors, mut organisations) = (Vec::new(), Vec::new());
        for key in ["author", "creator"] {
            if authors.is_empty() && organisations.is_empty() {
                let named = story.get(key).into_iter();
                named.for_each(|author| signatories(author, &nodes, &mut authors, &mut organisations));
            }
        }
        JsonLd {
            types: types(story).map(str::to_owned).collect(),
            headline: text(story, "headline").or_else(|| text(story, "name")),
            description: text(story, "description"),
            authors,
            organisations,
            publisher: story.get("publisher").and_then(|publisher| name(publisher, &nodes)),
            published: text(story, "datePublished").or_else(|| text(story, "dateCreated")),
            modified: text(story, "dateModified"),
            section: text(story, "articleSection"),
            language: text(story, "inLanguage"),
            url: text(story, "url").or_else(|| text(story, "@id")).filter(|url| url.starts_with("http")),
            rights: text(story, "copyrightNotice"),
            body: story
                .get("articleBody")
                .and_then(Value::as_str)
                .map(plain_lines)
                .filter(|body| !body.is_empty()),
            is_paid: story.get("isAccessibleForFree").is_some_and(|free| {
                *free == Value::Bool(false)
                    || free.as_str().is_some_and(|free| free.eq_ignore_ascii_case("false"))
            }),
        }
    }
}

fn scripts(dom: &Dom) -> impl Iterator<Item = NodeId> + '_ {
    dom.subtree(Dom::ROOT).filter(|&node| {
        dom.is(node, local_name!("script"))
            && dom.attribute(node, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
    })
}

/// Parses a script, forgiving what pages get wrong: comments around it, a semicolon after it,
/// line breaks within strings, commas before a closing bracket.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&mended(script)).ok())
}

fn mended(script: &str) -> String {
    let mut mended = String::with_capacity(script.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in script.chars() {
        match character {
            '"' if !escaped => in_string = !in_string,
            '\n' | '\r' | '\t' if in_string => {
                mended.push(' ');
                escaped = false;
                continue;
            }
            _ if in_string && character.is_control() => continue,
            ']' | '}' if !in_string => {
                let kept = mended.trim_end().len();
                if mended[..kept].ends_with(',') {
                    mended.truncate(kept - 1);
                }
            }
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        mended.push(character);
    }
    mended
}

/// Every object of the page's scripts, arrays and graphs opened.
fn nodes(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut nodes = Vec::new();
    let mut waiting: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = waiting.pop() {
        if nodes.len() >= NODES {
            break;
        }
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev()),
            Value::Object(node) => {
                nodes.push(node);
                for key in ["mainEntity", "mainEntityOfPage", "@graph"] {
                    if let Some(inner @ (Value::Object(_) | Value::Array(_))) = node.get(key) {
                        waiting.push(inner);
                    }
                }
            }
            _ => {}
        }
    }
    nodes
}

fn types(node: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let listed = match node.get("@type") {
        Some(Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    listed.iter().filter_map(Value::as_str).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

/// How much a node looks like the story: an article is more than a page, a page more than nothing.
fn rank(node: &Map<String, Value>) -> u8 {
    let by_type = types(node)
        .map(|name| match name {
            "LiveBlogPosting" => 5,
            "NewsArticle"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "BackgroundNewsArticle"
            | "ReviewNewsArticle"
            | "AskPublicNewsArticle" => 6,
            "Article" | "BlogPosting" | "Report" | "ScholarlyArticle" | "Review" | "SocialMediaPosting"
            | "TechArticle" => 4,
            "VideoObject" | "ImageGallery" | "MediaGallery" => 2,
            "WebPage" | "ItemPage" | "CreativeWork" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0);
    // A node that says when is the story; its twin in a list of related ones doesn't.
    if by_type == 0 {
        0
    } else {
        4 * by_type + 2 * u8::from(node.contains_key("datePublished")) + u8::from(node.contains_key("author"))
    }
}

fn text(node: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match node.get(key)? {
        Value::Array(values) => values.first()?,
        value => value,
    };
    let text = match value {
        Value::String(text) => one_line(&plain_lines(text)),
        Value::Number(number) => number.to_string(),
        Value::Object(inner) => {
            return ["@value", "name", "@id"].iter().find_map(|key| inner.get(*key)?.as_str().map(one_line));
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The name of a node, or of the node that its `@id` points to.
fn name(value: &Value, nodes: &[&Map<String, Value>]) -> Option<String> {
    match value {
        Value::String(name) => Some(one_line(&plain_lines(name))),
        Value::Array(values) => {
            values.iter().find_map(|value| name(value, &[]).or_else(|| name_by_id(value, nodes)))
        }
        Value::Object(node) => {
            text(node, "name").or_else(|| name_by_id(value, nodes)).or_else(|| given_and_family(node))
        }
        _ => None,
    }
    .filter(|name| !name.is_empty())
}

/// A person whose name is given in two parts.
fn given_and_family(node: &Map<String, Value>) -> Option<String> {
    let (given, family) = (text(node, "givenName")?, text(node, "familyName")?);
    Some(format!("{given} {family}"))
}

fn name_by_id(value: &Value, nodes: &[&Map<String, Value>]) -> Option<String> {
    let id = value.get("@id")?.as_str()?;
    let node = nodes
        .iter()
        .find(|node| node.get("@id").and_then(Value::as_str) == Some(id) && node.contains_key("name"))?;
    text(node, "name")
}

/// Names of the authors, people and organisations apart.
fn signatories(
    value: &Value,
    nodes: &[&Map<String, Value>],
    people: &mut Vec<String>,
    organisations: &mut Vec<String>,
) {
    match value {
        Value::Array(values) => {
            for value in values.iter().take(50).filter(|value| !value.is_array()) {
                signatories(value, nodes, people, organisations);
            }
        }
        Value::Object(node) if types(node).any(|name| name.contains("Organization")) => {
            organisations.extend(name(value, nodes));
        }
        Value::Object(node) => match node.get("name") {
            Some(Value::Array(names)) => people.extend(names.iter().filter_map(Value::as_str).map(one_line)),
            _ => people.extend(name(value, nodes)),
        },
        _ => people.extend(name(value, nodes)),
    }
}

/// Text with its entities resolved and tags dropped, should there be any.
fn plain_lines(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.trim().to_owned();
    }
    let broken = text.replace("</p>", "\n\n").replace("<br", "\n<br").replace("\n", "\u{1}");
    let dom = Dom::parse(&broken, 64);
    let plain = dom.text(Dom::ROOT).replace('\u{1}', "\n");
    // "&amp;quot;" was escaped twice.
    if plain.contains("&quot;") || plain.contains("&#") || plain.contains("&amp;") {
        return Dom::parse(&plain.replace('<', "&lt;").replace('\n', "\u{1}"), 64)
            .text(Dom::ROOT)
            .replace('\u{1}', "\n")
            .trim()
            .to_owned();
    }
    plain.trim().to_owned()
}
