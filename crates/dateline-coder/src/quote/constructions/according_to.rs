//! Reported speech whose speaker follows "according to". The words are the reporter's, so the quote is
//! indirect even where it is close to verbatim.
//!
//! ```text
//! The fire began in a kitchen, according to the mayor.
//! ---
//! quote indirect "The fire began in a kitchen"
//!   cue      "according to"
//!   speaker  "the mayor"
//! ```
//!
//! "According" does not report where no clause is reported:
//!
//! ```text
//! They were paid according to their age.
//! ---
//! no quotes
//! ```

use dateline_document::{Quote, Span, TokenId};

use crate::quote::content::{around, phrase, quote_whole};
use crate::quote::joints::LONGEST_CHAIN;
use crate::quote::speaker::Attribution;
use crate::quote::story::Story;

pub(super) fn according_to(story: &Story, found: &mut Vec<Quote>) {
    let document = story.document;
    for according in document.token_ids() {
        if !document.word(according).eq_ignore_ascii_case("according") {
            continue;
        }
        let Some(to) = document.child(according, "prep").filter(|&to| story.lemma(to) == "to") else {
            continue;
        };
        let Some(speaker) = story.child_of(to, &["pobj", "pcomp"]) else { continue };
        let Some(head) = document.head(according) else { continue };
        if !is_set_off(story, according, to) {
            continue;
        }
        let whole = clause_of(story, head);
        let hole = document.subtree_span(according);
        let cue = document.token(according).span.cover(document.token(to).span);
        let said = Attribution { cue, speaker: phrase(story, speaker), addressee: None };
        found.extend(quote_whole(story, &around(story, whole, hole), said, "according_to"));
    }
}

/// Set off by a comma or first in its sentence: "paid according to age" is not.
fn is_set_off(story: &Story, according: TokenId, to: TokenId) -> bool {
    let document = story.document;
    let sentence = document.sentence_of(according);
    if according.0 == sentence.start.0 {
        return true;
    }
    let before = TokenId(according.0 - 1);
    let after = document.edges(to).1.0 + 1;
    let speaker_is_named =
        document.tokens_in(document.subtree_span(to)).any(|id| document.token(id).pos == "PROPN");
    story.is_punctuation(before) || after >= sentence.end.0 || speaker_is_named
}

/// The words of the clause that `head` stands in, up to the sentence's own: who gives a source at the end
/// of a sentence gives it for all of it. A relative clause has its own.
fn clause_of(story: &Story, head: TokenId) -> Span {
    let document = story.document;
    let chain = || std::iter::once(head).chain(document.ancestors(head)).take(LONGEST_CHAIN);
    let top = chain().find(|&above| story.relation(above) == "relcl").or_else(|| chain().last());
    document.subtree_span(top.unwrap_or(head))
}
