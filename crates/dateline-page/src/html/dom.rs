//! The page as a tree: html5ever's nodes in one vector, so that a page of a million levels costs
//! no stack, neither in walking nor in dropping.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;

use super::tame;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, LocalName, QualName, TokenizerResult, local_name};

/// The number of a node in its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(NonZeroU32);

impl NodeId {
    /// Counted from 1 inside, so that "no node" costs no memory.
    fn of(index: usize) -> NodeId {
        NodeId(NonZeroU32::MIN.saturating_add(index as u32))
    }

    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Content {
    Element {
        name: LocalName,
        attributes: Box<[Attribute]>,
    },
    Text(StrTendril),
    /// The document itself, comments and processing instructions.
    Other,
}

#[derive(Debug)]
struct Node {
    content: Content,
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    depth: u32,
}

/// A parsed page. Node 0 is the document.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    /// Whether elements were nested deeper than the limit and were flattened.
    pub was_flattened: bool,
}

impl Dom {
    /// Parses a page. Elements nested deeper than `depth` levels become siblings.
    pub fn parse(html: &str, depth: u32) -> Dom {
        Dom::grow(StrTendril::from_slice(&tame::tame(html)), depth)
    }

    fn grow(html: StrTendril, depth: u32) -> Dom {
        let builder = TreeBuilder::new(Grower::new(), TreeBuilderOpts::default());
        let sink =
            Flattener { builder, limit: depth, was_flattened: Cell::new(false), formatting: Cell::new(0) };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(html);
        // The tokenizer stops for a script to be run and for a charset to be obeyed. The one we
        // don't do, the other is done.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        tokenizer.end();
        let Flattener { builder, was_flattened, .. } = tokenizer.sink;
        Dom { nodes: builder.sink.nodes.into_inner(), was_flattened: was_flattened.get() }
    }

    pub const ROOT: NodeId = NodeId(NonZeroU32::MIN);

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub fn content(&self, id: NodeId) -> &Content {
        &self.node(id).content
    }

    /// The element's tag; `None` for text.
    pub fn tag(&self, id: NodeId) -> Option<&LocalName> {
        match &self.node(id).content {
            Content::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    pub fn is(&self, id: NodeId, tag: LocalName) -> bool {
        self.tag(id) == Some(&tag)
    }

    pub fn attributes(&self, id: NodeId) -> &[Attribute] {
        match &self.node(id).content {
            Content::Element { attributes, .. } => attributes,
            _ => &[],
        }
    }

    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        debug_assert!(is_asked_for(name), "{name} is not kept");
        self.attributes(id)
            .iter()
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| &*attribute.value)
    }

    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first
    }

    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).next
    }

    /// The node, its parent, and so on up to the document.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |&below| self.node(below).parent)
    }

    /// `id` and everything below it, in the page's order.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), move |&at| self.following(id, at, true))
    }

    /// The node after `at` in the page's order, within `top`; skips what is below `at` unless `enter`.
    pub fn following(&self, top: NodeId, at: NodeId, enter: bool) -> Option<NodeId> {
        if enter && let Some(child) = self.node(at).first {
            return Some(child);
        }
        let mut at = at;
        loop {
            if at == top {
                return None;
            }
            if let Some(next) = self.node(at).next {
                return Some(next);
            }
            at = self.node(at).parent?;
        }
    }

    /// All text below `id`, as it stands in the page.
    pub fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for node in self.subtree(id) {
            match &self.node(node).content {
                Content::Text(words) => text.push_str(words),
                Content::Element { name, .. } if *name == local_name!("br") => text.push(' '),
                _ => {}
            }
        }
        text
    }
}

/// Attributes that somebody asks for. The others (addresses of pictures, states of scripts) would be
/// a good part of a page, and are dropped as it is parsed.
fn is_asked_for(name: &str) -> bool {
    const SAID_OF_THE_PAGE: [&str; 11] = [
        "content",
        "datetime",
        "href",
        "http-equiv",
        "itemprop",
        "lang",
        "name",
        "property",
        "pubdate",
        "rel",
        "type",
    ];
    const SAID_OF_A_BLOCK: [&str; 9] =
        ["alt", "class", "data-component", "data-module", "data-testid", "hidden", "id", "role", "style"];
    SAID_OF_THE_PAGE.contains(&name) || SAID_OF_A_BLOCK.contains(&name)
}

