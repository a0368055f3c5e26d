//! Speakers: whom the words beside a cue stand for, and when they spoke.

use dateline_document::{DateExpression, Document, Quote};

use super::Actors;
use crate::grammar::{lemma, relation};

/// Gives each quote's speaker an entity, and each quote the day it was said on.
pub(crate) fn name_speakers(
    actors: &Actors,
    document: &Document,
    dates: &[DateExpression],
    quotes: &mut [Quote],
) {
    for quote in quotes {
        if let Some(speaker) = &mut quote.speaker {
            let head = document.head_of_span(speaker.span);
            let inside = || document.tokens_in(speaker.span).find_map(|id| actors.entity_of(id));
            speaker.entity = head.and_then(|head| actors.entity_of(head)).or_else(inside);
        }
        let Some(cue) = quote.cue.and_then(|cue| document.head_of_span(cue)) else { continue };
        let on_cue = |date: &&DateExpression| {
            document.head_of_span(date.span).is_some_and(|head| {
                let above = document.head(head);
                above == Some(cue)
                    || above.is_some_and(|above| {
                        relation(document, above) == "prep"
                            && lemma(document, above) == "on"
                            && document.head(above) == Some(cue)
                    })
            })
        };
        quote.date = dates.iter().find(on_cue).and_then(|date| date.interval);
    }
}
