//! Members: those whom a noun only counts or sums up, where their names follow: "three countries, *Peru, Chile and
//! Bolivia*", "the militant groups *Hamas and Islamic Jihad*".

use dateline_document::{Party, TokenId};

use super::Actors;
use super::mentions::Kind;
use crate::grammar::{conjuncts, relation};

impl Actors<'_> {
    /// The states and bodies named right behind the noun, where it stands for several of them or says nothing
    /// that is known.
    pub(crate) fn members(&self, head: TokenId) -> Vec<Party> {
        let document = self.document;
        let tag = document.token(head).tag.as_str();
        if !matches!(tag, "NN" | "NNS") {
            return Vec::new();
        }
        let Some(first) = document.children_by(head, "appos").find(|&name| name > head && self.is_body(name))
        else {
            return Vec::new();
        };
        let named = conjuncts(document, first);
        let are_summed_up = tag == "NNS" && named.len() > 1;
        let is_unknown = tag == "NN" && named.len() == 1 && self.entity_of(head).is_none();
        match (are_summed_up || is_unknown) && named.iter().all(|&id| self.is_body(id)) {
            true => named.into_iter().filter_map(|id| self.party(id)).collect(),
            false => Vec::new(),
        }
    }

    /// A state or an organization by its name.
    fn is_body(&self, id: TokenId) -> bool {
        let is_organization =
            || self.entity_of(id).is_some_and(|entity| self.kinds[entity.0 as usize] == Kind::Organization);
        self.document.token(id).tag.starts_with("NNP") && (self.is_state(id) || is_organization())
    }

    /// "Goma, *Congo*": no more than where the place before it lies.
    pub(crate) fn is_where_it_lies(&self, head: TokenId) -> bool {
        let document = self.document;
        let Some(place) = head.0.checked_sub(2).map(TokenId) else { return false };
        let country = |id: TokenId| self.place_country[id.index()].as_ref();
        document.word(TokenId(head.0 - 1)) == ","
            && matches!(relation(document, head), "conj" | "appos")
            && self.is_state(head)
            && !self.is_state(place)
            && country(head).is_some()
            && country(head) == country(place)
    }
}
