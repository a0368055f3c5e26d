//! Settling: which quotes stay where several constructions found the same words.

use std::cmp::Reverse;

use dateline_document::{Quote, Span};
use hashbrown::HashSet;

use super::content::form;
use super::story::Story;

/// Words in quotation marks with a "she said" of their own stay, whatever clause they stand in.
const DIRECT: &str = "direct";

/// Quotes in text order, one for each cue, none inside another.
///
/// `found` is in order of trust: the first to claim a cue keeps it.
pub(super) fn settle(story: &Story, found: Vec<Quote>) -> Vec<Quote> {
    let mut cues = HashSet::new();
    let mut kept: Vec<Quote> = found
        .into_iter()
        .filter(|quote| is_reported(story, quote) && quote.cue.is_none_or(|cue| cues.insert(cue.start)))
        .collect();
    kept.sort_by_key(|quote| (quote.content.start, Reverse(quote.content.end)));
    let mut all_pieces: Vec<(Span, usize)> = Vec::new();
    for (number, quote) in kept.iter().enumerate() {
        all_pieces.extend(pieces(quote).map(|piece| (piece, number)));
    }
    all_pieces.sort_by_key(|(piece, number)| (piece.start, Reverse(piece.end), *number));
    // Pieces in order of their start: one that ends before the furthest end so far lies inside another.
    let mut is_inside = vec![false; kept.len()];
    let mut lost = HashSet::new();
    let mut widest: Option<(Span, usize)> = None;
    for &(piece, number) in &all_pieces {
        match widest {
            Some((outer, owner)) if piece.end <= outer.end && owner != number => {
                if piece != kept[number].content {
                    lost.insert((number, piece));
                } else if kept[number].rule != DIRECT || kept[owner].rule == DIRECT {
                    is_inside[number] = true;
                }
            }
            Some((outer, _)) if piece.end <= outer.end => {}
            _ => widest = Some((piece, number)),
        }
    }
    for (number, quote) in kept.iter_mut().enumerate() {
        quote.more_content.retain(|&piece| !lost.contains(&(number, piece)));
    }
    let mut numbers = 0..;
    kept.retain(|_| numbers.next().is_some_and(|number: usize| !is_inside[number]));
    lend_speakers(story, &mut kept);
    for quote in kept.iter_mut().filter(|quote| quote.rule != "named_turn") {
        let pieces: Vec<Span> = pieces(quote).collect();
        quote.form = form(story, &pieces);
    }
    kept
}

/// "…, she said, adding that …": a participle without a subject has the speaker of the cue before it in
/// the sentence.
fn lend_speakers(story: &Story, quotes: &mut [Quote]) {
    let document = story.document;
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|&number| quotes[number].cue);
    for pair in order.windows(2) {
        let (Some(before), Some(cue)) = (quotes[pair[0]].cue, quotes[pair[1]].cue) else { continue };
        let Some(verb) = document.token_at(cue.start) else { continue };
        let mut between = document.tokens_in(Span { start: before.end, end: cue.start.max(before.end) });
        let is_open = quotes[pair[1]].speaker.is_none() && document.token(verb).tag == "VBG";
        if is_open && between.all(|id| !matches!(document.word(id), "." | "?" | "!")) {
            quotes[pair[1]].speaker = quotes[pair[0]].speaker.clone();
        }
    }
}

/// Whether the reporter reports it: not a cue that somebody else says, and not what "you" think, who are
/// nobody in particular.
fn is_reported(story: &Story, quote: &Quote) -> bool {
    if matches!(quote.rule, DIRECT | "named_turn" | "headline_colon") {
        return true;
    }
    let is_quoted = quote.cue.is_some_and(|cue| story.quoted_at(cue.start).is_some());
    let speaker = quote.speaker.as_ref().map(|speaker| story.text(speaker.span).to_lowercase());
    // "…, which he supports": what is meant stands elsewhere.
    let is_relative = matches!(story.text(quote.content), "which" | "who" | "whom" | "that" | "what");
    let is_nothing =
        matches!(story.text(quote.content), "nothing" | "anything" | "something" | "little" | "much");
    !is_quoted && !is_relative && !is_nothing && speaker.as_deref() != Some("you")
}

fn pieces(quote: &Quote) -> impl Iterator<Item = Span> + '_ {
    std::iter::once(quote.content).chain(quote.more_content.iter().copied())
}
