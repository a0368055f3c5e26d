//! One element → a tree of what is in it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::ArchiveError;

/// An element by its local name. Text stands among its children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Child {
    Element(Node),
    Text(String),
}

impl Node {
    /// Reads a document of one element.
    pub fn parse(text: &str, depth: usize) -> Result<Node, ArchiveError> {
        let mut reader = Reader::from_str(text);
        let mut open = vec![Node::default()];
        loop {
            let event = reader.read_event().map_err(|error| ArchiveError::Damaged {
                what: format!("the element is not well formed: {error}"),
                hint: "ask whoever made the file to mend it",
            })?;
            match event {
                Event::Start(tag) => {
                    if open.len() > depth {
                        return Err(ArchiveError::TooDeep { limit: depth });
                    }
                    open.push(node(&tag));
                }
                Event::Empty(tag) => add(&mut open, Child::Element(node(&tag))),
                Event::End(_) => {
                    if open.len() > 1
                        && let Some(closed) = open.pop()
                    {
                        add(&mut open, Child::Element(closed));
                    }
                }
                Event::Text(text) => add_text(&mut open, &text),
                Event::CData(text) => add_text(&mut open, &text),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(character)) => add_text(&mut open, character.encode_utf8(&mut [0; 4])),
                    _ => match quick_xml::escape::resolve_html5_entity(&reference) {
                        Some(text) => add_text(&mut open, text),
                        // Declared by the document itself, or by nobody: it stays as it is printed.
                        None => add_text(&mut open, &format!("&{};", &*reference)),
                    },
                },
                Event::Eof => break,
                _ => {}
            }
        }
        let root = open.swap_remove(0);
        let first = root.children.into_iter().find_map(|child| match child {
            Child::Element(node) => Some(node),
            Child::Text(_) => None,
        });
        first.filter(|_| open.len() <= 1).ok_or(ArchiveError::Truncated { within: "an element" })
    }

    /// The elements directly below.
    pub fn elements(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// The elements directly below that have this name.
    pub fn all<'n>(&'n self, name: &str) -> impl Iterator<Item = &'n Node> {
        self.elements().filter(move |node| node.name == name)
    }

    /// The first element at the end of the path: "head/docdata/doc-id".
    pub fn at(&self, path: &str) -> Option<&Node> {
        match path.split_once('/') {
            None => self.elements().find(|node| node.name == path),
            Some((first, rest)) => self.all(first).find_map(|node| node.at(rest)),
        }
    }

    /// The first element of this name anywhere below, in the document's order.
    pub fn find(&self, name: &str) -> Option<&Node> {
        self.elements().find_map(|node| if node.name == name { Some(node) } else { node.find(name) })
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All text below, on one line; `None` when there is none.
    pub fn text(&self) -> Option<String> {
        let mut text = String::new();
        self.gather(&mut text);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// All text directly in the element, its line breaks kept.
    pub fn lines(&self) -> String {
        let texts = self.children.iter().filter_map(|child| match child {
            Child::Text(words) => Some(words.as_str()),
            Child::Element(_) => None,
        });
        texts.collect()
    }

    fn gather(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(words) => text.push_str(words),
                Child::Element(node) => {
                    // Words in two elements are two words.
                    if !matches!(
                        node.name.as_str(),
                        "em" | "i" | "b" | "strong" | "person" | "a" | "q" | "sub" | "sup"
                    ) {
                        text.push(' ');
                    }
                    node.gather(text);
                    if node.name == "br" {
                        text.push(' ');
                    }
                }
            }
        }
    }

    /// The element as markup again.
    pub fn markup(&self) -> String {
        let mut markup = String::new();
        self.write(&mut markup);
        markup
    }

    fn write(&self, markup: &mut String) {
        markup.push('<');
        markup.push_str(&self.name);
        for (name, value) in &self.attributes {
            markup.push_str(&format!(" {name}=\"{}\"", quick_xml::escape::escape(value)));
        }
        markup.push('>');
        for child in &self.children {
            match child {
                Child::Element(node) => node.write(markup),
                Child::Text(text) => markup.push_str(&quick_xml::escape::partial_escape(text)),
            }
        }
        if !matches!(self.name.as_str(), "br" | "img" | "hr" | "wbr") {
            markup.push_str(&format!("</{}>", self.name));
        }
    }
}

fn node(tag: &BytesStart<'_>) -> Node {
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).flatten().map(|attribute| {
        let name = attribute.key.local_name().into_inner().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        // An entity that the document declares itself: the value stays as it is printed.
        let value = value.map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
        (name, value)
    });
    Node {
        name: tag.local_name().into_inner().to_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

fn add(open: &mut [Node], child: Child) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn add_text(open: &mut [Node], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => parent.children.push(Child::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_walked_by_names() {
        let node = Node::parse(
            "<n:a xmlns:n='x' id='7'><b>One <em>and</em> <![CDATA[<two>]]> &amp; &eacute;&#x41;</b><c><b d='&lt;'/></c></n:a>",
            10,
        )
        .expect("it is well formed");
        assert_eq!(node.name, "a");
        assert_eq!(node.attribute("id"), Some("7"));
        assert_eq!(node.at("b").and_then(Node::text).as_deref(), Some("One and <two> & éA"));
        assert_eq!(node.at("c/b").and_then(|node| node.attribute("d")), Some("<"));
    }

    #[test]
    fn entities_are_not_expanded_and_depth_has_a_limit() {
        let bomb = "<!DOCTYPE a [<!ENTITY b '&c;&c;'><!ENTITY c '&b;&b;'>]><a b='&b;'>&b;</a>";
        let node = Node::parse(bomb, 10).expect("it is well formed");
        assert_eq!((node.attribute("b"), node.text().as_deref()), (Some("&b;"), Some("&b;")));
        assert_eq!(Node::parse(&"<a>".repeat(100_000), 256), Err(ArchiveError::TooDeep { limit: 256 }));
        assert!(matches!(Node::parse("<a><b></a>", 10), Err(ArchiveError::Damaged { .. })));
        assert!(matches!(Node::parse("<a><b>", 10), Err(ArchiveError::Truncated { .. })));
    }
}
