//! Tags: the "she said" beside words in quotation marks. They are read by position as much as by tree,
//! since a parser often loses its way around a long quote.

use dateline_document::{Span, TokenId};

use super::content::trim;
use super::cues::{Frame, has_frame};
use super::marks::Quoted;
use super::speaker::{addressee, speaker_span, subject};
use super::story::Story;

/// A tag is never longer; what follows is another sentence's business.
const LONGEST_TAG: usize = 45;

pub(super) struct Tag {
    pub verb: TokenId,
    pub cue: Span,
    pub speaker: Option<Span>,
    pub addressee: Option<Span>,
}

/// The tag in `after`, the words from the closing mark on: "…," [she said].
pub(super) fn tag_after(story: &Story, quoted: &Quoted, after: Span) -> Option<Tag> {
    let document = story.document;
    let words = story.text(quoted.inner);
    let follows = story.text(after);
    if words.ends_with(['.', ';', ':'])
        && !words.ends_with("..")
        && !follows.trim_start().starts_with(|c: char| c.is_lowercase())
    {
        return dash_and_name(story, after);
    }
    let is_parted = words.ends_with([',', '?', '!', '.', '…', '-', '—', '–', '\'', '’', ')']);
    if !is_parted && !follows.starts_with([',', '?', '!']) && !opens_paragraph(story, quoted) {
        return None;
    }
    if runs_on(story, quoted) {
        return None;
    }
    let mut region: Vec<TokenId> = Vec::new();
    for id in
        document.tokens_in(after).filter(|&id| document.token(id).span.start >= after.start).take(LONGEST_TAG)
    {
        if matches!(document.word(id), "." | "?" | "!" | ";") {
            break;
        }
        region.push(id);
    }
    let first_word = region.iter().copied().find(|&id| !story.is_punctuation(id))?;
    if document.word(first_word).eq_ignore_ascii_case("according") {
        return according(story, first_word);
    }
    if matches!(document.word(first_word), "and" | "but" | "or" | "because" | "when" | "while" | "then")
        && words.ends_with(['?', '!'])
    {
        return None;
    }
    let verb = first_cue(story, &region)?;
    if introduces_next(story, verb, after) {
        return None;
    }
    let tag = tag(story, verb, &region);
    let begins = document.token(first_word).span.start;
    let is_next = first_word == verb || tag.speaker.is_some_and(|speaker| speaker.start == begins);
    (is_parted || follows.starts_with([',', '?', '!']) || is_next).then_some(tag)
}

/// "…," adding: "…": a participle before the next mark belongs to what follows it.
fn introduces_next(story: &Story, verb: TokenId, after: Span) -> bool {
    let ends = story.text(after).trim_end();
    let is_last = story.document.token(verb).span.end as usize == after.start as usize + ends.len();
    let is_led = ends.ends_with([':', ',']) || is_last;
    story.document.token(verb).tag == "VBG" && is_led && story.quoted_at(after.end).is_some()
}

/// Whether the words before the mark lead into it: 'on "Face of the Week," he said' quotes a title, and
/// 'Nothing "will change," he said' part of a sentence.
fn runs_on(story: &Story, quoted: &Quoted) -> bool {
    let document = story.document;
    let Some(before) = document.token_at(quoted.outer.start).and_then(|id| id.0.checked_sub(1)).map(TokenId)
    else {
        return false;
    };
    let is_same = story
        .paragraph_at(quoted.outer.start)
        .is_some_and(|it| it.span.contains(document.token(before).span));
    let pos = document.token(before).pos.as_str();
    let is_word = !matches!(pos, "PUNCT" | "SPACE" | "SYM");
    let starts_low = story.text(quoted.inner).starts_with(|c: char| c.is_lowercase());
    is_same && is_word && (starts_low || matches!(pos, "ADP" | "DET"))
}

/// A whole sentence at the head of its paragraph needs no comma before "she said".
fn opens_paragraph(story: &Story, quoted: &Quoted) -> bool {
    let starts = story.paragraph_at(quoted.outer.start).is_some_and(|it| it.span.start == quoted.outer.start);
    starts && story.document.tokens_in(quoted.inner).count() > 4
}

