//! The page's blocks and its own statements, put together.

use std::collections::HashSet;

use html5ever::local_name;

use dateline_document::{Article, ArticleForm, Image, PartRole, PublishedAt, PublishedBasis};

use super::blocks::{self, Block, Classes, Kind};
use super::body::{self, Story, plain};
use super::bylines;
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
    let decoded = decode::decode(bytes, options.charset.as_deref(), &options.limits)?;
    let mut article = read_decoded(&decoded.text, options);
    article.notes.splice(0..0, decoded.notes);
    Ok(article)
}

/// Reads a web page that is text already.
pub(crate) fn read_decoded(html: &str, options: &Options) -> Article {
    let dom = Dom::parse(html, options.limits.depth);
    let facts = gather(&dom, options);
    let mut blocks = blocks::blocks(&dom, Classes::Believed);
    let headline = headline(&dom, &blocks, &facts);
    let mut story = body::choose(&dom, &blocks, headline.as_deref(), facts.body.as_deref());
    if story.letters(&blocks) < FEW {
        // Some sites call the story itself "promo" or "modal".
        let all = blocks::blocks(&dom, Classes::Ignored);
        let other = body::choose(&dom, &all, headline.as_deref(), facts.body.as_deref());
        if other.letters(&all) > 3 * story.letters(&blocks) {
            (blocks, story) = (all, other);
        }
    }

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
    lay_out(&blocks, &story, &facts, headline.as_deref(), &mut pieces, &mut article.images);
    fall_back_on_declared_body(&facts, &mut pieces, &mut notes);

    if dom.was_flattened {
        notes.push("the page nests elements deeper than the limit; the deepest were flattened".to_owned());
    }
    if was_cut(html) {
        notes.push("the page has no end: it may have been cut".to_owned());
    }
    if facts.is_paid {
        notes.push("the page is for subscribers: the text may be only its beginning".to_owned());
    }
    if facts.form == ArticleForm::Live {
        notes.push("the page is a live blog: the newest entries may come first".to_owned());
    }
    if facts.is_gallery || shows_more_than_it_tells(&pieces) {
        notes.push("the page is a gallery".to_owned());
        number(&mut article.images);
    }
    if let Some(next) = &facts.next_page {
        notes.push(format!("the story may go on at {next}"));
    }
    if !pieces.iter().any(|piece| piece.role == PartRole::Body) {
        notes.push("no article found on the page".to_owned());
    }

    article.title = headline;
    article.bylines = bylines::bylines(&dom, &blocks, &story, &facts);
    article.agency = facts.publisher.as_deref().and_then(names::agency).map(str::to_owned);
    article.publisher = facts.publisher;
    article.rights = facts.rights.or_else(|| rights_line(&blocks));
    article.reservation = facts.reservation;
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

/// Whether captions are most of what the page says.
fn shows_more_than_it_tells(pieces: &[Piece]) -> bool {
    let count = |role: PartRole| pieces.iter().filter(|piece| piece.role == role).count();
    let captions = count(PartRole::Caption);
    captions >= PICTURES && captions > count(PartRole::Body)
}

/// Captioned pictures of a gallery, at least.
const PICTURES: usize = 4;

/// Gives each picture of a gallery its place.
fn number(images: &mut [Image]) {
    let all = images.len() as u32;
    for (image, place) in images.iter_mut().zip(1..) {
        (image.position, image.of) = (Some(place), Some(all));
    }
}

/// Whether a page that opens as a whole document ends before its end.
fn was_cut(html: &str) -> bool {
    let ending = &html.as_bytes()[html.len().saturating_sub(20_000)..];
    let opening = &html.as_bytes()[..html.len().min(2_000)];
    let has =
        |bytes: &[u8], tag: &[u8]| bytes.windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag));
    has(opening, b"<html") && !has(ending, b"</html") && !has(ending, b"</body")
}

/// Letters of a story so short that the page is read once more.
const FEW: usize = 150;

