//! The tree → blocks: what a reader sees as a paragraph, a heading, a list item, a caption.
//!
//! One walk over the page. A block is a run of inline content; it ends where a block element
//! begins or ends, and at two line breaks in a row.

use html5ever::{Attribute, LocalName, local_name};

use super::captions;
use super::chrome::{self, Announced, Zone};
use super::dom::{Content, Dom, NodeId};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Heading(u8),
    Item,
    Quote,
    Cell,
    /// The cells of a table's row.
    Row,
    /// Words that stand directly in a `<div>` or the like.
    Loose,
}

/// A run of inline content on one line.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The block element the words stand in.
    pub node: NodeId,
    pub kind: Kind,
    pub zone: Zone,
    /// Whether the words stand under a picture: marked so, or alone with one.
    pub is_caption: bool,
    pub text: String,
    /// Characters, white space set aside.
    pub letters: usize,
    /// Those of them that stand in links.
    pub linked: usize,
    /// Those of them that are set bold.
    pub bold: usize,
}

impl Block {
    /// Share of the letters that stand in links.
    pub fn link_share(&self) -> f32 {
        self.linked as f32 / self.letters.max(1) as f32
    }

    pub fn is_bold(&self) -> bool {
        self.bold * 10 >= self.letters * 9
    }
}

/// Whether the words in classes and ids are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Classes {
    Believed,
    Ignored,
}

/// The page's blocks in order.
pub(crate) fn blocks(dom: &Dom, classes: Classes) -> Vec<Block> {
    let Below { prose, letters, has_picture } = below(dom);
    let mut walk = Walk {
        dom,
        classes,
        blocks: Vec::new(),
        announced: Announced::default(),
        line: Line::default(),
        open: Vec::new(),
    };
    let total = prose[Dom::ROOT.index()];
    let mut at = Dom::ROOT;
    loop {
        let entered = walk.enter(at, prose[at.index()] * 5 > total * 2);
        if entered && let Some(child) = dom.first_child(at) {
            at = child;
            continue;
        }
        loop {
            walk.leave(at);
            if at == Dom::ROOT {
                for block in &mut walk.blocks {
                    block.is_caption |= stands_with_picture(dom, block, &letters, &has_picture);
                }
                captions::mark(dom, &mut walk.blocks);
                return joined_rows(dom, walk.blocks);
            }
            if let Some(next) = dom.next_sibling(at) {
                at = next;
                break;
            }
            match dom.parent(at) {
                Some(parent) => at = parent,
                None => return walk.blocks,
            }
        }
    }
}

/// What is below each node.
struct Below {
    /// Bytes of long unlinked text: a rough measure of where the prose is.
    prose: Vec<u32>,
    /// Bytes of all text.
    letters: Vec<u32>,
    has_picture: Vec<bool>,
}

fn below(dom: &Dom) -> Below {
    let mut below =
        Below { prose: vec![0; dom.len()], letters: vec![0; dom.len()], has_picture: vec![false; dom.len()] };
    let order: Vec<NodeId> = dom.subtree(Dom::ROOT).collect();
    for &node in order.iter().rev() {
        let at = node.index();
        match dom.content(node) {
            Content::Text(text) => {
                let length = text.trim().len() as u32;
                below.letters[at] = length;
                below.prose[at] = if length >= 60 { length } else { 0 };
            }
            Content::Element { name, .. } if is_unseen(name) => {
                (below.prose[at], below.letters[at]) = (0, 0);
            }
            Content::Element { name, .. } => match *name {
                local_name!("a") => below.prose[at] = 0,
                local_name!("img") | local_name!("picture") => below.has_picture[at] = true,
                _ => {}
            },
            Content::Other => {}
        }
        if let Some(parent) = dom.parent(node) {
            let parent = parent.index();
            below.prose[parent] = below.prose[parent].saturating_add(below.prose[at]);
            below.letters[parent] = below.letters[parent].saturating_add(below.letters[at]);
            below.has_picture[parent] |= below.has_picture[at];
        }
    }
    below
}

