//! NewsML-G2: what is known of an item around its content, which is XHTML, NITF or plain text.

use dateline_document::PartRole;
use dateline_page::{Content, Picture, Story};

use super::nitf;
use crate::xml::Node;

/// The story of a `<newsItem>` element.
pub(super) fn story(item: &Node) -> Story {
    let text = |path: &str| item.at(path).and_then(Node::text);
    let mut story = body(item);
    let title = headline(item).map(Into::into);
    let told = Story {
        source_id: item.attribute("guid").map(str::to_owned),
        url: link(item),
        title: title.or(story.title.take()),
        bylines: bylines(item),
        publisher: item.at("itemMeta/provider").and_then(name).or_else(|| holder(item)),
        rights: text("rightsInfo/copyrightNotice")
            .or_else(|| holder(item).map(|holder| format!("Copyright {holder}")))
            .or(story.rights.take()),
        language: item
            .at("contentMeta/language")
            .and_then(|language| language.attribute("tag"))
            .or_else(|| item.attribute("lang"))
            .map(str::to_owned)
            .or(story.language.take()),
        published: text("itemMeta/firstCreated")
            .or_else(|| text("contentMeta/contentCreated"))
            .or_else(|| text("itemMeta/versionCreated"))
            .or(story.published.take()),
        updated: text("itemMeta/versionCreated"),
        summary: described(item, "summary").map(Into::into),
        is_metadata: true,
        ..Story::default()
    };
    if story.bylines.is_empty() {
        story.bylines = told.bylines.clone();
    }
    if story.dateline.is_none()
        && matches!(story.content, Content::Parts(_) | Content::Text(_) | Content::Markup(_))
    {
        story.dateline = text("contentMeta/dateline")
            .map(|line| line.trim_end_matches([',', '-', '–', '—', ' ']).to_owned());
    }
    if let Some(status) = item.at("itemMeta/pubStatus").and_then(|status| status.attribute("qcode"))
        && let Some(status) = status.rsplit(':').next().filter(|status| *status != "usable")
    {
        story.notes.push(format!("the agency calls the story {status}"));
    }
    Story {
        bylines: story.bylines,
        dateline: story.dateline,
        content: story.content,
        pictures: story.pictures,
        notes: story.notes,
        ..told
    }
}

/// What the content itself tells.
fn body(item: &Node) -> Story {
    let set = item.at("contentSet");
    let inline = |name: &str| set.and_then(|set| set.at(name));
    let class = item.at("itemMeta/itemClass").and_then(|class| class.attribute("qcode")).unwrap_or_default();
    if class.ends_with("picture") || class.ends_with("graphic") {
        // Of a picture, the caption is the story.
        let caption =
            described(item, "caption").or_else(|| item.at("contentMeta/description").and_then(Node::text));
        let content =
            Content::Parts(caption.map(|caption| (PartRole::Caption, caption)).into_iter().collect());
        return Story { content, ..Story::default() };
    }
    if let Some(xml) = inline("inlineXML") {
        if let Some(found) = xml.find("nitf") {
            return nitf::story(found);
        }
        let markup = xml.elements().map(Node::markup).collect::<String>();
        if !markup.is_empty() {
            return Story { content: Content::Markup(markup), pictures: pictures(item), ..Story::default() };
        }
    }
    let Some(data) = inline("inlineData") else { return Story::default() };
    let kind = data.attribute("contenttype").unwrap_or("text/plain");
    let words = data.lines();
    let content = match kind {
        _ if kind.contains("html") => Content::Markup(words),
        _ if words.trim().is_empty() => Content::None,
        _ => Content::Text(words.into()),
    };
    Story { content, pictures: pictures(item), ..Story::default() }
}

/// The headline that is the story's own: others are for lists and telephones.
fn headline(item: &Node) -> Option<String> {
    let meta = item.at("contentMeta")?;
    let role = |node: &&Node| {
        node.attribute("role").unwrap_or_default().rsplit(':').next().unwrap_or_default().to_owned()
    };
    let main = meta.all("headline").find(|node| matches!(role(node).as_str(), "" | "main" | "headline"));
    main.or_else(|| meta.all("headline").next()).and_then(Node::text)
}

/// The description of a role: "drol:summary".
fn described(item: &Node, wanted: &str) -> Option<String> {
    let meta = item.at("contentMeta")?;
    let is_wanted =
        |node: &&Node| node.attribute("role").is_some_and(|role| role.rsplit(':').next() == Some(wanted));
    meta.all("description").find(is_wanted).and_then(Node::text)
}

fn bylines(item: &Node) -> Vec<String> {
    let Some(meta) = item.at("contentMeta") else { return Vec::new() };
    let printed: Vec<String> = meta.all("by").filter_map(Node::text).collect();
    if !printed.is_empty() {
        return printed;
    }
    meta.all("creator").filter_map(name).collect()
}

/// A party's name: told, or the word that stands for it.
fn name(party: &Node) -> Option<String> {
    let literal = || party.attribute("literal").map(str::to_owned);
    party.at("name").and_then(Node::text).or_else(literal)
}

fn holder(item: &Node) -> Option<String> {
    item.at("rightsInfo/copyrightHolder").and_then(name)
}

fn link(item: &Node) -> Option<String> {
    let meta = item.at("itemMeta")?;
    let addresses = meta.all("link").filter_map(|link| link.attribute("href"));
    addresses.into_iter().find(|address| address.starts_with("http")).map(str::to_owned)
}

/// Captions of pictures that are told beside the content.
fn pictures(item: &Node) -> Vec<Picture> {
    let caption = described(item, "caption");
    let credit = item.at("contentMeta/creditline").and_then(Node::text);
    caption.map(|caption| Picture { caption: Some(caption), credit }).into_iter().collect()
}
