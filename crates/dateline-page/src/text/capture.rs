//! A web page copied as text → its story.
//!
//! Lines are told apart by themselves first ([`super::lines`]). Then the story is the stretch of
//! lines in which prose outweighs everything else; its headline is the line before it that says
//! what the page's first line, the window title, says, or else the one that reads most like one.

use dateline_document::{Article, Image, PartRole, PublishedAt, PublishedBasis};

use super::lines::{LineKind, counter, kind, speaks_of_the_site, weight};
use super::paragraphs::{ends_sentence, paragraphs};
use crate::assemble::{Piece, assemble};
use crate::html::{caption_date, split_credit};
use crate::{Options, names, when};

/// Reads a story or a captured page.
pub(super) fn read(text: &str, options: &Options) -> Article {
    let lines = paragraphs(text);
    let kinds: Vec<LineKind> = lines.iter().map(|line| kind(line)).collect();
    let (start, end) = stretch(&lines, &kinds);
    let headline = headline(&lines, &kinds, start);
    let mut article = Article::from_text("");
    let mut pieces = Vec::new();
    let mut position = None;
    if let Some(at) = headline {
        article.title = Some(lines[at].clone());
        pieces.push(Piece::new(PartRole::Headline, lines[at].clone()));
    }
    let from = headline.map_or(0, |at| at + 1).min(start);
    let from = if headline.is_some() { from } else { start };
    for index in from..end {
        let line = &lines[index];
        let inside = index >= start;
        match kinds[index] {
            LineKind::Counter => position = counter(line),
            LineKind::Caption => {
                let (caption, credit) = split_credit(line);
                let (position, of) = position.take().unzip();
                article.images.push(Image { caption: None, credit, position, of });
                pieces.push(Piece::caption(caption, article.images.len() - 1));
            }
            LineKind::Credit => {
                let credit = split_credit(line).1;
                match article.images.last_mut() {
                    Some(image) if image.credit.is_none() => image.credit = credit,
                    _ => article.images.push(Image { credit, ..Image::default() }),
                }
            }
            LineKind::Rights => article.rights = article.rights.or_else(|| Some(line.clone())),
            LineKind::Byline => {
                if article.bylines.is_empty() {
                    article.bylines = names::people(line, None);
                }
            }
            LineKind::Prompt | LineKind::Date => {}
            LineKind::Prose if inside && !speaks_of_the_site(line) => {
                pieces.push(Piece::new(PartRole::Body, line.clone()))
            }
            LineKind::Short if inside && is_kept(&lines, &kinds, index) => {
                let role = if ends_sentence(line) { PartRole::Body } else { PartRole::Subhead };
                pieces.push(Piece::new(role, line.clone()));
            }
            LineKind::Prose | LineKind::Short => {}
        }
    }
    if article.rights.is_none() {
        article.rights =
            (0..lines.len()).find(|&at| kinds[at] == LineKind::Rights).map(|at| lines[at].clone());
    }
    if let Some((position, of)) = position
        && let [image] = article.images.as_mut_slice()
        && image.position.is_none()
    {
        (image.position, image.of) = (Some(position), Some(of));
    }
    if !pieces.iter().any(|piece| piece.role == PartRole::Body) {
        article.notes.push("no article found in the text".to_owned());
    }
    if article.images.iter().any(|image| image.of.is_some_and(|of| of > 1)) {
        article
            .notes
            .push("the page has a gallery; only the pictures that the text shows are known".to_owned());
    }
    article.publisher = article.rights.as_deref().and_then(rights_holder);
    article.agency = article.publisher.as_deref().and_then(names::agency).map(str::to_owned);
    article.url = options.url.clone();
    let mut article = assemble(article, &pieces);
    article.published_at = published_at(&lines, &kinds, start, &article, options);
    article
}

