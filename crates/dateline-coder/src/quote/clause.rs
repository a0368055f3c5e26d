//! Clauses: who the subject of a cue is, and which words are its content.

use dateline_document::{Quote, QuoteForm, Span, Speaker, TokenId};

use super::cues::{Frame, has_frame};
use super::marks::is_quotation_mark;
use super::story::Story;

/// No chain of clauses in each other is longer; the bound keeps a broken tree from costing time.
pub(super) const LONGEST_CHAIN: usize = 40;

/// Who does what `verb` says: its subject, or the one it takes over from the verb or noun it hangs on.
pub(super) fn subject(story: &Story, verb: TokenId) -> Option<TokenId> {
    let document = story.document;
    let mut verb = verb;
    // A chain of control is never long; the bound keeps a broken tree from being walked to the top.
    for _ in 0..6 {
        if let Some(agent) = story.child_of(verb, &["agent"]) {
            return story.child_of(agent, &["pobj"]);
        }
        if is_passive(story, verb) {
            return None;
        }
        if let Some(subject) = own_subject(story, verb) {
            return Some(subject);
        }
        let head = document.head(verb)?;
        match story.relation(verb) {
            // "a letter saying that"; but "a man called Sato" says nothing.
            "acl" if document.token(verb).tag == "VBN" => return None,
            // "Asked if he would run, he said no": somebody else asked.
            "advcl" if document.token(verb).tag == "VBN" && story.child_of(verb, &["aux"]).is_none() => {
                return None;
            }
            "acl" | "relcl" if story.is_nominal(head) => return Some(head),
            "conj" | "advcl" | "xcomp" | "dep" | "ccomp" | "parataxis" => {
                let ordered = story.child_of(head, &["dobj"]).filter(|_| story.is_verb(head));
                if let Some(ordered) = ordered.filter(|_| story.relation(verb) == "xcomp") {
                    return Some(ordered);
                }
                if !story.is_verb(head) && document.token(head).pos != "AUX" {
                    return None;
                }
                if let Some(reporting) = resumes(story, verb).or_else(|| adds(story, verb)) {
                    verb = reporting;
                    continue;
                }
                if let Some(subject) = story.child_of(head, &["nsubjpass"]) {
                    return Some(subject);
                }
                verb = head;
            }
            // "by saying that", "was quoted as saying that"
            "pcomp" => {
                let above = document.head(head)?;
                if story.is_nominal(above) {
                    return Some(above);
                }
                if let Some(subject) = story.child_of(above, &["nsubjpass"]) {
                    return Some(subject);
                }
                verb = above;
            }
            _ => return None,
        }
    }
    None
}

/// The verb's subject. Of several before the verb, the last: the first is a dateline ("LIMA – The mayor
/// said").
fn own_subject(story: &Story, verb: TokenId) -> Option<TokenId> {
    let document = story.document;
    let subjects = || {
        document.children(verb).iter().copied().filter(|&id| matches!(story.relation(id), "nsubj" | "csubj"))
    };
    subjects().rfind(|&subject| subject < verb).or_else(|| subjects().next())
}

/// "She said it was late and warned that …", "he said it will rain and left": a verb joined to the
/// reported clause that takes up the reporting verb again. That verb, where it does.
pub(super) fn resumes(story: &Story, next: TokenId) -> Option<TokenId> {
    let document = story.document;
    let own = ["nsubj", "nsubjpass", "expl", "mark", "aux", "auxpass"];
    if story.relation(next) != "conj" || story.child_of(next, &own).is_some() {
        return None;
    }
    let clause = document.head(next).filter(|&clause| story.relation(clause) == "ccomp")?;
    let reporting = document.head(clause).filter(|&verb| has_frame(story.lemma(verb), Frame::Clause))?;
    let tag = document.token(next).tag.as_str();
    let is_cue = has_any_frame(story, next);
    let is_same_tense = matches!(tag, "VBD" | "VBZ" | "VBP") && tag == document.token(reporting).tag;
    (clause > reporting && is_same_tense && (is_cue || tense(story, clause) != tag)).then_some(reporting)
}

/// "The radio said twelve had died, citing the army": a participle after the reported clause is the
/// reporting verb's, wherever the parser hangs it. That verb, where it is so.
fn adds(story: &Story, participle: TokenId) -> Option<TokenId> {
    let document = story.document;
    if story.relation(participle) != "advcl" || !is_participle(story, participle) || !has_any_frame(story, participle) {
        return None;
    }
    let first = document.edges(participle).0;
    let is_parted = first.0 > 0 && document.word(TokenId(first.0 - 1)) == ",";
    let clause = document.head(participle).filter(|&clause| clause < participle && is_parted)?;
    let clause = Some(clause).filter(|&clause| story.relation(clause) == "ccomp")?;
    document.head(clause).filter(|&verb| verb < clause && has_frame(story.lemma(verb), Frame::Clause))
}

