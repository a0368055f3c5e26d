//! Joined: what is told of one of several is told of all: "Danish media *and government*", "lawmakers *and
//! officials* in Kenya".

use dateline_document::{Document, Sector, TokenId};
use smol_str::SmolStr;

use super::describe::Describer;
use crate::grammar::{is_noun, relation};

impl Describer<'_> {
    /// The country told of another that a bare noun of such a sector is joined to.
    pub(super) fn country_of_joined(&self, head: TokenId, sector: Sector) -> Option<SmolStr> {
        let document = self.document;
        let is_of_states = matches!(
            sector,
            Sector::Gov | Sector::Mil | Sector::Cop | Sector::Leg | Sector::Jud | Sector::Spy | Sector::Opp
        );
        if !is_of_states || !is_bare(document, head) {
            return None;
        }
        if relation(document, head) == "conj" {
            let first =
                document.head(head).filter(|&first| is_noun(document, first) && are_adjacent(first, head))?;
            let before = document.children(first).iter().copied().filter(|&child| {
                child < first && matches!(relation(document, child), "amod" | "poss" | "compound" | "nmod")
            });
            return before.chain(origin(document, first)).find_map(|id| self.state(id));
        }
        let second = document.child(head, "conj").filter(|&second| are_adjacent(head, second))?;
        let behind = origin(document, second).filter(|_| is_bare(document, second))?;
        self.state(behind)
    }

    fn state(&self, id: TokenId) -> Option<SmolStr> {
        self.is_state(id).then(|| self.by_name(id).country)?
    }
}

/// "media and government", with nothing between them but an "and".
fn are_adjacent(first: TokenId, second: TokenId) -> bool {
    second.0 == first.0 + 2
}

fn is_bare(document: &Document, id: TokenId) -> bool {
    matches!(document.token(id).tag.as_str(), "NN" | "NNS")
        && document.children(id).iter().all(|&child| child > id || relation(document, child) == "cc")
}

/// Where those are from or in who stand before it: "officials in *Kenya*".
fn origin(document: &Document, head: TokenId) -> Option<TokenId> {
    document
        .children_by(head, "prep")
        .filter(|&preposition| {
            preposition > head && matches!(document.word(preposition), "in" | "of" | "from")
        })
        .find_map(|preposition| document.child(preposition, "pobj"))
}