/// Short cells of one row become one block, "Ena | 12 | 4"; long ones lay out a page.
fn joined_rows(dom: &Dom, blocks: Vec<Block>) -> Vec<Block> {
    let row = |block: &Block| {
        let is_short = block.kind == Kind::Cell && block.letters < 80;
        is_short.then(|| dom.ancestors(block.node).find(|&above| dom.is(above, local_name!("tr")))).flatten()
    };
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut open = None;
    for block in blocks {
        let row = row(&block);
        match joined.last_mut() {
            Some(last) if row.is_some() && row == open => {
                last.kind = Kind::Row;
                last.text.push_str(" | ");
                last.text.push_str(&block.text);
                last.letters += block.letters;
                last.linked += block.linked;
                last.bold += block.bold;
            }
            _ => joined.push(block),
        }
        open = row;
    }
    joined
}

/// Whether the block's words are all that stands near a picture, two levels up at most.
fn stands_with_picture(dom: &Dom, block: &Block, letters: &[u32], has_picture: &[bool]) -> bool {
    if block.letters > 350 || block.link_share() > 0.5 || matches!(block.kind, Kind::Heading(_) | Kind::Item)
    {
        return false;
    }
    let skipped = usize::from(block.kind == Kind::Paragraph);
    dom.ancestors(block.node)
        .skip(skipped)
        .take(3)
        .take_while(|above| letters[above.index()] as usize <= block.text.len() + 120)
        .any(|above| has_picture[above.index()])
}

/// An element that is open in the walk.
struct Open {
    node: NodeId,
    zone: Zone,
    kind: Option<Kind>,
    in_link: bool,
    in_bold: bool,
    in_caption: bool,
}

/// The block that is being written.
#[derive(Default)]
struct Line {
    text: String,
    letters: usize,
    linked: usize,
    bold: usize,
    breaks: u8,
}

struct Walk<'a> {
    dom: &'a Dom,
    classes: Classes,
    blocks: Vec<Block>,
    announced: Announced<'a>,
    line: Line,
    open: Vec<Open>,
}

impl Walk<'_> {
    /// Enters a node; false if nothing below it is to be seen.
    fn enter(&mut self, node: NodeId, holds_the_prose: bool) -> bool {
        match self.dom.content(node) {
            Content::Text(text) => {
                self.write(text);
                false
            }
            Content::Other => node == Dom::ROOT,
            Content::Element { name, .. } if is_unseen(name) => false,
            Content::Element { name, .. } if *name == local_name!("br") => {
                self.line.breaks += 1;
                if self.line.breaks >= 2 {
                    self.end_line();
                } else if !self.line.text.is_empty() {
                    self.line.text.push(' ');
                }
                false
            }
            Content::Element { name, attributes } => {
                let mut kind = block_kind(name);
                if kind.is_some() && self.stands_in_heading() {
                    // A kicker above the headline: one heading in two lines.
                    kind = None;
                    self.write(" ");
                }
                if kind.is_some() {
                    self.end_line();
                }
                let mut zone = self.open.last().map_or(Zone::Open, |above| above.zone);
                let mut captions = self.open.last().is_some_and(|above| above.in_caption);
                let is_margin = matches!(*name, local_name!("footer") | local_name!("nav"));
                let is_asked = is_margin || (!holds_the_prose && (zone != Zone::Chrome || !captions));
                let said =
                    if is_asked { chrome::zone(name, attributes, &mut self.announced) } else { Zone::Open };
                if zone != Zone::Chrome && (!holds_the_prose || is_margin) {
                    let own = match (said, self.classes) {
                        (Zone::Chrome, Classes::Ignored) if !is_margin => Zone::Open,
                        (own, _) => own,
                    };
                    let sets_apart = matches!(own, Zone::Caption | Zone::Credit);
                    // "<p><span class=dateline>LIMA</span> – Rain": a mark within the paragraph.
                    let is_mark = kind.is_none()
                        && !sets_apart
                        && (!self.line.text.is_empty() || self.stands_in_paragraph());
                    if own != Zone::Open && !is_mark {
                        if kind.is_none() && sets_apart {
                            self.end_line();
                        }
                        zone = own;
                    }
                }
                if zone == Zone::Chrome && is_post(name, attributes) {
                    zone = Zone::Open;
                }
                captions |= !holds_the_prose && said == Zone::Caption;
                let above = self.open.last();
                let open = Open {
                    node,
                    zone,
                    kind,
                    in_link: above.is_some_and(|above| above.in_link) || *name == local_name!("a"),
                    in_bold: above.is_some_and(|above| above.in_bold)
                        || matches!(*name, local_name!("b") | local_name!("strong")),
                    in_caption: captions,
                };
                self.open.push(open);
                true
            }
        }
    }

    fn stands_in_heading(&self) -> bool {
        self.open.iter().rev().find_map(|open| open.kind).is_some_and(|kind| matches!(kind, Kind::Heading(_)))
    }

    fn stands_in_paragraph(&self) -> bool {
        self.open.iter().rev().find_map(|open| open.kind) == Some(Kind::Paragraph)
    }

    fn leave(&mut self, node: NodeId) {
        if self.open.last().is_some_and(|open| open.node == node) {
            let zone_ends = self.open.len() >= 2
                && self.open[self.open.len() - 1].zone != self.open[self.open.len() - 2].zone;
            if zone_ends || self.open.last().is_some_and(|open| open.kind.is_some()) {
                self.end_line();
            }
            self.open.pop();
        }
    }

    fn write(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        let line = &mut self.line;
        let mut seen = 0;
        for character in text.chars() {
            match character {
                '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
                _ if character.is_whitespace() || character.is_control() => {
                    if !line.text.is_empty() && !line.text.ends_with(' ') {
                        line.text.push(' ');
                    }
                }
                _ => {
                    line.text.push(character);
                    seen += 1;
                }
            }
        }
        if seen > 0 {
            line.breaks = 0;
        }
        line.letters += seen;
        line.linked += if open.in_link { seen } else { 0 };
        line.bold += if open.in_bold { seen } else { 0 };
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if line.text.is_empty() {
            return;
        }
        let block = self.open.iter().rev().find(|open| open.kind.is_some());
        // A paragraph in a list item or a quotation takes its kind from there.
        let kind = self
            .open
            .iter()
            .rev()
            .filter_map(|open| open.kind)
            .take(3)
            .reduce(|inner, outer| match (inner, outer) {
                (Kind::Paragraph | Kind::Loose, Kind::Item | Kind::Quote | Kind::Cell) => outer,
                (Kind::Loose, Kind::Heading(_)) => outer,
                _ => inner,
            })
            .unwrap_or(Kind::Loose);
        self.blocks.push(Block {
            node: block.map_or(Dom::ROOT, |open| open.node),
            kind,
            zone: self.open.last().map_or(Zone::Open, |open| open.zone),
            is_caption: self.open.last().is_some_and(|open| open.in_caption),
            text: line.text,
            letters: line.letters,
            linked: line.linked,
            bold: line.bold,
        });
    }
}

