//! Tree: heads and relations, the edges of each subtree, and the sentences that follow from them.

use super::RelationId;

pub(crate) struct Tree {
    /// A root is its own head.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<RelationId>,
    /// First and last word below each word.
    pub(super) edges: Vec<(u32, u32)>,
    /// Whether a sentence starts at a word.
    pub(crate) starts: Vec<bool>,
}

/// spaCy goes over a tree with crossing arcs at most so often.
const MAX_ROUNDS: usize = 12;

impl Tree {
    pub(super) fn new(heads: Vec<u32>, relations: Vec<RelationId>) -> Tree {
        let mut tree = Tree { heads, relations, edges: Vec::new(), starts: Vec::new() };
        tree.find_edges();
        tree
    }

    /// Computes edges and sentence starts from the heads. Where arcs cross, once over the words is
    /// not enough: it is repeated until every head lies in its word's sentence.
    pub(super) fn find_edges(&mut self) {
        let count = self.heads.len();
        self.edges = (0..count as u32).map(|word| (word, word)).collect();
        for _ in 0..MAX_ROUNDS {
            for word in (0..count).chain((0..count).rev()) {
                let (first, last) = self.edges[word];
                let head = &mut self.edges[self.heads[word] as usize];
                head.0 = head.0.min(first);
                head.1 = head.1.max(last);
            }
            self.starts = vec![false; count];
            for word in 0..count {
                if self.heads[word] as usize == word {
                    self.starts[self.edges[word].0 as usize] = true;
                }
            }
            if self.heads_lie_in_sentences() {
                break;
            }
        }
    }

    fn heads_lie_in_sentences(&self) -> bool {
        let count = self.heads.len();
        let mut start = 0;
        for end in 0..count {
            if (end > 0 && self.starts[end]) || end + 1 == count {
                // The bounds are spaCy's, which let a head be the first word of the next sentence.
                let inside = |head: &u32| (start..=end).contains(&(*head as usize));
                if !self.heads[start..end].iter().all(inside) {
                    return false;
                }
                start = end;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_starts_at_the_left_edge_of_its_root() {
        let tree = Tree::new(vec![1, 1, 1, 4, 4], vec![0; 5]);
        assert_eq!(tree.starts, [true, false, false, true, false]);
        assert_eq!(tree.edges[1], (0, 2));
    }

    #[test]
    fn crossing_arcs_widen_the_sentence_they_reach_into() {
        // 0 and 2 are roots; 1 hangs on 2, 3 on 0.
        let tree = Tree::new(vec![0, 2, 2, 0], vec![0; 4]);
        assert_eq!(tree.edges[0], (0, 3));
        assert_eq!(tree.edges[2], (1, 2));
    }
}
