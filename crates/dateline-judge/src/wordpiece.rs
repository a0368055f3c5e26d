//! WordPiece: the pieces that an uncased BERT reads, each with the bytes it stands for.
//!
//! ```
//! use dateline_judge::WordPiece;
//!
//! let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ntroops\nleft\nkin\n##shas\n##a\n.\n";
//! let tokenizer = WordPiece::read(vocabulary).unwrap();
//! let pieces = tokenizer.pieces("Troops left Kinshasa.");
//! let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
//! assert_eq!(ids, [4, 5, 6, 7, 8, 9]);
//! assert_eq!((pieces[2].start, pieces[2].end), (12, 15));
//! ```
//!
//! As in BERT's own `BasicTokenizer`: control characters go, accents are stripped, letters are lowered,
//! every punctuation mark and every Chinese character is a word, and a word is cut into the longest pieces
//! that the vocabulary has, from the left.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A vocabulary, and how text is cut by it.
#[derive(Clone, Debug)]
pub struct WordPiece {
    ids: HashMap<Box<str>, u32>,
    unknown: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A piece: its number in the vocabulary, and the bytes of the text it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub id: u32,
    pub start: u32,
    pub end: u32,
}

/// Longer words are unknown as a whole, as in BERT.
const LONGEST_WORD: usize = 100;

/// A character as the vocabulary writes it, and the bytes it came from.
#[derive(Clone, Copy)]
struct Letter {
    letter: char,
    start: u32,
    end: u32,
}

impl WordPiece {
    /// Reads `vocab.txt`: a piece a line, its number the line's. `None` where BERT's own marks are missing.
    pub fn read(vocabulary: &str) -> Option<WordPiece> {
        let ids: HashMap<Box<str>, u32> =
            vocabulary.lines().zip(0..).map(|(piece, id)| (piece.into(), id)).collect();
        let of = |mark: &str| ids.get(mark).copied();
        let (unknown, start, end) = (of("[UNK]")?, of("[CLS]")?, of("[SEP]")?);
        Some(WordPiece { ids, unknown, start, end })
    }

    /// The text's pieces, without the marks around them.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut word: Vec<Letter> = Vec::new();
        for (at, c) in text.char_indices() {
            let (start, end) = (at as u32, (at + c.len_utf8()) as u32);
            if is_dropped(c) {
                continue;
            }
            if c.is_whitespace() {
                self.cut(&mut word, &mut pieces);
            } else if is_punctuation(c) || is_chinese(c) {
                self.cut(&mut word, &mut pieces);
                word.push(Letter { letter: c, start, end });
                self.cut(&mut word, &mut pieces);
            } else {
                let plain = c.nfd().filter(|&letter| !is_combining_mark(letter));
                let lowered = plain.flat_map(char::to_lowercase);
                word.extend(lowered.map(|letter| Letter { letter, start, end }));
            }
        }
        self.cut(&mut word, &mut pieces);
        pieces
    }

    /// Cuts a word into pieces and empties it.
    fn cut(&self, word: &mut Vec<Letter>, pieces: &mut Vec<Piece>) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return };
        let whole = Piece { id: self.unknown, start: first.start, end: last.end };
        if word.len() > LONGEST_WORD {
            pieces.push(whole);
            word.clear();
            return;
        }
        let before = pieces.len();
        let mut at = 0;
        let mut written = String::with_capacity(word.len() + 2);
        while at < word.len() {
            let longest = (at + 1..=word.len()).rev().find_map(|end| {
                written.clear();
                if at > 0 {
                    written.push_str("##");
                }
                written.extend(word[at..end].iter().map(|letter| letter.letter));
                self.ids.get(written.as_str()).map(|&id| (end, id))
            });
            let Some((end, id)) = longest else {
                pieces.truncate(before);
                pieces.push(whole);
                break;
            };
            pieces.push(Piece { id, start: word[at].start, end: word[end - 1].end });
            at = end;
        }
        word.clear();
    }
}

fn is_dropped(c: char) -> bool {
    let is_white = matches!(c, '\t' | '\n' | '\r');
    c == '\0' || c == '\u{fffd}' || !is_white && (c.is_control() || is_format(c))
}

/// Unicode's category Cf: marks that show nothing.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

/// ASCII's marks, and Unicode's in the blocks that newspapers print.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}'
            | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}'
            | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
            | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}' | '\u{2329}' | '\u{232a}' | '\u{2e00}'..='\u{2e4f}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{30fb}'
            | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe52}' | '\u{fe54}'..='\u{fe61}' | '\u{fe63}' | '\u{fe68}'
            | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}'
            | '\u{ff1f}' | '\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}'
            | '\u{ff5f}'..='\u{ff65}')
}

fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ceaf}'
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}