/// Whether the element is a post that a story quotes, whatever social wrappers it stands in.
fn is_post(name: &LocalName, attributes: &[Attribute]) -> bool {
    const POSTS: [&str; 4] = ["twitter-tweet", "twitter-video", "bluesky-embed", "mastodon-embed"];
    *name == local_name!("blockquote")
        && attributes.iter().any(|attribute| {
            attribute.name.local == local_name!("class")
                && attribute.value.split_ascii_whitespace().any(|class| POSTS.contains(&class))
        })
}

/// Elements whose content no reader sees as text.
fn is_unseen(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("button")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("input")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("canvas")
            | local_name!("head")
            | local_name!("label")
    )
}

/// The kind of block that an element makes; `None` for inline elements.
fn block_kind(name: &LocalName) -> Option<Kind> {
    Some(match *name {
        local_name!("p") | local_name!("pre") => Kind::Paragraph,
        local_name!("h1") => Kind::Heading(1),
        local_name!("h2") => Kind::Heading(2),
        local_name!("h3") => Kind::Heading(3),
        local_name!("h4") => Kind::Heading(4),
        local_name!("h5") => Kind::Heading(5),
        local_name!("h6") => Kind::Heading(6),
        local_name!("li") | local_name!("dd") | local_name!("dt") => Kind::Item,
        local_name!("blockquote") => Kind::Quote,
        local_name!("td") | local_name!("th") => Kind::Cell,
        local_name!("div")
        | local_name!("section")
        | local_name!("article")
        | local_name!("main")
        | local_name!("header")
        | local_name!("footer")
        | local_name!("aside")
        | local_name!("nav")
        | local_name!("body")
        | local_name!("html")
        | local_name!("form")
        | local_name!("fieldset")
        | local_name!("figure")
        | local_name!("figcaption")
        | local_name!("ul")
        | local_name!("ol")
        | local_name!("dl")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("thead")
        | local_name!("tr")
        | local_name!("hr")
        | local_name!("center")
        | local_name!("address")
        | local_name!("details")
        | local_name!("summary")
        | local_name!("dialog") => Kind::Loose,
        _ => return None,
    })
}
