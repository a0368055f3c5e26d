//! Which blocks are the story.
//!
//! The container is the element for which prose minus noise is largest: every good paragraph
//! below it counts for it, every stray line against it. That is Readability's idea (Arc90, 2009)
//! turned from a local vote into a sum over the tree: climbing one level further pays only while
//! it gathers more story than clutter. Text that the page marks as its body (`articleBody` as
//! microdata, or in JSON-LD, where it can be compared with what is printed) is believed when it
//! is there.

use std::collections::{HashMap, HashSet};

use html5ever::local_name;

use super::blocks::{Block, Kind};
use super::chrome::{self, Zone};
use super::credit;
use super::dom::{Dom, NodeId};
use crate::talk::speaks_of_the_site;
use crate::{names, when};

/// What a stray letter outside the prose costs, in letters of prose.
const NOISE: f32 = 0.7;

/// The blocks that are the story, by their numbers, in order.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// Paragraphs and subheads.
    pub body: Vec<usize>,
    pub subheads: HashSet<usize>,
    /// Captions that nothing but their credit gives away.
    pub captions: HashSet<usize>,
    /// Everything that stands in the chosen container, the captions among it.
    pub inside: Vec<usize>,
}

impl Story {
    /// Letters of the body.
    pub fn letters(&self, blocks: &[Block]) -> usize {
        self.body.iter().map(|&index| blocks[index].letters).sum()
    }
}

/// Chooses the story's blocks. `headline` is what the page says it is called, `declared` the body
/// that it carries in JSON-LD.
pub(crate) fn choose(dom: &Dom, blocks: &[Block], headline: Option<&str>, declared: Option<&str>) -> Story {
    let declared = declared.map(Declared::new).filter(|declared| !declared.words.is_empty());
    let values: Vec<f32> = blocks.iter().map(|block| value(block, declared.as_ref())).collect();
    let headline_node = headline_at(blocks, headline).map(|index| blocks[index].node);
    let Some(container) = container(dom, blocks, &values, headline_node) else { return Story::default() };
    let inside: Vec<usize> = (0..blocks.len())
        .filter(|&index| dom.ancestors(blocks[index].node).any(|above| above == container))
        .collect();
    let mut body: Vec<usize> =
        inside.iter().copied().filter(|&index| is_body(&blocks[index], declared.as_ref())).collect();
    trim(dom, &mut body, blocks, headline_at(blocks, headline));
    let settings: Vec<Setting> = body.iter().map(|&index| Setting::of(dom, &blocks[index])).collect();
    let main = MainSetting::of(body.iter().map(|&index| &blocks[index]).zip(&settings));
    // A short line with a credit, set unlike the paragraphs, is a caption without a mark.
    let captions: HashSet<usize> = body
        .iter()
        .zip(&settings)
        .filter(|(index, setting)| {
            let block = &blocks[**index];
            block.letters < 300 && !setting.is_like(&main) && credit::split(&block.text).1.is_some()
        })
        .map(|(index, _)| *index)
        .collect();
    body.retain(|index| !captions.contains(index));
    let subheads: HashSet<usize> = body.iter().copied().filter(|&index| is_subhead(&blocks[index])).collect();
    Story { body, subheads, captions, inside }
}

/// The heading that says what the page is called, or else its only first-level heading.
fn headline_at(blocks: &[Block], headline: Option<&str>) -> Option<usize> {
    let headline = plain(headline?);
    blocks
        .iter()
        .position(|block| matches!(block.kind, Kind::Heading(_)) && plain(&block.text) == headline)
        .or_else(|| blocks.iter().position(|block| plain(&block.text) == headline))
}

/// The body that JSON-LD carries, as a set of runs of five words.
struct Declared {
    words: HashSet<u64>,
}

impl Declared {
    fn new(text: &str) -> Declared {
        Declared { words: runs(text).collect() }
    }

