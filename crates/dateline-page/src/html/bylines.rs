//! Who signs the story: what the page says of itself, and what it prints.

use super::blocks::Block;
use super::body::Story;
use super::chrome::Zone;
use super::credit;
use super::dom::Dom;
use crate::assemble::one_line;
use crate::metadata::Facts;
use crate::{names, when};

/// The people who sign the story: as its metadata names them, else as it prints them. A story that
/// nobody signs but an organisation is signed by that.
///
/// Some publishing systems state only the first of several: where the page marks as its authors
/// those people and more, they are all believed.
pub(super) fn bylines(dom: &Dom, blocks: &[Block], story: &Story, facts: &Facts) -> Vec<String> {
    if facts.bylines.iter().any(|name| names::is_full(name)) {
        // Within the story stand boxes about others, with their authors.
        let above = marked(dom, blocks, story.body.first(), facts);
        let has_all = facts.bylines.iter().all(|name| above.contains(name));
        return if has_all { above } else { facts.bylines.clone() };
    }
    let places = [
        marked(dom, blocks, story.body.last(), facts),
        beside(blocks, story, facts),
        labelled(blocks, facts),
        dated(blocks, story, facts),
        alone(blocks, story, facts),
        facts.bylines.clone(),
        facts.signed_by.clone(),
    ];
    places.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// The people of some words, with first and last name.
fn full(words: &str, facts: &Facts) -> impl Iterator<Item = String> + use<> {
    names::people(words, facts.publisher.as_deref()).into_iter().filter(|name| names::is_full(name))
}

/// Elements that the page marks as the author, up to a block: behind the story stand the authors of
/// others.
fn marked(dom: &Dom, blocks: &[Block], end: Option<&usize>, facts: &Facts) -> Vec<String> {
    let mut people = Vec::new();
    let end = end.map(|&index| blocks[index].node);
    for node in dom.subtree(Dom::ROOT).take_while(|node| end.is_none_or(|end| *node <= end)) {
        let marks = [dom.attribute(node, "rel"), dom.attribute(node, "itemprop")];
        let is_marked = marks.iter().flatten().any(|mark| mark.split(' ').any(|mark| mark == "author"))
            || dom.attribute(node, "class").is_some_and(names_author);
        if is_marked {
            let words = one_line(&dom.text(node));
            if words.len() < 100 {
                names::add(&mut people, full(&words, facts));
            }
        }
    }
    people
}

/// Whether a class says that the words are an author's name.
fn names_author(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| {
        matches!(
            class,
            "authorname" | "author-name" | "author_name" | "author__name" | "byline__name" | "byline-name"
        )
    })
}

/// Bylines near the headline or right behind the story: "By Ana Ruiz".
fn beside(blocks: &[Block], story: &Story, facts: &Facts) -> Vec<String> {
    let first = story.body.first().copied().unwrap_or(0);
    let last = story.body.last().copied().unwrap_or(0);
    let before = (first.saturating_sub(20)..first).rev();
    let after = last..blocks.len().min(last + 8);
    let near = before.chain(after).map(|index| &blocks[index]);
    let is_byline = |block: &&Block| {
        block.letters < 120
            && !matches!(block.zone, Zone::Caption | Zone::Credit)
            && !credit::split(&block.text).0.is_empty()
            && (block.zone == Zone::Byline || names::opens_byline(&block.text))
    };
    let mut people = Vec::new();
    for block in near.filter(is_byline) {
        names::add(&mut people, full(&block.text, facts));
        if !people.is_empty() {
            break;
        }
    }
    people
}

/// "Author: Ana Ruiz", in the box of facts that some sites put beside the story.
fn labelled(blocks: &[Block], facts: &Facts) -> Vec<String> {
    let named = blocks.iter().filter(|block| block.letters < 60).find_map(|block| {
        let name = names::after_author_label(&block.text).filter(|name| is_plain_name(name))?;
        let people: Vec<String> = full(name, facts).collect();
        (!people.is_empty()).then_some(people)
    });
    named.unwrap_or_default()
}

/// "Ana Ruiz | 14 March 2023": a name and a date on one line above the story.
fn dated(blocks: &[Block], story: &Story, facts: &Facts) -> Vec<String> {
    let first = story.body.first().copied().unwrap_or(0);
    let above = blocks[first.saturating_sub(8)..first].iter().rev();
    let is_dated = |block: &&Block| block.letters < 80 && when::in_words(&block.text).is_some();
    let name = |block: &Block| {
        let name = block.text.split(['|', '•', '·']).next().unwrap_or_default();
        let people: Vec<String> = full(name, facts).collect();
        (name.len() < block.text.len() && is_plain_name(name) && people.len() == 1).then_some(people)
    };
    above.filter(is_dated).find_map(name).unwrap_or_default()
}

