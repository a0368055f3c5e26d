//! The page's blocks and its own statements, put together.

use std::collections::HashSet;

use dateline_document::{Article, Image, PartRole, PublishedAt, PublishedBasis};

use super::blocks::{Block, Kind, blocks};
use super::body::{self, Story, plain};
use super::chrome::Zone;
use super::credit;
use super::dom::Dom;
use crate::assemble::{Piece, assemble, one_line};
use crate::metadata::{Facts, gather};
use crate::{Options, PageError, decode, names, when};

/// Reads a web page.
///
/// # Errors
///
/// When the bytes are empty, binary, or more than the limit.
pub fn read_html(bytes: &[u8], options: &Options) -> Result<Article, PageError> {
    let decoded = decode::decode(bytes, &options.limits)?;
    let mut article = read_decoded(&decoded.text, options);
    article.notes.splice(0..0, decoded.notes);
    Ok(article)
}

/// Reads a web page that is text already.
pub(crate) fn read_decoded(html: &str, options: &Options) -> Article {
    let dom = Dom::parse(html, options.limits.depth);
    let facts = gather(&dom, options);
    let blocks = blocks(&dom);
    let headline = headline(&blocks, &facts);
    let story = body::choose(&dom, &blocks, headline.as_deref(), facts.body.as_deref());

    let mut article = Article::from_text("");
    let mut notes = Vec::new();
    let mut pieces = Vec::new();
    if let Some(headline) = &headline {
        pieces.push(Piece::new(PartRole::Headline, headline.clone()));
    }
    let before = story.body.first().copied().unwrap_or(blocks.len());
    if let Some(summary) = summary(&blocks[..before], &facts, headline.as_deref()) {
        pieces.push(Piece::new(PartRole::Summary, summary));
    }
    lay_out(&blocks, &story, headline.as_deref(), &mut pieces, &mut article.images);
    fall_back_on_declared_body(&facts, &mut pieces, &mut notes);

    if dom.was_flattened {
        notes.push("the page nests elements deeper than the limit; the deepest were flattened".to_owned());
    }
    if !html.to_ascii_lowercase().contains("</html") && html.len() > 2_000 && html.contains("<html") {
        notes.push("the page has no end: it may have been cut".to_owned());
    }
    if facts.is_paid {
        notes.push("the page is for subscribers: the text may be only its beginning".to_owned());
    }
    if !pieces.iter().any(|piece| piece.role == PartRole::Body) {
        notes.push("no article found on the page".to_owned());
    }

    article.title = headline;
    article.bylines =
        if facts.bylines.is_empty() { visible_byline(&blocks, &story, &facts) } else { facts.bylines };
    article.agency = facts.publisher.as_deref().and_then(names::agency).map(str::to_owned);
    article.publisher = facts.publisher;
    article.rights = facts.rights.or_else(|| rights_line(&blocks));
    article.language = facts.language;
    article.form = facts.form;
    article.published_at = facts.published;
    article.updated_at = facts.updated.and_then(|updated| updated.timestamp);
    article.url = facts.url;
    article.notes = notes;
    let mut article = assemble(article, &pieces);
    if article.published_at.is_none() {
        article.published_at = visible_date(&blocks, &story, &article);
    }
    article
}

/// The headline as the page prints it, if one of its headings is what the page says it is called;
/// else what the page says, without the site's name.
fn headline(blocks: &[Block], facts: &Facts) -> Option<String> {
    let headings: Vec<&str> = blocks
        .iter()
        .filter(|block| block.kind == Kind::Heading(1) && block.letters >= 8)
        .map(|block| block.text.as_str())
        .collect();
    let stated: Vec<String> =
        facts.headlines.iter().map(|title| without_site(title, facts.publisher.as_deref())).collect();
    for title in &stated {
        if let Some(heading) = headings.iter().find(|heading| plain(heading) == plain(title)) {
            return Some((*heading).to_owned());
        }
    }
    let begins_title = |heading: &&&str| stated.iter().any(|title| plain(title).starts_with(&plain(heading)));
    if let Some(heading) = headings.iter().find(begins_title) {
        return Some((*heading).to_owned());
    }
    stated
        .into_iter()
        .find(|title| title.chars().count() >= 5)
        .or_else(|| headings.first().map(|heading| (*heading).to_owned()))
        .or_else(|| {
            blocks
                .iter()
                .find(|block| {
                    matches!(block.kind, Kind::Heading(_))
                        && block.letters >= 15
                        && block.zone != Zone::Chrome
                })
                .map(|block| block.text.clone())
        })
}

/// "Ferry runs again | Harbour Post" → "Ferry runs again".
fn without_site(title: &str, publisher: Option<&str>) -> String {
    let mut title = one_line(title);
    for _ in 0..2 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "]
            .iter()
            .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len(), *mark)))
            .max_by_key(|(at, _, _)| *at);
        let Some((at, length, mark)) = cut else { break };
        let site = &title[at + length..];
        let is_site = mark == " | "
            || publisher.is_some_and(|publisher| {
                let (site, publisher) = (plain(site), plain(publisher));
                !site.is_empty() && (site.contains(&publisher) || publisher.contains(&site))
            });
        if !is_site || at < 10 {
            break;
        }
        title.truncate(at);
    }
    title
}