    /// Share of the block's runs that the declared body has too; `None` for blocks too short to say.
    fn share(&self, text: &str) -> Option<f32> {
        let (mut all, mut found) = (0usize, 0usize);
        for run in runs(text) {
            all += 1;
            found += usize::from(self.words.contains(&run));
        }
        (all >= 3).then(|| found as f32 / all as f32)
    }
}

/// Hashes of every five words in a row.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let count = words.len().saturating_sub(4);
    (0..count).map(move |at| {
        let mut hasher = DefaultHasher::new();
        words[at..at + 5].hash(&mut hasher);
        hasher.finish()
    })
}

/// What a block adds to its containers: its letters if it is prose, less than nothing if it is a
/// stray line, nothing if it is known to be chrome.
fn value(block: &Block, declared: Option<&Declared>) -> f32 {
    if block.is_caption {
        return 0.0;
    }
    let letters = block.letters as f32;
    let unlinked = (block.letters - block.linked) as f32;
    match block.zone {
        Zone::Chrome | Zone::Caption | Zone::Credit | Zone::Byline | Zone::Date => return 0.0,
        Zone::Open | Zone::Summary => {}
    }
    if declared.and_then(|declared| declared.share(&block.text)).is_some_and(|share| share > 0.6) {
        return 2.0 * letters;
    }
    if block.kind == Kind::Row && block.link_share() < 0.4 {
        0.0
    } else if is_prose(block) {
        match block.kind {
            Kind::Paragraph | Kind::Quote => letters,
            _ => 0.8 * letters,
        }
    } else if has_sentence_end(&block.text) && unlinked >= 60.0 {
        0.5 * unlinked
    } else if block.link_share() < 0.3 {
        // Lists, names and subheads are found in stories as well as around them.
        -0.15 * letters.min(100.0)
    } else {
        -NOISE * letters.min(200.0)
    }
}

/// Whether the block reads like a paragraph: long enough, not made of links, with a sentence end.
fn is_prose(block: &Block) -> bool {
    let long = match block.kind {
        Kind::Paragraph | Kind::Quote => 40,
        _ => 80,
    };
    if block.kind == Kind::Row {
        return false;
    }
    // A character of Chinese, Japanese or Korean says as much as three letters.
    let weight =
        block.letters + 2 * block.text.chars().filter(|&character| is_ideographic(character)).count();
    weight >= long
        && block.link_share() < 0.4
        && !matches!(block.kind, Kind::Heading(_))
        && (weight >= 120 || has_sentence_end(&block.text))
}

pub(super) fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

fn has_sentence_end(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '»', '“', ')', ']', '」', '\''])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟', '۔', ';'])
}

/// The element with the best sum of values below it; the deepest of equals.
fn container(dom: &Dom, blocks: &[Block], values: &[f32], headline: Option<NodeId>) -> Option<NodeId> {
    let order: Vec<NodeId> = dom.subtree(Dom::ROOT).collect();
    let sums = sums(dom, &order, blocks, values);
    let sum = |node: NodeId| sums[node.index()];
    let total: f32 = values.iter().filter(|value| **value > 0.0).sum();
    let marked = order
        .iter()
        .copied()
        .filter(|&node| sum(node) > 0.3 * total)
        .filter(|&node| dom.attribute(node, "itemprop").is_some_and(|prop| prop.contains("articleBody")))
        .max_by(|&one, &other| sum(one).total_cmp(&sum(other)).then(other.cmp(&one)));
    if marked.is_some() {
        return marked;
    }
    let depth = |node: NodeId| dom.ancestors(node).count();
    let best = order.iter().copied().filter(|&node| sum(node) > 0.0).max_by(|&one, &other| {
        let deeper = || depth(one).cmp(&depth(other));
        sum(one).total_cmp(&sum(other)).then_with(deeper).then(other.cmp(&one))
    })?;
    // A lone paragraph that outweighs all is one of a story that lists or links a lot.
    let best = dom.ancestors(best).find(|&node| !is_leaf(dom, node)).unwrap_or(best);
    Some(single_article(dom, best, &order, &sums, headline).unwrap_or(best))
}