/// The tag in `gap`, the words before the opening mark: [She said], "…"
pub(super) fn tag_before(story: &Story, quoted: &Quoted, gap: Span) -> Option<Tag> {
    let leads = story.text(gap).trim_end();
    let region = last_sentence(story, gap);
    let &last = region.iter().rev().find(|&&id| !story.is_punctuation(id))?;
    let is_colon = leads.ends_with(':');
    let is_comma = leads.ends_with(',');
    let is_cue_itself = is_cue(story, last);
    if story.document.word(last).eq_ignore_ascii_case("that") {
        return None;
    }
    let starts_sentence =
        story.text(quoted.inner).chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    if !(is_colon || is_comma && starts_sentence || is_cue_itself && starts_sentence) {
        return None;
    }
    match last_cue(story, &region, is_colon) {
        Some(verb) => Some(tag(story, verb, &region)),
        None => name_and_colon(story, &region),
    }
}

/// The tag of a paragraph that ends with a colon.
pub(super) fn tag_at_end(story: &Story, paragraph: Span) -> Option<Tag> {
    let region = last_sentence(story, paragraph);
    let verb = last_cue(story, &region, true)?;
    Some(tag(story, verb, &region))
}

/// The last tokens of `span` that no stop parts from its end.
fn last_sentence(story: &Story, span: Span) -> Vec<TokenId> {
    let document = story.document;
    let mut region: Vec<TokenId> = Vec::new();
    for id in
        document.tokens_in(span).rev().filter(|&id| document.token(id).span.end <= span.end).take(LONGEST_TAG)
    {
        if matches!(document.word(id), "." | "?" | "!" | ";") || document.word(id).starts_with('\n') {
            break;
        }
        region.push(id);
    }
    region.reverse();
    region
}

fn is_cue(story: &Story, id: TokenId) -> bool {
    story.is_verb(id) && has_frame(story.lemma(id), Frame::Quoted)
}

/// The first verb of the tag, if it is a cue: verbs inside the speaker's phrase are passed over.
fn first_cue(story: &Story, region: &[TokenId]) -> Option<TokenId> {
    for &id in region {
        if !story.is_verb(id) || story.document.token(id).pos == "AUX" {
            continue;
        }
        let leads_on = matches!(story.lemma(id), "go" | "continue" | "begin" | "try" | "start");
        let is_aside =
            matches!(story.relation(id), "relcl" | "acl" | "amod" | "aux" | "auxpass" | "compound" | "advcl");
        let is_last_verb = !region.iter().any(|&later| later > id && is_cue(story, later));
        if is_cue(story, id)
            && (!is_aside || is_last_verb || matches!(story.lemma(id), "say" | "add" | "tell"))
        {
            return Some(id);
        }
        if !leads_on && !is_aside {
            return None;
        }
    }
    None
}

/// The last cue of a lead; after a colon any cue will do, else nothing but adjuncts may follow it.
fn last_cue(story: &Story, region: &[TokenId], is_colon: bool) -> Option<TokenId> {
    for &id in region.iter().rev() {
        if is_cue(story, id) {
            return Some(id);
        }
        let is_aside =
            matches!(story.relation(id), "relcl" | "acl" | "amod" | "advcl" | "pcomp" | "aux" | "auxpass");
        if story.is_verb(id) && !is_aside && !is_colon {
            return None;
        }
    }
    None
}

fn tag(story: &Story, verb: TokenId, region: &[TokenId]) -> Tag {
    let cue = story.document.token(verb).span;
    let told = has_frame(story.lemma(verb), Frame::Addressee).then(|| addressee(story, verb)).flatten();
    let speaker = noun_above(story, verb, region).or_else(|| {
        subject(story, verb)
            .filter(|&subject| {
                region.contains(&subject) || region.first().is_some_and(|first| *first != verb)
            })
            .and_then(|subject| speaker_span(story, subject, verb))
            .filter(|span| in_region(story, region, *span))
            .or_else(|| nearest_name(story, verb, region))
    });
    Tag { verb, cue, speaker, addressee: told.filter(|span| in_region(story, region, *span)) }
}

