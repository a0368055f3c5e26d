//! Document: the article's words, annotated: tokens, sentences, dependencies, named spans.
//!
//! A document is plain columns. Children and edges are computed once, when it is made, so that
//! every walk is a slice.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::Span;

/// The number of a token in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenId(pub u32);

/// The number of a sentence in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceId(pub u32);

impl TokenId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SentenceId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A word, a mark of punctuation, or a run of white space, as the pipeline cuts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub lemma: SmolStr,
    /// The treebank's own tag: "VBD", "NNP".
    pub tag: SmolStr,
    /// Universal part of speech: "VERB", "PROPN".
    pub pos: SmolStr,
    /// "Number=Sing|Person=3".
    pub morph: SmolStr,
    /// The token this one hangs on; a root is its own head.
    pub head: TokenId,
    /// The label of that dependency: "nsubj", "dobj", "prep", "pobj", … "ROOT".
    pub relation: SmolStr,
    pub sentence: SentenceId,
}

/// A sentence: a run of tokens with one root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token.
    pub start: TokenId,
    /// One past the last token.
    pub end: TokenId,
    pub span: Span,
}

/// A stretch that the pipeline's recogniser took for a name, a date or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSpan {
    pub start: TokenId,
    pub end: TokenId,
    pub span: Span,
    /// "PERSON", "ORG", "GPE", "NORP", "DATE", …
    pub label: SmolStr,
}

/// A text with its tokens, sentences and named spans.
///
/// `document.text[token.span]` is the token as printed. Token spans ascend and never overlap. Words of
/// a tree are asked for by [`TokenId`]: [`head`](Document::head), [`children`](Document::children),
/// [`ancestors`](Document::ancestors), [`subtree`](Document::subtree).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub text: Arc<str>,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub names: Vec<NamedSpan>,
    /// `children[child_starts[i]..child_starts[i + 1]]` hang on token `i`, in text order.
    child_starts: Vec<u32>,
    children: Vec<TokenId>,
    /// First and last token of each token's subtree.
    edges: Vec<(TokenId, TokenId)>,
}

impl Document {
    /// Puts a document together and indexes its tree. Heads must lie in the document.
    pub fn new(
        text: Arc<str>,
        tokens: Vec<Token>,
        sentences: Vec<Sentence>,
        names: Vec<NamedSpan>,
    ) -> Document {
        let (child_starts, children) = index_children(&tokens);
        let edges = subtree_edges(&tokens);
        Document { text, tokens, sentences, names, child_starts, children, edges }
    }

    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// The token as printed.
    pub fn word(&self, id: TokenId) -> &str {
        &self.text[self.token(id).span]
    }

    pub fn token_ids(&self) -> impl DoubleEndedIterator<Item = TokenId> + ExactSizeIterator + use<> {
        (0..self.tokens.len() as u32).map(TokenId)
    }

    /// The tokens that hang on `id`, in text order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let arrested = document.token_at(7).unwrap();
    /// let children: Vec<&str> = document.children(arrested).iter().map(|&id| document.word(id)).collect();
    /// assert_eq!(children, ["Police", "men"]);
    /// # }
    /// ```
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        &self.children[self.child_starts[id.index()] as usize..self.child_starts[id.index() + 1] as usize]
    }

    /// The children of `id` whose dependency is `relation`.
    pub fn children_by<'a>(&'a self, id: TokenId, relation: &'a str) -> impl Iterator<Item = TokenId> + 'a {
        self.children(id).iter().copied().filter(move |&child| self.token(child).relation == relation)
    }

    /// The first child of `id` whose dependency is `relation`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let arrested = document.token_at(7).unwrap();
    /// let object = document.child(arrested, "dobj").unwrap();
    /// assert_eq!(document.word(object), "men");
    /// # }
    /// ```
    pub fn child(&self, id: TokenId, relation: &str) -> Option<TokenId> {
        self.children(id).iter().copied().find(|&child| self.token(child).relation == relation)
    }

    /// The token that `id` hangs on; `None` for a root.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// assert_eq!(document.head(TokenId(0)), Some(TokenId(1)));
    /// assert_eq!(document.head(TokenId(1)), None);
    /// # }
    /// ```
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        let head = self.token(id).head;
        (head != id).then_some(head)
    }

    /// `id`'s head, its head's head, and so on up to the root.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let above: Vec<&str> = document.ancestors(TokenId(2)).map(|id| document.word(id)).collect();
    /// assert_eq!(above, ["men", "arrested"]);
    /// # }
    /// ```
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(id), |&above| self.head(above))
    }

    /// The first and the last token of everything below `id`, itself included.
    pub fn edges(&self, id: TokenId) -> (TokenId, TokenId) {
        self.edges[id.index()]
    }

    /// The span from the first to the last token of everything below `id`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// assert_eq!(&document.text[document.subtree_span(TokenId(3))], "two men");
    /// # }
    /// ```
    pub fn subtree_span(&self, id: TokenId) -> Span {
        let (first, last) = self.edges(id);
        self.token(first).span.cover(self.token(last).span)
    }

    /// The named span that the token is part of. Named spans are in text order and none overlaps another.
    pub fn name_at(&self, id: TokenId) -> Option<&NamedSpan> {
        let next = self.names.partition_point(|name| name.end <= id);
        self.names.get(next).filter(|name| name.start <= id)
    }

    /// Everything below `id`, itself included, in text order.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// assert_eq!(document.subtree(TokenId(3)), [TokenId(2), TokenId(3)]);
    /// # }
    /// ```
    pub fn subtree(&self, id: TokenId) -> Vec<TokenId> {
        let mut below = vec![id];
        let mut next = 0;
        while next < below.len() {
            below.extend_from_slice(self.children(below[next]));
            next += 1;
        }
        below.sort_unstable();
        below
    }

    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }

    pub fn sentence_of(&self, id: TokenId) -> &Sentence {
        self.sentence(self.token(id).sentence)
    }

    /// The tokens of a sentence.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let sentence = document.sentence_of(TokenId(0));
    /// assert_eq!(document.sentence_tokens(sentence).count(), 4);
    /// # }
    /// ```
    pub fn sentence_tokens(&self, sentence: &Sentence) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (sentence.start.0..sentence.end.0).map(TokenId)
    }

    /// The token of a sentence that hangs on nothing; the first, where a broken tree has several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let root = document.root(&document.sentences[0]).unwrap();
    /// assert_eq!(document.word(root), "arrested");
    /// # }
    /// ```
    pub fn root(&self, sentence: &Sentence) -> Option<TokenId> {
        self.sentence_tokens(sentence).find(|&id| self.head(id).is_none())
    }

    /// The token that holds byte `at`, or else the first one after it.
    pub fn token_at(&self, at: u32) -> Option<TokenId> {
        let index = self.tokens.partition_point(|token| token.span.end <= at);
        (index < self.tokens.len()).then_some(TokenId(index as u32))
    }

    /// The tokens that lie wholly or partly in `span`.
    pub fn tokens_in(&self, span: Span) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        (first as u32..end.max(first) as u32).map(TokenId)
    }

    /// The token of `span` that the others hang on: the one whose head lies outside.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/tree.rs"));
    /// # use dateline_document::TokenId;
    /// # fn main() {
    /// # let document = police_arrested_two_men();
    /// let two_men = document.subtree_span(TokenId(3));
    /// assert_eq!(document.head_of_span(two_men), Some(TokenId(3)));
    /// # }
    /// ```
    pub fn head_of_span(&self, span: Span) -> Option<TokenId> {
        self.tokens_in(span)
            .filter(|&id| self.token(id).pos != "PUNCT" && self.token(id).pos != "SPACE")
            .find(|&id| self.head(id).is_none_or(|head| !span.overlaps(self.token(head).span)))
            .or_else(|| self.tokens_in(span).next())
    }
}