/// By node, the values of all blocks below it. They are added in the page's order: floating point
/// numbers added in another come to other sums.
fn sums(dom: &Dom, order: &[NodeId], blocks: &[Block], values: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0; dom.len()];
    for (block, value) in blocks.iter().zip(values) {
        sums[block.node.index()] += value;
    }
    for &node in order.iter().rev() {
        if let Some(parent) = dom.parent(node) {
            sums[parent.index()] += sums[node.index()];
        }
    }
    sums
}

/// Whether the block at `at` of a story's end, which begins with its last paragraph, is an item of a
/// list that stands beside that paragraph, or a heading right above one: "All who have qualified".
fn opens_list(dom: &Dom, blocks: &[Block], end: &[usize], at: usize) -> bool {
    let beside = |block: &Block| {
        let is_list = |node: &NodeId| dom.is(*node, local_name!("ul")) || dom.is(*node, local_name!("ol"));
        let list = dom.ancestors(block.node).find(is_list).and_then(|list| dom.parent(list));
        list.is_some() && list == dom.parent(blocks[end[0]].node)
    };
    let is_item = |at: usize| {
        let Some(block) = end.get(at).map(|&index| &blocks[index]) else { return false };
        block.kind == Kind::Item && block.link_share() < 0.2 && end[at] - end[at - 1] <= 1 && beside(block)
    };
    let is_heading = matches!(blocks[end[at]].kind, Kind::Heading(_)) && end[at] - end[at - 1] <= 1;
    is_item(at) || (is_heading && is_item(at + 1))
}

/// Whether the element holds words rather than blocks.
fn is_leaf(dom: &Dom, node: NodeId) -> bool {
    dom.tag(node).is_none_or(|tag| {
        matches!(
            *tag,
            local_name!("p")
                | local_name!("li")
                | local_name!("ul")
                | local_name!("ol")
                | local_name!("blockquote")
                | local_name!("td")
                | local_name!("tr")
                | local_name!("h1")
                | local_name!("h2")
                | local_name!("h3")
                | local_name!("span")
        )
    })
}

/// Of several `<article>`s below the container, the one with the headline, or else the first.
fn single_article(
    dom: &Dom,
    container: NodeId,
    order: &[NodeId],
    sums: &[f32],
    headline: Option<NodeId>,
) -> Option<NodeId> {
    let sum = |node: NodeId| sums[node.index()];
    let mut articles: Vec<NodeId> = order
        .iter()
        .copied()
        .filter(|&node| sum(node) > 0.0 && node != container && dom.is(node, local_name!("article")))
        .filter(|&node| dom.ancestors(node).any(|above| above == container))
        .filter(|&node| {
            !dom.ancestors(node)
                .skip(1)
                .take_while(|&above| above != container)
                .any(|above| dom.is(above, local_name!("article")))
        })
        .collect();
    articles.sort_unstable();
    if articles.len() < 2 {
        return None;
    }
    let total = sum(container);
    let with_headline = articles.iter().copied().find(|&article| {
        headline.is_some_and(|headline| dom.ancestors(headline).any(|above| above == article))
    });
    let chosen = with_headline.or_else(|| headline.is_none().then_some(articles[0]))?;
    let own = sum(chosen);
    (own > 0.1 * total && own > 150.0).then_some(chosen)
}

/// Whether a block in the container is part of the story.
fn is_body(block: &Block, declared: Option<&Declared>) -> bool {
    match block.zone {
        Zone::Open | Zone::Summary => {}
        Zone::Chrome | Zone::Byline | Zone::Date | Zone::Caption | Zone::Credit => return false,
    }
    if block.is_caption || block.letters == 0 || chrome::is_prompt(&block.text) {
        return false;
    }
    if declared.and_then(|declared| declared.share(&block.text)).is_some_and(|share| share > 0.6) {
        return true;
    }
    match block.kind {
        Kind::Paragraph | Kind::Quote => {
            block.link_share() < 0.6 || block.letters > 300 && block.link_share() < 0.8
        }
        Kind::Heading(level) => level > 1 && block.link_share() < 0.5,
        Kind::Item => {
            block.link_share() < 0.4 || (has_sentence_end(&block.text) && block.letters - block.linked >= 60)
        }
        Kind::Cell => is_prose(block),
        Kind::Row => block.link_share() < 0.4,
        Kind::Loose => block.link_share() < 0.4 && (is_prose(block) || has_sentence_end(&block.text)),
    }
}

