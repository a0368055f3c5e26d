//! Home: the country a story is about, which it need not name again. "Police", "the army", "the prime
//! minister" are that country's where nothing else is said.

use dateline_document::{Document, PlaceMention, Sector, TokenId};
use smol_str::SmolStr;

use super::mentions::Draft;
use crate::grammar::{relation, subjects};

/// The country a story is about.
pub(crate) struct Home {
    country: SmolStr,
    /// Whether no two others are spoken of as much, so that its villagers and traders are meant too.
    is_sole: bool,
    /// Whether hardly any other country is spoken of: then the press is its press, too, which elsewhere may be
    /// anybody's.
    is_only: bool,
}

impl Home {
    /// The country named most often, of at least two fifths of the places named.
    pub(crate) fn find(document: &Document, drafts: &[Draft], places: &[PlaceMention]) -> Option<Home> {
        match places {
            [only] if is_other_side(document, drafts, only) => None,
            _ => Home::of_most(places),
        }
    }

    fn of_most(places: &[PlaceMention]) -> Option<Home> {
        let mut counts: Vec<(&SmolStr, usize)> = Vec::new();
        for country in places.iter().filter_map(|mention| mention.place.as_ref()?.country.as_ref()) {
            match counts.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
        }
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        // From the back, so that the first named wins a tie.
        let (country, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
        (count * 5 >= total * 2).then(|| Home {
            country: country.clone(),
            is_sole: count >= 3 && count * 2 >= total,
            is_only: count >= 3 && count * 4 >= total * 3,
        })
    }

    /// The country for those that the words name, of this sector, of whom none is said.
    pub(crate) fn country_for(&self, words: &str, sector: Option<Sector>) -> Option<&SmolStr> {
        let is_meant = !are_of_many(words)
            && sector.is_some_and(|sector| match sector {
                Sector::Unk => false,
                Sector::Jrn => self.is_only,
                sector => is_domestic(sector) || self.is_sole,
            });
        is_meant.then_some(&self.country)
    }
}

/// "The king condemned Israel", "the envoy spoke against Iran": the country is not his who does it, whosever he
/// is.
fn is_other_side(document: &Document, drafts: &[Draft], mention: &PlaceMention) -> bool {
    let Some(name) = document.head_of_span(mention.span) else { return false };
    let verb = match relation(document, name) {
        "dobj" | "dative" => document.head(name),
        "pobj" => document.head(name).and_then(|preposition| {
            let stands_against = matches!(document.word(preposition), "against" | "with" | "at" | "to");
            stands_against.then(|| document.head(preposition)).flatten()
        }),
        _ => None,
    };
    let is_of_some_state = |subject: TokenId| {
        drafts.iter().any(|draft| {
            draft.head == subject
                && draft.description.country.is_none()
                && draft.description.sector.is_some_and(is_domestic)
        })
    };
    verb.is_some_and(|verb| subjects(document, verb).into_iter().any(is_of_some_state))
}

/// "Pacific nations", "its allies", "peacekeepers": they are of no one country.
fn are_of_many(words: &str) -> bool {
    matches!(
        words.rsplit(' ').next(),
        Some(
            "nations"
                | "countries"
                | "states"
                | "allies"
                | "powers"
                | "neighbours"
                | "neighbors"
                | "capitals"
                | "peacekeepers"
        )
    )
}

/// Sectors that belong to some country always.
pub(super) fn is_domestic(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Cop
            | Sector::Gov
            | Sector::Jud
            | Sector::Leg
            | Sector::Mil
            | Sector::Pty
            | Sector::Opp
            | Sector::Spy
            | Sector::Prm
            | Sector::Reb
            | Sector::Uaf
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_document::{Place, PlaceForm, Precision, Span};

    fn mentions(countries: &[&str]) -> Vec<PlaceMention> {
        let place = |country: &&str| Place {
            name: country.to_string(),
            country: Some((*country).into()),
            admin1: None,
            latitude: None,
            longitude: None,
            geonames: None,
            precision: Precision::Country,
        };
        let mention = |country| PlaceMention {
            span: Span::new(0, 1),
            form: PlaceForm::Name,
            place: Some(place(country)),
        };
        countries.iter().map(mention).collect()
    }

    fn country_for(countries: &[&str], sector: Sector) -> Option<String> {
        Home::of_most(&mentions(countries))?.country_for("", Some(sector)).map(|country| country.to_string())
    }

    #[test]
    fn police_are_of_the_country_named_most() {
        assert_eq!(country_for(&["KEN", "UGA", "KEN"], Sector::Cop).as_deref(), Some("KEN"));
        assert_eq!(country_for(&["KEN", "UGA", "TZA"], Sector::Cop), None);
        assert_eq!(country_for(&[], Sector::Cop), None);
    }

    #[test]
    fn allies_are_of_another_country() {
        let home = Home::of_most(&mentions(&["AUS", "AUS", "AUS"])).expect("one country is named");
        assert_eq!(home.country_for("its government", Some(Sector::Gov)).map(SmolStr::as_str), Some("AUS"));
        assert_eq!(home.country_for("Pacific nations", Some(Sector::Gov)), None);
    }

    #[test]
    fn villagers_are_so_only_where_no_other_country_matters() {
        assert_eq!(country_for(&["KEN", "KEN", "KEN"], Sector::Cvl).as_deref(), Some("KEN"));
        assert_eq!(country_for(&["KEN", "KEN", "UGA"], Sector::Cvl), None);
    }
}