/// The attributes of a tag that are kept.
fn kept(tag: &LocalName, mut attributes: Vec<Attribute>) -> Box<[Attribute]> {
    attributes.retain(|attribute| match &*attribute.name.local {
        "href" => *tag == local_name!("link"),
        "alt" => *tag == local_name!("img") && attribute.value.len() < 2_000,
        "style" => attribute.value.contains("none") || attribute.value.contains("hidden"),
        name => is_asked_for(name),
    });
    attributes.into_boxed_slice()
}

/// The tree builder's handle: the number of the node, and its name, which the builder asks for
/// by reference.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: QualName,
}

/// Grows the vector of nodes as the tree builder says.
struct Grower {
    nodes: RefCell<Vec<Node>>,
    /// Level of the element that is open now.
    depth: Cell<u32>,
}

impl Grower {
    fn new() -> Grower {
        let grower = Grower { nodes: RefCell::default(), depth: Cell::new(0) };
        grower.add(Content::Other);
        grower
    }

    fn add(&self, content: Content) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId::of(nodes.len());
        if nodes.len() == nodes.capacity() {
            // By a half, not twofold: nodes are most of what a page takes in memory.
            let more = nodes.len() / 2 + 256;
            nodes.reserve_exact(more);
        }
        nodes.push(Node {
            content,
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            depth: 0,
        });
        id
    }

    fn detach(nodes: &mut [Node], id: NodeId) {
        let Node { parent, previous, next, .. } = nodes[id.index()];
        match previous {
            Some(previous) => nodes[previous.index()].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent.index()].first = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next.index()].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent.index()].last = previous;
                }
            }
        }
        let node = &mut nodes[id.index()];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts `child` before `before`, or last below `parent`.
    fn attach(nodes: &mut [Node], parent: NodeId, child: NodeId, before: Option<NodeId>) {
        Grower::detach(nodes, child);
        let previous = match before {
            Some(before) => nodes[before.index()].previous,
            None => nodes[parent.index()].last,
        };
        let depth = nodes[parent.index()].depth + 1;
        let node = &mut nodes[child.index()];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, before, depth);
        match previous {
            Some(previous) => nodes[previous.index()].next = Some(child),
            None => nodes[parent.index()].first = Some(child),
        }
        match before {
            Some(before) => nodes[before.index()].previous = Some(child),
            None => nodes[parent.index()].last = Some(child),
        }
    }

    fn insert(&self, parent: NodeId, child: NodeOrText<Handle>, before: Option<NodeId>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                let nodes = &mut self.nodes.borrow_mut();
                Grower::attach(nodes, parent, handle.id, before);
                self.depth.set(nodes[handle.id.index()].depth);
                return;
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                if is_code(&nodes[parent.index()].content) {
                    return;
                }
                let previous = match before {
                    Some(before) => nodes[before.index()].previous,
                    None => nodes[parent.index()].last,
                };
                if let Some(previous) = previous
                    && let Content::Text(words) = &mut nodes[previous.index()].content
                {
                    words.push_tendril(&text);
                    return;
                }
                drop(nodes);
                self.add(Content::Text(text))
            }
        };
        Grower::attach(&mut self.nodes.borrow_mut(), parent, id, before);
    }
}

/// Whether what stands in the element is a program or a style sheet: nobody reads it. JSON is kept.
fn is_code(content: &Content) -> bool {
    match content {
        Content::Element { name, .. } if *name == local_name!("style") => true,
        Content::Element { name, attributes } if *name == local_name!("script") => {
            let kind = attributes.iter().find(|attribute| attribute.name.local == local_name!("type"));
            !kind.is_some_and(|kind| kind.value.to_ascii_lowercase().contains("json"))
        }
        _ => false,
    }
}

