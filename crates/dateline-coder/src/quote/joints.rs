//! Joints: where a reported clause ends and the reporter takes up again.
//!
//! ```text
//! She said it was late | and warned that …, | adding that …
//! ```

use dateline_document::TokenId;

use super::cues::{Frame, has_frame};
use super::story::Story;

/// No chain of clauses in each other is longer; the bound keeps a broken tree from costing time.
pub(super) const LONGEST_CHAIN: usize = 40;

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
pub(super) fn adds(story: &Story, participle: TokenId) -> Option<TokenId> {
    let document = story.document;
    if story.relation(participle) != "advcl"
        || !is_participle(story, participle)
        || !has_any_frame(story, participle)
    {
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

pub(super) fn has_any_frame(story: &Story, verb: TokenId) -> bool {
    [Frame::Clause, Frame::Object, Frame::Label, Frame::Infinitive, Frame::Order]
        .iter()
        .any(|&frame| has_frame(story.lemma(verb), frame))
}

/// The tag of the verb that carries the clause's tense: the auxiliary's, where it has one.
fn tense<'a>(story: &Story<'a>, clause: TokenId) -> &'a str {
    let carrier = story.child_of(clause, &["aux", "auxpass"]).unwrap_or(clause);
    &story.document.token(carrier).tag
}

/// "adding that", "leaving the room": a participle that no "while" or "after" leads in.
pub(super) fn is_participle(story: &Story, verb: TokenId) -> bool {
    story.document.token(verb).tag == "VBG" && story.child_of(verb, &["mark", "aux", "nsubj"]).is_none()
}
