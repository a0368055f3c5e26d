//! ninjs: news in JSON. Three generations differ in names and in what is a list:
//!
//! | | 1.x | 2.x | 3.x |
//! |---|---|---|---|
//! | headline | `headline`, `headline_*` | `headlines: [{role, value}]` | the same |
//! | body | `body_text`, `body_xhtml`, `body_*` | `bodies: [{contenttype, value}]` | `contentType` |
//! | pictures | `associations: {name: item}` | `associations: [item]` | the same |
//! | times | `versioncreated` | `versioncreated` | `versionCreated` |
//!
//! Names are compared without regard to case, and lists are taken where they may be.

use dateline_document::PartRole;
use dateline_page::{Content, PageError, Picture, Story};
use serde_json::{Map, Value};

/// Whether it is worth to look closer: the text names what only ninjs names.
pub(crate) fn looks_like(json: &str) -> bool {
    let head = &json[..json.floor_char_boundary(1 << 16)];
    ["\"uri\"", "\"guid\""].iter().any(|name| head.contains(name))
        && [
            "\"versioncreated\"",
            "\"versionCreated\"",
            "\"pubstatus\"",
            "\"pubStatus\"",
            "\"bodies\"",
            "\"body_text\"",
            "\"body_html\"",
            "\"body_xhtml\"",
            "\"representationtype\"",
        ]
        .iter()
        .any(|name| head.contains(name))
}

/// Whether an object is an item of ninjs and not another that holds one.
pub(crate) fn is_ninjs(value: &Value) -> bool {
    let Some(item) = value.as_object() else { return false };
    let has = |name: &str| item.keys().any(|key| key.eq_ignore_ascii_case(name));
    (has("uri") || has("guid"))
        && (has("versioncreated")
            || has("pubstatus")
            || has("bodies")
            || item.keys().any(|key| key.starts_with("body_")))
}

/// The story of an item.
pub(crate) fn story(value: &Value) -> Result<Story, PageError> {
    let Some(item) = value.as_object() else {
        return Err(PageError::NotJson { reason: "an item of ninjs is an object".to_owned() });
    };
    let text = |name: &str| {
        field(item, name).and_then(Value::as_str).map(str::to_owned).filter(|text| !text.trim().is_empty())
    };
    let uri = text("uri").or_else(|| text("guid"));
    let kind = text("type").unwrap_or_default();
    let mut story = Story {
        url: uri.clone().filter(|uri| uri.starts_with("http")),
        source_id: uri,
        title: headline(item).or_else(|| text("title")).map(Into::into),
        bylines: text("byline").or_else(|| text("by")).into_iter().collect(),
        publisher: text("copyrightholder").or_else(|| provider(item)),
        rights: text("copyrightnotice"),
        language: text("language"),
        published: text("firstcreated").or_else(|| text("contentcreated")).or_else(|| text("versioncreated")),
        updated: text("versioncreated"),
        is_metadata: true,
        ..Story::default()
    };
    story.content = if kind == "picture" || kind == "graphic" {
        let caption = described(item, "caption").or_else(|| described(item, ""));
        Content::Parts(caption.map(|caption| (PartRole::Caption, caption)).into_iter().collect())
    } else {
        story.summary = described(item, "summary").or_else(|| described(item, "")).map(Into::into);
        body(item)
    };
    story.pictures = associated(item).filter(|item| is_picture(item)).filter_map(picture).collect();
    if let Some(status) = text("pubstatus").filter(|status| status != "usable") {
        story.notes.push(format!("the agency calls the story {status}"));
    }
    Ok(story)
}

/// A field by its name in any case.
fn field<'v>(item: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    item.get(name)
        .or_else(|| item.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// One way of telling something: "body_xhtml", or an object of a list.
struct Told<'v> {
    role: String,
    content_type: String,
    value: &'v str,
}

/// All ways in which the item tells something: `headline` and `headline_*`, or `headlines`.
fn told<'v>(item: &'v Map<String, Value>, single: &str, several: &str) -> Vec<Told<'v>> {
    let listed = field(item, several).and_then(Value::as_array).into_iter().flatten().filter_map(|entry| {
        let entry = entry.as_object()?;
        let text = |name: &str| field(entry, name).and_then(Value::as_str);
        Some(Told {
            role: text("role").unwrap_or_default().to_ascii_lowercase(),
            content_type: text("contenttype").unwrap_or_default().to_ascii_lowercase(),
            value: text("value")?,
        })
    });
    let named = item.iter().filter_map(|(key, value)| {
        let rest = key.strip_prefix(single)?;
        let role = if rest.is_empty() { "" } else { rest.strip_prefix('_')? };
        Some(Told { role: role.to_ascii_lowercase(), content_type: String::new(), value: value.as_str()? })
    });
    listed.chain(named).filter(|told| !told.value.trim().is_empty()).collect()
}

fn headline(item: &Map<String, Value>) -> Option<String> {
    let headlines = told(item, "headline", "headlines");
    let main = headlines.iter().find(|told| matches!(told.role.as_str(), "" | "main" | "headline"));
    main.or(headlines.first()).map(|told| told.value.to_owned())
}

/// A description of a role, whatever text it comes as.
fn described(item: &Map<String, Value>, role: &str) -> Option<String> {
    let descriptions = told(item, "description", "descriptions");
    let is_other = |told: &&Told| matches!(told.role.as_str(), "caption" | "summary");
    let found = match role {
        "" => descriptions.iter().find(|told| !is_other(told)),
        role => descriptions.iter().find(|told| told.role == role),
    };
    found.map(|told| told.value.to_owned())
}

/// The body, with its markup if it comes both ways: plain text has lost its paragraphs.
fn body(item: &Map<String, Value>) -> Content {
    let bodies = told(item, "body", "bodies");
    let is_marked_up = |told: &&Told| {
        told.content_type.contains("html")
            || matches!(told.role.as_str(), "html" | "xhtml" | "richtext")
            || told.content_type.is_empty() && told.value.contains("</p>")
    };
    if let Some(told) = bodies.iter().find(is_marked_up) {
        return Content::Markup(told.value.to_owned());
    }
    bodies.first().map_or(Content::None, |told| Content::Text(told.value.into()))
}

/// The items that belong to it: by name, or in a list.
fn associated(item: &Map<String, Value>) -> impl Iterator<Item = &Map<String, Value>> {
    let items: Vec<&Value> = match field(item, "associations") {
        Some(Value::Object(named)) => named.values().collect(),
        Some(Value::Array(listed)) => listed.iter().collect(),
        _ => Vec::new(),
    };
    items.into_iter().filter_map(Value::as_object)
}

fn is_picture(item: &Map<String, Value>) -> bool {
    matches!(field(item, "type").and_then(Value::as_str), Some("picture" | "graphic"))
}

fn picture(item: &Map<String, Value>) -> Option<Picture> {
    let text = |name: &str| field(item, name).and_then(Value::as_str).map(str::to_owned);
    let caption = described(item, "caption").or_else(|| described(item, "")).or_else(|| headline(item));
    let credit = text("byline").or_else(|| text("by")).or_else(|| text("copyrightholder"));
    caption.map(|caption| Picture { caption: Some(caption), credit })
}

/// Whoever the item came from: `infosource` with the role of provider.
fn provider(item: &Map<String, Value>) -> Option<String> {
    let sources = field(item, "infosource").or_else(|| field(item, "infosources"))?.as_array()?;
    let name = |entry: &Value| entry.get("name")?.as_str().map(str::to_owned);
    sources.iter().find_map(name)
}
