//! Contents: which words of a clause are what was said.
//!
//! ```text
//! He said Monday [that the port "is safe"], which nobody believed.
//! ```

use dateline_document::{Quote, QuoteForm, Span, Speaker, TokenId};

use super::cues::{Frame, has_frame};
use super::joints::{LONGEST_CHAIN, is_participle};
use super::marks::is_quotation_mark;
use super::speaker::Attribution;
use super::story::Story;

/// A quote of these pieces without the reporter's asides at their ends, if any word is left of them.
pub(super) fn quote(story: &Story, pieces: &[Span], said: Attribution, rule: &'static str) -> Option<Quote> {
    let pieces: Vec<Span> =
        pieces.iter().filter_map(|&piece| Some(without_aside(story, trim(story, piece)?))).collect();
    quote_whole(story, &pieces, said, rule)
}

/// A quote of these pieces as they are.
pub(super) fn quote_whole(
    story: &Story,
    pieces: &[Span],
    said: Attribution,
    rule: &'static str,
) -> Option<Quote> {
    let mut pieces: Vec<Span> = pieces.iter().filter_map(|&piece| content(story, piece, said.cue)).collect();
    pieces.sort_unstable();
    pieces.dedup();
    let first = *pieces.first()?;
    story.paragraph_at(first.start)?;
    let outside = |span: &Span| !pieces.iter().any(|piece| piece.contains(*span));
    // Who speaks inside the marks is not who says what stands outside them.
    let is_quoted = |span: &Span| {
        let marks = story.quoted_at(span.start).filter(|quoted| quoted.outer.contains(*span));
        marks.is_some_and(|quoted| !quoted.outer.contains(said.cue))
    };
    let speaker = said
        .speaker
        .filter(|span| outside(span) && !is_quoted(span))
        .map(|span| Speaker { span, entity: None });
    Some(Quote {
        form: form(story, &pieces),
        content: first,
        more_content: pieces[1..].to_vec(),
        cue: Some(said.cue),
        speaker,
        addressee: said.addressee,
        date: None,
        rule,
    })
}

/// `span` as content: whole where it cuts into quoted words, without marks that enclose all of it.
pub(super) fn content(story: &Story, span: Span, cue: Span) -> Option<Span> {
    let mut span = trim(story, span)?;
    let at_end = story.quoted_at(span.end.saturating_sub(1));
    if let Some(quoted) = at_end.filter(|quoted| quoted.outer.start > cue.end.min(span.start)) {
        span.end = span.end.max(quoted.outer.end);
    }
    if let Some(quoted) = story.quoted_at(span.end) {
        // The closing mark after the last word.
        if quoted.is_closed && quoted.inner.end <= span.end && quoted.outer.start >= span.start {
            span.end = quoted.outer.end;
        }
    }
    if let Some(quoted) = story.quoted_at(span.start) {
        let is_cut = quoted.outer.start < span.start && quoted.inner.end <= span.end;
        let is_free = !quoted.outer.overlaps(cue);
        if is_cut && is_free {
            span.start = quoted.outer.start;
        }
        if quoted.outer.start == span.start && quoted.outer.end >= span.end {
            return trim_space(story, quoted.inner);
        }
        if quoted.outer.contains(span) {
            return trim_space(
                story,
                Span { start: span.start.max(quoted.inner.start), end: span.end.min(quoted.inner.end) },
            );
        }
    }
    Some(span)
}

/// How much of the pieces stands between quotation marks.
pub(super) fn form(story: &Story, pieces: &[Span]) -> QuoteForm {
    let (mut inside, mut outside) = (false, false);
    for &piece in pieces {
        let mut at = piece.start;
        for quoted in story.quoted_in(piece) {
            inside |= quoted.inner.overlaps(piece);
            if quoted.outer.start > at {
                outside |= has_words(story.text(Span { start: at, end: quoted.outer.start }));
            }
            at = at.max(quoted.outer.end);
        }
        if at < piece.end {
            outside |= has_words(story.text(Span { start: at, end: piece.end }));
        }
    }
    match (inside, outside) {
        (true, false) => QuoteForm::Direct,
        (true, true) => QuoteForm::Mixed,
        (false, _) => QuoteForm::Indirect,
    }
}

/// Where the content ends that begins with `first`: `verb`'s later adjuncts of these relations are
/// taken for part of it.
pub(super) fn extended(story: &Story, verb: TokenId, first: Span, relations: &[&str]) -> Span {
    let later = story.document.children(verb).iter().copied().filter(|&child| {
        story.document.token(child).span.start >= first.end
            && relations.contains(&story.relation(child))
            && !is_participle(story, child)
            && !is_circumstance(story, child)
    });
    later.fold(first, |span, child| span.cover(story.document.subtree_span(child)))
}

