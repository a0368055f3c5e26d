//! Cues: the words that report speech or thought, and what may follow each of them.
//!
//! The lists stand in `cues.txt`, to be read and changed there:
//!
//! ```text
//! [infinitive]
//! vow pledge promise …
//! ```

use std::sync::LazyLock;

use hashbrown::HashMap;

/// What a cue can be followed by. A cue may have several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// X said that …
    Clause,
    /// "…," X said
    Quoted,
    /// X told Y that …
    Addressee,
    /// X vowed to …
    Infinitive,
    /// X urged Y to …
    Order,
    /// X criticised Y
    Object,
    /// X called Y a liar
    Label,
    /// X described Y as …
    As,
    /// X accused Y of …
    Charge,
    /// X called for …
    Preposition,
    /// X voiced the fear that …: the verb only says that the noun was uttered.
    Light,
    /// X is said to …
    Hearsay,
    /// the claim that …
    Noun,
    /// was hopeful that …
    Adjective,
    /// his call for …
    NounPreposition,
    /// is critical of …
    AdjectivePreposition,
    /// Minister: …
    Sayer,
}

const FRAMES: [(&str, Frame); 17] = [
    ("clause", Frame::Clause),
    ("quoted", Frame::Quoted),
    ("addressee", Frame::Addressee),
    ("infinitive", Frame::Infinitive),
    ("order", Frame::Order),
    ("object", Frame::Object),
    ("label", Frame::Label),
    ("as", Frame::As),
    ("charge", Frame::Charge),
    ("preposition", Frame::Preposition),
    ("light", Frame::Light),
    ("hearsay", Frame::Hearsay),
    ("noun", Frame::Noun),
    ("adjective", Frame::Adjective),
    ("noun preposition", Frame::NounPreposition),
    ("adjective preposition", Frame::AdjectivePreposition),
    ("sayer", Frame::Sayer),
];

/// Whether the lists give `lemma` that frame. Where a preposition belongs to the cue, the lemma is both:
/// "call for".
pub(super) fn has_frame(lemma: &str, frame: Frame) -> bool {
    static CUES: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| read(include_str!("cues.txt")));
    CUES.get(lemma).is_some_and(|frames| frames & bit(frame) != 0)
}

fn bit(frame: Frame) -> u32 {
    1 << frame as u32
}

fn read(table: &'static str) -> HashMap<&'static str, u32> {
    let mut cues = HashMap::new();
    let mut current = None;
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            current = FRAMES.iter().find(|(known, _)| *known == name).map(|(_, frame)| *frame);
            continue;
        }
        let Some(frame) = current else { continue };
        let words: Vec<&str> = match frame {
            Frame::Preposition | Frame::NounPreposition | Frame::AdjectivePreposition => {
                line.split('|').map(str::trim).collect()
            }
            _ => line.split_whitespace().collect(),
        };
        for word in words {
            *cues.entry(word).or_insert(0) |= bit(frame);
        }
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_has_the_frames_of_the_lists_it_stands_in() {
        assert!(has_frame("say", Frame::Clause) && has_frame("say", Frame::Quoted));
        assert!(has_frame("vow", Frame::Infinitive));
        assert!(!has_frame("say", Frame::Infinitive));
        assert!(has_frame("call for", Frame::Preposition));
        assert!(!has_frame("march", Frame::Clause));
    }

    #[test]
    fn every_list_of_the_table_is_known() {
        let names = include_str!("cues.txt").lines().filter_map(|line| line.strip_prefix('['));
        for name in names.map(|name| name.trim_end_matches(']')) {
            assert!(FRAMES.iter().any(|(known, _)| *known == name), "no frame is called {name:?}");
        }
    }
}