/// "a woman who gave her name as Rosa said": where the parser hangs the cue on the speaker's own clause,
/// all before the cue is the speaker.
fn noun_above(story: &Story, verb: TokenId, region: &[TokenId]) -> Option<Span> {
    let document = story.document;
    let is_above = |id: &TokenId| *id < verb && region.contains(id) && story.is_nominal(*id);
    let noun = document.ancestors(verb).take(LONGEST_TAG).filter(is_above).last()?;
    let start = document.token(*region.first()?).span.start.max(document.subtree_span(noun).start);
    trim(story, Span { start, end: document.token(verb).span.start })
}

fn in_region(story: &Story, region: &[TokenId], span: Span) -> bool {
    let (Some(&first), Some(&last)) = (region.first(), region.last()) else { return false };
    story.document.token(first).span.start <= span.start && span.end <= story.document.token(last).span.end
}

/// The noun phrase beside the verb: the one right after it ("said Olga Petrov"), else the last before.
fn nearest_name(story: &Story, verb: TokenId, region: &[TokenId]) -> Option<Span> {
    let document = story.document;
    let after = region.iter().copied().find(|&id| id > verb && !is_filler(story, id));
    let after = after.filter(|&id| is_name_part(story, id));
    let start = match after {
        Some(id) => id,
        None => {
            let nominal = region.iter().rev().copied().find(|&id| id < verb && story.is_nominal(id))?;
            let run = region.iter().rev().copied().filter(|&id| id <= nominal);
            run.take_while(|&id| is_name_part(story, id)).last()?
        }
    };
    let run = region.iter().copied().filter(|&id| id >= start).take_while(|&id| is_name_part(story, id));
    let end = run.last()?;
    trim(story, document.token(start).span.cover(document.token(end).span))
}

fn is_filler(story: &Story, id: TokenId) -> bool {
    matches!(story.document.token(id).pos.as_str(), "ADV" | "SPACE")
}

fn is_name_part(story: &Story, id: TokenId) -> bool {
    matches!(
        story.document.token(id).pos.as_str(),
        "NOUN" | "PROPN" | "PRON" | "DET" | "ADJ" | "NUM" | "PART"
    ) && story.document.token(id).tag != "TO"
}

/// "…," according to the mayor
fn according(story: &Story, according: TokenId) -> Option<Tag> {
    let document = story.document;
    let to = document.child(according, "prep")?;
    let object = document.child(to, "pobj")?;
    let cue = document.token(according).span.cover(document.token(to).span);
    let speaker = trim(story, document.subtree_span(object));
    Some(Tag { verb: according, cue, speaker, addressee: None })
}

/// Olga Petrov: "…"
fn name_and_colon(story: &Story, region: &[TokenId]) -> Option<Tag> {
    let document = story.document;
    let (&colon, before) = region.split_last().filter(|&(&colon, _)| document.word(colon) == ":")?;
    let name: Vec<TokenId> =
        before.iter().rev().copied().take_while(|&id| document.token(id).pos == "PROPN").collect();
    let (&last, &first) = (name.first()?, name.last()?);
    let speaker = document.token(first).span.cover(document.token(last).span);
    Some(Tag { verb: colon, cue: document.token(colon).span, speaker: Some(speaker), addressee: None })
}

/// "…" — Olga Petrov
fn dash_and_name(story: &Story, after: Span) -> Option<Tag> {
    let document = story.document;
    let mut tokens = document.tokens_in(after).filter(|&id| document.token(id).pos != "SPACE");
    let dash = tokens.next().filter(|&id| matches!(document.word(id), "—" | "–" | "―" | "--" | "-"))?;
    let rest: Vec<TokenId> = tokens.take(13).collect();
    let is_name = rest.first().is_some_and(|&id| document.token(id).pos == "PROPN");
    if !is_name || rest.len() > 12 || rest.iter().any(|&id| story.is_verb(id)) {
        return None;
    }
    let span = Span { start: document.token(rest[0]).span.start, end: after.end };
    Some(Tag { verb: dash, cue: document.token(dash).span, speaker: trim(story, span), addressee: None })
}
