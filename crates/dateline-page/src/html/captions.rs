//! Captions that no class or element marks: words that a picture's own description repeats, and a
//! bold line right below a picture.

use std::collections::{HashMap, HashSet};

use html5ever::local_name;

use super::blocks::{Block, Kind};
use super::body::plain;
use super::dom::{Dom, NodeId};
use crate::names;

/// Letters of what can be told as a caption by the words of a picture's description.
const DESCRIBED: std::ops::RangeInclusive<usize> = 15..=350;

/// Letters of a bold line below a picture, at most.
const BOLD: usize = 150;

/// Blocks before a caption among which its picture stands.
const NEAR: usize = 3;

/// Marks the blocks that are captions by what stands beside them.
pub(super) fn mark(dom: &Dom, blocks: &mut [Block]) {
    let described = descriptions(dom);
    let below = below_pictures(dom);
    let nodes: Vec<NodeId> = blocks.iter().map(|block| block.node).collect();
    for (at, block) in blocks.iter_mut().enumerate() {
        if matches!(block.kind, Kind::Heading(_)) {
            continue;
        }
        // Far from its picture the sentence is the story's, and the description was taken from there.
        let near = nodes[at.saturating_sub(NEAR)]..block.node;
        let repeats = DESCRIBED.contains(&block.letters)
            && described
                .get(&plain(&block.text))
                .is_some_and(|pictures| pictures.iter().any(|picture| near.contains(picture)));
        let is_below = below.contains(&block.node)
            && block.is_bold()
            && block.letters <= BOLD
            && block.text.ends_with('.');
        block.is_caption |= repeats || is_below;
    }
}

/// What the pictures of the page are said to show, with and without the site's name behind it.
fn descriptions(dom: &Dom) -> HashMap<String, Vec<NodeId>> {
    let mut described: HashMap<String, Vec<NodeId>> = HashMap::new();
    for picture in dom.subtree(Dom::ROOT).filter(|&node| dom.is(node, local_name!("img"))) {
        let Some(words) = dom.attribute(picture, "alt") else { continue };
        let kept = names::split_site(words).map_or(words, |(kept, _)| kept);
        described.entry(plain(words)).or_default().push(picture);
        described.entry(plain(kept)).or_default().push(picture);
    }
    described
}

/// The elements that follow a `<figure>` or `<picture>` with nothing between.
fn below_pictures(dom: &Dom) -> HashSet<NodeId> {
    let is_picture =
        |node: &NodeId| dom.is(*node, local_name!("figure")) || dom.is(*node, local_name!("picture"));
    let next = |node: NodeId| {
        std::iter::successors(dom.next_sibling(node), |&node| dom.next_sibling(node))
            .take(4)
            .find(|&node| dom.tag(node).is_some())
    };
    dom.subtree(Dom::ROOT).filter(is_picture).filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Options, read_html};

    fn captions(below: &str) -> String {
        let page = format!(
            "<html><body><article><h1>Ferry sails again</h1><p>The ferry to Port Selwyn sailed again on \
             Thursday after two months in which the islanders had to take the long way round by road.</p>\
             <figure><img src=a.jpg alt='The crew of the ferry on the pier - Harbour Post'></figure>{below}\
             <p>The harbour office said that tickets cost as much as before, and that the café on the pier has \
             opened its doors again.</p></article></body></html>"
        );
        let article = read_html(page.as_bytes(), &Options::default()).expect("a page");
        let caption =
            |image: &dateline_document::Image| image.caption.map(|span| article.text[span].to_owned());
        article.images.iter().filter_map(caption).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_picture_s_description_and_a_bold_line_below_are_captions() {
        assert_eq!(
            captions("<div>The crew of the ferry on the pier</div>"),
            "The crew of the ferry on the pier"
        );
        assert_eq!(captions("<p><b>Captain Osric Bane.</b></p>"), "Captain Osric Bane.");
        assert_eq!(captions("<p>Captain Osric Bane took the helm in fog and rain.</p>"), "");
        assert_eq!(captions("<p><b>What comes next</b></p>"), "", "a subhead");
    }
}