/// The headline.
///
/// og:title is what most newsrooms maintain with most care; it may carry the site's name or a
/// section. A first-level heading that is a good part of it is the same headline as printed. Where
/// there is no og:title, JSON-LD, the other tags and the heading are asked in turn.
///
/// Some sites print og:title, made for search engines, only as the end of the path to the page
/// ("Home › Islands › …"). Their headline is the heading below it that another statement repeats.
fn headline(dom: &Dom, blocks: &[Block], facts: &Facts) -> Option<String> {
    if let Some(below) = below_path(dom, blocks, facts) {
        return Some(below);
    }
    let headings: Vec<&str> = blocks
        .iter()
        .filter(|block| block.kind == Kind::Heading(1) && block.letters >= 5)
        .map(|block| block.text.as_str())
        .collect();
    let other_titles = facts.headlines.iter().map(String::as_str);
    let printed = |title: &str| {
        let whole = plain(title);
        let found = headings.iter().find(|heading| plain(heading) == whole).or_else(|| {
            headings.iter().find(|heading| {
                // Found in the heading and in JSON-LD, with a keyword before it in og:title.
                let part = plain(heading);
                let is_stated = facts.headlines.iter().any(|other| plain(other) == part);
                is_stated && part.len() * 2 > whole.len() && part.len() < whole.len() && whole.contains(&part)
            })
        });
        // An attribute that holds a quotation mark ends there: content="Ferry "runs" again".
        let found = found.or_else(|| {
            headings.iter().find(|heading| {
                heading.strip_prefix(title).is_some_and(|rest| rest.trim_start().starts_with('"'))
            })
        });
        let found = found.copied().or_else(|| {
            headings.iter().copied().chain(other_titles.clone()).find(|heading| {
                let part = plain(heading);
                let rest = title.trim_start().strip_prefix(*heading).unwrap_or_default().trim_start();
                part.len() * 3 > whole.len()
                    && rest.starts_with(['|', '-', '–', '—', '•', '·', '»', 'ㅣ', '｜', '_', '/', '<'])
            })
        });
        found.map(str::to_owned)
    };
    let stated = facts.headlines.iter().find(|title| title.chars().count() >= 5);
    if let Some(title) = stated {
        let words = |title: &str| title.split_whitespace().count();
        // A kicker may stand in the heading without a space: "InterviewWe need a pier".
        let printed =
            printed(title).filter(|printed| plain(printed) != plain(title) || words(printed) >= words(title));
        return Some(printed.unwrap_or_else(|| without_site(title, facts)));
    }
    headings.first().map(|heading| (*heading).to_owned()).or_else(|| {
        blocks
            .iter()
            .find(|block| {
                matches!(block.kind, Kind::Heading(_)) && block.letters >= 15 && block.zone != Zone::Chrome
            })
            .map(|block| block.text.clone())
    })
}

fn below_path(dom: &Dom, blocks: &[Block], facts: &Facts) -> Option<String> {
    let (shared, others) = facts.headlines.split_first()?;
    let shared = plain(shared);
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading(1 | 2));
    let is_step = |block: &Block| {
        dom.ancestors(block.node)
            .take(4)
            .filter_map(|above| dom.tag(above))
            .any(|tag| matches!(*tag, local_name!("li") | local_name!("nav")))
    };
    let same = |block: &Block| is_heading(block) && plain(&block.text) == shared;
    let step = blocks.iter().position(|block| same(block) && is_step(block))?;
    let is_stated = |block: &&Block| {
        let heading = plain(&block.text);
        is_heading(block) && block.letters >= 15 && others.iter().any(|other| plain(other) == heading)
    };
    let below = blocks[step + 1..].iter().take(PATH).find(is_stated)?;
    (plain(&below.text) != shared).then(|| below.text.clone())
}

/// Blocks between the end of the path and the headline, at most.
const PATH: usize = 12;