impl TreeSink for Grower {
    type Handle = Handle;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Dom::ROOT, name: QualName::new(None, html5ever::ns!(), local_name!("")) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attributes = kept(&name.local, attributes);
        let id = self.add(Content::Element { name: name.local.clone(), attributes });
        Handle { id, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Content::Other), ..self.get_document() }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle { id: self.add(Content::Other), ..self.get_document() }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, child, None);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[element.id.index()].parent;
        match parent {
            Some(parent) => self.insert(parent, child, Some(element.id)),
            None => self.insert(previous.id, child, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.nodes.borrow()[node.id.index()].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id.index()].parent;
        if let Some(parent) = parent {
            self.insert(parent, child, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let Content::Element { attributes, .. } = &mut self.nodes.borrow_mut()[target.id.index()].content {
            let known = std::mem::take(attributes);
            let is_new = |one: &Attribute| !known.iter().any(|other| other.name == one.name);
            let new: Vec<Attribute> = kept(&target.name.local, more).into_iter().filter(is_new).collect();
            *attributes = known.into_iter().chain(new).collect();
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Grower::detach(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let nodes = &mut self.nodes.borrow_mut();
        while let Some(child) = nodes[node.id.index()].first {
            Grower::attach(nodes, new_parent.id, child, None);
        }
    }

    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}

/// Stands between tokenizer and tree builder and drops start tags below the depth limit: the
/// builder looks through all open elements at many tags, so that without a limit a page of
/// nothing but `<div>` would take time in the square of its length.
struct Flattener {
    builder: TreeBuilder<Handle, Grower>,
    limit: u32,
    was_flattened: Cell<bool>,
    /// Formatting elements begun and not ended.
    formatting: Cell<u32>,
}

/// Formatting elements that may be open at once. The builder opens all of them again in each
/// paragraph that follows.
const FORMATTING: u32 = 64;

impl TokenSink for Flattener {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if let Token::TagToken(tag) = &token
            && is_formatting(&tag.name)
        {
            let open = self.formatting.get();
            match tag.kind {
                TagKind::StartTag if open >= FORMATTING => return TokenSinkResult::Continue,
                TagKind::StartTag => self.formatting.set(open + 1),
                TagKind::EndTag => self.formatting.set(open.saturating_sub(1)),
            }
        }
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::StartTag
            && self.builder.sink.depth.get() >= self.limit
            && !is_leaf(&tag.name)
        {
            self.was_flattened.set(true);
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The elements that HTML calls formatting, but for `a`, of which one is open at most.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("i")
            | local_name!("u")
            | local_name!("s")
            | local_name!("em")
            | local_name!("strong")
            | local_name!("font")
            | local_name!("big")
            | local_name!("small")
            | local_name!("code")
            | local_name!("tt")
            | local_name!("strike")
            | local_name!("nobr")
    )
}

/// Elements that hold no others, some of which switch the tokenizer to raw text.
fn is_leaf(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("br")
            | local_name!("img")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("hr")
            | local_name!("input")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_levels_are_flattened_in_time() {
        let page = format!("{}<p>The ferry runs.", "<div>".repeat(100_000));
        let dom = Dom::parse(&page, 512);
        assert!(dom.was_flattened);
        assert_eq!(dom.text(Dom::ROOT), "The ferry runs.");
        let deepest = dom.nodes.iter().map(|node| node.depth).max().unwrap_or_default();
        assert!(deepest <= 514, "{deepest}");
    }

    /// What pages are made of, and what misleads whoever cuts them.
    const PIECES: [&str; 40] = [
        "<script>",
        "</script>",
        "<script type=application/json>",
        "<SCRIPT src='a>b'>",
        "</script >",
        "<script/>",
        "<script-x>",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "--",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<noscript>",
        "</noscript>",
        "<iframe>",
        "</iframe>",
        "<xmp>",
        "</xmp>",
        "<p>",
        "</p>",
        "<a title=\"",
        "<a title = '",
        "\">",
        "'>",
        "<",
        ">",
        "</",
        "<!",
        "<?",
        "<![CDATA[",
        "<template>",
        " it ",
        "sails.",
    ];

    proptest::proptest! {
        #[test]
        fn what_is_cut_before_parsing_is_not_missed(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..24),
        ) {
            let page = pieces.concat();
            let cut = Dom::parse(&page, 512);
            let whole = Dom::grow(StrTendril::from_slice(&page), 512);
            assert_eq!(cut.text(Dom::ROOT), whole.text(Dom::ROOT), "{page}");
        }
    }

    #[test]
    fn scripts_and_charsets_do_not_end_the_page() {
        let dom = Dom::parse("<meta charset=utf-8><script>run()</script><p>The ferry runs.", 512);
        assert!(dom.text(Dom::ROOT).ends_with("The ferry runs."));
    }

    #[test]
    fn misnested_tags_make_the_tree_a_browser_makes() {
        let dom = Dom::parse("<p>One<p>Two<div>Three</p>", 512);
        let paragraphs = dom.subtree(Dom::ROOT).filter(|&node| dom.is(node, local_name!("p"))).count();
        assert_eq!(paragraphs, 3, "the stray end tag makes an empty paragraph");
    }
}
