//! A story's body as HTML → its blocks, all of them: there is nothing around it to tell it from.

use html5ever::local_name;

use super::blocks::{self, Classes};
use super::dom::{Dom, NodeId};

/// What a block of a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Body,
    Heading,
    Caption,
}

/// The blocks in their order, each on one line.
pub(crate) fn blocks(dom: &Dom) -> impl Iterator<Item = (Kind, String)> {
    blocks::blocks(dom, Classes::Ignored).into_iter().map(|block| {
        let kind = match block.kind {
            _ if is_caption(dom, block.node) => Kind::Caption,
            blocks::Kind::Heading(_) => Kind::Heading,
            _ => Kind::Body,
        };
        (kind, block.text)
    })
}

/// Whether the words are marked as a picture's. That a picture is near says nothing here: it stands
/// beside the only paragraph of many an item.
fn is_caption(dom: &Dom, node: NodeId) -> bool {
    dom.ancestors(node).take(6).any(|above| {
        dom.is(above, local_name!("figcaption"))
            || dom.is(above, local_name!("figure"))
            || dom.attribute(above, "class").is_some_and(|classes| classes.contains("caption"))
    })
}
