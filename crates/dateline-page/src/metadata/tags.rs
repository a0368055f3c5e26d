//! `<meta>`, `<title>`, `<link rel=canonical>`, microdata and `<time>`.

use html5ever::local_name;

use crate::assemble::one_line;
use crate::html::{Dom, NodeId};
use crate::names;

/// What the page's tags say, in page order.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// Name in lower case, content on one line.
    named: Vec<(String, String)>,
    pub title: Option<String>,
    pub language: Option<String>,
    canonical: Option<String>,
    /// The next page of a story in several.
    pub next_page: Option<String>,
    /// `<time datetime>` in page order, those marked as the publication first.
    pub times: Vec<String>,
}

impl Tags {
    pub fn read(dom: &Dom) -> Tags {
        let mut tags = Tags::default();
        let mut marked = Vec::new();
        for node in dom.subtree(Dom::ROOT) {
            let Some(tag) = dom.tag(node) else { continue };
            match *tag {
                local_name!("meta") => tags.read_meta(dom, node),
                local_name!("title") if tags.title.is_none() => {
                    tags.title = Some(one_line(&dom.text(node))).filter(|title| !title.is_empty());
                }
                local_name!("html") => tags.language = dom.attribute(node, "lang").map(str::to_owned),
                local_name!("link") if dom.attribute(node, "rel") == Some("canonical") => {
                    tags.canonical =
                        tags.canonical.take().or_else(|| dom.attribute(node, "href").map(str::to_owned));
                }
                local_name!("link") if dom.attribute(node, "rel") == Some("next") => {
                    tags.next_page = dom.attribute(node, "href").map(str::to_owned);
                }
                local_name!("time") => {
                    let printed = dom
                        .attribute(node, "datetime")
                        .filter(|time| !time.is_empty())
                        .map_or_else(|| one_line(&dom.text(node)), str::to_owned);
                    let is_marked = dom.attribute(node, "pubdate").is_some()
                        || dom.attribute(node, "itemprop") == Some("datePublished");
                    if is_marked { marked.push(printed) } else { tags.times.push(printed) }
                }
                _ => {
                    if dom.attribute(node, "itemprop") == Some("datePublished") {
                        let printed =
                            ["content", "datetime"].iter().find_map(|name| dom.attribute(node, name));
                        marked.push(printed.map_or_else(|| one_line(&dom.text(node)), str::to_owned));
                    }
                }
            }
        }
        marked.append(&mut tags.times);
        tags.times = marked;
        tags
    }

    fn read_meta(&mut self, dom: &Dom, node: NodeId) {
        let Some(content) = dom.attribute(node, "content") else { return };
        let content = one_line(content);
        if content.is_empty() {
            return;
        }
        for name in
            ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|key| dom.attribute(node, key))
        {
            self.named.push((name.trim().to_lowercase(), content.clone()));
        }
    }

    /// The content of the first tag with one of `names`, asked in their order.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// The contents of all tags called `name`.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = name.to_owned();
        self.named.iter().filter(move |(known, _)| *known == name).map(|(_, content)| content.as_str())
    }

    /// Who wrote it, as cards for sharing say it: `twitter:label1` is "Written by", `twitter:data1`
    /// the name.
    pub fn written_by(&self) -> Option<&str> {
        (1..=4).find_map(|number| {
            let label = self.first(&[&format!("twitter:label{number}")])?;
            names::labels_author(label).then(|| self.first(&[&format!("twitter:data{number}")])).flatten()
        })
    }

    pub fn canonical(&self) -> Option<&str> {
        self.canonical.as_deref().or_else(|| self.first(&["og:url"])).filter(|url| url.starts_with("http"))
    }
}
