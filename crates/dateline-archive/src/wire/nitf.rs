//! NITF 3.x: a head with dates and rights, a body with headline, byline, dateline and blocks.

use dateline_document::PartRole;
use dateline_page::{Content, Picture, Story};

use crate::xml::Node;

/// The story of an `<nitf>` element.
pub(super) fn story(nitf: &Node) -> Story {
    let attribute = |path: &str, name: &str| nitf.at(path)?.attribute(name).map(str::to_owned);
    let text = |path: &str| nitf.at(path).and_then(Node::text);
    let mut story = Story {
        source_id: attribute("head/docdata/doc-id", "id-string"),
        url: attribute("head/pubdata", "ex-ref"),
        title: text("body/body.head/hedline/hl1").or_else(|| text("head/title")).map(Into::into),
        bylines: bylines(nitf),
        publisher: attribute("head/pubdata", "name").or_else(|| text("body/body.head/distributor")),
        rights: text("body/body.head/rights").or_else(|| copyright(nitf)),
        language: nitf.attribute("lang").or_else(|| nitf.at("body")?.attribute("lang")).map(str::to_owned),
        published: attribute("head/docdata/date.issue", "norm")
            .or_else(|| attribute("head/pubdata", "date.publication"))
            .or_else(|| attribute("head/docdata/date.release", "norm"))
            .or_else(|| attribute("body/body.head/dateline/story.date", "norm")),
        dateline: dateline(nitf),
        is_metadata: true,
        ..Story::default()
    };
    let mut parts = Vec::new();
    if let Some(second) = text("body/body.head/hedline/hl2") {
        parts.push((PartRole::Subhead, second));
    }
    for paragraph in nitf.at("body/body.head/abstract").into_iter().flat_map(paragraphs) {
        parts.push((PartRole::Summary, paragraph));
    }
    for content in nitf.at("body").into_iter().flat_map(|body| body.all("body.content")) {
        read_block(content, &mut parts, &mut story.pictures);
    }
    if !parts.is_empty() {
        story.content = Content::Parts(parts);
    }
    story
}

/// Whoever is named as a person; where nobody is, the line as it is printed.
fn bylines(nitf: &Node) -> Vec<String> {
    let lines = nitf.at("body/body.head").into_iter().flat_map(|head| head.all("byline"));
    lines
        .flat_map(|line| {
            let people: Vec<String> = line.all("person").filter_map(Node::text).collect();
            if people.is_empty() { line.text().into_iter().collect() } else { people }
        })
        .collect()
}

fn copyright(nitf: &Node) -> Option<String> {
    let copyright = nitf.at("head/docdata/doc.copyright")?;
    let (year, holder) = (copyright.attribute("year"), copyright.attribute("holder"));
    holder.map(|holder| format!("Copyright {} {holder}", year.unwrap_or_default()).replace("  ", " "))
}

/// The place of the dateline, without the day that some print after it.
fn dateline(nitf: &Node) -> Option<String> {
    let dateline = nitf.at("body/body.head/dateline")?;
    dateline
        .at("location")
        .unwrap_or(dateline)
        .text()
        .map(|place| place.trim_end_matches([',', ' ']).to_owned())
}

fn paragraphs(node: &Node) -> Vec<String> {
    let found: Vec<String> = node.all("p").filter_map(Node::text).collect();
    if found.is_empty() { node.text().into_iter().collect() } else { found }
}

/// Paragraphs, subheads, lists and tables in their order; pictures beside them.
fn read_block(block: &Node, parts: &mut Vec<(PartRole, String)>, pictures: &mut Vec<Picture>) {
    for node in block.elements() {
        match node.name.as_str() {
            "p" | "pre" | "li" | "dt" | "dd" | "credit" | "datasource" => {
                parts.extend(node.text().map(|text| (PartRole::Body, text)));
            }
            "hl1" | "hl2" => parts.extend(node.text().map(|text| (PartRole::Subhead, text))),
            "tr" => {
                let cells: Vec<String> = node.elements().filter_map(Node::text).collect();
                if !cells.is_empty() {
                    parts.push((PartRole::Body, cells.join(" | ")));
                }
            }
            "media" => {
                let caption = node.all("media-caption").filter_map(Node::text).collect::<Vec<_>>().join(" ");
                let credit = node.at("media-producer").and_then(Node::text).or_else(|| {
                    node.all("media-reference")
                        .find_map(|reference| reference.attribute("source").map(str::to_owned))
                });
                let picture =
                    Picture { caption: Some(caption).filter(|caption| !caption.is_empty()), credit };
                if picture != Picture::default() {
                    pictures.push(picture);
                }
            }
            // A note to editors is no part of the story.
            "note" => {}
            _ => read_block(node, parts, pictures),
        }
    }
}
