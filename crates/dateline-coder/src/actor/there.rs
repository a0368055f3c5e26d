//! There: the country of those who are told by no more than what they are, from the place where it is done to
//! them: "shot two policemen in Lomé", "went to Mali to train the police".

use dateline_document::{EntityId, TokenId};
use smol_str::SmolStr;

use super::Actors;
use crate::grammar::{is_verb, lemma, relation};

/// Prepositions before where something is done.
const WHERE: &[&str] = &["in", "near", "at", "outside", "around", "across", "inside"];

/// Before where somebody goes or is sent to do it.
const WHITHER: &[&str] = &["to", "into", "in"];

impl Actors<'_> {
    /// Whether no more is told of somebody, here or elsewhere, than what he is.
    pub(super) fn is_told_by_role(&self, head: TokenId) -> bool {
        let is_once = |id: EntityId| self.is_at_home[id.0 as usize] && self.entity(id).mentions.len() == 1;
        matches!(self.document.token(head).tag.as_str(), "NN" | "NNS")
            && self.country_of_possessor(head).is_none()
            && self.entity_of(head).is_none_or(is_once)
    }

    /// The country of the place of what is done to the one at `head`.
    pub(super) fn country_there(&self, head: TokenId) -> Option<SmolStr> {
        let document = self.document;
        let is_joined = |id: &TokenId| relation(document, *id) == "conj";
        let first = std::iter::successors(Some(head), |id| document.head(*id).filter(|_| is_joined(id)));
        let first = first.take(MOST).last()?;
        let verb = match relation(document, first) {
            "dobj" | "nsubjpass" | "dative" => document.head(first),
            // "to help *the army* fight".
            "nsubj" => document.head(first).filter(|&verb| self.is_bare(verb)),
            "pobj" => document.head(document.head(first)?).filter(|_| {
                document
                    .head(first)
                    .is_some_and(|word| matches!(document.word(word), "on" | "at" | "against"))
            }),
            _ => None,
        };
        let verb = verb.filter(|&verb| is_verb(document, verb))?;
        self.place_below(verb, WHERE).or_else(|| self.place_below(self.sending(verb)?, WHITHER))
    }

    /// The verb that a purpose hangs on: "*sent* soldiers to Mali to help the army".
    fn sending(&self, verb: TokenId) -> Option<TokenId> {
        let document = self.document;
        let purpose = match self.is_bare(verb) {
            true => document.head(verb)?,
            false => verb,
        };
        let is_purpose = matches!(relation(document, purpose), "advcl" | "xcomp" | "acl" | "relcl")
            && document.children(purpose).iter().any(|&to| document.token(to).tag == "TO");
        document.ancestors(purpose).take(2).find(|&id| is_purpose && is_verb(document, id))
    }

    /// "help the army *fight*".
    fn is_bare(&self, verb: TokenId) -> bool {
        relation(self.document, verb) == "ccomp"
            && self.document.head(verb).is_some_and(|above| lemma(self.document, above) == "help")
    }

    fn place_below(&self, verb: TokenId, words: &[&str]) -> Option<SmolStr> {
        let document = self.document;
        let objects = document
            .children_by(verb, "prep")
            .filter(|&preposition| words.contains(&document.word(preposition)))
            .flat_map(|preposition| document.children_by(preposition, "pobj"));
        objects.into_iter().find_map(|place| self.place_country[place.index()].clone())
    }
}

/// No list is followed further.
const MOST: usize = 16;
