//! The weights that come with the program can be read. Tests only.

use crate::{Linear, Votes, rule_confidence};

#[test]
fn the_committed_weights_are_read() {
    assert!(Linear::committed().write().len() > 100_000);
    let text = include_str!("../weights/votes.txt");
    for reader in ["rules", "fast", "careful"] {
        assert!(Votes::read(text, reader).is_some(), "{reader}");
    }
}

#[test]
fn a_rule_alone_is_neither_sure_nor_hopeless() {
    for (words, conditions) in [(0, 0), (1, 0), (0, 2), (9, 9)] {
        let confidence = rule_confidence(words, conditions);
        assert!((0.4..0.99).contains(&confidence), "{words} {conditions}: {confidence}");
    }
}
