//! Behind: who stands behind a thing, in it, or beside somebody under the same noun.

use dateline_document::{Party, TokenId};

use super::Actors;
use crate::grammar::{conjuncts, lemma, prepositional_objects, relation, subjects};

/// What somebody does to a thing that is theirs from then on: "filed by", "fired by".
const MADE: &[&str] = &[
    "file", "make", "lodge", "submit", "bring", "issue", "launch", "seek", "request", "propose", "draft",
    "sponsor", "pass", "own", "run", "use",
];

/// "a ship loaded with refugees".
const LADEN: &[&str] = &["load", "pack", "cram", "fill"];

/// "a convoy carrying teachers".
const HOLDING: &[&str] = &["carry", "transport", "ferry", "take", "hold", "house", "shelter"];

/// What somebody does who brings a thing into the world: "the duties he had imposed".
const BROUGHT: &[&str] =
    &["impose", "issue", "sign", "order", "propose", "announce", "introduce", "make", "send", "table"];

impl Actors<'_> {
    /// The party behind a thing: "the *ministry's* decision", "a *Supreme Court* ruling", "the policies
    /// of *Brasília*".
    pub(crate) fn owner(&self, thing: TokenId, is_deed: bool) -> Option<Party> {
        let document = self.document;
        let modifiers = document
            .children(thing)
            .iter()
            .copied()
            .filter(|&child| matches!(relation(document, child), "poss" | "compound" | "nmod" | "amod"));
        let of = if is_deed { Vec::new() } else { prepositional_objects(document, thing, "of") };
        let by = prepositional_objects(document, thing, "by");
        // "the border with Colombia".
        let beyond = match lemma(document, thing) {
            "border" | "frontier" | "boundary" => prepositional_objects(document, thing, "with"),
            _ => Vec::new(),
        };
        modifiers
            .chain(of)
            .chain(by)
            .chain(beyond)
            .chain(self.in_or_behind(thing))
            .find_map(|id| self.party(id))
    }

    /// Who stands behind a thing by the participle after it: "a complaint *filed* by the union", "a convoy
    /// *carrying* teachers".
    fn in_or_behind(&self, thing: TokenId) -> Vec<TokenId> {
        let document = self.document;
        let stands = |participle: TokenId| match lemma(document, participle) {
            verb if MADE.contains(&verb) => prepositional_objects(document, participle, "by"),
            verb if LADEN.contains(&verb) => prepositional_objects(document, participle, "with"),
            verb if HOLDING.contains(&verb) => document
                .child(participle, "dobj")
                .map(|riders| conjuncts(document, riders))
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        // "the duties President Ruto had *imposed*".
        let brings = |&clause: &TokenId| BROUGHT.contains(&lemma(document, clause));
        let brought =
            document.children_by(thing, "relcl").filter(brings).flat_map(|verb| subjects(document, verb));
        document.children_by(thing, "acl").flat_map(stands).chain(brought).collect()
    }

    /// Those that share a noun with the party at its head, each by a state of its own: "the Dutch *and
    /// Belgian* navies", "the presidents of Kenya *and Uganda*".
    pub(crate) fn sharing(&self, head: TokenId) -> Vec<Party> {
        let document = self.document;
        let is_many = document.token(head).tag == "NNS";
        let of = prepositional_objects(document, head, "of").into_iter().next().filter(|_| is_many);
        let by_adjective = document.children_by(head, "amod").find(|&id| self.is_state(id) && id < head);
        let Some(first) = by_adjective.or(of).filter(|&id| self.is_state(id)) else { return Vec::new() };
        let Some(party) = self.party(head) else { return Vec::new() };
        let of_other = |id: TokenId| {
            let country = self.own[id.index()].as_ref().and_then(|own| own.country.clone())?;
            let own_words = document.token(id).span;
            let span = if id < head { own_words.cover(document.token(head).span) } else { own_words };
            let name = document.text[span].to_string();
            Some(Party { span, entity: None, name, country: Some(country), sector: party.sector })
        };
        // Adjectives are joined, too, not only nouns.
        let next = |&id: &TokenId| document.child(id, "conj").filter(|&next| self.is_state(next));
        std::iter::successors(Some(first), next).skip(1).take(16).filter_map(of_other).collect()
    }
}