/// "Ferry runs again | Harbour Post" → "Ferry runs again". What follows the last mark is the
/// site's if it is the publisher's name, a domain, or what the other titles of the page lack.
fn without_site(title: &str, facts: &Facts) -> String {
    let whole = one_line(title);
    let mut title = whole.as_str();
    for _ in 0..2 {
        let Some((kept, site)) = names::split_site(title) else { break };
        let (plain_kept, plain_site) = (plain(kept), plain(site));
        let names_publisher = facts.publisher.as_deref().map(plain).is_some_and(|publisher| {
            !publisher.is_empty()
                && !plain_site.is_empty()
                && (plain_site.contains(&publisher) || publisher.contains(&plain_site))
        });
        let is_shorter_elsewhere = facts.headlines.iter().any(|other| plain(other) == plain_kept);
        let is_domain = site.trim().contains('.') && !site.trim().contains(' ');
        if kept.len() < 10 || !(names_publisher || is_shorter_elsewhere || is_domain) {
            break;
        }
        title = kept;
    }
    title.trim().to_owned()
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
    facts: &Facts,
    headline: Option<&str>,
    pieces: &mut Vec<Piece>,
    images: &mut Vec<Image>,
) {
    let body: HashSet<usize> = story.body.iter().copied().collect();
    let (Some(&first), Some(&last)) = (story.body.first(), story.body.last()) else { return };
    // Captions of the lead picture stand between headline and body.
    let headline = headline.map(plain).unwrap_or_default();
    let start = blocks[..first].iter().rposition(|block| plain(&block.text) == headline);
    // A lead picture may even stand above the headline.
    let from = start
        .unwrap_or_else(|| story.inside.first().copied().unwrap_or(first))
        .min(first)
        .saturating_sub(LEAD);
    let to = story.inside.last().copied().unwrap_or(last).max(last);
    let description = facts.description.as_deref().map(plain);
    let mut seen: HashSet<String> = pieces.iter().map(|piece| plain(&piece.text)).collect();
    for (index, block) in blocks.iter().enumerate().take(to + 1).skip(from) {
        if body.contains(&index) {
            if !seen.insert(plain(&block.text)) && block.letters > 60 {
                continue;
            }
            let role = match block.zone {
                _ if story.subheads.contains(&index) => PartRole::Subhead,
                Zone::Summary if !pieces.iter().any(|piece| piece.role == PartRole::Body) => {
                    PartRole::Summary
                }
                _ if description.as_deref() == Some(plain(&block.text).as_str()) && index == first => {
                    PartRole::Summary
                }
                _ => PartRole::Body,
            };
            pieces.push(Piece::new(role, block.text.clone()));
        } else if is_caption(block, story.captions.contains(&index)) && seen.insert(plain(&block.text)) {
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

/// Blocks before the headline among which its picture's caption is looked for.
const LEAD: usize = 20;

fn is_caption(block: &Block, has_credit: bool) -> bool {
    has_credit
        || (block.is_caption && block.zone != Zone::Credit && block.link_share() < 0.7 && block.letters >= 8)
}

/// Pages that build their text with scripts often carry it in JSON-LD.
fn fall_back_on_declared_body(facts: &Facts, pieces: &mut Vec<Piece>, notes: &mut Vec<String>) {
    let Some(declared) = &facts.body else { return };
    let printed: usize =
        pieces.iter().filter(|piece| piece.role == PartRole::Body).map(|piece| piece.text.len()).sum();
    // A page that prints a quarter of what it declares may leave out transcripts and tables.
    if printed * 4 > declared.len() {
        return;
    }
    let captions: Vec<String> = pieces
        .iter()
        .filter(|piece| piece.role == PartRole::Caption)
        .map(|piece| plain(&piece.text))
        .collect();
    let is_body = |line: &&str| {
        let words = plain(line);
        !words.is_empty()
            && !captions.iter().take(100).any(|caption| !caption.is_empty() && words.contains(caption))
    };
    pieces.retain(|piece| !matches!(piece.role, PartRole::Body | PartRole::Subhead));
    pieces.extend(declared.lines().filter(is_body).map(|line| Piece::new(PartRole::Body, line)));
    notes.push("the page prints little of its text; the body is the one it carries as JSON-LD".to_owned());
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

#[cfg(test)]
mod tests {
    use crate::{Options, read_html};

    fn title(head: &str, body: &str) -> String {
        let page = format!(
            "<html><head>{head}</head><body>{body}<p>The ferry to Port Selwyn sailed again on Thursday after two \
             months in which the islanders had to take the long way round by road.</p></body></html>"
        );
        read_html(page.as_bytes(), &Options::default()).expect("a page").title.unwrap_or_default()
    }

    #[test]
    fn the_end_of_the_path_is_no_headline() {
        let head = r#"<meta property="og:title" content="Ferry Port Selwyn: all you need to know">
            <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Port Selwyn has its ferry back"}</script>"#;
        let path = "<ul><li>Home<li><h1>Ferry Port Selwyn: all you need to know</h1></ul>";
        let printed = "<h2>Port Selwyn has its ferry back</h2>";
        assert_eq!(title(head, &format!("{path}{printed}")), "Port Selwyn has its ferry back");
        assert_eq!(title(head, path), "Ferry Port Selwyn: all you need to know");
        let whole = "<h1>Ferry Port Selwyn: all you need to know</h1>";
        assert_eq!(title(head, &format!("{whole}{printed}")), "Ferry Port Selwyn: all you need to know");
    }

    #[test]
    fn a_title_keeps_its_words_apart_and_whole() {
        let kicker = "<meta property=og:title content='Islands / Port Selwyn has its ferry back'>";
        let glued = "<h1><span>Islands</span>Port Selwyn has its ferry back</h1>";
        assert_eq!(title(kicker, glued), "Islands / Port Selwyn has its ferry back");
        let cut = r#"<meta property="og:title" content="Port Selwyn greets "its" ferry">"#;
        let whole = "<h1>Port Selwyn greets \"its\" ferry</h1>";
        assert_eq!(title(cut, whole), "Port Selwyn greets \"its\" ferry");
    }
}
