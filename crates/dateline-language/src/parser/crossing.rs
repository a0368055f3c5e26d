//! Crossing: arcs that cross others, restored from decorated labels.
//!
//! The moves can only make trees without crossing arcs. In training, a word whose arc crossed was
//! hung higher up, and its label says on what it hung before: "pobj||prep" is a pobj of some prep
//! below the present head. The search for it is breadth first, left to right.

use super::{RelationId, Tree};

/// Hangs every word with a decorated relation on the first word below its head that has the
/// relation named, and gives it its plain relation.
pub(super) fn restore(tree: &mut Tree, decorated: &[Option<(RelationId, RelationId)>], is_space: &[bool]) {
    let Some(first) = tree.relations.iter().position(|&relation| decorated[usize::from(relation)].is_some())
    else {
        return;
    };
    let mut children = Children::of(tree);
    for word in first..tree.heads.len() {
        let Some((plain, wanted)) = decorated[usize::from(tree.relations[word])] else { continue };
        let word = word as u32;
        let head = find_head(tree, &children, is_space, word, wanted);
        children.add(word, head);
        tree.heads[word as usize] = head;
        tree.relations[word as usize] = plain;
    }
    tree.find_edges();
}

/// How many words are searched at most. Below one head of real prose there are a few hundred; with the
/// bound, a text that is one endless sentence is parsed in linear time as well.
const MAX_SEARCHED: usize = 4096;

fn find_head(tree: &Tree, children: &Children, is_space: &[bool], word: u32, wanted: RelationId) -> u32 {
    let head = tree.heads[word as usize];
    let mut queue = vec![head];
    let mut seen = 0;
    while seen < queue.len() && queue.len() < MAX_SEARCHED {
        let parent = queue[seen];
        seen += 1;
        // Only what lay between the edges before any arc was moved is looked at, as in spaCy.
        let (first, last) = tree.edges[parent as usize];
        for &child in children.below(parent) {
            let has_moved_away = tree.heads[child as usize] != parent;
            let is_outside = !(first..=last).contains(&child);
            if has_moved_away || is_outside || is_space[child as usize] || child == word {
                continue;
            }
            if tree.relations[child as usize] == wanted {
                return child;
            }
            queue.push(child);
        }
    }
    head
}

/// Words that hang or hung on each word, in text order.
struct Children(Vec<Vec<u32>>);

impl Children {
    fn of(tree: &Tree) -> Children {
        let mut children = vec![Vec::new(); tree.heads.len()];
        for (word, &head) in tree.heads.iter().enumerate() {
            if head as usize != word {
                children[head as usize].push(word as u32);
            }
        }
        Children(children)
    }

    fn below(&self, head: u32) -> &[u32] {
        &self.0[head as usize]
    }

    fn add(&mut self, word: u32, head: u32) {
        let children = &mut self.0[head as usize];
        let at = children.partition_point(|&child| child < word);
        if head != word && children.get(at) != Some(&word) {
            children.insert(at, word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decorated_word_is_hung_on_the_head_its_label_names() {
        // "What are you talking about": What hangs on talking as pobj||prep; about is the prep.
        let (root, prep, pobj, pobj_prep) = (0, 1, 2, 3);
        let mut tree = Tree::new(vec![3, 3, 3, 3, 3], vec![pobj_prep, 9, 9, root, prep]);
        let mut decorated = vec![None; 10];
        decorated[usize::from(pobj_prep)] = Some((pobj, prep));
        restore(&mut tree, &decorated, &[false; 5]);
        assert_eq!(tree.heads, [4, 3, 3, 3, 3]);
        assert_eq!(tree.relations[0], pobj);
        assert_eq!(tree.starts, [true, false, false, false, false]);
    }
}
