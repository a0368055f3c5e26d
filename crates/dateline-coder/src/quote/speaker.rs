//! Speakers: who says what a cue reports, and to whom.
//!
//! ```text
//! [The envoy], who met the rebels, tried to [tell] the press that …   ← told by "The envoy"
//! ```

use dateline_document::{Span, TokenId};

use super::content::{phrase, trim};
use super::joints::{adds, resumes};
use super::story::Story;

/// The words that stand beside a quote.
pub(super) struct Attribution {
    pub cue: Span,
    pub speaker: Option<Span>,
    pub addressee: Option<Span>,
}

/// Cue, speaker and addressee of a verb; `cue` covers the verb and what belongs to it.
pub(super) fn attribution(story: &Story, verb: TokenId, cue: Span) -> Attribution {
    let speaker = subject(story, verb).and_then(|subject| speaker_span(story, subject, verb));
    Attribution { cue, speaker, addressee: None }
}

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

pub(super) fn is_passive(story: &Story, verb: TokenId) -> bool {
    story.child_of(verb, &["auxpass", "nsubjpass"]).is_some()
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

/// The addressee of "told Y that": the object beside the clause.
pub(super) fn addressee(story: &Story, verb: TokenId) -> Option<Span> {
    let object = story.child_of(verb, &["dative", "dobj"])?;
    if story.relation(object) == "dative" && story.document.token(object).pos == "ADP" {
        return phrase(story, story.child_of(object, &["pobj"])?);
    }
    phrase(story, object)
}