/// "She said it was late, and her aides warned that …": a cue with a subject of its own begins another
/// main clause.
pub(super) fn starts_anew(story: &Story, next: TokenId) -> bool {
    let document = story.document;
    let Some(clause) = document.head(next).filter(|_| story.relation(next) == "conj") else { return false };
    let Some(reporting) = document.head(clause) else { return false };
    let first = document.edges(next).0;
    let is_parted = document.children_by(clause, "cc").any(|joint| {
        joint < next && joint.0 + 1 == first.0 && joint.0 > 0 && document.word(TokenId(joint.0 - 1)) == ","
    });
    let subject = story.child_of(next, &["nsubj"]);
    let tag = document.token(next).tag.as_str();
    is_parted
        && subject.is_some_and(|subject| document.token(subject).pos != "PRON")
        && tag == document.token(reporting).tag
        && (has_any_frame(story, next) || tense(story, clause) != tag)
}

fn has_any_frame(story: &Story, verb: TokenId) -> bool {
    [Frame::Clause, Frame::Object, Frame::Label, Frame::Infinitive, Frame::Order]
        .iter()
        .any(|&frame| has_frame(story.lemma(verb), frame))
}

/// The tag of the verb that carries the clause's tense: the auxiliary's, where it has one.
fn tense<'a>(story: &Story<'a>, clause: TokenId) -> &'a str {
    let carrier = story.child_of(clause, &["aux", "auxpass"]).unwrap_or(clause);
    &story.document.token(carrier).tag
}

pub(super) fn is_passive(story: &Story, verb: TokenId) -> bool {
    story.child_of(verb, &["auxpass", "nsubjpass"]).is_some()
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

/// "adding that", "leaving the room": a participle that no "while" or "after" leads in.
fn is_participle(story: &Story, verb: TokenId) -> bool {
    story.document.token(verb).tag == "VBG" && story.child_of(verb, &["mark", "aux", "nsubj"]).is_none()
}

fn trim_space(story: &Story, span: Span) -> Option<Span> {
    let words = story.text(span);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    let kept = words.trim();
    kept.chars().any(char::is_alphanumeric).then(|| Span::new(start, start + kept.len()))
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

/// The words that stand beside a quote.
pub(super) struct Attribution {
    pub cue: Span,
    pub speaker: Option<Span>,
    pub addressee: Option<Span>,
}

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
    let speaker = said.speaker.filter(outside).map(|span| Speaker { span, entity: None });
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

fn has_words(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() && !is_quotation_mark(c))
}

/// The addressee of "told Y that": the object beside the clause.
pub(super) fn addressee(story: &Story, verb: TokenId) -> Option<Span> {
    let object = story.child_of(verb, &["dative", "dobj"])?;
    if story.relation(object) == "dative" && story.document.token(object).pos == "ADP" {
        return phrase(story, story.child_of(object, &["pobj"])?);
    }
    phrase(story, object)
}

/// Cue, speaker and addressee of a verb; `cue` covers the verb and what belongs to it.
pub(super) fn attribution(story: &Story, verb: TokenId, cue: Span) -> Attribution {
    let speaker = subject(story, verb).and_then(|subject| speaker_span(story, subject, verb));
    Attribution { cue, speaker, addressee: None }
}

/// The words of the speaker; where the cue hangs on them, only those before it: "a letter [saying …]".
pub(super) fn speaker_span(story: &Story, subject: TokenId, verb: TokenId) -> Option<Span> {
    let document = story.document;
    let whole = document.subtree_span(subject);
    let cue = document.token(verb).span;
    if !whole.contains(cue) {
        return trim(story, whole);
    }
    // The clause that holds the cue is a child of the subject; the phrase ends before it.
    let inner = document
        .children(subject)
        .iter()
        .map(|&child| document.subtree_span(child))
        .find(|span| span.contains(cue))?;
    let end = inner.start.max(document.token(subject).span.end);
    trim(story, Span { start: whole.start.min(end), end })
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

/// Whose claim it is: its owner's, or who makes it.
pub(super) fn noun_speaker(story: &Story, noun: TokenId) -> Option<Span> {
    let document = story.document;
    if let Some(owner) = document.child(noun, "poss") {
        let owner = document.subtree_span(owner);
        let words = story.text(owner);
        let name = words.strip_suffix("’s").or_else(|| words.strip_suffix("'s")).unwrap_or(words);
        let name = name.strip_suffix(['’', '\'']).unwrap_or(name);
        return trim(story, Span { start: owner.start, end: owner.start + name.len() as u32 });
    }
    for preposition in document.children_by(noun, "prep") {
        if matches!(story.lemma(preposition), "by" | "from") {
            return phrase(story, document.child(preposition, "pobj")?);
        }
    }
    let verb = document.head(noun).filter(|&verb| story.is_verb(verb) && story.relation(noun) == "dobj")?;
    phrase(story, subject(story, verb)?).filter(|span| !span.contains(document.token(noun).span))
}
