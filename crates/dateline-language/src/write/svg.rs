//! SVG: the arcs of dependencies over the words, sentence under sentence, so that whoever writes a
//! rule sees what it will see.

use std::fmt::Write as _;

use dateline_document::{Document, Sentence, TokenId};

/// Lengths in pixels. The widths of letters are guesses on the safe side: the picture cannot know
/// what font it will be drawn in.
const LETTER: f64 = 9.0;
const SMALL_LETTER: f64 = 6.6;
const GAP: f64 = 18.0;
const LEVEL: f64 = 30.0;
const ENDS_APART: f64 = 7.0;
const MARGIN: f64 = 24.0;
/// What stands under the arcs: word, part of speech, name.
const FOOT: f64 = 72.0;

/// Longer sentences would be pictures that nobody can read: their words alone are counted.
const MAX_WORDS: usize = 400;
/// Letters of a word that are shown.
const MAX_LETTERS: usize = 32;

/// A picture of the document: for each sentence its words, their parts of speech and tags, the names,
/// and an arc from each head to what hangs on it. White space is left out.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/mod.rs"));
/// # fn main() {
/// # let pipeline = pipeline();
/// let picture = dateline_language::write::svg(&pipeline.read("Rebels shelled AT&T's office."));
/// assert!(picture.starts_with("<svg xmlns="));
/// assert!(picture.contains(">nsubj</text>") && picture.contains(">AT&amp;T</text>"));
/// # }
/// ```
pub fn svg(document: &Document) -> String {
    let mut body = String::new();
    let (mut width, mut height) = (2.0 * MARGIN, MARGIN);
    for sentence in &document.sentences {
        let is_word = |id: &TokenId| !document.word(*id).trim().is_empty();
        let words: Vec<TokenId> = document.sentence_tokens(sentence).filter(is_word).collect();
        if words.is_empty() {
            continue;
        }
        let drawing = if words.len() > MAX_WORDS {
            too_long(words.len())
        } else {
            Drawing::new(document, sentence, words).draw()
        };
        let _ = writeln!(body, "<g transform=\"translate({MARGIN} {height:.0})\">\n{}</g>", drawing.body);
        width = f64::max(width, drawing.width + 2.0 * MARGIN);
        height += drawing.height + MARGIN;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\">\n<style>{STYLE}</style>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}</svg>\n"
    )
}

const STYLE: &str = "\
text{font-family:system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;text-anchor:middle;fill:#1d2733}\
.word{font-size:16px}.tag{font-size:11px;fill:#5b6775}.relation{font-size:11px;fill:#1f5fa8}\
.name{font-size:10px;fill:#9a4a00;font-weight:600}.arc{fill:none;stroke:#7d8a99;stroke-width:1.3}\
.head{fill:#7d8a99}.bracket{fill:none;stroke:#d08a3c;stroke-width:1.5}.under{fill:#fff}";

struct Picture {
    body: String,
    width: f64,
    height: f64,
}

fn too_long(words: usize) -> Picture {
    let note = format!("a sentence of {words} words, too long to draw");
    let width = note.len() as f64 * LETTER;
    let body = format!("<text class=\"tag\" x=\"{:.0}\" y=\"16\">{note}</text>\n", width / 2.0);
    Picture { body, width, height: 24.0 }
}

/// An arc between two words of the sentence.
struct Arc<'a> {
    head: usize,
    word: usize,
    relation: &'a str,
    /// How high it goes, from 1.
    level: usize,
}

impl Arc<'_> {
    fn left(&self) -> usize {
        self.head.min(self.word)
    }

    fn right(&self) -> usize {
        self.head.max(self.word)
    }
}

struct Drawing<'a> {
    document: &'a Document,
    words: Vec<TokenId>,
    arcs: Vec<Arc<'a>>,
    /// Words that are roots, with their relation.
    roots: Vec<(usize, &'a str)>,
    /// By word: its middle.
    middles: Vec<f64>,
    levels: usize,
}