/// A heading, or a short bold line that stands for one.
fn is_subhead(block: &Block) -> bool {
    match block.kind {
        Kind::Heading(_) => true,
        Kind::Paragraph | Kind::Loose => {
            block.is_bold() && block.letters < 90 && !block.text.ends_with(['.', '!', ':', ',', '"', '”'])
        }
        _ => false,
    }
}

/// Drops what stands before the first and after the last paragraph of the story.
///
/// Paragraphs of one story are set alike: they hang in elements of one tag and class. Where that
/// setting holds most of the prose, nothing before its first or after its last paragraph is the
/// story's, and a heading that opens an afterword ends it wherever it stands.
fn trim(dom: &Dom, body: &mut Vec<usize>, blocks: &[Block], headline: Option<usize>) {
    if let Some(headline) = headline {
        let begun = body.partition_point(|&index| index <= headline);
        let letters = |body: &[usize]| -> usize {
            let running =
                body.iter().filter(|&&index| matches!(blocks[index].kind, Kind::Paragraph | Kind::Loose));
            running.map(|&index| blocks[index].letters).sum()
        };
        if letters(&body[begun..]) > letters(&body[..begun]) {
            body.drain(..begun);
        }
    }
    let settings: Vec<Setting> = body.iter().map(|&index| Setting::of(dom, &blocks[index])).collect();
    let main = MainSetting::of(body.iter().map(|&index| &blocks[index]).zip(&settings));
    let is_story = |at: usize| is_prose(&blocks[body[at]]) && settings[at].is_like(&main);
    // Letters of the story before each block.
    let mut before = vec![0usize];
    before.extend((0..body.len()).scan(0, |sum, at| {
        *sum += if is_story(at) { blocks[body[at]].letters } else { 0 };
        Some(*sum)
    }));
    let total = before[body.len()];
    // Half a story may stand below "Related": then it is a box within the story.
    let afterword = (0..body.len()).find(|&at| {
        let block = &blocks[body[at]];
        before[at] > 0
            && (matches!(block.kind, Kind::Heading(_)) || block.letters < 60)
            && chrome::opens_afterword(&block.text)
            && (chrome::opens_comments(&block.text) || before[at] > 3 * (total - before[at]))
    });
    let length = afterword.unwrap_or(body.len());
    let Some(first) = (0..length).find(|&at| is_story(at)) else { return };
    let Some(last) = (0..length).rev().find(|&at| is_story(at)) else { return };
    let goes_on = |at: usize| {
        let block = &blocks[body[at]];
        let is_listed = match block.kind {
            Kind::Row => body[at] - body[at - 1] <= 1,
            Kind::Item => settings[at].is_like(&main),
            _ => false,
        };
        (has_sentence_end(&block.text) || is_listed)
            && !matches!(block.kind, Kind::Heading(_))
            && block.link_share() < 0.2
            && (is_prose(block) || is_listed || settings[at].is_like(&main))
            && body[at] - body[at - 1] <= 3
    };
    let mut end = last + 1;
    while end < length && (goes_on(end) || opens_list(dom, blocks, &body[last..length], end - last)) {
        end += 1;
    }
    // What the site says of itself below a story may be set like the story.
    while end > first + 1 && speaks_of_the_site(&blocks[body[end - 1]].text) {
        end -= 1;
    }
    let mut start = first;
    let leads_in = |at: usize| {
        let block = &blocks[body[at]];
        is_lead(block) || goes_on_before(block) || (settings[at].is_like(&main) && opens_story(block))
    };
    while start > 0 && leads_in(start - 1) {
        start -= 1;
    }
    // The subhead right above the first paragraph.
    if start > 0
        && matches!(blocks[body[start - 1]].kind, Kind::Heading(2..))
        && body[start] - body[start - 1] <= 2
        && headline.is_some_and(|headline| body[start - 1] > headline)
    {
        start -= 1;
    }
    body.truncate(end);
    body.drain(..start);
}

