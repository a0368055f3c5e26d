//! Which blocks are the story.
//!
//! The container is the element for which prose minus noise is largest: every good paragraph
//! below it counts for it, every stray line against it. That is Readability's idea (Arc90, 2009)
//! turned from a local vote into a sum over the tree: climbing one level further pays only while
//! it gathers more story than clutter. Text that the page marks as its body (`articleBody` as
//! microdata, or in JSON-LD, where it can be compared with what is printed) is believed when it
//! is there.

use std::collections::{HashMap, HashSet};

use super::blocks::{Block, Kind};
use super::chrome::{self, Zone};
use super::dom::{Dom, NodeId};

/// What a stray letter outside the prose costs, in letters of prose.
const NOISE: f32 = 0.7;

/// The blocks that are the story, by their numbers, in order.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// Paragraphs and subheads.
    pub body: Vec<usize>,
    pub subheads: HashSet<usize>,
    /// Everything that stands in the chosen container, the captions among it.
    pub inside: Vec<usize>,
}

/// Chooses the story's blocks. `headline` is what the page says it is called, `declared` the body
/// that it carries in JSON-LD.
pub(crate) fn choose(dom: &Dom, blocks: &[Block], headline: Option<&str>, declared: Option<&str>) -> Story {
    let declared = declared.map(Declared::new).filter(|declared| !declared.words.is_empty());
    let values: Vec<f32> = blocks.iter().map(|block| value(block, declared.as_ref())).collect();
    let Some(container) = container(dom, blocks, &values) else { return Story::default() };
    let inside: Vec<usize> = (0..blocks.len())
        .filter(|&index| dom.ancestors(blocks[index].node).any(|above| above == container))
        .collect();
    let mut body: Vec<usize> =
        inside.iter().copied().filter(|&index| is_body(&blocks[index], declared.as_ref())).collect();
    trim(&mut body, blocks, headline);
    let subheads: HashSet<usize> = body.iter().copied().filter(|&index| is_subhead(&blocks[index])).collect();
    Story { body, subheads, inside }
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
    let letters = block.letters as f32;
    match block.zone {
        Zone::Chrome | Zone::Caption | Zone::Credit | Zone::Byline => return 0.0,
        Zone::Open | Zone::Summary => {}
    }
    if let Some(share) = declared.and_then(|declared| declared.share(&block.text)) {
        return if share > 0.6 { 2.0 * letters } else { -NOISE * letters };
    }
    if is_prose(block) {
        match block.kind {
            Kind::Paragraph | Kind::Quote => letters,
            _ => 0.8 * letters,
        }
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
fn container(dom: &Dom, blocks: &[Block], values: &[f32]) -> Option<NodeId> {
    let mut sums: HashMap<NodeId, f32> = HashMap::new();
    let mut own: HashMap<NodeId, f32> = HashMap::new();
    for (block, value) in blocks.iter().zip(values) {
        *own.entry(block.node).or_default() += value;
    }
    for (&node, value) in &own {
        for above in dom.ancestors(node) {
            *sums.entry(above).or_default() += value;
        }
    }
    let total: f32 = values.iter().filter(|value| **value > 0.0).sum();
    let marked = sums
        .iter()
        .filter(|&(&node, &sum)| {
            dom.attribute(node, "itemprop").is_some_and(|prop| prop.contains("articleBody"))
                && sum > 0.3 * total
        })
        .max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(one.0)));
    if let Some((&node, _)) = marked {
        return Some(node);
    }
    let depth = |node: NodeId| dom.ancestors(node).count();
    let (&best, &sum) = sums.iter().max_by(|one, other| {
        one.1.total_cmp(other.1).then_with(|| depth(*one.0).cmp(&depth(*other.0))).then(other.0.cmp(one.0))
    })?;
    (sum > 0.0).then_some(best)
}

/// Whether a block in the container is part of the story.
fn is_body(block: &Block, declared: Option<&Declared>) -> bool {
    match block.zone {
        Zone::Open | Zone::Summary => {}
        Zone::Chrome | Zone::Byline | Zone::Caption | Zone::Credit => return false,
    }
    if block.letters == 0 || chrome::is_prompt(&block.text) {
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
        Kind::Item => block.link_share() < 0.4,
        Kind::Cell => is_prose(block),
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

/// Drops what stands before the first and after the last paragraph of prose and isn't prose, the
/// repeated headline, and headings that nothing follows.
fn trim(body: &mut Vec<usize>, blocks: &[Block], headline: Option<&str>) {
    if let Some(headline) = headline {
        let headline = plain(headline);
        if let Some(at) = body.iter().position(|&index| plain(&blocks[index].text) == headline)
            && at * 2 <= body.len()
        {
            body.drain(..=at);
        }
    }
    let Some(first) = body.iter().position(|&index| is_prose(&blocks[index])) else { return };
    let Some(last) = body.iter().rposition(|&index| is_prose(&blocks[index])) else { return };
    let keeps = |index: usize| {
        let block = &blocks[index];
        has_sentence_end(&block.text) && !matches!(block.kind, Kind::Heading(_)) && block.link_share() < 0.2
    };
    let mut end = last + 1;
    while end < body.len() && keeps(body[end]) {
        end += 1;
    }
    body.truncate(end);
    let mut start = first;
    while start > 0 && keeps(body[start - 1]) {
        start -= 1;
    }
    body.drain(..start);
}

/// Letters and digits only, in lower case: what two printings of one headline share.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