/// The clause of `head`, cut where `hole` stands in it: "The talks, [he said,] will resume".
pub(super) fn around(story: &Story, whole: Span, hole: Span) -> Vec<Span> {
    if !whole.overlaps(hole) {
        return vec![whole];
    }
    let mut pieces = Vec::new();
    if hole.start > whole.start {
        pieces.push(Span { start: whole.start, end: hole.start });
    }
    if whole.end > hole.end {
        pieces.push(Span { start: hole.end, end: whole.end });
    }
    pieces.retain(|&piece| trim(story, piece).is_some());
    pieces
}

/// The verb with its subject, and with what follows it: "she said in Oslo". A clause before the subject is
/// left out.
pub(super) fn tag_words(story: &Story, verb: TokenId, clause: Option<TokenId>) -> Span {
    let document = story.document;
    let mut span = document.token(verb).span;
    for &child in document.children(verb) {
        let is_own = child > verb || matches!(story.relation(child), "nsubj" | "aux" | "neg");
        if is_own && Some(child) != clause && !story.is_punctuation(child) {
            span = span.cover(document.subtree_span(child));
        }
    }
    span
}

/// The content without a clause at its end that a comma parts from it: ", which …" and ", leaving …" are
/// the reporter's more often than the speaker's.
fn without_aside(story: &Story, span: Span) -> Span {
    let document = story.document;
    let Some(last) = document.tokens_in(span).rev().find(|&id| !story.is_punctuation(id)) else {
        return span;
    };
    if story.quoted_at(span.end - 1).is_some() {
        return span;
    }
    let mut cut = span;
    for above in std::iter::once(last).chain(document.ancestors(last)).take(LONGEST_CHAIN) {
        let whole = document.subtree_span(above);
        if whole.start <= span.start {
            break;
        }
        let first = document.edges(above).0;
        let is_parted = first.0 > 0 && document.word(TokenId(first.0 - 1)) == ",";
        let is_relative = story.relation(above) == "relcl" && document.token(first).tag.starts_with('W');
        let is_next_cue = story.relation(above) == "advcl"
            && is_participle(story, above)
            && [Frame::Clause, Frame::Quoted, Frame::Object, Frame::Label]
                .iter()
                .any(|&frame| has_frame(story.lemma(above), frame));
        let is_concession = story.relation(above) == "advcl"
            && matches!(document.word(first), "though" | "although" | "while" | "whereas" | "as");
        if is_parted && (is_relative || is_next_cue || is_concession) {
            cut = Span { start: span.start, end: whole.start };
        }
    }
    trim(story, cut).unwrap_or(span)
}

/// "on Monday", "at a rally", "in Lima": when and where it was said.
fn is_circumstance(story: &Story, preposition: TokenId) -> bool {
    let lemma = story.lemma(preposition);
    let is_when_or_where = matches!(
        lemma,
        "on" | "in"
            | "at"
            | "during"
            | "since"
            | "before"
            | "after"
            | "until"
            | "via"
            | "outside"
            | "inside"
            | "near"
    );
    let object = story.child_of(preposition, &["pobj"]);
    story.relation(preposition) == "prep"
        && (is_when_or_where || object.is_some_and(|object| story.is_time(object)))
}

/// The words of a noun phrase: all that hangs on its head, without the stops at its edges.
pub(super) fn phrase(story: &Story, head: TokenId) -> Option<Span> {
    trim(story, story.document.subtree_span(head))
}

/// The span without space and stops at its edges; quotation marks stay.
pub(super) fn trim(story: &Story, span: Span) -> Option<Span> {
    let is_edge = |c: char| c.is_whitespace() || ",;:.-–—―()[]…|".contains(c);
    let words = story.text(span);
    let kept = words.trim_start_matches(is_edge);
    let start = span.start as usize + (words.len() - kept.len());
    let kept =
        kept.trim_end_matches(|c| is_edge(c) && c != '.' && c != ')' && c != '(' && c != ']' && c != '[');
    let kept = kept.strip_suffix('.').filter(|rest| !is_abbreviated(rest)).unwrap_or(kept);
    let end = start + kept.len();
    kept.chars().any(char::is_alphanumeric).then(|| Span::new(start, end))
}

/// Whether the stop after `rest` belongs to its last word: "the U.S", "Jr".
fn is_abbreviated(rest: &str) -> bool {
    let word = rest.rsplit(|c: char| c.is_whitespace()).next().unwrap_or(rest);
    word.contains('.')
        || matches!(word, "Jr" | "Sr" | "Inc" | "Corp" | "Co" | "Ltd" | "Mr" | "Mrs" | "Dr" | "No" | "etc")
}

fn trim_space(story: &Story, span: Span) -> Option<Span> {
    let words = story.text(span);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    let kept = words.trim();
    kept.chars().any(char::is_alphanumeric).then(|| Span::new(start, start + kept.len()))
}

fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !is_quotation_mark(c))
}
