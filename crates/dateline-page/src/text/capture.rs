//! A web page copied as text → its story.
//!
//! Lines are told apart by themselves first ([`super::lines`]). Then the story is the stretch of
//! lines in which prose outweighs everything else; its headline is the line before it that says
//! what the page's first line, the window title, says, or else the one that reads most like one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_document::{Article, Image, PartRole, PublishedAt, PublishedBasis};

use super::lines::{LineKind, counter, kind, weight};
use super::paragraphs::{self, ends_sentence};
use super::{boxes, digest, pictures, quotes, resumed, standfirst, stretch, teasers};
use crate::assemble::{Piece, Text, TextId, assemble_from};
use crate::html::{caption_date, opens_afterword, split_credit};
use crate::origin::Map;
use crate::talk::speaks_of_the_site;
use crate::{Options, names, when};

/// Reads a story or a captured page.
pub(super) fn read(text: &str, map: Option<&Map>, options: &Options) -> Article {
    let (lines, stretches) = paragraphs::lines(text);
    let from_line = |piece: Piece, at: usize| piece.taken_from(TextId(0), stretches[at].clone());
    let kinds = kinds(&lines);
    let titled = titled_lines(&lines, &kinds);
    let (start, end) = stretch::find(&lines, &kinds, &titled);
    let headline = headline(&lines, &kinds, &titled, start);
    let standfirst = standfirst::line(&lines, &kinds, headline, start..end);
    let end = with_sentence_behind(&lines, &kinds, end);
    let resumed = resumed::line(&lines, &kinds, start..end);
    let is_interview = is_interview(&lines, &kinds, start..end, headline);
    let mut article = Article::from_text("");
    let mut pieces = Vec::new();
    let mut position = None;
    if let Some(at) = headline {
        article.title = Some(lines[at].clone());
        pieces.push(from_line(Piece::new(PartRole::Headline, lines[at].clone()), at));
    }
    let from = headline.map_or(0, |at| at + 1).min(start);
    let from = if headline.is_some() { from } else { start };
    let signed = (from..start).find(|&at| matches!(kinds[at], LineKind::Byline | LineKind::Date));
    let opens =
        |at: usize| at < start && weight(&lines[at]) >= OPENING && signed.is_some_and(|signed| at > signed);
    let last = (start..end).rev().find(|&at| kinds[at] == LineKind::Prose);
    let digest = digest::lines(&lines, &kinds);
    let mut has_standfirst = standfirst.is_some();
    for index in (from..end).chain(resumed) {
        let line = &lines[index];
        let inside = index >= start;
        if standfirst == Some(index) || digest.contains(&index) {
            pieces.push(from_line(Piece::new(PartRole::Summary, line.clone()), index));
            continue;
        }
        match kinds[index] {
            LineKind::Counter => position = counter(line),
            LineKind::Caption => {
                let (caption, credit) = split_credit(line.trim_end_matches([' ', '(']));
                let (position, of) = position.take().unzip();
                article.images.push(Image { caption: None, credit, position, of });
                let image = article.images.len() - 1;
                pieces.push(from_line(Piece::caption(caption, image), index));
            }
            LineKind::Credit => {
                let unlabelled = line.trim_matches(['(', ')', '[', ']', '©', ' ']);
                let credit = split_credit(line).1.or_else(|| Some(unlabelled.to_owned()));
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
            LineKind::Prompt | LineKind::Boxed | LineKind::Date => {}
            LineKind::Prose if inside && presents(line, &article.bylines, index + LAST >= end) => {}
            LineKind::Prose if Some(index) == last && presents_somebody(line) => {}
            LineKind::Prose if opens(index) && !has_standfirst && !speaks_of_the_site(line) => {
                has_standfirst = true;
                pieces.push(from_line(Piece::new(PartRole::Summary, line.clone()), index));
            }
            LineKind::Prose if inside && is_long_subhead(line, is_interview) => {
                pieces.push(from_line(Piece::new(PartRole::Subhead, line.clone()), index));
            }
            LineKind::Prose if (inside || opens(index)) && !speaks_of_the_site(line) => {
                pieces.push(from_line(Piece::new(PartRole::Body, line.clone()), index))
            }
            LineKind::Short
                if inside
                    && is_kept(&lines, &kinds, index)
                    && !digest::opens(line)
                    && !opens_afterword(line) =>
            {
                let is_question = asks(line) && !is_interview;
                let is_body = !is_question && (ends_sentence(line) || is_listed(&lines, &kinds, index));
                let role = if is_body { PartRole::Body } else { PartRole::Subhead };
                pieces.push(from_line(Piece::new(role, line.clone()), index));
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
    let texts: Option<Text> = map.map(|map| (text, map));
    let mut article = assemble_from(texts.as_slice(), article, &pieces);
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

/// The kinds of all lines. What a page prints twice is its own voice, not the story's.
fn kinds(lines: &[String]) -> Vec<LineKind> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in lines {
        *times.entry(line).or_default() += 1;
    }
    let mut kinds: Vec<LineKind> = lines.iter().map(|line| kind(line)).collect();
    for at in 0..lines.len() {
        if kinds[at] == LineKind::Short && times[lines[at].as_str()] > 2 {
            kinds[at] = LineKind::Prompt;
        }
    }
    pictures::mark(lines, &mut kinds);
    for find in [boxes::lines, teasers::lines, quotes::lines] {
        for at in find(lines, &kinds) {
            kinds[at] = LineKind::Boxed;
        }
    }
    let kinds = kinds;
    let prose = |at: &usize| kinds[*at] == LineKind::Prose;
    let repeated = |at: &usize| times[lines[*at].as_str()] > 1;
    let all = (0..lines.len()).filter(prose).count();
    let twice = (0..lines.len()).filter(prose).filter(repeated).count();
    // Some pages print the whole story twice, for two sizes of screen.
    if twice * 2 > all {
        return kinds;
    }
    (0..lines.len())
        .map(|at| if prose(&at) && repeated(&at) { LineKind::Prompt } else { kinds[at] })
        .collect()
}

/// The lines that say what the first line, the window title, says.
fn titled_lines(lines: &[String], kinds: &[LineKind]) -> Vec<usize> {
    let Some(title) = lines.first().map(|line| words(line)) else { return Vec::new() };
    (1..lines.len())
        .filter(|&at| !matches!(kinds[at], LineKind::Rights | LineKind::Counter) && lines[at].len() < 300)
        .filter(|&at| {
            let own = words(&lines[at]);
            let shared = own.intersection(&title).count();
            let is_long = own.len() >= 4 || (own.len() >= 2 && weight(&lines[at]) >= 15);
            is_long && shared * 10 >= own.len() * 7 && shared * 2 >= title.len()
                || (weight(&lines[at]) >= 12 && lines[0].starts_with(lines[at].as_str()))
        })
        .collect()
}

/// The words of a line, in lower case.
fn words(line: &str) -> HashSet<String> {
    let visible: String = line.chars().filter(|&character| character != '\u{ad}').collect();
    let words = visible.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The line before the story that is its headline: of those that repeat the window title the one
/// that does so best; the first line of a text that has no other lines before its story; or of the
/// short ones the one that is long and speaks of what the window title speaks of.
///
/// Many sites give the window a title of its own, made for search engines, and print it at the end
/// of the path to the page ("Home › Harbour › …"), above the kicker and the headline proper.
fn headline(lines: &[String], kinds: &[LineKind], titled: &[usize], start: usize) -> Option<usize> {
    let candidate = |at: usize| kinds[at] == LineKind::Short && (10..300).contains(&lines[at].len());
    let title = lines.first().map(|line| words(without_site(line))).unwrap_or_default();
    // Words shared, per thousand of those that either has.
    let likeness = |at: usize| {
        let own = words(&lines[at]);
        1000 * own.intersection(&title).count() / own.union(&title).count().max(1)
    };
    let shared = |at: usize| {
        let own = words(&lines[at]);
        own.intersection(&title).filter(|word| word.chars().count() >= 4).count()
    };
    if let Some(&at) = titled.iter().filter(|&&at| at < start).max_by_key(|&&at| (likeness(at), at)) {
        let (kicker, below) = (at + 1, at + 2);
        let is_path = below < start
            && kinds[kicker] == LineKind::Short
            && weight(&lines[kicker]) < 36
            && candidate(below)
            && (25..=90).contains(&weight(&lines[below]))
            && shared(below) >= 1
            && !lines[below].ends_with(['.', ':']);
        return Some(if is_path { below } else { at });
    }
    if start <= 4 && (0..start).next().is_some_and(candidate) {
        return Some(0);
    }
    let near = start.saturating_sub(NEAR);
    let best = (start.saturating_sub(FAR).max(1)..start)
        .rev()
        // Further off only a line that plainly speaks of the same thing.
        .filter(|&at| candidate(at) && (at >= near || shared(at) >= 2))
        .max_by_key(|&at| {
            let is_sentence = lines[at].ends_with('.') || split_credit(&lines[at]).1.is_some();
            let length = weight(&lines[at]).min(45);
            (!is_sentence, length + 15 * shared(at).min(6), at)
        });
    let window = (0..start).next().filter(|&at| candidate(at));
    // The standfirst right below a headline speaks of the same.
    let speaks = |at: &usize| candidate(*at) && weight(&lines[*at]) >= 25 && shared(*at) >= 1;
    let best = best.map(|at| at.checked_sub(1).filter(|above| *above > 0 && speaks(above)).unwrap_or(at));
    best.filter(|&at| window.is_none() || shared(at) >= 1).or(window).or(best)
}

/// "Ferry runs again - Harbour Post" → "Ferry runs again", as window titles end.
fn without_site(title: &str) -> &str {
    let kept = names::split_site(title).map(|(kept, _)| kept);
    kept.filter(|kept| kept.len() * 2 > title.len()).unwrap_or(title)
}

/// Letters of a paragraph that opens the story even where the page has put a box behind it.
const OPENING: usize = 100;

/// Lines before the story among which a headline is looked for, and those further off.
const NEAR: usize = 25;
const FAR: usize = 60;

/// Whether a short line within the story belongs to it: prose follows it, and it isn't one of a run
/// of short lines, such as a box of links.
fn is_kept(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    if speaks_of_the_site(&lines[at]) {
        return false;
    }
    if is_listed(lines, kinds, at) {
        return true;
    }
    let short = |at: usize| kinds.get(at) == Some(&LineKind::Short);
    let run = (1..=3).take_while(|&step| short(at + step)).count()
        + (1..=3).take_while(|&step| at >= step && short(at - step)).count();
    ends_sentence(&lines[at]) || (run < 2 && kinds.get(at + 1) == Some(&LineKind::Prose))
}

/// Whether the line is a question of the writer's, not one that somebody is quoted with.
fn asks(line: &str) -> bool {
    line.ends_with(['?', '？', '؟']) && !line.starts_with(['"', '“', '„', '«', '»', '‘', '-', '–', '—'])
}

/// Whether the line is a single long question over what answers it.
fn is_long_subhead(line: &str, is_interview: bool) -> bool {
    !is_interview && asks(line) && weight(line) <= 90 && !line.contains(". ")
}

/// The end of the stretch with the short sentence right behind its last paragraph, which weighs too little
/// to be found with it.
fn with_sentence_behind(lines: &[String], kinds: &[LineKind], end: usize) -> usize {
    let goes_on = kinds.get(end) == Some(&LineKind::Short)
        && end > 0
        && kinds[end - 1] == LineKind::Prose
        && ends_sentence(&lines[end])
        && !lines[end].ends_with(':')
        && weight(&lines[end]) >= BEHIND
        && !speaks_of_the_site(&lines[end]);
    end + usize::from(goes_on)
}

/// Letters of such a sentence, at least.
const BEHIND: usize = 25;

/// Whether half of the paragraphs answer a question: then the questions are as much the story as
/// the answers. In an explainer, where several paragraphs follow each question or all questions are about
/// what the headline names, they are subheads.
fn is_interview(lines: &[String], kinds: &[LineKind], story: Range<usize>, headline: Option<usize>) -> bool {
    let paragraphs = story.clone().filter(|&at| kinds[at] == LineKind::Prose).count();
    let asked: Vec<usize> = story.filter(|&at| kinds[at] == LineKind::Short && asks(&lines[at])).collect();
    let topic = headline.map(|at| words(&lines[at])).unwrap_or_default();
    let named = |at: &&usize| words(&lines[**at]).intersection(&topic).any(|word| word.chars().count() >= 5);
    let questions = asked.len();
    let explains = asked.iter().filter(named).count() * 3 >= questions * 2;
    questions >= 3 && !explains && (questions * 2 >= paragraphs || questions >= 12)
}

/// Whether a short line is an item of a list that the story announces: "The letter asks for:".
fn is_listed(lines: &[String], kinds: &[LineKind], at: usize) -> bool {
    let announces =
        |line: &str| line.trim_end().ends_with([':', '：']) && weight(line) >= 12 && !opens_afterword(line);
    (at.saturating_sub(LISTED)..at)
        .rev()
        .take_while(|&before| {
            let is_item = kinds[before] == LineKind::Short;
            is_item || kinds[before] == LineKind::Prose
        })
        .find(|&before| announces(&lines[before]) || kinds[before] == LineKind::Prose)
        .is_some_and(|before| announces(&lines[before]))
}

/// Items of a list, at most.
const LISTED: usize = 12;

/// Whether a line presents the story's author: "Ana Ruiz is a reporter in Lima." Among the last ones
/// whatever begins with the author's name does.
fn presents(line: &str, people: &[String], is_last: bool) -> bool {
    line.chars().count() < 600
        && people.iter().any(|name| line.starts_with(name.as_str()))
        && (is_last || names::speaks_of_work(line))
}

/// Lines at the end of a story among which its author is presented.
const LAST: usize = 3;

/// Whether the last line of a story presents whoever wrote it, though no byline names them: "Ana
/// Ruiz is a reporter in Lima."
fn presents_somebody(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').take(6).collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let named = words.iter().take_while(|word| is_name(word)).count();
    let is_copula = |word: &&str| matches!(*word, "is" | "ist" | "est" | "es" | "är" | "er" | "è");
    line.chars().count() < 600
        && named >= 2
        && words.get(named).is_some_and(is_copula)
        && names::speaks_of_work(line)
}