fn index_children(tokens: &[Token]) -> (Vec<u32>, Vec<TokenId>) {
    let mut starts = vec![0u32; tokens.len() + 1];
    let is_child = |(index, token): &(usize, &Token)| token.head.index() != *index;
    for (_, token) in tokens.iter().enumerate().filter(is_child) {
        starts[token.head.index() + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    let mut next = starts.clone();
    let mut children = vec![TokenId(0); *starts.last().unwrap_or(&0) as usize];
    for (index, token) in tokens.iter().enumerate().filter(is_child) {
        let slot = &mut next[token.head.index()];
        children[*slot as usize] = TokenId(index as u32);
        *slot += 1;
    }
    (starts, children)
}

/// First and last token of each subtree, found by letting each token widen its head.
///
/// Leaves first: a token is done when all its children are. A cycle, which a broken pipeline
/// could make, leaves its members with the edges they had.
fn subtree_edges(tokens: &[Token]) -> Vec<(TokenId, TokenId)> {
    let mut edges: Vec<_> = (0..tokens.len() as u32).map(|id| (TokenId(id), TokenId(id))).collect();
    let mut waiting = vec![0u32; tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        if token.head.index() != index {
            waiting[token.head.index()] += 1;
        }
    }
    let mut ready: Vec<usize> = (0..tokens.len()).filter(|&index| waiting[index] == 0).collect();
    while let Some(index) = ready.pop() {
        let head = tokens[index].head.index();
        if head == index {
            continue;
        }
        edges[head].0 = edges[head].0.min(edges[index].0);
        edges[head].1 = edges[head].1.max(edges[index].1);
        waiting[head] -= 1;
        if waiting[head] == 0 {
            ready.push(head);
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use crate::*;

    include!("../tests/support/tree.rs");

    #[test]
    fn a_tree_is_walked_by_slices() {
        let document = police_arrested_two_men();
        let verb = TokenId(1);
        assert_eq!(document.children(verb), [TokenId(0), TokenId(3)]);
        assert_eq!(document.child(verb, "dobj"), Some(TokenId(3)));
        assert_eq!(document.subtree(TokenId(3)), [TokenId(2), TokenId(3)]);
        assert_eq!(&document.text[document.subtree_span(verb)], "Police arrested two men");
        assert_eq!(document.ancestors(TokenId(2)).collect::<Vec<_>>(), [TokenId(3), verb]);
    }

    #[test]
    fn the_head_of_a_span_is_the_token_that_hangs_outside_it() {
        let document = police_arrested_two_men();
        assert_eq!(document.head_of_span(Span::new(16, 23)), Some(TokenId(3)));
    }

    #[test]
    fn tokens_are_found_by_byte() {
        let document = police_arrested_two_men();
        assert_eq!(document.token_at(7), Some(TokenId(1)));
        assert_eq!(document.token_at(6), Some(TokenId(1)));
        assert_eq!(document.tokens_in(Span::new(8, 18)).collect::<Vec<_>>(), [TokenId(1), TokenId(2)]);
        assert_eq!(document.token_at(99), None);
    }
}