impl<'a> Drawing<'a> {
    fn new(document: &'a Document, sentence: &Sentence, words: Vec<TokenId>) -> Drawing<'a> {
        let mut arcs = Vec::new();
        let mut roots = Vec::new();
        for (at, &id) in words.iter().enumerate() {
            let relation = document.token(id).relation.as_str();
            // Arcs from white space, which is not drawn, are drawn from what it hangs on.
            let mut above = document.ancestors(id).take((sentence.end.0 - sentence.start.0) as usize);
            match above.find_map(|head| words.binary_search(&head).ok()) {
                Some(head) => arcs.push(Arc { head, word: at, relation, level: 0 }),
                None if relation.is_empty() => {}
                None => roots.push((at, relation)),
            }
        }
        let levels = set_levels(&mut arcs, words.len());
        let mut drawing = Drawing { document, words, arcs, roots, middles: Vec::new(), levels };
        drawing.place_words();
        drawing
    }

    /// Sets the words' middles so that neither words nor the labels of short arcs run together.
    fn place_words(&mut self) {
        let widths: Vec<f64> = self.words.iter().map(|&id| self.width(id)).collect();
        for at in 0..widths.len() {
            let mut middle = match at {
                0 => widths[0] / 2.0,
                _ => self.middles[at - 1] + (widths[at - 1] + widths[at]) / 2.0 + GAP,
            };
            for arc in self.arcs.iter().filter(|arc| arc.right() == at) {
                let room = letters(arc.relation, SMALL_LETTER) + 36.0;
                middle = middle.max(self.middles[arc.left()] + room);
            }
            self.middles.push(middle);
        }
    }

    fn width(&self, id: TokenId) -> f64 {
        let token = self.document.token(id);
        let tags = letters(&token.pos, SMALL_LETTER).max(letters(&token.tag, SMALL_LETTER));
        letters(&shown(self.document.word(id)), LETTER).max(tags)
    }

    fn draw(&self) -> Picture {
        let mut body = String::new();
        let floor = (self.levels + 1) as f64 * LEVEL + 8.0;
        let (ends, root_ends) = self.ends();
        for (arc, &(from, to)) in self.arcs.iter().zip(&ends) {
            self.draw_arc(&mut body, arc, from, to, floor);
        }
        for (&(_, relation), &x) in self.roots.iter().zip(&root_ends) {
            let top = floor - (self.levels as f64 + 0.6) * LEVEL;
            let _ = writeln!(body, "<path class=\"arc\" d=\"M{x:.1} {top:.1}V{:.1}\"/>", floor - 6.0);
            arrow_head(&mut body, x, floor);
            label(&mut body, x, top - 2.0, relation);
        }
        for (&id, &x) in self.words.iter().zip(&self.middles) {
            let token = self.document.token(id);
            let lines = [
                ("word", 20.0, shown(self.document.word(id))),
                ("tag", 36.0, token.pos.to_string()),
                ("tag", 49.0, token.tag.to_string()),
            ];
            for (class, below, text) in lines.iter().filter(|(_, _, text)| !text.is_empty()) {
                let text = escape(text);
                let _ = writeln!(
                    body,
                    "<text class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\">{text}</text>",
                    floor + below
                );
            }
        }
        self.draw_names(&mut body, floor);
        let last = self.words.len() - 1;
        let width = self.middles[last] + self.width(self.words[last]) / 2.0;
        Picture { body, width, height: floor + FOOT }
    }

    /// Where each arc leaves its head and reaches its word, and where the roots' arrows stand. Arcs
    /// that meet at a word stand side by side, the longest innermost, so that none crosses another.
    fn ends(&self) -> (Vec<(f64, f64)>, Vec<f64>) {
        let mut at_word: Vec<Vec<(i64, usize)>> = vec![Vec::new(); self.words.len()];
        for (number, arc) in self.arcs.iter().enumerate() {
            let length = (arc.right() - arc.left()) as i64;
            // Those that go left come first, the short ones before the long ones; then those that go
            // right, the long ones before the short ones.
            at_word[arc.right()].push((length - (1 << 40), number));
            at_word[arc.left()].push(((1 << 40) - length, number));
        }
        for (number, &(root, _)) in self.roots.iter().enumerate() {
            at_word[root].push((0, self.arcs.len() + number));
        }
        let mut ends = vec![(0.0, 0.0); self.arcs.len()];
        let mut root_ends = vec![0.0; self.roots.len()];
        for (word, mut meeting) in at_word.into_iter().enumerate() {
            meeting.sort_unstable();
            let room = self.width(self.words[word]).max(2.0 * LETTER);
            let apart = ENDS_APART.min(room / meeting.len().max(1) as f64);
            let first = self.middles[word] - apart * (meeting.len() as f64 - 1.0) / 2.0;
            for (place, (_, number)) in meeting.into_iter().enumerate() {
                let x = first + apart * place as f64;
                match self.arcs.get(number) {
                    Some(arc) if arc.head == word => ends[number].0 = x,
                    Some(_) => ends[number].1 = x,
                    None => root_ends[number - self.arcs.len()] = x,
                }
            }
        }
        (ends, root_ends)
    }

    fn draw_arc(&self, body: &mut String, arc: &Arc<'_>, from: f64, to: f64, floor: f64) {
        let top = floor - arc.level as f64 * LEVEL;
        let turn = f64::min(10.0, (to - from).abs() / 2.0).copysign(to - from);
        let _ = writeln!(
            body,
            "<path class=\"arc\" d=\"M{from:.1} {floor:.1}V{:.1}Q{from:.1} {top:.1} {:.1} {top:.1}\
             H{:.1}Q{to:.1} {top:.1} {to:.1} {:.1}V{:.1}\"/>",
            top + 10.0,
            from + turn,
            to - turn,
            top + 10.0,
            floor - 6.0,
        );
        arrow_head(body, to, floor);
        label(body, (from + to) / 2.0, top + 4.0, arc.relation);
    }

    fn draw_names(&self, body: &mut String, floor: f64) {
        let y = floor + 54.0;
        for name in &self.document.names {
            let inside = |id: &TokenId| (name.start..name.end).contains(id);
            let Some(first) = self.words.iter().position(inside) else { continue };
            let Some(last) = self.words.iter().rposition(inside) else { continue };
            let left = self.middles[first] - self.width(self.words[first]) / 2.0;
            let right = self.middles[last] + self.width(self.words[last]) / 2.0;
            let _ = writeln!(body, "<path class=\"bracket\" d=\"M{left:.1} {y:.1}v4H{right:.1}v-4\"/>");
            let _ = writeln!(
                body,
                "<text class=\"name\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                (left + right) / 2.0,
                y + 15.0,
                escape(&name.label),
            );
        }
    }
}

/// Gives each arc the lowest level that clears those below it; the number of levels.
fn set_levels(arcs: &mut [Arc<'_>], words: usize) -> usize {
    let mut by_length: Vec<usize> = (0..arcs.len()).collect();
    by_length.sort_by_key(|&at| (arcs[at].right() - arcs[at].left(), arcs[at].left()));
    // By gap between two words: the highest level so far.
    let mut taken = vec![0; words];
    for at in by_length {
        let under = &mut taken[arcs[at].left()..arcs[at].right()];
        arcs[at].level = under.iter().max().map_or(1, |highest| highest + 1);
        under.fill(arcs[at].level);
    }
    taken.into_iter().max().unwrap_or(0)
}

fn arrow_head(body: &mut String, x: f64, floor: f64) {
    let y = floor - 7.0;
    let _ = writeln!(body, "<path class=\"head\" d=\"M{:.1} {y:.1}h7l-3.5 7z\"/>", x - 3.5);
}

/// A relation, on a piece of background that hides the line under it.
fn label(body: &mut String, x: f64, y: f64, relation: &str) {
    let width = letters(relation, SMALL_LETTER) + 4.0;
    let _ = writeln!(
        body,
        "<rect class=\"under\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"13\"/>\
         <text class=\"relation\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
        x - width / 2.0,
        y - 10.0,
        escape(relation),
    );
}

/// The width of a text. Letters of East Asia and emoji are two wide, capitals a bit more than one.
fn letters(text: &str, letter: f64) -> f64 {
    let wide = |c: char| match c {
        '\u{1100}'.. => 2.0,
        'A'..='Z' | 'm' | 'w' => 1.2,
        _ => 1.0,
    };
    text.chars().map(wide).sum::<f64>() * letter
}

/// A word as it is shown: not too long.
fn shown(word: &str) -> String {
    let mut shown: String = word.chars().take(MAX_LETTERS).collect();
    if shown.len() < word.len() {
        shown.push('…');
    }
    shown
}

/// Text that stands in XML. Characters that XML cannot hold become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_that_lie_over_others_are_higher() {
        let arc = |head, word| Arc { head, word, relation: "", level: 0 };
        let mut arcs = [arc(0, 5), arc(1, 2), arc(2, 4), arc(5, 6)];
        assert_eq!(set_levels(&mut arcs, 7), 2);
        assert_eq!(arcs.map(|arc| arc.level), [2, 1, 1, 1]);
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(escape("<a&\0\u{1b}\"b>"), "&lt;a&amp;\u{fffd}\u{fffd}&quot;b&gt;");
    }
}
