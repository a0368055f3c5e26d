//! The dateline: where a story says it was written, before its first sentence.
//!
//! ```text
//! BAGHDAD – The prime minister …
//! LA CROSSE, Wis. (AP) — The river …
//! BEIRUT/THE HAGUE, March 7 (Reuters) - A court …
//! Wien (APA) - Der Minister …
//! ```
//!
//! The place is in capitals, or an agency in parentheses follows it; a dash or, after capitals, a
//! colon ends the dateline (The Associated Press Stylebook, "datelines"; Reuters Handbook of
//! Journalism, "Datelines").

use std::sync::LazyLock;

use dateline_document::Span;
use regex::Regex;

use crate::names;

/// A dateline at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The place words only: "LA CROSSE, Wis.".
    pub place: Span,
    /// The wire that the dateline names.
    pub agency: Option<String>,
    /// Where the story begins: after the dash and the space.
    pub end: usize,
}

/// Place in capitals, or in any case when an agency follows; then perhaps a region, a date, an
/// agency; then the dash.
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    let word = r"[\p{Lu}][\p{L}'’.\-]*";
    let place = format!(
        r"{word}(?:[ ]{word}|[ ](?:de|del|di|da|do|dos|la|le|les|el|al|of|am|an|der|im|upon|sur|ob)\b)*"
    );
    let places = format!(r"{place}(?:/{place}){{0,3}}");
    let region = format!(r"(?:,[ ]{place})?");
    let month = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?";
    let date = format!(
        r"(?:,?[ ](?:{month}[ ]\d{{1,2}}|\d{{1,2}}[ ]{month}|\d{{1,2}}\.[ ]?\p{{L}}+)(?:,?[ ]\d{{4}})?)?"
    );
    let agency = r"[ ]?[(\[](?P<agency>[\p{L}/ .&-]{2,40})[)\]]";
    let dash = r"(?:[ ]?(?:—|–|--|―)[ ]?|[ ]?-[ ])";
    // After an agency in parentheses the dash may be missing: "PARIS (AP) The …".
    let end = format!("(?:{agency}(?:{dash}|[:.]?[ ])|{dash}|:[ ])");
    let pattern = format!("^(?P<place>{places}{region}){date},?{end}");
    Regex::new(&pattern).expect("the pattern above is valid")
});

/// Words in capitals that open paragraphs and are no places.
const NOT_PLACES: [&str; 36] = [
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "WATCH",
    "READ",
    "READ MORE",
    "LISTEN",
    "NEWS",
    "EDITOR'S NOTE",
    "NOTE",
    "EXCLUSIVE",
    "OPINION",
    "ANALYSIS",
    "EXPLAINER",
    "FACT CHECK",
    "CORRECTION",
    "VIDEO",
    "PHOTOS",
    "LIVE",
    "MORE",
    "SEE ALSO",
    "Q",
    "A",
    "Q&A",
    "WHAT",
    "WHO",
    "WHY",
    "WHERE",
    "WHEN",
    "HOW",
    "RELATED",
    "BACKGROUND",
    "REVIEW",
    "INTERVIEW",
    "FILE",
    "SPOILER ALERT",
];

/// The dateline that `paragraph` begins with.
pub(crate) fn at_start(paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..paragraph.floor_char_boundary(160)];
    let found = FORM.captures(head)?;
    let place = found.name("place")?;
    let whole = found.get(0)?;
    if whole.end() >= paragraph.len() {
        return None;
    }
    let agency = found.name("agency").map(|agency| agency.as_str());
    let known_agency = agency.and_then(names::agency);
    let leading = place.as_str().split(',').next().unwrap_or_default();
    let in_capitals = leading.chars().all(|character| !character.is_lowercase())
        && leading.chars().filter(|character| character.is_uppercase()).count() >= 2;
    // In parentheses may also stand something else: "LONDON (Our reporter) -".
    let printed_as_place = in_capitals || known_agency.is_some();
    if !printed_as_place || NOT_PLACES.contains(&leading) || leading.split(' ').count() > 5 {
        return None;
    }
    // "CNN: The …", "NATO - …" open captions and lists as often as stories.
    if agency.is_none() && names::agency(leading).is_some() {
        return None;
    }
    Some(Dateline {
        place: Span::new(place.start(), place.end()),
        agency: known_agency.map(str::to_owned),
        end: whole.end(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "place|agency|rest", or "none".
    fn shown(paragraph: &str) -> String {
        match at_start(paragraph) {
            Some(line) => format!(
                "{}|{}|{}",
                &paragraph[line.place],
                line.agency.as_deref().unwrap_or("-"),
                &paragraph[line.end..]
            ),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn places_are_read_and_agencies_named() {
        assert_eq!(shown("OSTRAVIK – The ferry runs."), "OSTRAVIK|-|The ferry runs.");
        assert_eq!(shown("LA CROSSE, Wis. (AP) — The ferry runs."), "LA CROSSE, Wis.|AP|The ferry runs.");
        assert_eq!(
            shown("BEIRUT/THE HAGUE, March 7 (Reuters) - A court sat."),
            "BEIRUT/THE HAGUE|Reuters|A court sat."
        );
        assert_eq!(shown("Wien (APA) - Der Fluss stieg."), "Wien|APA|Der Fluss stieg.");
        assert_eq!(shown("NEW DELHI: The river rose."), "NEW DELHI|-|The river rose.");
        assert_eq!(shown("SÃO PAULO, Brazil (AP) — Rain."), "SÃO PAULO, Brazil|AP|Rain.");
    }

    #[test]
    fn what_only_looks_like_a_dateline_is_left_alone() {
        assert_eq!(shown("The ferry - an old one - runs."), "none");
        assert_eq!(shown("UPDATE: The ferry runs."), "none");
        assert_eq!(shown("WATCH — The ferry runs."), "none");
        assert_eq!(shown("Maria Ostrova (Green Party) - she won."), "none");
        assert_eq!(shown("OSTRAVIK – "), "none");
        assert_eq!(shown("NATO said the ferry runs."), "none");
    }
}