/// The standfirst: marked as one, or the page's description printed before the body.
fn summary(before: &[Block], facts: &Facts, headline: Option<&str>) -> Option<String> {
    let description = facts.description.as_deref().map(plain).filter(|text| text.len() > 30);
    let headline = headline.map(plain).unwrap_or_default();
    let start = before.iter().rposition(|block| plain(&block.text) == headline).map_or(0, |at| at + 1);
    let after = &before[start..];
    let is_sentence =
        |block: &&Block| block.letters >= 40 && block.link_share() < 0.3 && plain(&block.text) != headline;
    after
        .iter()
        .filter(is_sentence)
        .find(|block| description.as_deref() == Some(plain(&block.text).as_str()))
        .or_else(|| after.iter().filter(is_sentence).find(|block| block.zone == Zone::Summary && start > 0))
        .map(|block| block.text.clone())
}

/// Body, subheads and captions in the page's order.
fn lay_out(
    blocks: &[Block],
    story: &Story,
    headline: Option<&str>,
    pieces: &mut Vec<Piece>,
    images: &mut Vec<Image>,
) {
    let body: HashSet<usize> = story.body.iter().copied().collect();
    let (Some(&first), Some(&last)) = (story.body.first(), story.body.last()) else { return };
    // Captions of the lead picture stand between headline and body.
    let headline = headline.map(plain).unwrap_or_default();
    let start = blocks[..first].iter().rposition(|block| plain(&block.text) == headline);
    let from = start.unwrap_or_else(|| story.inside.first().copied().unwrap_or(first)).min(first);
    let to = story.inside.last().copied().unwrap_or(last).max(last);
    let mut seen: HashSet<String> = pieces.iter().map(|piece| plain(&piece.text)).collect();
    for (index, block) in blocks.iter().enumerate().take(to + 1).skip(from) {
        if body.contains(&index) {
            if !seen.insert(plain(&block.text)) && block.letters > 60 {
                continue;
            }
            let role = if story.subheads.contains(&index) { PartRole::Subhead } else { PartRole::Body };
            pieces.push(Piece::new(role, block.text.clone()));
        } else if block.zone == Zone::Caption && seen.insert(plain(&block.text)) {
            let (caption, credit) = credit::split(&block.text);
            images.push(Image { credit, ..Image::default() });
            if !caption.is_empty() {
                pieces.push(Piece::caption(caption, images.len() - 1));
            }
        } else if block.zone == Zone::Credit
            && let Some(image) = images.last_mut()
            && image.credit.is_none()
        {
            image.credit = credit::clean(&block.text);
        }
    }
}

/// Pages that build their text with scripts often carry it in JSON-LD.
fn fall_back_on_declared_body(facts: &Facts, pieces: &mut Vec<Piece>, notes: &mut Vec<String>) {
    let Some(declared) = &facts.body else { return };
    let printed: usize =
        pieces.iter().filter(|piece| piece.role == PartRole::Body).map(|piece| piece.text.len()).sum();
    if printed * 2 > declared.len() {
        return;
    }
    pieces.retain(|piece| !matches!(piece.role, PartRole::Body | PartRole::Subhead));
    pieces.extend(
        declared.lines().filter(|line| !line.trim().is_empty()).map(|line| Piece::new(PartRole::Body, line)),
    );
    notes.push("the page prints little of its text; the body is the one it carries as JSON-LD".to_owned());
}

/// People in the byline that is printed nearest before the body.
fn visible_byline(blocks: &[Block], story: &Story, facts: &Facts) -> Vec<String> {
    let Some(&first) = story.body.first() else { return Vec::new() };
    blocks[..first]
        .iter()
        .rev()
        .take(15)
        .filter(|block| block.zone == Zone::Byline || block.text.starts_with("By "))
        .map(|block| names::people(&block.text, facts.publisher.as_deref()))
        .find(|people| !people.is_empty())
        .unwrap_or_default()
}

fn rights_line(blocks: &[Block]) -> Option<String> {
    blocks
        .iter()
        .rev()
        .take(60)
        .find(|block| {
            block.letters < 200
                && (block.text.contains('©')
                    || block.text.to_lowercase().starts_with("copyright")
                    || block.text.contains("All rights reserved"))
        })
        .map(|block| block.text.clone())
}

/// The date printed near the headline, or else the only full date of a caption.
fn visible_date(blocks: &[Block], story: &Story, article: &Article) -> Option<PublishedAt> {
    let first = story.body.first().copied().unwrap_or(0);
    let near = blocks[..first].iter().rev().take(12).filter(|block| block.letters < 120);
    if let Some(when) = near.filter_map(|block| when::in_words(&block.text)).next() {
        return Some(PublishedAt { date: when.date, time: when.time, basis: PublishedBasis::Text });
    }
    caption_date(article)
}

/// The full date that a caption names: agencies date their pictures, and the story with them.
pub(crate) fn caption_date(article: &Article) -> Option<PublishedAt> {
    article.images.iter().filter_map(|image| image.caption).find_map(|caption| {
        let when = when::in_words(&article.text[caption])?;
        Some(PublishedAt { date: when.date, time: None, basis: PublishedBasis::Caption })
    })
}
