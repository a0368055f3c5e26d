//! The formats of wires: ninjs, NewsML-G2 and NITF, all of IPTC.

mod newsml;
mod ninjs;
mod nitf;

use crate::clipping::{Clipping, Cut};
use crate::stream::Stream;
use crate::xml::{Elements, Node};
use crate::{ArchiveError, Place, Rejected};

pub(crate) use ninjs::{is_ninjs, looks_like as looks_like_ninjs, story as ninjs};

/// The wires that come in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    NewsMl,
    Nitf,
}

impl Wire {
    /// The elements that are stories. Those of the other wire are stories too: providers put NITF
    /// into all kinds of envelopes.
    fn elements(self) -> &'static [&'static str] {
        match self {
            Wire::NewsMl => &["newsItem"],
            Wire::Nitf => &["nitf"],
        }
    }
}

/// The stories of a file.
pub(crate) fn items(stream: Stream<'_>, wire: Wire, limit: usize) -> impl Iterator<Item = Cut> + '_ {
    let mut elements = Elements::new(stream, wire.elements(), limit);
    let mut is_empty = true;
    std::iter::from_fn(move || {
        let element = match elements.next() {
            Some(Ok(element)) => element,
            Some(Err(rejected)) => {
                is_empty = false;
                return Some(Err(rejected));
            }
            None if !std::mem::replace(&mut is_empty, false) => return None,
            None => return Some(Err(nothing(wire))),
        };
        is_empty = false;
        Some(Ok(Clipping::new(element.place, move |options| {
            let node = Node::parse(&element.text, options.limits.depth)?;
            let story = match wire {
                Wire::NewsMl => newsml::story(&node),
                Wire::Nitf => nitf::story(&node),
            };
            Ok(story.into_article(&options.page)?)
        })))
    })
}

fn nothing(wire: Wire) -> Rejected {
    let (nothing, hint) = match wire {
        Wire::NewsMl => ("no story", "of NewsML-G2, <newsItem> elements are read"),
        Wire::Nitf => ("no story", "<nitf> elements are read, alone or within an envelope"),
    };
    Rejected { place: Place::default(), error: ArchiveError::NothingInside { nothing, hint } }
}