/// A name that stands alone in bold at the beginning or below the end of the story, as small papers
/// sign. Further down a bold name is a subhead.
fn alone(blocks: &[Block], story: &Story, facts: &Facts) -> Vec<String> {
    let (Some(&first), Some(&last)) = (story.body.first(), story.body.last()) else { return Vec::new() };
    let around = (first.saturating_sub(1)..first + 3).chain(last.saturating_sub(1)..last + 2);
    let signed = around.filter_map(|index| blocks.get(index)).find_map(|block| {
        let is_name = block.is_bold()
            && block.letters < 60
            && block.zone != Zone::Chrome
            && block.text.split('/').all(is_plain_name);
        let people: Vec<String> = block.text.split('/').flat_map(|name| full(name, facts)).collect();
        (is_name && !people.is_empty()).then_some(people)
    });
    signed.unwrap_or_default()
}

/// Whether the words are two to four capitalized ones and nothing else.
fn is_plain_name(words: &str) -> bool {
    let words = words.split_whitespace();
    (2..=4).contains(&words.clone().count())
        && words
            .clone()
            .all(|word| word.starts_with(char::is_uppercase) && !word.ends_with([':', ',', '!', '?']))
}

#[cfg(test)]
mod tests {
    use crate::{Options, read_html};

    const STORY: &str = "<p>The ferry to Port Selwyn sailed again on Thursday after two months in which the \
         islanders had to take the long way round by road.<p>The harbour office said that tickets cost as \
         much as before, and that the café on the pier has opened its doors again.";

    fn signed(head: &str, above: &str, below: &str) -> String {
        let page = format!(
            "<html><head><title>Ferry sails again</title>{head}</head><body><article><h1>Ferry sails again</h1>\
             {above}{STORY}{below}</article></body></html>"
        );
        read_html(page.as_bytes(), &Options::default()).expect("a page").bylines.join(", ")
    }

    #[test]
    fn metadata_names_people_in_many_ways() {
        let parts = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails again",
            "author": [{"@type": "Person", "givenName": "Ana", "familyName": "Ruiz"}]}</script>"#;
        assert_eq!(signed(parts, "", ""), "Ana Ruiz");
        let card = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Tom Lee'>\
             <meta name=twitter:label2 content='Reading time'><meta name=twitter:data2 content='3 minutes'>";
        assert_eq!(signed(card, "", ""), "Tom Lee");
        let address = "<meta name=author content='harbourpost.org, Port Selwyn, Westland'>";
        assert_eq!(signed(address, "", ""), "");
    }

    #[test]
    fn marked_authors_complete_those_of_the_metadata() {
        let one = "<meta name=author content='Ana Ruiz'>";
        let both = "<p><a rel=author>Ana Ruiz</a> and <a rel=author>Tom Lee</a>";
        assert_eq!(signed(one, both, ""), "Ana Ruiz, Tom Lee");
        assert_eq!(signed(one, "<p><a rel=author>Tom Lee</a>", ""), "Ana Ruiz", "of another story");
        assert_eq!(signed(one, "", both), "Ana Ruiz", "behind the story");
    }

    #[test]
    fn people_sign_before_organisations() {
        let office = r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails again",
            "author": {"@type": "Organization", "name": "Harbour Post"}}</script>"#;
        assert_eq!(signed(office, "", ""), "Harbour Post");
        assert_eq!(signed(office, "<p>by Ana Ruiz", ""), "Ana Ruiz");
        assert_eq!(signed(office, "<div>Ana Ruiz | 14 March 2023</div>", ""), "Ana Ruiz");
        assert_eq!(signed(office, "<p><b>Ana Ruiz/Tom Lee</b>", ""), "Ana Ruiz, Tom Lee");
        assert_eq!(signed(office, "", "<p><strong>Ana Ruiz</strong>"), "Ana Ruiz");
        assert_eq!(signed(office, "", "<ul><li>Author: Ana Ruiz<li>Topics: islands</ul>"), "Ana Ruiz");
        assert_eq!(signed(office, "<p>Foto: Ana Ruiz", ""), "Harbour Post");
        assert_eq!(signed(office, "<p><b>Ferry sails again!</b>", ""), "Harbour Post");
    }
}
