//! Roles in the text: for each word the gazetteer's longest role that ends in it, so that "the prime
//! minister" is no mere minister.

use std::cell::OnceCell;

use dateline_document::{Document, Span, TokenId};
use dateline_gazetteer::{Gazetteer, Role};

use crate::grammar::lemma;

/// Longest role tried, in tokens, hyphens counted.
const LONGEST: u32 = 6;

/// The roles of a document, each looked up once, when it is first asked for.
pub(crate) struct Roles<'a> {
    document: &'a Document,
    gazetteer: &'a Gazetteer,
    at: Vec<OnceCell<Option<(Role, Span)>>>,
}

impl<'a> Roles<'a> {
    pub(crate) fn of(document: &'a Document, gazetteer: &'a Gazetteer) -> Roles<'a> {
        Roles { document, gazetteer, at: vec![OnceCell::new(); document.tokens.len()] }
    }

    /// The longest role that ends in `head`: "prime minister", "foreign minister".
    pub(crate) fn at(&self, head: TokenId) -> Option<(Role, Span)> {
        *self.at[head.index()].get_or_init(|| self.longest(head))
    }

    fn longest(&self, head: TokenId) -> Option<(Role, Span)> {
        if self.ends_none(head) {
            return None;
        }
        let document = self.document;
        let sentence = document.sentence_of(head);
        // Social media are a place to speak, not the press.
        let is_social = head.0 > 0 && document.word(TokenId(head.0 - 1)).eq_ignore_ascii_case("social");
        if is_social && lemma(document, head).starts_with("medi") {
            return None;
        }
        let longest = if self.stands_alone(head) { 1 } else { LONGEST };
        for length in (1..=longest).rev() {
            let Some(start) = head.0.checked_sub(length - 1).filter(|&start| start >= sentence.start.0)
            else {
                continue;
            };
            let opening = document.token(TokenId(start));
            let span = opening.span.cover(document.token(head).span);
            let is_broken = (start..head.0).any(|id| {
                matches!(document.token(TokenId(id)).pos.as_str(), "PUNCT" | "DET" | "ADP" | "SPACE")
            });
            // "editor-in-chief" and "Gen." are words of their own.
            let is_one_word = !document.text[span].contains(' ') || document.text[opening.span].contains('.');
            if is_broken && !is_one_word {
                continue;
            }
            let mut phrase = document.text[span].to_lowercase();
            if let Some(role) = self.gazetteer.listed_role(&phrase) {
                return Some((role, span));
            }
            let word = document.token(head).span.len();
            phrase.truncate(phrase.len().saturating_sub(word));
            phrase.push_str(&lemma(document, head).to_lowercase());
            // Names of many keep their "s" as lemmas: "Christians".
            let one = phrase.strip_suffix('s').filter(|_| document.token(head).tag == "NNPS");
            let role = self.gazetteer.listed_role(&phrase).or_else(|| self.gazetteer.listed_role(one?));
            if let Some(role) = role {
                return Some((role, span));
            }
        }
        None
    }

    /// Whether neither the word nor its lemma is the last of any role: so most words are done with at once.
    fn ends_none(&self, head: TokenId) -> bool {
        let words = [self.document.word(head), lemma(self.document, head)];
        self.is_plain(head) && !words.into_iter().any(|word| self.gazetteer.ends_role(word))
    }

    /// Whether no role goes back beyond the word to the one before it.
    fn stands_alone(&self, head: TokenId) -> bool {
        let continues = |before: TokenId| {
            // The gazetteer reads past an article.
            let word = self.document.word(before);
            !self.is_plain(before) || word.eq_ignore_ascii_case("the") || self.gazetteer.continues_role(word)
        };
        self.is_plain(head) && !head.0.checked_sub(1).map(TokenId).is_some_and(continues)
    }

    /// Whether the word and its lemma are of plain letters, and the word is no part of a longer one.
    fn is_plain(&self, id: TokenId) -> bool {
        let document = self.document;
        let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let before = document.text[..document.token(id).span.start as usize].chars().next_back();
        let is_apart = before.is_none_or(|before| matches!(before, ' ' | '\n' | '-' | '"' | '(' | ','));
        is_apart
            && document.token(id).tag != "NNPS"
            && is_plain(document.word(id))
            && is_plain(lemma(document, id))
    }
}
