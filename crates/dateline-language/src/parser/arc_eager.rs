//! Arc-eager: the parser's state, its moves, and which of them are allowed.

use super::{FEATURES, RelationId};

/// What a move does. The numbers are spaCy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Push the next word.
    Shift = 0,
    /// Pop the stack's top; without a head it goes back to the buffer, unless it is alone.
    Reduce = 1,
    /// Hang the top on the next word, and pop it.
    Left = 2,
    /// Hang the next word on the top, and push it.
    Right = 3,
    /// Start a sentence at the word after the next.
    Break = 4,
}

impl Kind {
    pub(super) const ALL: [Kind; 5] = [Kind::Shift, Kind::Reduce, Kind::Left, Kind::Right, Kind::Break];
}

const NONE: u32 = u32::MAX;

pub(super) struct State {
    count: u32,
    /// The first word that was never taken.
    next: u32,
    stack: Vec<u32>,
    /// Words put back before `next`, the first one last.
    put_back: Vec<u32>,
    heads: Vec<u32>,
    relations: Vec<RelationId>,
    /// Words that were put back: they cannot be shifted again until an arc reaches them.
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    /// By head: its latest arc to the left and to the right, in `arcs`.
    latest: Vec<[u32; 2]>,
    /// Child, and the head's arc before this one on the same side.
    arcs: Vec<(u32, u32)>,
}

impl State {
    pub(super) fn new(count: usize) -> State {
        State {
            count: count as u32,
            next: 0,
            stack: Vec::new(),
            put_back: Vec::new(),
            heads: vec![NONE; count],
            relations: vec![0; count],
            unshiftable: vec![false; count],
            starts: vec![false; count],
            latest: vec![[NONE; 2]; count],
            arcs: Vec::with_capacity(count),
        }
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    /// The tokens whose contributions score the next move.
    pub(super) fn features(&self) -> [Option<u32>; FEATURES] {
        let (next, top) = (self.buffer(0), self.stack(0));
        [
            next,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            next.and_then(|next| self.latest_child(next, 0)),
            top.and_then(|top| self.latest_child(top, 0)),
            top.and_then(|top| self.latest_child(top, 1)),
        ]
    }

    /// By kind: whether the move is allowed.
    pub(super) fn valid_moves(&self) -> [bool; 5] {
        let depth = self.stack.len();
        let left = self.buffer_len();
        let next = self.buffer(0);
        let starts = |word: Option<u32>| word.is_some_and(|word| self.starts[word as usize]);
        let next_starts = starts(next);
        let shift = depth == 0
            || (left >= 2 && !next_starts && !next.is_some_and(|next| self.unshiftable[next as usize]));
        let arc = depth > 0 && left > 0 && !next_starts;
        let second = self.buffer(1);
        let follows = matches!((next, second), (Some(next), Some(second)) if second == next + 1);
        [shift, depth > 0, arc, arc, left >= 2 && follows && !starts(second)]
    }

    pub(super) fn apply(&mut self, kind: Kind, relation: RelationId) {
        let (next, top) = (self.buffer(0), self.stack(0));
        match kind {
            Kind::Shift => self.push(),
            Kind::Reduce => {
                let Some(top) = self.stack.pop() else { return };
                if self.heads[top as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[top as usize] = true;
                    self.put_back.push(top);
                }
            }
            Kind::Left => {
                let (Some(next), Some(top)) = (next, top) else { return };
                self.add_arc(next, top, relation);
                self.unshiftable[next as usize] = false;
                self.stack.pop();
            }
            Kind::Right => {
                let (Some(next), Some(top)) = (next, top) else { return };
                self.add_arc(top, next, relation);
                self.push();
            }
            Kind::Break => {
                if let Some(second) = self.buffer(1) {
                    self.starts[second as usize] = true;
                }
            }
        }
    }

    /// Head and relation of each word; a word without a head is a root, its own head.
    pub(super) fn into_arcs(self, root: RelationId) -> (Vec<u32>, Vec<RelationId>) {
        let mut relations = self.relations;
        let mut heads = self.heads;
        for (word, head) in heads.iter_mut().enumerate() {
            if *head == NONE {
                *head = word as u32;
                relations[word] = root;
            }
        }
        (heads, relations)
    }

    fn buffer_len(&self) -> usize {
        (self.count - self.next) as usize + self.put_back.len()
    }

    fn buffer(&self, at: usize) -> Option<u32> {
        if let Some(from_end) = self.put_back.len().checked_sub(at + 1) {
            return Some(self.put_back[from_end]);
        }
        let word = self.next + (at - self.put_back.len()) as u32;
        (word < self.count).then_some(word)
    }

    fn stack(&self, depth: usize) -> Option<u32> {
        Some(self.stack[self.stack.len().checked_sub(depth + 1)?])
    }

    fn push(&mut self) {
        let word = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        if word < self.count {
            self.stack.push(word);
        } else {
            self.next = self.count;
        }
    }

    fn latest_child(&self, head: u32, side: usize) -> Option<u32> {
        let arc = self.latest[head as usize][side];
        (arc != NONE).then(|| self.arcs[arc as usize].0)
    }

    fn add_arc(&mut self, head: u32, child: u32, relation: RelationId) {
        let old = self.heads[child as usize];
        if old != NONE {
            // An arc that is replaced goes from a word to the top of the stack, and the word can
            // have got no later child on that side: it is always the latest.
            let latest = &mut self.latest[old as usize][usize::from(old < child)];
            if *latest != NONE && self.arcs[*latest as usize].0 == child {
                *latest = self.arcs[*latest as usize].1;
            }
        }
        let latest = &mut self.latest[head as usize][usize::from(head < child)];
        self.arcs.push((child, *latest));
        *latest = self.arcs.len() as u32 - 1;
        self.heads[child as usize] = head;
        self.relations[child as usize] = relation;
    }
}