/// A short line or list set like the story's paragraphs, and no date or byline.
fn opens_story(block: &Block) -> bool {
    block.letters >= 9
        && block.link_share() < 0.2
        && matches!(block.kind, Kind::Paragraph | Kind::Item)
        && when::in_words(&block.text).is_none()
        && !names::opens_byline(&block.text)
}

fn goes_on_before(block: &Block) -> bool {
    has_sentence_end(&block.text) && !matches!(block.kind, Kind::Heading(_)) && block.link_share() < 0.2
}

/// A paragraph that may be set apart before the others.
fn is_lead(block: &Block) -> bool {
    is_prose(block) && matches!(block.kind, Kind::Paragraph | Kind::Loose | Kind::Item)
}

/// How a block is set: tag and class of the block and of the element that holds it, digits set
/// aside, as hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Setting {
    /// 0 for blocks without a class, which all look alike.
    own: u64,
    holder: u64,
}

impl Setting {
    fn of(dom: &Dom, block: &Block) -> Setting {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let depth = match block.kind {
            Kind::Item | Kind::Quote => 2,
            _ => 1,
        };
        let look = |node: NodeId| {
            let mut hasher = DefaultHasher::new();
            dom.tag(node).map(|tag| &**tag).hash(&mut hasher);
            let class = dom.attribute(node, "class").unwrap_or_default();
            class
                .chars()
                .filter(|character| !character.is_ascii_digit())
                .for_each(|character| character.hash(&mut hasher));
            hasher.finish()
        };
        let has_class = dom.attribute(block.node, "class").is_some_and(|class| !class.trim().is_empty());
        Setting {
            own: if has_class { look(block.node) } else { 0 },
            holder: dom.ancestors(block.node).nth(depth).map_or(0, look),
        }
    }

    fn is_like(&self, main: &MainSetting) -> bool {
        main.holders.contains(&self.holder) || (self.own != 0 && self.own == main.own)
    }
}

/// How the story's paragraphs are set: the class that most letters of its prose have, and the
/// holders of which each has a good share; a story may consist of an account and a transcript.
#[derive(Debug, Default)]
struct MainSetting {
    own: u64,
    holders: HashSet<u64>,
}

impl MainSetting {
    fn of<'a>(blocks: impl Iterator<Item = (&'a Block, &'a Setting)>) -> MainSetting {
        let (mut own, mut holders): (HashMap<u64, usize>, HashMap<u64, usize>) =
            (HashMap::new(), HashMap::new());
        for (block, setting) in blocks.filter(|(block, _)| is_prose(block)) {
            *own.entry(setting.own).or_default() += block.letters;
            *holders.entry(setting.holder).or_default() += block.letters;
        }
        let total: usize = holders.values().sum();
        let most = holders.values().copied().max().unwrap_or_default();
        let own = own.into_iter().max_by_key(|&(look, letters)| (letters, look)).map_or(0, |(look, _)| look);
        let has_share = |letters: usize| letters == most || letters * 10 > total * 3;
        let holders =
            holders.into_iter().filter(|&(_, letters)| has_share(letters)).map(|(look, _)| look).collect();
        MainSetting { own, holders }
    }
}

/// Letters and digits only, in lower case: what two printings of one headline share.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_ascii_alphanumeric() => plain.push(character.to_ascii_lowercase()),
            _ if character.is_ascii() => {}
            _ if character.is_alphanumeric() => plain.extend(character.to_lowercase()),
            _ => {}
        }
    }
    plain
}