/// The caller's date; a line near the headline that is a date; the address; a caption's date.
fn published_at(
    lines: &[String],
    kinds: &[LineKind],
    start: usize,
    article: &Article,
    options: &Options,
) -> Option<PublishedAt> {
    let dated = |at: usize| {
        let when = when::in_words(&lines[at])?;
        Some(PublishedAt { date: when.date, time: when.time, basis: PublishedBasis::Text })
    };
    let near = start.saturating_sub(12)..lines.len().min(start + 2);
    options
        .published_at
        .clone()
        .or_else(|| near.filter(|&at| kinds[at] == LineKind::Date).find_map(dated))
        .or_else(|| {
            let when = when::in_url(options.url.as_deref()?)?;
            Some(PublishedAt { date: when.date, time: None, basis: PublishedBasis::Url })
        })
        .or_else(|| caption_date(article))
}

/// "Copyright 2020 The Harbour Post. All rights reserved." → "The Harbour Post".
fn rights_holder(rights: &str) -> Option<String> {
    let words = rights.trim_start_matches(|character: char| !character.is_alphabetic());
    let words = ["Copyright", "copyright", "COPYRIGHT"]
        .iter()
        .find_map(|label| words.strip_prefix(label))
        .unwrap_or(words);
    let words = words.trim_start_matches(|character: char| !character.is_alphabetic());
    let words = words.trim_start_matches("by ").trim();
    let end = words.find([',', '|', '©']).unwrap_or(words.len());
    let end = words.find(". ").map_or(end, |stop| stop.min(end));
    let holder = words[..end].trim().trim_end_matches('.').trim();
    let is_name =
        holder.starts_with(char::is_uppercase) && holder.len() > 2 && holder.split(' ').count() <= 6;
    (is_name && !holder.to_lowercase().contains("rights")).then(|| holder.to_owned())
}

/// The stretch of lines in which prose outweighs the rest: the maximum-sum run (Bentley 1984).
fn stretch(lines: &[String], kinds: &[LineKind]) -> (usize, usize) {
    let value = |at: usize| -> f32 {
        let weight = weight(&lines[at]) as f32;
        match kinds[at] {
            LineKind::Prose if speaks_of_the_site(&lines[at]) => -60.0,
            LineKind::Prose => weight.min(500.0),
            LineKind::Short if ends_sentence(&lines[at]) => 0.0,
            LineKind::Short => -35.0,
            LineKind::Prompt => -30.0,
            LineKind::Rights => -60.0,
            LineKind::Date => -40.0,
            LineKind::Counter | LineKind::Caption | LineKind::Credit | LineKind::Byline => -10.0,
        }
    };
    let (mut best, mut range) = (0.0, (0, lines.len()));
    let (mut sum, mut start) = (0.0, 0);
    for at in 0..lines.len() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += value(at);
        if sum > best {
            (best, range) = (sum, (start, at + 1));
        }
    }
    range
}

/// The line before the story that is its headline.
fn headline(lines: &[String], kinds: &[LineKind], start: usize) -> Option<usize> {
    let window_title = lines.first()?;
    let candidate = |at: usize| {
        matches!(kinds[at], LineKind::Short | LineKind::Prose) && (10..300).contains(&lines[at].len())
    };
    let repeated = (1..start)
        .rev()
        .filter(|&at| candidate(at))
        .find(|&at| lines[at].len() >= 15 && window_title.starts_with(lines[at].as_str()));
    repeated.or_else(|| {
        (0..start)
            .rev()
            .filter(|&at| candidate(at) && kinds[at] == LineKind::Short)
            .max_by_key(|&at| (weight(&lines[at]).min(40), at))
    })
}

/// Whether a short line within the story belongs to it: prose follows it, and it isn't one of a run
/// of short lines, such as a box of links.
fn is_kept(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    if speaks_of_the_site(&lines[at]) {
        return false;
    }
    let short = |at: usize| kinds.get(at) == Some(&LineKind::Short);
    let run = (1..=3).take_while(|&step| short(at + step)).count()
        + (1..=3).take_while(|&step| at >= step && short(at - step)).count();
    ends_sentence(&lines[at]) || (run < 2 && kinds.get(at + 1) == Some(&LineKind::Prose))
}
