//! Behind: who stands behind a thing, in it, or beside somebody under the same noun.

use dateline_document::{Document, Party, Sector, TokenId};

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

/// No more are told to share a noun.
const MOST: usize = 16;

/// What two make with each other.
fn is_bargain(document: &Document, thing: TokenId) -> bool {
    matches!(lemma(document, thing), "agreement" | "accord" | "pact" | "treaty" | "deal")
}

impl Actors<'_> {
    /// The party behind a thing: "the *ministry's* decision", "a *Supreme Court* ruling", "the policies
    /// of *Brasília*".
    pub(crate) fn owner(&self, thing: TokenId, is_deed: bool) -> Option<Party> {
        let document = self.document;
        // "an association agreement with Chad" is no association's.
        let is_of_kind = |child: TokenId| {
            is_bargain(document, thing)
                && relation(document, child) == "compound"
                && document.token(child).tag == "NN"
        };
        let modifiers = document.children(thing).iter().copied().filter(|&child| {
            matches!(relation(document, child), "poss" | "compound" | "nmod" | "amod") && !is_of_kind(child)
        });
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

    /// Those that share a noun with the party at its head, each by a name of its own: "the Dutch *and Belgian*
    /// navies", "the presidents of Kenya *and Uganda*", "delegates from Fatah *and Hamas*".
    pub(crate) fn sharing(&self, head: TokenId) -> Vec<Party> {
        self.sharing_nations(head)
            .or_else(|| self.sharing_roles(head))
            .or_else(|| self.sharing_names(head))
            .unwrap_or_default()
    }

    /// Those before the noun. Adjectives are joined, too, not only nouns.
    fn sharing_nations(&self, head: TokenId) -> Option<Vec<Party>> {
        let document = self.document;
        let is_before = |&id: &TokenId| {
            id < head && matches!(relation(document, id), "amod" | "compound" | "nmod") && self.is_state(id)
        };
        let first = document.children(head).iter().copied().find(is_before)?;
        // "British and French planes": no party but for whose they are.
        let own = self.party(head);
        let sector = own.as_ref().and_then(|party| party.sector);
        let of_other = |id: TokenId| {
            let country = self.own[id.index()].as_ref().and_then(|own| own.country.clone())?;
            let nation = document.token(id).span;
            let span = if own.is_some() { nation.cover(document.token(head).span) } else { nation };
            let name = document.text[span].to_string();
            Some(Party { span, entity: None, name, country: Some(country), sector })
        };
        let next = |&id: &TokenId| document.child(id, "conj").filter(|&next| self.is_state(next));
        Some(std::iter::successors(Some(first), next).skip(1).take(MOST).filter_map(of_other).collect())
    }

    /// Those before it by what they are: "government *and rebel* forces", "army *and police* units".
    fn sharing_roles(&self, head: TokenId) -> Option<Vec<Party>> {
        let document = self.document;
        let first = document.children(head).iter().copied().find(|&id| {
            id < head
                && matches!(relation(document, id), "amod" | "compound" | "nmod")
                && document.child(id, "conj").is_some()
        })?;
        let own = self.party(head);
        let told = own.as_ref().and_then(|party| party.sector);
        let country = own.as_ref().and_then(|party| party.country.clone());
        let sector_of = |id: TokenId| {
            let sector = self.own[id.index()].as_ref().and_then(|own| own.sector)?;
            let are_forces = matches!(lemma(document, head), "force" | "troop" | "soldier" | "fighter");
            Some(if are_forces && sector == Sector::Gov { Sector::Mil } else { sector })
        };
        let joined =
            std::iter::successors(Some(first), |&id| document.child(id, "conj").filter(|&next| next < head));
        let others: Option<Vec<_>> = joined.take(MOST).map(|id| Some((id, sector_of(id)?))).collect();
        // Whoever stands behind a thing is the first of them.
        let told = told.or_else(|| sector_of(first));
        let others = others?.into_iter().filter(|(_, sector)| Some(*sector) != told);
        let party = |(id, sector): (TokenId, Sector)| {
            let role = document.token(id).span;
            let span =
                if own.is_some() && id != first { role.cover(document.token(head).span) } else { role };
            let name = document.text[span].to_string();
            Party { span, entity: None, name, country: country.clone(), sector: Some(sector) }
        };
        Some(others.map(party).collect())
    }

    /// Those after it.
    fn sharing_names(&self, head: TokenId) -> Option<Vec<Party>> {
        let document = self.document;
        let is_many =
            document.token(head).tag == "NNS" || matches!(lemma(document, head), "police" | "media");
        let is_name = |id: TokenId, word: &str| {
            document.token(id).tag.starts_with("NNP") && (word != "in" || self.is_state(id))
        };
        let named = |preposition: TokenId| {
            let word = document.word(preposition);
            let first = document.child(preposition, "pobj")?;
            // "the ministers of defence of Chad and Mali".
            let office =
                document.child(first, "prep").filter(|&of| word == "of" && document.word(of) == "of");
            let first = office.and_then(|of| document.child(of, "pobj")).unwrap_or(first);
            let first = Some(first).filter(|&first| is_name(first, word))?;
            (preposition > head && matches!(word, "of" | "from" | "in")).then_some((preposition, first))
        };
        let (preposition, first) = document.children_by(head, "prep").find_map(named).filter(|_| is_many)?;
        let word = document.word(preposition);
        let party = self.party(head)?;
        let of_other = |id: TokenId| {
            let own = self.party(id)?;
            let sector = if self.is_state(id) { party.sector } else { own.sector.or(party.sector) };
            let whose = &document.text
                [document.token(document.edges(head).0).span.cover(document.token(preposition).span)];
            let name = format!("{whose} {}", &document.text[own.span]);
            Some(Party { span: own.span, entity: None, name, country: own.country, sector })
        };
        let joined = conjuncts(document, first);
        let is_list = joined.iter().all(|&id| is_name(id, word));
        Some(joined.into_iter().skip(1).filter(|_| is_list).take(MOST).filter_map(of_other).collect())
    }
}
