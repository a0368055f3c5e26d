//! HTML that is a story's body and nothing else, as feeds and wires carry it: all of it is read,
//! nothing has to be told from menus.

use dateline_document::{Image, PartRole};

use crate::assemble::Piece;
use crate::html::{self, Dom, FragmentKind};

/// What the markup holds, in its order.
pub(crate) struct Markup {
    pub pieces: Vec<Piece>,
    pub images: Vec<Image>,
    pub notes: Vec<String>,
}

/// Reads the body of a story.
pub(crate) fn read(markup: &str, depth: u32) -> Markup {
    let dom = Dom::parse(markup, depth);
    let mut read = Markup { pieces: Vec::new(), images: Vec::new(), notes: Vec::new() };
    for (kind, words) in html::fragment(&dom) {
        match kind {
            FragmentKind::Body => read.pieces.push(Piece::new(PartRole::Body, words)),
            FragmentKind::Heading => read.pieces.push(Piece::new(PartRole::Subhead, words)),
            FragmentKind::Caption => {
                let (caption, credit) = html::split_credit(&words);
                read.images.push(Image { credit, ..Image::default() });
                if !caption.is_empty() {
                    read.pieces.push(Piece::caption(caption, read.images.len() - 1));
                }
            }
        }
    }
    if dom.was_flattened {
        read.notes
            .push("the markup nests elements deeper than the limit; the deepest were flattened".to_owned());
    }
    read
}

/// Whether a text that claims to be plain is made of tags.
pub(crate) fn is_markup(text: &str) -> bool {
    ["</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "<img "].iter().any(|tag| text.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_and_captions_are_told_apart() {
        let read = read(
            "<p>The ferry sailed.</p><h2>Rain</h2><figure><img src=a.jpg><figcaption>The ferry in dock. (Photo: Ana Ruiz)</figcaption></figure>It <a href=/rain>rained</a>.<script>no()</script>",
            512,
        );
        let shown: Vec<String> =
            read.pieces.iter().map(|piece| format!("{:?}: {}", piece.role, piece.text)).collect();
        assert_eq!(
            shown,
            ["Body: The ferry sailed.", "Subhead: Rain", "Caption: The ferry in dock.", "Body: It rained."]
        );
        assert_eq!(read.images[0].credit.as_deref(), Some("Ana Ruiz"));
    }
}
