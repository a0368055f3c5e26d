//! Containers: "Springfield, Illinois" says where it lies; "Iowa, Ohio and Maine" is a list.

use dateline_document::{Document, PlaceForm};
use dateline_gazetteer::fold;

use super::candidates::{Candidate, Kind};
use super::recognise::Toponym;
use super::words;

/// Gives each toponym the one right after it, where a comma or "in" joins them as place and container.
pub(crate) fn link(document: &Document, found: &mut [Toponym]) {
    for at in 1..found.len() {
        let (before, after) = (&found[at - 1], &found[at]);
        let between = before.span.end as usize..after.span.start as usize;
        // "the Kenyan village of".
        let is_joined = before.form == PlaceForm::Demonym
            && after.form == PlaceForm::Name
            && between.start <= between.end
            && words::says_settlement(document.text[between].trim());
        if is_joined {
            found[at].container = Some(at - 1);
        }
    }
    let joins: Vec<Join> = found.windows(2).map(|pair| Join::of(document, &pair[0], &pair[1])).collect();
    for at in 0..joins.len() {
        if joins[at] == Join::None || found[at].key == found[at + 1].key {
            continue;
        }
        // Three or more in a row, joined by commas alike, are a list, unless each even one contains the odd.
        let is_between = at > 0 && joins[at - 1] == Join::Comma && !is_contained(&found[at - 1], &found[at])
            || joins.get(at + 1).is_some_and(|next| matches!(next, Join::Comma | Join::And))
                && !is_contained(&found[at + 1], found.get(at + 2).unwrap_or(&found[at]));
        if may_contain(&found[at], &found[at + 1], is_between && joins[at] == Join::Comma) {
            found[at].container = Some(at + 1);
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    None,
    Comma,
    And,
    In,
}

impl Join {
    fn of(document: &Document, before: &Toponym, after: &Toponym) -> Join {
        let between = before.span.end as usize..after.span.start as usize;
        if before.form != PlaceForm::Name || after.form != PlaceForm::Name || between.start > between.end {
            return Join::None;
        }
        match document.text[between].trim() {
            "," | "" => Join::Comma,
            "in" | ", in" | "(" => Join::In,
            "and" | ", and" | "or" | ", or" | "&" => Join::And,
            _ => Join::None,
        }
    }
}

/// Whether the second may say where the first lies.
fn may_contain(place: &Toponym, container: &Toponym, is_in_list: bool) -> bool {
    let Some(largest) = strongest(container) else { return false };
    match strongest(place) {
        // "Louisiana, Missouri" and "France, Spain" are two of a kind; "Lebanon, Tennessee" is a town.
        Some(own) if own <= Kind::Division && own >= largest => false,
        Some(own) if own <= Kind::Division => !is_in_list,
        Some(_) => is_contained(place, container) || largest < Kind::Town && !is_in_list,
        None => largest < Kind::Town && !is_in_list,
    }
}

/// What the name stands for most: the kind of its heaviest candidate.
fn strongest(toponym: &Toponym) -> Option<Kind> {
    let heaviest = toponym.candidates.iter().max_by(|one, other| one.weight.total_cmp(&other.weight))?;
    Some(heaviest.kind)
}

fn is_contained(place: &Toponym, container: &Toponym) -> bool {
    place.candidates.iter().any(|candidate| lies_in(candidate, &container.candidates))
}

/// Whether one of the container's own candidates is what this place lies in.
pub(crate) fn lies_in(candidate: &Candidate, containers: &[Candidate]) -> bool {
    containers.iter().any(|container| {
        let same_country =
            candidate.place.country.is_some() && candidate.place.country == container.place.country;
        let is_itself =
            candidate.place.geonames.is_some() && candidate.place.geonames == container.place.geonames;
        if is_itself || !same_country {
            return false;
        }
        match container.kind {
            Kind::Country => candidate.kind != Kind::Country,
            Kind::Division => {
                let named = fold(&container.place.name);
                candidate.kind >= Kind::Division
                    && (candidate.admin1.as_deref() == Some(&named)
                        || candidate.admin2.as_deref() == Some(&named))
            }
            Kind::Region | Kind::Town => false,
        }
    })
}
